import {
  BREAKERS,
  DENIALS,
  JOINERS,
  LEADS,
  MAX_LEAD,
  MAX_TALK_CHARS,
  NEVER_LAST,
  OBJECTS,
  OPENS_TALK,
  SAYING,
  SUBJECTS,
  SUBORDINATE,
  TALKS_WITHIN,
} from './clause-words.js';
import { isOrder } from './cues.js';
import { asSentence } from './plain-text.js';
import type { Token } from './tokens.js';

/** A part of a sentence that can be shown as one: words `from` up to `to` (not included). */
export interface Form {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** How it begins: with the sentence, behind a word that joined it (`However,`), or behind a cut. */
  readonly start: 'whole' | 'joined' | 'comma' | 'colon' | 'that';
  readonly cut: boolean;
}

const MIN_TOKENS = 4;
const MAX_STARTS = 4;
const MAX_ENDS = 4;

interface Start {
  readonly at: number;
  readonly kind: Form['start'];
}

/** `So that`, `so far`, `and so on`, `also known as`: the word in front joins no sentence to another; nor does `Instead taking it, …`. */
const NO_JOINER_BEFORE = new Set(['that', 'far', 'called', 'as', 'of', 'on']);

const replaces = ({ word }: Token, next: string) => word.text === 'instead' && next.endsWith('ing');

/** Behind `However, `, `So `, `In short, `: up to three such words in front. */
export function afterJoiners(tokens: readonly Token[]): number {
  let at = 0;
  for (let round = 0; round < 3; round += 1) {
    const token = tokens[at];
    if (token === undefined || !JOINERS.has(token.word.text) || token.after === ':') break;
    const next = tokens[at + 1]?.word.text ?? '';
    if (token.after === '' && (NO_JOINER_BEFORE.has(next) || replaces(token, next))) break;
    at += 1;
  }
  return at;
}

/** Where a clause of its own begins behind a mark, by the words at its front: `, so the lock …`; -1 if none does. */
function clauseBehind(tokens: readonly Token[], at: number): number {
  let next = at + 1;
  while (next < at + 3 && JOINERS.has(tokens[next]?.word.text ?? '')) next += 1;
  const word = tokens[next]?.word.text ?? '';
  const joiner = next > at + 1 ? (tokens[next - 1]?.word.text ?? '') : '';
  if (SUBJECTS.has(word)) return next;
  // A purpose is no statement: `, so that large sends cost no copy`.
  if (NO_JOINER_BEFORE.has(word)) return -1;
  return joiner !== '' && joiner !== 'and' && joiner !== 'also' && !SUBORDINATE.has(word) ? next : -1;
}

/** Behind the comma of `tests in foo, bar and baz use …`; `leads`: before it is a phrase that no list begins with. */
function isListed(tokens: readonly Token[], leads: boolean): boolean {
  return tokens.some(
    ({ after, word }) => after === ',' || (!leads && (word.text === 'and' || word.text === 'or')),
  );
}

/** Behind a short or subordinate clause in front the main one begins: `In short, …`, `As discussed with Ada, the lock …`. */
function mainClause(tokens: readonly Token[], from: number): number {
  const first = tokens[from]?.word.text ?? '';
  const leads = SUBORDINATE.has(first) || LEADS.has(first);
  for (let at = from; at < tokens.length - MIN_TOKENS; at += 1) {
    if (tokens[at]?.after !== ',') continue;
    const next = tokens[at + 1]?.word.text ?? '';
    if (SUBORDINATE.has(next) || next === 'and' || next === 'or') return -1;
    const listed = !SUBJECTS.has(next) && isListed(tokens.slice(at + 1, at + 5), leads);
    return !listed && (leads || at - from < MAX_LEAD) ? at + 1 : -1;
  }
  return -1;
}

/** A denial further in front, or behind a mark, belongs to another clause. */
const MAX_DENIAL = 6;

/** `There is no guarantee that …`, `We did not find that …`: without it the clause would say the opposite. */
function isDenied(tokens: readonly Token[], end: number): boolean {
  for (let at = end - 1; at >= 0 && at > end - MAX_DENIAL && tokens[at]?.after === ''; at -= 1) {
    const { text } = (tokens[at] as Token).word;
    if (DENIALS.has(text) || text.endsWith("n't") || text.endsWith('n’t')) return true;
  }
  return false;
}

function startsOf(tokens: readonly Token[]): Start[] {
  const joined = afterJoiners(tokens);
  const starts: Start[] = [{ at: joined, kind: joined === 0 ? 'whole' : 'joined' }];
  const main = mainClause(tokens, joined);
  if (main >= 0) starts.push({ at: main, kind: 'comma' });
  for (let at = joined; at < tokens.length - MIN_TOKENS && starts.length < MAX_STARTS; at += 1) {
    const { after, word } = tokens[at] as Token;
    const clause = after === '' ? -1 : clauseBehind(tokens, at);
    if ((after === ',' || after === ';' || after === '-') && clause >= 0 && clause !== main)
      starts.push({ at: clause, kind: 'comma' });
    else if (after === ':' && (clause >= 0 || at - joined < MAX_LEAD))
      starts.push({ at: at + 1, kind: 'colon' });
    else if (word.text === 'that' && SAYING.has(tokens[at - 1]?.word.key ?? '') && !isDenied(tokens, at))
      starts.push({ at: at + 1, kind: 'that' });
  }
  return starts;
}

const ARTICLES = new Set(['a', 'an', 'the']);

/** Where a sentence can be cut, last place first. */
function endsOf(tokens: readonly Token[], text: string): number[] {
  const ends: number[] = [];
  for (let at = tokens.length - 2; at >= MIN_TOKENS && ends.length < MAX_ENDS; at -= 1) {
    const token = tokens[at - 1] as Token;
    const next = tokens[at] as Token;
    // Cut before a bracket in its middle a sentence would lose its end.
    const bracket = text.charAt(next.start) === '(' && text.indexOf(')', next.start) >= text.length - 2;
    const bare =
      next.word.text === 'because' || next.word.text === 'whereas' || next.word.text === 'although';
    if (token.after === '' && !bracket && !bare) continue;
    const joins = next.word.text === 'and' || next.word.text === 'or';
    const clause = token.after === ';' || token.after === ':' || token.after === '-';
    const breaks = !joins && BREAKERS.has(next.word.text);
    // `…, so remove it` says what is done.
    if (next.word.text === 'so' && isOrder(tokens[at + 1]?.word)) continue;
    // `a flexible, portable way`: its noun is still to come.
    const open = ARTICLES.has(tokens[at - 2]?.word.text ?? '') && !joins && !SUBJECTS.has(next.word.text);
    if (open && !breaks && token.after === ',') continue;
    const comma = token.after === ',' && (breaks || !isEnumeration(tokens, at, joins ? 9 : 5));
    if (clause || bracket || bare || comma) ends.push(at);
  }
  return ends;
}

/** `a, b, and c`: another comma is shortly before, at most that many words, or after. */
function isEnumeration(tokens: readonly Token[], at: number, before: number): boolean {
  for (let near = at - before; near < at + 4; near += 1)
    if (near !== at - 1 && tokens[near]?.after === ',') return true;
  return false;
}

/** Whether brackets or quotes are unclosed. */
function isOpen(text: string): boolean {
  let depth = 0;
  let quotes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') depth -= 1;
    else if (char === '"') quotes += 1;
    if (depth < 0) return true;
  }
  return depth !== 0 || quotes % 2 !== 0;
}

/** A clause that waits for its main clause: `When the guest stops.`, `As it is alone, when the guest stops.` */
function isHalf(tokens: readonly Token[], start: number, to: number): boolean {
  // `Currently, if the guest stops.`
  const opening = tokens[start];
  const from = opening?.after === ',' && LEADS.has(opening.word.text) ? start + 1 : start;
  const first = tokens[from]?.word.text ?? '';
  const nowThat = first === 'now' && tokens[from + 1]?.word.text === 'that';
  if (!nowThat && !SUBORDINATE.has(first)) return false;
  for (let at = from; at < to - 3; at += 1)
    if (tokens[at]?.after === ',' && !SUBORDINATE.has(tokens[at + 1]?.word.text ?? '')) return false;
  return true;
}

function talksEarly(part: string): boolean {
  const at = part.search(TALKS_WITHIN);
  return at >= 0 && at <= MAX_TALK_CHARS;
}

/** A sentence whose forms are to be found. */
interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly hasLink: boolean;
  /** The author addresses the reader somewhere in it. */
  readonly talks: boolean;
}

function formOf(
  { text, tokens, hasLink, talks }: Source,
  { at: from, kind }: Start,
  to: number,
): Form | null {
  if (to - from < MIN_TOKENS) return null;
  if (hasLink) for (let at = from; at < to; at += 1) if (tokens[at]?.word.link) return null;
  const last = tokens[to - 1]?.word.text ?? '';
  // `…, which 1.` was cut before a number's bracket.
  if (/^\d{1,2}$/.test(last) && NEVER_LAST.has(tokens[to - 2]?.word.text ?? '')) return null;
  if (last === 'that' && tokens[to - 2]?.word.text === 'so') return null;
  const closes = to === tokens.length && OBJECTS.has(last) && !text.endsWith(':');
  if (NEVER_LAST.has(last) && !closes && tokens[to - 2]?.word.text !== 'so') return null;
  // What follows was no prose: `If the file is there,`
  if (to === tokens.length && text.endsWith(',')) return null;
  const whole = kind === 'whole' && to === tokens.length;
  const part = text.slice(tokens[from]?.start, tokens[to - 1]?.end);
  if (!whole && (isHalf(tokens, from, to) || isOpen(part))) return null;
  if (OPENS_TALK.test(part) || (talks && talksEarly(part))) return null;
  const shown = asSentence(part, kind !== 'whole');
  return shown === '' ? null : { text: shown, from, to, start: kind, cut: to < tokens.length };
}

const CODE_MARK = / (?:[=!+]=|&&|\|\|) |; \}|\}\}|\)\{|\[PATCH/;
/** Too short to be judged by the share of its function words. */
const MIN_JUDGED = 9;

/** Of English a tenth and more are function words: `func 0 idx 0 rax d rbx 68747541` is a log, `foo: add x bar: fix y` a list run together. */
function isProse(text: string, tokens: readonly Token[]): boolean {
  if (CODE_MARK.test(text) || !/[a-z]{2}/.test(text)) return false;
  if (tokens.length < MIN_JUDGED) return true;
  let found = 0;
  for (const { word } of tokens) if (word.stop) found += 1;
  return found * 10 >= tokens.length;
}

/** The forms in which a sentence can be shown: whole, without what joins it to others, and its clauses. */
export function formsOf(text: string, tokens: readonly Token[]): Form[] {
  if (!isProse(text, tokens)) return [];
  const hasLink = tokens.some(({ word }) => word.link);
  const source: Source = { text, tokens, hasLink, talks: TALKS_WITHIN.test(text) };
  const starts = startsOf(tokens);
  const ends = endsOf(tokens, text);
  const forms: Form[] = [];
  const add = (start: Start, to: number) => {
    const form = formOf(source, start, to);
    if (form !== null) forms.push(form);
  };
  for (const start of starts) add(start, tokens.length);
  for (const to of ends) add(starts[0] as Start, to);
  if (starts.length > 1 && ends.length > 0) add(starts[1] as Start, ends[0] as number);
  return forms;
}
