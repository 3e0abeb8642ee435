import { words } from './patch-numbers.js';

const AGAIN = ['resend', 'repost', 'respin', 're-send', 're-spin', 're-post', 'rework', 'rebase'];
const SENDS = ['send', 'post', 'spin', 'submit', 'do', 'cook', 'sending', 'posting', 'prepare'];
const NEWER = ['new', 'next', 'updated', 'another', 'revised'];
const DOUBTS = [
  'if',
  'unless',
  'would',
  'should',
  'might',
  'why',
  'whether',
  'no',
  'not',
  'or',
  "don't",
  "doesn't",
];

/** Parts of the words that such a sentence has at the least. */
const ASKING = /please|pls|can|could|need/i;
const PROMISING = /'ll|will|going|’ll|`ll/i;

/**
 * Whether a sentence asks for another posting: `Please send a v3`, `Can you respin this?`, `Doesn't apply, please
 * rebase on top of io_uring-6.11`, `Needs v2`. Not `no need to resend`.
 */
export function asksAgain(sentence: string): boolean {
  if (!ASKING.test(sentence)) return false;
  const list = words(sentence);
  if (list.length <= 4 && ['need', 'needs'].includes(list[0] ?? '') && namesNewer(list)) return true;
  const ask = list.findIndex((word, at) => isAsking(list, word, at));
  if (ask < 0 || list.slice(0, ask).some((word) => word === 'if' || word === 'unless')) return false;
  const rest = list.slice(ask + 1, ask + 24);
  // `Please hold on, I hope to send a new version`: the author speaks.
  if (rest.some((word) => DOUBTS.includes(word) || word === 'i' || word === "i'll")) return false;
  if (rest.some((word) => AGAIN.includes(word))) return true;
  return rest.some((word) => SENDS.includes(word)) && namesNewer(rest);
}

/**
 * Whether the writer says that they will post again: `I'll send a v2`, `Sure, will send out a v3 with the changes`.
 * From the author that is as good as a request that was taken up.
 */
export function promisesAgain(sentence: string): boolean {
  if (sentence.endsWith('?') || !PROMISING.test(sentence)) return false;
  const list = words(sentence);
  if (list.length > 40) return false;
  const at = list.findIndex((word, here) => isPromise(list, word, here));
  if (at < 0 || list.some((word) => DOUBTS.includes(word))) return false;
  const rest = list.slice(at + 1, at + 16);
  if (rest.some((word) => ['resend', 'respin', 'repost'].includes(word))) return true;
  return rest.some((word) => SENDS.includes(word)) && namesNewer(rest);
}

function isAsking(list: readonly string[], word: string, at: number): boolean {
  return word === 'please' || word === 'pls' || (['can', 'could'].includes(word) && list[at + 1] === 'you');
}

/** `I'll`, `I will`, `I'm going to`, and `will` with nobody before it. */
function isPromise(list: readonly string[], word: string, at: number): boolean {
  if (word === "i'll") return true;
  if (word === 'going') return list[at + 1] === 'to' && ['am', "i'm"].includes(list[at - 1] ?? '');
  if (word !== 'will') return false;
  const before = list[at - 1];
  return (
    before === undefined ||
    ['i', 'and', 'thanks', 'sure', 'ok', 'okay', 'yes', 'yeah', 'agreed'].includes(before)
  );
}

/** `v3`, `a new version`, `the next revision`. */
function namesNewer(list: readonly string[]): boolean {
  return list.some(
    (word, at) =>
      /^v\d{1,2}$/.test(word) ||
      (['version', 'revision'].includes(word) && NEWER.includes(list[at - 1] ?? '')),
  );
}
