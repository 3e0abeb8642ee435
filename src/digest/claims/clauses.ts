import { isNumber, MAX_WORDS, wordOf } from './patch-numbers.js';

/** A part of a sentence with at most one main verb. */
export interface Clause {
  /** Lower case, without the signs around them. */
  readonly words: readonly string[];
  /** As written, with the conjunction before it. */
  readonly text: string;
  /** The conjunction that it opens with: `but`, `if`, `so` …; '' if it has none. */
  readonly opens: string;
  /** A comma or another sign separates it from the previous clause. */
  readonly apart: boolean;
}

/** Conjunctions at which one clause ends and another begins. */
const CONJUNCTIONS = new Set(
  (
    'and but because since which although though while whereas so then if once when whenever unless until till after before ' +
    'whether assuming provided or as'
  ).split(' '),
);

/** What a clause behind them says has not happened, or not yet. */
const CONDITIONS = new Set('if once when whenever unless until till whether assuming provided'.split(' '));

/** `I think this should be moved`: what is thought is a separate clause. */
const THINKS = new Set('think guess believe suppose feel assume reckon'.split(' '));

const DASHES = new Set(['-', '--', '—', '–', '...', '…']);
const MOST_CLAUSES = 40;

/** The clauses of a sentence: separated by signs and conjunctions. `patches 1 and 2` and `as is` stay together. */
export function clausesOf(sentence: string): Clause[] {
  const found: Clause[] = [];
  const tokens = sentence.split(/\s+/).filter((token) => token !== '');
  const read = tokens.map(wordOf);
  let part: string[] = [];
  let list: string[] = [];
  let opens = '';
  let apart = true;
  let skip = false;
  const close = (next: string, sign: boolean) => {
    if (list.length > 0 && found.length < MOST_CLAUSES) {
      const text = part.join(' ');
      found.push({ words: list, text: opens === '' ? text : `${opens} ${text}`, opens, apart });
      apart = sign;
    } else apart ||= sign;
    opens = next;
    part = [];
    list = [];
  };
  for (const [at, token] of tokens.entries()) {
    const word = read[at] ?? '';
    if (DASHES.has(token)) {
      close('', true);
      continue;
    }
    if (token.startsWith('(') && part.length > 0) close('', true);
    if (word === 'i' && THINKS.has(read[at + 1] ?? '')) {
      close('', false);
      skip = true;
      continue;
    }
    if (skip) {
      skip = false;
      continue;
    }
    if (CONJUNCTIONS.has(word) && !joinsWords(word, read, at)) {
      close(word, token.endsWith(','));
      continue;
    }
    part.push(token);
    if (word !== '' && list.length < MAX_WORDS) list.push(word);
    if (/(?:[,;:]|[^(]\)|--|—)$/.test(token)) close('', true);
  }
  close('', true);
  return found;
}

/** `1 and 2`, `patches 1 and patch 3`, `this or that`, `as is`, `so far`: the word separates no clauses. */
function joinsWords(word: string, all: readonly string[], at: number): boolean {
  const before = all[at - 1] ?? '';
  const after = all[at + 1] ?? '';
  if (word === 'and' || word === 'or') return isNumber(before) || /^(?:\d|#\d|v\d)/.test(after);
  if (word === 'as')
    return !['soon', 'i', 'we', 'it', 'this', 'the', 'you'].includes(after) || before === 'such';
  if (word === 'so') return after === 'far' || after === 'that' || before === 'if' || before === 'or';
  if (word === 'then') return before === 'and' || before === 'but';
  // `everything after`, `the day before`: no verb follows.
  return (word === 'after' || word === 'before') && after === '';
}

/** Whether it says what has to happen first: `if nothing breaks`, `once you resend`. */
export function isCondition({ opens }: Clause): boolean {
  return CONDITIONS.has(opens);
}
