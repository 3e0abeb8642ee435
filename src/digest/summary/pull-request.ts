import { withoutTail } from '../text/without-tail.js';
import { contentWords } from './content-words.js';
import { formsOf } from './forms.js';
import { asSentence, capitalise, plainText } from './plain-text.js';
import { type ProseBlock, proseBlocks } from './prose-blocks.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from './read-letter.js';
import { sentencesOf } from './sentences.js';
import { newVocabulary, tokensOf, type Vocabulary } from './tokens.js';
import { withoutCredit } from './without-credit.js';

/** The changes under one heading of a pull request. */
interface Group {
  readonly heading: string;
  readonly items: string[];
}

/** The most words of a change: the fewer changes there are, the longer each may be. */
const ITEM_WORDS = { least: 12, most: 24 };
/** A group of more changes, each with a name in front, is shown by these names. */
const MAX_LISTED = 4;
/** Phrases that every pull request contains. */
const FORMULA = new Set(
  contentWords(
    'please pull request contains following changes updates fixes for next kernel release merge window linus hi tree set few small batch',
  ),
);

function groupsOf(blocks: readonly ProseBlock[]): Group[] {
  const groups: Group[] = [];
  let lead = '';
  for (const { kind, text, heading } of blocks) {
    if (kind === 'paragraph') {
      lead = text.endsWith(':') && text.split(' ').length <= 6 ? withoutTail(text, ':') : '';
      continue;
    }
    const under = heading !== '' ? heading : lead;
    const last = groups[groups.length - 1];
    if (last === undefined || last.heading !== under) groups.push({ heading: under, items: [text] });
    else last.items.push(text);
  }
  return groups;
}

/** The first sentence of a change, cut before a clause where it is long; empty if it is none. */
function shortItem(text: string, maxWords: number, vocabulary: Vocabulary): string {
  const [first = ''] = sentencesOf(text);
  const plain = withoutCredit(withoutTail(plainText(first), ' .;:,'));
  const tokens = tokensOf(plain, vocabulary);
  if (tokens.some(({ word }) => word.link)) return '';
  if (tokens.length <= maxWords) return plain;
  let best = '';
  for (const form of formsOf(plain, tokens))
    if (form.from === 0 && form.to <= maxWords && form.text.length > best.length)
      best = withoutTail(form.text, '.');
  return best !== ''
    ? best
    : `${tokens
        .slice(0, maxWords)
        .map(({ start, end }) => plain.slice(start, end))
        .join(' ')} …`;
}

/** `btusb: Add an id` names `btusb`. */
function namesOf(items: readonly string[]): string[] {
  const names = new Set<string>();
  for (const item of items) {
    const name = /^([\w.,/-]{2,30})(?::| -) /.exec(item)?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

const countWords = (text: string) => text.split(' ').length;

/** One group in at most so many words: its changes, or the names in front of them; the rest is counted. */
function groupText({ heading, items }: Group, maxWords: number, vocabulary: Vocabulary): string {
  const label = heading === '' ? '' : `${capitalise(heading)}: `;
  const names = namesOf(items);
  if (items.length > MAX_LISTED && names.length > 1) {
    const shown = names.slice(0, Math.max(3, maxWords - 4));
    const more = names.length > shown.length ? ', …' : '';
    return `${label}${items.length} changes (${shown.join(', ')}${more})`;
  }
  const each = Math.floor(maxWords / Math.max(1, items.length));
  const itemWords = Math.min(ITEM_WORDS.most, Math.max(ITEM_WORDS.least, each));
  let text = label;
  let taken = 0;
  for (const item of items) {
    const short = shortItem(item, itemWords, vocabulary);
    if (short === '') continue;
    const next = taken === 0 ? `${text}${short}` : `${text}; ${short}`;
    if (taken > 0 && countWords(next) > maxWords) break;
    text = next;
    taken += 1;
  }
  const left = items.length - taken;
  if (taken === 0) return '';
  return left > 0 ? `${text}; +${left} more` : text;
}

/** The opening, if it is about the changes and not about the release; empty if it is not. */
function openingOf(blocks: readonly ProseBlock[], title: string): string {
  const known = new Set(contentWords(title));
  const items = blocks.filter(({ kind }) => kind === 'item');
  const changes = new Set(items.flatMap(({ text }) => contentWords(text)));
  for (const { kind, text } of blocks) {
    if (kind === 'item') break;
    const [first = ''] = sentencesOf(text);
    const plain = plainText(first).replace(/,? (?:that|which) (?:should|are|is|can|need)\b.{0,200}$/, '');
    const about = contentWords(plain).filter(
      (word) => changes.has(word) && !known.has(word) && !FORMULA.has(word),
    );
    if (new Set(about).size >= 2 && !plain.includes('://')) return asSentence(plain);
  }
  return '';
}

/**
 * What a pull request brings, from the lists of its text: the opening where it says more than that it is one, then the changes by
 * heading, counted where they are many. null if the text has no list.
 */
export function summarisePull(intro: string, title: string): string | null {
  const blocks = proseBlocks(intro);
  const groups = groupsOf(blocks);
  if (groups.length === 0) return null;
  const vocabulary = newVocabulary();
  const opening = openingOf(blocks, title);
  const parts = opening === '' || countWords(opening) > 20 ? [] : [opening];
  let words = parts.reduce((sum, part) => sum + countWords(part), 0);
  for (const [index, group] of groups.entries()) {
    const left = MAX_SUMMARY_WORDS - words - 2;
    const share = Math.floor(left / (groups.length - index));
    const text = groupText(group, Math.max(8, share), vocabulary);
    if (text === '') continue;
    const chars = parts.join(' ').length + text.length + 2;
    if (parts.length > 0 && (countWords(text) > left || chars > MAX_SUMMARY_CHARS)) break;
    parts.push(text.endsWith('…') ? text : `${text}.`);
    words += countWords(text);
  }
  const summary = parts.map(capitalise).join(' ');
  return parts.length === 0 || countWords(summary) > MAX_SUMMARY_WORDS || summary.length > MAX_SUMMARY_CHARS
    ? null
    : summary;
}
