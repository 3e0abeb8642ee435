import { countOut, isNumber, namedIndexes, words } from './patch-numbers.js';

/** A person's sentence that turns a posting down. */
export interface RefusedWords {
  readonly state: 'rejected' | 'changes-requested';
  readonly confidence: number;
  /** Numbers of patches that it names: `I'll just drop 6-8`; empty where it names none. */
  readonly indexes: readonly number[];
}

const DOUBTS = ['if', 'unless', 'would', 'should', 'could', 'might', 'why', 'whether', 'once', 'when'];
const REFUSALS = [
  "i'm dropping",
  'i am dropping',
  "i've dropped",
  'i have dropped',
  'i dropped',
  "i'll drop",
  "i'm not taking",
  "i'm not going to take",
  "i'm not applying",
  "i'm not going to apply",
  "i won't take",
  "i won't apply",
  'i will not take',
  'i will not apply',
  "i won't merge",
  "i'm not going to merge",
  "i've reverted",
  'i reverted',
  'not pulling this',
  'i have not pulled this',
  "i'm not pulling",
  "i haven't pulled",
  'i unpulled',
];
const THINGS = ['this', 'it', 'these', 'patch', 'series', 'patches', 'them', 'both', 'patchset', 'that'];
const WITHDRAWALS = ['please drop', 'please ignore', 'please disregard', 'please discard'];
/** A new posting is expected, so that it is not turned down for good. */
const FOR_NOW = [
  'for now',
  'will send',
  "i'll send",
  "i'll resend",
  'will resend',
  'this version',
  'please submit',
  'please resend',
  'please fix',
  'new version',
  'next version',
];

/** Parts of the words that every form above and a NAK have. Few sentences hold one, and taking words apart is dear. */
const TELLING = /drop|tak|appl|merg|revert|pull|ignore|disregard|discard|nak|nack|changes/i;

/** Reads one sentence; null where it says neither. */
export function readRefusedWords(sentence: string): RefusedWords | null {
  if (!TELLING.test(sentence)) return null;
  const list = words(sentence).filter((word) => word !== 'just');
  if (list.some((word) => DOUBTS.includes(word))) return null;
  if (sentence.endsWith('?')) return null;
  const text = ` ${list.join(' ')} `;
  const indexes = namedIndexes(list);
  if (isNak(sentence, list)) return { state: 'rejected', confidence: 0.8, indexes };
  const state = FOR_NOW.some((said) => text.includes(` ${said} `)) ? 'changes-requested' : 'rejected';
  if (REFUSALS.some((said) => namesIt(text, said))) {
    return { state, confidence: 0.7, indexes: [...indexes, ...droppedNumbers(list)] };
  }
  if (WITHDRAWALS.some((said) => namesIt(text, said))) return { state, confidence: 0.6, indexes };
  if (text.startsWith(' changes requested '))
    return { state: 'changes-requested', confidence: 0.8, indexes: [] };
  return null;
}

/** `NAK`, `So hard NAK.`, `NAK from me`: in capitals, near the start, and not `not a NAK`. */
function isNak(sentence: string, list: readonly string[]): boolean {
  const at = list.findIndex((word) => word === 'nak' || word === 'nack');
  if (at < 0 || at > 3 || !/\bNA(C)?K\b/.test(sentence)) return false;
  return !list.includes('not') && !list.includes('no') && !list.some((word) => word.endsWith("n't"));
}

/** `I'm dropping this …`: what is dropped must be the posting, not a lock or a reference. */
function namesIt(text: string, said: string): boolean {
  const at = text.indexOf(` ${said} `);
  if (at < 0) return false;
  if (said.endsWith(' this') || said.endsWith('pulled')) return true;
  const next = text
    .slice(at + said.length + 2)
    .split(' ')
    .slice(0, 3);
  const first = next[0] === 'the' ? next[1] : next[0];
  return (
    first !== undefined &&
    (isNumber(first) || THINGS.includes(first) || /^v\d{1,2}$/.test(first)) &&
    !isReference(next)
  );
}

/** `I'll drop 6-8`: the numbers right behind the verb. */
function droppedNumbers(list: readonly string[]): number[] {
  const at = list.findIndex((word) => word.startsWith('drop'));
  const next = list[at + 1] ?? '';
  return at >= 0 && isNumber(next) ? countOut(next) : [];
}

/** `drop the patch` but not `drop this lock`, `drop that line`. */
function isReference(next: readonly string[]): boolean {
  const second = next[1] ?? '';
  return ['this', 'these', 'that'].includes(next[0] ?? '') && second !== '' && !isEndWord(second);
}

function isEndWord(word: string): boolean {
  return [
    ...THINGS,
    'one',
    'for',
    'from',
    'now',
    'as',
    'and',
    'since',
    'then',
    'version',
    'because',
    'in',
    'until',
    'email',
    'mail',
    'set',
  ].includes(word);
}
