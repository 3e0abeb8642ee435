import type { Clause } from './clauses.js';
import type { ParsedClause, Phrase } from './phrase.js';
import { ALONE, baseOf, CHANGE, isTakeOut, NEWER, ONLY_LOOKS, VERSION_NOUNS } from './vocabulary.js';

/** That the writer will change their posting, or has changed it for the next version. */
export interface PromisedWords {
  readonly confidence: number;
  /** It names another posting: `will fix in v3`, `I'll resend`. */
  readonly newer: boolean;
}

const SENDS = new Set(
  'send post respin re-spin resend re-send repost re-post submit resubmit spin roll reroll re-roll push cook prepare'.split(
    ' ',
  ),
);
const AGAIN = new Set(
  'respin re-spin resend re-send repost re-post resubmit reroll re-roll rework rebase redo'.split(' '),
);
const SOON = new Set(
  'soon shortly today tomorrow coming incoming progress later week weekend monday tuesday wednesday thursday friday'.split(
    ' ',
  ),
);

/**
 * Reads one sentence of a reply; null if it promises nothing. `I'll take a look`, a question and a promise that depends on an
 * answer (`I'll change it if you prefer`) promise nothing.
 */
export function readPromised(
  parsed: readonly ParsedClause[],
  clauses: readonly Clause[],
  all: readonly string[],
  question: boolean,
  refused: boolean,
): PromisedWords | null {
  if (question || clauses.some((clause) => ['if', 'unless', 'whether'].includes(clause.opens))) return null;
  const newer = namesNewer(all);
  if (!newer && isOnTop(all)) return null;
  const choice = clauses.some((clause) => clause.opens === 'or');
  for (const { clause, phrase } of parsed) {
    const found = phrase === null ? null : promiseOf(phrase, newer && !(choice && phrase.mood === 'open'));
    if (
      found !== null &&
      !(refused && isTakeOut(phrase?.verb)) &&
      !isOfLater(clause.words) &&
      !['until', 'before', 'because', 'since', 'as', 'when', 'once'].includes(clause.opens)
    )
      return found;
  }
  if (newer && all.length <= 30 && announces(all)) return { confidence: 0.75, newer };
  const [first = ''] = clauses[0]?.words ?? [];
  if (all.length <= 4 && ALONE.has(first)) return { confidence: 0.6, newer };
  return newer && all.length <= 12 && ALONE.has(first) ? { confidence: 0.7, newer } : null;
}

const FOLLOWING =
  /(?:^| )(?:(?:in|as|with|incoming|an?|my) follow[- ]?ups?(?: |$)|follow[- ]?up (?:patch(?:es)?|series|commits?|fix(?:es)?)(?: |$)|incremental (?:patch(?:es)?|fix(?:es)?|series)(?: |$))| on top$/;

/** Something is done to this posting as well, or to a follow-up that it already has. */
const HERE =
  /(?:^| )(?:fold|squash|merge|drop|rebase|move|re-?(?:spin|send|post|roll|submit)|here|now|in this|and|but|the rest|test)/;

/** `Will fix in a follow-up commit`, `I'll add it in the incoming follow-up series`, `let's do it on top`: this posting stays as it is. */
function isOnTop(all: readonly string[]): boolean {
  const text = all.join(' ');
  return FOLLOWING.test(text) && !HERE.test(text);
}

const TRIES = new Set(['integrate', 'use', 'apply', 'take']);
const INTO = new Set(['in', 'into', 'with', 'on']);
/** What is done with patches that are ready. */
const PASSES_ON = new Set(['promote', 'push', 'queue', 'pick', 'apply', 'merge', 'forward', 'remember']);

/** `I'll keep it below 72 characters in the future`, `in subsequent submissions`: not in this posting; `in a future version` is. */
function isOfLater(all: readonly string[]): boolean {
  return all.some((word, at) => {
    const next = all[at + 1] ?? '';
    if (word === 'future' && next === '') return ['in', 'the'].includes(all[at - 1] ?? '');
    return (word === 'future' || word === 'subsequent') && OTHER_WORK.has(next);
  });
}
const OTHER_WORK = new Set('submissions patches contributions mails work'.split(' '));

function promiseOf(
  { subject, mood, negated, passive, verb, rest }: Phrase,
  newer: boolean,
): PromisedWords | null {
  if (negated || subject === 'you' || mood === 'please' || mood === 'plain') return null;
  const base = baseOf(verb);
  if (mood === 'open' && !((newer || AGAIN.has(base)) && subject === 'me')) return null;
  if (subject === 'posting' ? !passive || !newer : passive) return null;
  if (!CHANGE.has(base)) return null;
  if (SENDS.has(base)) {
    if (AGAIN.has(base) || newer) return { confidence: 0.8, newer: true };
    // `I will send a updated patch`; not `I'll send the tests to liburing`, nor `I will post the other part later`.
    return rest.some((word, at) => NEWER.has(word) && (word !== 'later' || rest[at + 1] === 'today'))
      ? { confidence: 0.75, newer: true }
      : null;
  }
  // `will do`, `will do that`; not `will do some tests`.
  if (base === 'do' && !newer) return rest.length <= 3 ? { confidence: 0.75, newer } : null;
  // `I'll revert it`, written below the line of their own patch.
  if (ONLY_LOOKS.has(base) && base !== 'revert' && !newer) return null;
  if (base === 'try' || rest[0] === 'look') return null;
  // `I'll make sure to promote them`; but `I will make sure to add it`.
  if (base === 'make' && rest[0] === 'sure' && !newer && PASSES_ON.has(rest[2] ?? '')) return null;
  // `I will integrate this in our event loop`: they try out what was sent to them.
  if (TRIES.has(base) && !newer && rest.some((word, at) => word === 'our' && INTO.has(rest[at - 1] ?? '')))
    return null;
  return { confidence: newer ? 0.8 : 0.7, newer };
}

/** `There'll be a v5`, `V3 soon`, `v2 coming up`. */
function announces(all: readonly string[]): boolean {
  const at = all.findIndex((word) => /^v\d{1,3}$/.test(word) || VERSION_NOUNS.has(word));
  if (all.includes('you') || all.includes('please') || all.includes('not')) return false;
  return (
    all.some((word) => SOON.has(word)) ||
    all.slice(0, at).some((word) => ["there'll", "we'll", "i'll"].includes(word))
  );
}

/** `v3`, `a new version`, `the next revision`, `a respin`. */
export function namesNewer(words: readonly string[]): boolean {
  return words.some((word, at) => {
    if (/^v\d{1,3}$/.test(word)) return true;
    if (!VERSION_NOUNS.has(word)) return false;
    return words.slice(Math.max(0, at - 2), at).some((before) => NEWER.has(before));
  });
}
