import { type ProseBlock, proseBlocks } from './prose-blocks.js';

/** One sentence of a letter, white space collapsed, and where it was found. */
export interface Sentence {
  readonly text: string;
  /** Index of its block among the letter's. */
  readonly block: number;
  /** Index within its block. */
  readonly place: number;
  readonly kind: ProseBlock['kind'];
  /** The heading above, empty if there is none. */
  readonly heading: string;
  /** Announces a list: `list` holds the items, which are sentences of their own as well. */
  readonly list: readonly string[];
  /** Index of the sentence that announces this item, -1 if there is none. */
  readonly lead: number;
  /** What was right before it was dropped (code, a table), so it may have lost its start. */
  readonly broken: boolean;
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

/** The most characters of a bracket that is searched for its end. */
const MAX_BRACKET_CHARS = 160;

/** `It counts pages (see 6.22. Flow Control), recently …`: in a bracket that belongs to the sentence around it. */
function inBracket(text: string, start: number, at: number): boolean {
  const before = text.slice(Math.max(start, at - MAX_BRACKET_CHARS), at);
  const open = before.lastIndexOf('(');
  if (open <= 0 || before.lastIndexOf(')') > open) return false;
  const after = text.slice(at + 1, at + MAX_BRACKET_CHARS);
  const close = after.indexOf(')');
  return close > 0 && !after.slice(0, close).includes('(') && /^(?:[,;]| [a-z])/.test(after.slice(close + 1));
}

/** Whether the stop at `at` ends a sentence, given where the next word starts. */
function endsSentence(text: string, start: number, at: number, next: number): boolean {
  if (next >= text.length) return true;
  if (inBracket(text, start, at)) return false;
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
  // `i. e. linuxrc`
  if (word === 'i' && text.startsWith(' e.', at + 1)) return false;
  if (word === 'e' && text.startsWith('i. ', at - 4)) return false;
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
  const stop = /[.!?]/g;
  let start = 0;
  while (found.length < MAX_SENTENCES && stop.test(text)) {
    const i = stop.lastIndex - 1;
    let end = i + 1;
    // A closing quote or bracket belongs to the sentence it ends.
    while (end < text.length && '"\')]`”’*_'.includes(text[end] as string)) end += 1;
    if (end < text.length && !isSpace(text.charCodeAt(end)) && !isRunTogether(text, i, end)) continue;
    let next = end;
    while (next < text.length && isSpace(text.charCodeAt(next))) next += 1;
    if (!endsSentence(text, start, i, next)) continue;
    found.push(text.slice(start, end));
    start = next;
    stop.lastIndex = next;
  }
  if (start < text.length && found.length < MAX_SENTENCES) found.push(text.slice(start));
  return found;
}

/** The most items that are read of a list. */
const MAX_LIST_ITEMS = 8;

/** The first sentences of the items that are right below block `from`. */
function itemsBelow(blocks: readonly ProseBlock[], from: number): string[] {
  const items: string[] = [];
  for (let at = from; at < blocks.length && blocks[at]?.kind === 'item'; at += 1) {
    if (items.length >= MAX_LIST_ITEMS) break;
    const [first = ''] = sentencesOf((blocks[at] as ProseBlock).text);
    items.push(first);
  }
  return items;
}

/**
 * The sentences of a letter's text: prose and list items; no headings, tables, code, logs, quotes, trailers.
 *
 * `limit`: the most that are read; the block in which it is reached is completed.
 */
export function splitSentences(text: string, limit: number = MAX_SENTENCES): Sentence[] {
  const blocks = proseBlocks(text);
  const sentences: Sentence[] = [];
  let lead = -1;
  for (let b = 0; b < blocks.length && sentences.length < limit; b += 1) {
    const block = blocks[b] as ProseBlock;
    const { kind, heading, broken } = block;
    const texts = sentencesOf(block.text);
    if (kind === 'paragraph') lead = -1;
    for (let place = 0; place < texts.length; place += 1) {
      const announces = kind === 'paragraph' && place === texts.length - 1 && texts[place]?.endsWith(':');
      const list = announces ? itemsBelow(blocks, b + 1) : [];
      sentences.push({
        text: texts[place] as string,
        block: b,
        place,
        kind,
        heading,
        list,
        lead: kind === 'item' ? lead : -1,
        broken: broken && place === 0,
      });
      if (list.length > 0) lead = sentences.length - 1;
    }
  }
  return sentences;
}
