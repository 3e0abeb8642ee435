import { isUnended } from './is-unended.js';
import { type ProseBlock, proseBlocks } from './prose-blocks.js';

/** One sentence of a letter, white space collapsed. */
export interface Sentence {
  readonly text: string;
  /** Which block of prose it is from, counted from 0. */
  readonly block: number;
  /** First of its block. */
  readonly first: boolean;
  readonly kind: ProseBlock['kind'];
  /** From a section (`Testing`, `Changelog` …) that does not describe the series. */
  readonly aside: boolean;
  /** The sentence before names the series as a whole. */
  readonly afterSeries: boolean;
}

/** After these a full stop ends no sentence, whatever follows. */
const ABBREVIATIONS = new Set(
  'i.e e.g ie eg vs v.s cf fig approx resp dr mr mrs ms prof st no nr incl esp viz w.r.t wrt a.k.a aka ver sec ref refs ca min max par vol pub rev sect ch'.split(
    ' ',
  ),
);
/** After these a full stop may end the sentence: it does where a capital follows. */
const MAYBE_END = new Set('etc al inc ltd co corp jr a.m p.m u.s'.split(' '));
const MAX_SENTENCES = 200;

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9;
}

/** The word that ends right before `end`, lower case, opening brackets and quotes off. */
function wordBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && !isSpace(text.charCodeAt(start - 1)) && end - start < 40) start -= 1;
  while (start < end && '("\'`[*'.includes(text[start] as string)) start += 1;
  return text.slice(start, end).toLowerCase();
}

/** Words that open a sentence and name nothing: `pages.If we use` lacks a space, `Hypervisor.Framework` does not. */
const OPENERS = new Set(
  'The This These That There If It In And But So When While For To As With We Also However Then Since Because After Before Currently Now Note Add Fix By Instead'.split(
    ' ',
  ),
);

/** Whether the stop at `at` ends a sentence though the next word, at `next`, follows without a space. */
function isRunTogether(text: string, at: number, next: number): boolean {
  if (text[at] !== '.' || next !== at + 1 || !/[a-z]{2}/.test(text.slice(Math.max(0, at - 2), at)))
    return false;
  const end = text.indexOf(' ', next);
  return end > next && end - next < 12 && OPENERS.has(text.slice(next, end).replace(/,$/, ''));
}

/** Whether the stop at `at` ends a sentence, given where the next word starts. */
function endsSentence(text: string, start: number, at: number, next: number): boolean {
  if (next >= text.length) return true;
  const mark = text[at];
  if (mark === '!' || mark === '?') return true;
  const following = text.charCodeAt(next);
  const lower = following >= 97 && following <= 122;
  // `commit 1234 ("fs: handle it.") disabled …`
  if (lower && text[at + 1] === '"' && text[at + 2] === ')') return false;
  // `io_uring/napi.* is a mess`
  if (lower && text[at + 1] === '*') return false;
  const word = wordBefore(text, at);
  if (word === '') return false;
  if (word.endsWith('..')) return !lower;
  if (ABBREVIATIONS.has(word)) return false;
  if (MAYBE_END.has(word)) return !lower;
  // `1. Add` at the start of a sentence counts; `J. Smith` is a name.
  if (at - start <= 2 && word.length <= 2) return false;
  if (word.length === 1 && word >= 'a' && word <= 'z' && text[at - 1] !== word) return false;
  return true;
}

/**
 * The sentences of one paragraph. A stop ends one only where white space follows it, so `foo.c`, `v5.10`,
 * `5.10-rc1` and links stay whole; `i.e.`, `vs.` and the like do not end one.
 */
export function sentencesOf(paragraph: string): string[] {
  const text = (/\s\s|[^\S ]/.test(paragraph) ? paragraph.replace(/\s+/g, ' ') : paragraph).trim();
  const found: string[] = [];
  let start = 0;
  STOP.lastIndex = 0;
  while (found.length < MAX_SENTENCES && STOP.test(text)) {
    const i = STOP.lastIndex - 1;
    let end = i + 1;
    // A closing quote or bracket belongs to the sentence it ends.
    while (end < text.length && '"\')]`”’*_'.includes(text[end] as string)) end += 1;
    if (end < text.length && !isSpace(text.charCodeAt(end)) && !isRunTogether(text, i, end)) continue;
    let next = end;
    while (next < text.length && isSpace(text.charCodeAt(next))) next += 1;
    if (!endsSentence(text, start, i, next)) continue;
    found.push(text.slice(start, end));
    start = next;
    STOP.lastIndex = next;
  }
  if (start < text.length && found.length < MAX_SENTENCES) found.push(text.slice(start));
  return found;
}
const STOP = /[.!?]/g;

/** A list of no more items and words is read in one breath with what announces it: `two channels: proximity, attention`. */
const MAX_ITEMS_JOINED = 5;
const MAX_LIST_WORDS = 28;
/** After so short an announcement (`This series adds:`) the first items are told even where the list is longer. */
const MAX_LEAD_WORDS = 7;

interface JoinedList {
  readonly text: string;
  /** How many blocks it took in. */
  readonly blocks: number;
}

/** The list that starts at block `from`, put behind `lead`; null where it would not read well. */
function joinList(lead: string, blocks: readonly ProseBlock[], from: number): JoinedList | null {
  const items: string[] = [];
  let words = 0;
  let whole = true;
  let end = from;
  for (; end < blocks.length && blocks[end]?.kind === 'item'; end += 1) {
    const full = (blocks[end] as ProseBlock).text;
    const [item = ''] = sentencesOf(full);
    const text = item.replace(/[.,;]$/, '');
    words += text.split(' ').length;
    if (items.length >= MAX_ITEMS_JOINED || words > MAX_LIST_WORDS || /: |:$/.test(text) || isUnended(text))
      break;
    if (item.length < full.length) whole = false;
    items.push(text);
  }
  const all = end >= blocks.length || blocks[end]?.kind !== 'item';
  const short = lead.split(' ').length <= MAX_LEAD_WORDS;
  if (items.length === 0 || (!short && !(all && whole && items.length >= 2))) return null;
  const joined = items.join(items.some((item) => item.includes(',')) ? '; ' : ', ');
  // Items that were left out stay to be shown by themselves.
  return { text: all ? `${lead} ${joined}.` : `${lead} ${joined} …`, blocks: all ? items.length : 0 };
}

/** `This patchset`, `the series`: what the next sentence's `it adds` speaks of. */
const NAMES_SERIES = /\b(?:this|the|following) (?:patch ?)?(?:series|set|patchset|rfc)\b/;
const IT = /^\W{0,3}(?:this|it)\b/i;
/** A paragraph that tells of a version of the posting, not of the work: `v4 mainly addresses …`, `RFC v2: …`. */
const VERSION_TALK =
  /^\(?(?:(?:(?:in |rfc )?v|version )\d{1,2}(?:[:,] | - | (?:has|is|now|mainly|only|adds|fixes|contains|addresses|addressed|changes|improves|drops|removes) )|rfc ?v?\d{0,2} (?:addresses|addressed|had|has) |changes (?:since|from|in) |addresse?[sd]? .{1,30}(?:comments|feedback|nits) |(?:since|compared to|in) (?:the |this )?(?:rfc|v\d|last|previous|version)|(?:the )?(?:biggest|main|major|only|most notable|notable|key) (?:change|difference)s? (?:in|since|from|to|of|between|compared))/;

/**
 * The sentences of a letter's text: prose and list items; no headings, tables, code, logs, quotes, trailers.
 *
 * A sentence that announces a short list takes it in: `It has two channels: proximity, attention.`
 */
export function splitSentences(text: string, limit: number = MAX_SENTENCES): Sentence[] {
  const blocks = proseBlocks(text);
  const sentences: Sentence[] = [];
  for (let b = 0; b < blocks.length && sentences.length < limit; b += 1) {
    const block = blocks[b] as ProseBlock;
    const texts = sentencesOf(block.text);
    // `commit 1234 ("x")⏎effectively disabled …`: what the first sentence was about is gone.
    if (block.broken && block.kind === 'paragraph' && /^[a-z]/.test(block.text)) texts.shift();
    const last = texts[texts.length - 1];
    const list = block.kind === 'paragraph' && last?.endsWith(':') ? joinList(last, blocks, b + 1) : null;
    if (list !== null) texts[texts.length - 1] = list.text;
    if (block.kind === 'paragraph' && VERSION_TALK.test(block.text.slice(0, 120).toLowerCase())) continue;
    const { aside } = block;
    texts.forEach((sentence, index) => {
      sentences.push({
        text: sentence,
        block: b,
        first: index === 0,
        kind: block.kind,
        aside,
        afterSeries:
          index > 0 && IT.test(sentence) && NAMES_SERIES.test((texts[index - 1] as string).toLowerCase()),
      });
    });
    b += list?.blocks ?? 0;
  }
  return sentences;
}
