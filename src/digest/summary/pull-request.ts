import { withoutTail } from '../text/without-tail.js';
import { contentWords } from './content-words.js';
import { cueOf } from './cues.js';
import { asSentence, capitalise, plainText } from './plain-text.js';
import { type ProseBlock, proseBlocks } from './prose-blocks.js';
import { FORMULA, type PullItem, pullItemText, readPullItem } from './pull-item.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from './read-letter.js';
import { sentencesOf } from './sentences.js';
import { newVocabulary, type Vocabulary } from './tokens.js';

/** The changes under one heading of a pull request. */
interface Group {
  readonly heading: string;
  /** What announces them says what is wrong, not what is done about it. */
  readonly wrong: boolean;
  readonly items: string[];
}

/** A group as it is read. */
interface ReadGroup {
  readonly label: string;
  readonly items: readonly PullItem[];
}

/** The words of a change, and of one that is alone: why a single fix matters comes after it. */
const ITEM_WORDS = { least: 12, most: 24, alone: 44 };
/** Of several groups, one of more changes, each with a name in front, is shown by these names. */
const MAX_LISTED = 4;
/** More changes than fit are only counted, more groups left out. */
const MAX_READ = 12;
/** Words and characters. */
interface Room {
  readonly words: number;
  readonly chars: number;
}

/** `Common problems include:`; `Fixes for these bugs:` announces what is done. */
function tellsWrong(lead: string): boolean {
  const classes = new Set(contentWords(lead).map((word) => cueOf(word, word)));
  return lead.endsWith(':') && classes.has(PROBLEM) && !classes.has(DOING);
}
const DOING = 0;
const PROBLEM = 1;

function groupsOf(blocks: readonly ProseBlock[]): Group[] {
  const groups: Group[] = [];
  let lead = '';
  let wrong = false;
  let apart = true;
  for (const { kind, text, heading } of blocks) {
    if (kind === 'paragraph') {
      lead = text.endsWith(':') && text.split(' ').length <= 6 ? withoutTail(text, ':') : '';
      wrong = tellsWrong(sentencesOf(text).at(-1) ?? '');
      apart = text.endsWith(':');
      continue;
    }
    const under = heading !== '' ? heading : lead;
    const last = groups[groups.length - 1];
    if (last === undefined || last.heading !== under || (apart && last.wrong !== wrong))
      groups.push({ heading: under, wrong, items: [text] });
    else last.items.push(text);
    apart = false;
  }
  const done = groups.filter((group) => !group.wrong);
  return done.length > 0 ? done : groups;
}

function readGroup({ heading, items }: Group, vocabulary: Vocabulary): ReadGroup {
  // `bluetooth pull request for net:` names no part of the changes.
  const idle = heading === '' || /\bpull request\b/i.test(heading);
  const read = items.flatMap((text) => readPullItem(text, vocabulary) ?? []);
  return { label: idle ? '' : `${capitalise(heading)}: `, items: read };
}

const namesOf = (items: readonly PullItem[]) => [
  ...new Set(items.flatMap(({ name }) => (name === '' ? [] : [name]))),
];

const countWords = (text: string) => text.split(' ').length;
const fits = (text: string, { words, chars }: Room) => countWords(text) <= words && text.length <= chars;

/** `; +4 more`, with the names in front of those left out if all have one and the names fit. */
function moreText(text: string, left: readonly PullItem[], room: Room): string {
  if (left.length === 0) return text;
  const counted = `${text}; +${left.length} more`;
  const names = namesOf(left);
  const named = `${counted} (${names.join(', ')})`;
  return left.every(({ name }) => name !== '') && fits(named, room) ? named : counted;
}

/** As many changes as fit, each in at least a few words; what room is left goes to those that were cut. */
function listText({ label, items }: ReadGroup, room: Room): string {
  const near = items.slice(0, MAX_READ);
  const textOf = (parts: readonly string[], counted: boolean) => {
    const text = `${label}${parts.join('; ')}`;
    return counted && parts.length < items.length ? `${text}; +${items.length - parts.length} more` : text;
  };
  const parts: string[] = [];
  for (const item of near) {
    const next = [...parts, pullItemText(item, ITEM_WORDS.least)];
    if (parts.length > 0 && !fits(textOf(next, true), room)) break;
    parts.push(next.at(-1) ?? '');
  }
  const most = items.length === 1 ? ITEM_WORDS.alone : ITEM_WORDS.most;
  for (let limit = ITEM_WORDS.least + 2; limit <= most; limit += 2)
    for (const at of parts.keys()) {
      const grown = parts.with(at, pullItemText(near[at] as PullItem, limit));
      if (fits(textOf(grown, true), room)) parts.splice(at, 1, grown[at] as string);
    }
  return moreText(textOf(parts, false), items.slice(parts.length), room);
}

/** One group: its changes, or the names in front of them if it is one of several; the rest is counted. */
function groupText(group: ReadGroup, several: boolean, room: Room): string {
  const { label, items } = group;
  if (items.length === 0) return '';
  const names = namesOf(items);
  if (!several || items.length <= MAX_LISTED || names.length < 2) return listText(group, room);
  const shown = names.slice(0, Math.max(3, room.words - 4));
  const more = names.length > shown.length ? ', …' : '';
  return `${label}${items.length} changes (${shown.join(', ')}${more})`;
}

/** The opening, if it is about the changes and not about the release or the version; empty if it is not. */
function openingOf(blocks: readonly ProseBlock[], title: string): string {
  const known = new Set(contentWords(title));
  const items = blocks.filter(({ kind }) => kind === 'item');
  const changes = new Set(items.flatMap(({ text }) => contentWords(text)));
  for (const { kind, text } of blocks) {
    if (kind === 'item') break;
    const [first = ''] = sentencesOf(text);
    const plain = plainText(first).replace(/,? (?:that|which) (?:should|are|is|can|need)\b.{0,200}$/, '');
    if (/\bv\d{1,2}\b/i.test(plain)) continue;
    const about = contentWords(plain).filter(
      (word) => changes.has(word) && !known.has(word) && !FORMULA.has(word),
    );
    if (new Set(about).size >= 2 && !plain.includes('://')) return asSentence(plain);
  }
  return '';
}

/** The groups' texts: each has its share of the room, and what others leave of theirs. */
function groupTexts(groups: readonly ReadGroup[], room: Room): string[] {
  const several = groups.length > 1;
  const texts: string[] = [];
  let { words, chars } = room;
  for (const [index, group] of groups.entries()) {
    const share = Math.max(8, Math.floor(words / (groups.length - index)));
    // A later group that is short leaves room to an earlier one.
    const later = groups
      .slice(index + 1)
      .reduce((sum, other) => sum + countWords(groupText(other, several, { words: share, chars })), 0);
    const text = groupText(group, several, { words: Math.max(share, words - later), chars });
    if (text === '') continue;
    if (texts.length > 0 && !fits(text, { words, chars })) break;
    texts.push(text.endsWith('…') ? text : `${text}.`);
    words -= countWords(text);
    chars -= text.length + 2;
  }
  return texts;
}

/**
 * What a pull request brings, from the lists of its text: the opening where it says more than that it is one, then the changes by
 * heading, counted where they are many. null if the text has no list.
 */
export function summarisePull(intro: string, title: string): string | null {
  const blocks = proseBlocks(intro);
  const vocabulary = newVocabulary();
  const groups = groupsOf(blocks)
    .slice(0, MAX_READ)
    .map((group) => readGroup(group, vocabulary));
  if (groups.length === 0) return null;
  const opening = openingOf(blocks, title);
  const parts = opening === '' || countWords(opening) > 20 ? [] : [opening];
  const used = parts.reduce((sum, part) => sum + countWords(part), 0);
  const chars = MAX_SUMMARY_CHARS - 2 - parts.join(' ').length;
  parts.push(...groupTexts(groups, { words: MAX_SUMMARY_WORDS - used, chars }));
  const summary = parts.map(capitalise).join(' ');
  return parts.length === 0 || countWords(summary) > MAX_SUMMARY_WORDS || summary.length > MAX_SUMMARY_CHARS
    ? null
    : summary;
}
