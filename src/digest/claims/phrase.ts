import type { Clause } from './clauses.js';
import { isNumber } from './patch-numbers.js';
import {
  ADVERBS,
  BEING,
  baseOf,
  CHANGE,
  CLOSERS,
  DETERMINERS,
  DONE,
  FUTURE,
  INTENDING,
  LEADS,
  NEGATIONS,
  OPEN,
  POSTING,
  POSTING_WITH_DETERMINER,
  PREPOSITIONS,
  PRONOUNS,
} from './vocabulary.js';

/** A parsed clause: who does what, and whether it is done, intended, open or requested. */
export interface Phrase {
  readonly subject: 'me' | 'you' | 'posting' | 'none';
  readonly mood: 'plain' | 'will' | 'open' | 'please';
  readonly negated: boolean;
  /** `is`, `was`, `has been`: reported about a thing. */
  readonly passive: boolean;
  readonly verb: string;
  readonly rest: readonly string[];
  /** The words before the verb name the posting: `Both patches applied`. */
  readonly before: readonly string[];
}

const ME = new Set([
  'i',
  'we',
  "i've",
  'ive',
  "we've",
  "i'm",
  "we're",
  "i'd",
  "we'd",
  "i'll",
  "we'll",
  'ill',
  'me',
]);
/** `I'll try to fix it`: it may fail. */
const UNSURE = new Set(['try', 'trying', 'hope', 'hoping', 'want']);
/** `We need to make it better` says what is missing, and not who does it; `I need to fix it` promises. */
const NECESSARY = new Set(['need', 'have']);
const US = new Set(['we', "we'll", "we'd"]);

function isShared(words: readonly string[], at: number): boolean {
  return NECESSARY.has(words[at] ?? '') && words.slice(Math.max(0, at - 4), at).some((word) => US.has(word));
}

const YOU = new Set(['you', "you'll", "you'd", "you're", "you've"]);

/**
 * Parses a clause from its start: words that lead up to it, a subject, auxiliaries and adverbs, then the verb. null if the subject is
 * something else (`the caller applied`), so it says nothing about the posting.
 */
export function phraseOf(words: readonly string[], before: Phrase | 'other' | null = null): Phrase | null {
  let at = leadIn(words);
  let subject: Phrase['subject'] = 'none';
  let mood: Phrase['mood'] = 'plain';
  let negated = false;
  let passive = false;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (word === 'please' || word === 'pls' || word === 'plz' || word === 'kindly') mood = 'please';
    else if (ME.has(word)) {
      if (word === 'me' && words[at - 1] !== 'let') return null;
      subject = 'me';
      if (word.endsWith("'ll") || word === 'ill') mood = 'will';
      if (word.endsWith("'d")) mood = next === 'like' || next === 'love' ? 'will' : 'open';
    } else if ((word === "it's" || word === "they're") && subject === 'none' && mood === 'plain') {
      // `It's queued in mm-stable`.
      subject = 'posting';
      passive = true;
    } else if (YOU.has(word)) {
      if (words[at - 1] !== 'thank') subject = 'you';
    } else if (word === 'let' || word === "let's" || word === 'lets') {
      if (word === 'let' && next !== 'me' && next !== 'us') return null;
      mood = 'will';
      if (next === 'us') at++;
    } else if (FUTURE.has(word)) mood = 'will';
    else if (INTENDING.has(word) && (next === 'to' || words[at - 1] === 'to')) {
      if (UNSURE.has(word) || isShared(words, at)) mood = 'open';
      else if (mood === 'plain' && (subject === 'me' || word === 'going')) mood = 'will';
    } else if (OPEN.has(word)) mood = mood === 'will' ? 'will' : 'open';
    else if (NEGATIONS.has(word) || word.endsWith("n't")) {
      negated = true;
      if (word === "won't") mood = 'will';
    } else if (BEING.has(word)) passive ||= word !== 'have' && word !== 'had' && word !== 'am';
    else if (
      word === 'to' ||
      (word === 'do' && (next === 'you' || next === 'not')) ||
      word === 'went' ||
      (word === 'go' && (next === 'ahead' || CHANGE.has(next)))
    ) {
    } else if (ADVERBS.has(word) || (LEADS.has(word) && subject === 'none')) {
    } else {
      const end = subject === 'none' && mood !== 'please' ? postingEnd(words, at) : -1;
      if (end < 0) break;
      subject = 'posting';
      at = end - 1;
    }
  }
  const verb = words[at] ?? '';
  if (verb === '' && subject !== 'me') return null;
  // `the rework reviewed and merged`, `X compiles and will add them`: the subject before is another thing.
  if (before === 'other' && subject === 'none' && mood !== 'please') return null;
  const inherited = subject === 'none' && mood === 'plain' && before !== 'other' ? before : null;
  return {
    subject: inherited?.subject ?? subject,
    mood: inherited?.mood ?? mood,
    negated: negated || (inherited?.negated ?? false),
    passive: passive || (inherited?.passive ?? false),
    verb,
    rest: words.slice(at + 1),
    before: words.slice(0, at),
  };
}

/** Words before `I` or `please` that only say when or why: `For now I'll drop it`, `In that case please resend`. */
function leadIn(words: readonly string[]): number {
  if (!['for', 'in', 'at', 'with', 'on', 'given', 'to'].includes(words[0] ?? '')) return 0;
  const at = words.findIndex((word) => ME.has(word) || word === 'please');
  return at > 0 && at <= 5 ? at : 0;
}

/** Where a noun phrase ends that means the posting or patches of it; -1 if none begins there. */
export function postingEnd(words: readonly string[], at: number): number {
  let end = at;
  let determined = false;
  while (end < words.length && (DETERMINERS.has(words[end] ?? '') || isVersion(words[end] ?? ''))) {
    determined = true;
    end++;
    // `the 5.10 and 5.15 backports`
    while (
      /^\d{1,2}\.\d{1,3}(?:\.y)?$/.test(words[end] ?? '') ||
      (words[end] === 'and' && /^\d{1,2}\.\d/.test(words[end + 1] ?? ''))
    )
      end++;
  }
  const noun = words[end] ?? '';
  if (POSTING.has(noun) || (determined && POSTING_WITH_DETERMINER.has(noun))) {
    end++;
    while (
      POSTING.has(words[end] ?? '') ||
      isNumber(words[end] ?? '') ||
      (words[end] === 'and' && isNumber(words[end + 1] ?? ''))
    )
      end++;
    return end;
  }
  if (isNumber(noun)) return end + 1;
  const last = words[end - 1] ?? '';
  // `the first`, `both of these`, `v3`: the determiner is the whole phrase.
  if (
    end > at &&
    endsPhrase(noun) &&
    (PRONOUNS.has(last) ||
      isVersion(last) ||
      ['first', 'rest', 'others', 'two', 'three', 'whole'].includes(last))
  )
    return end;
  if (end === at && PRONOUNS.has(noun) && endsPhrase(words[at + 1] ?? '')) return at + 1;
  return -1;
}

function endsPhrase(next: string): boolean {
  return (
    next === '' ||
    PREPOSITIONS.has(next) ||
    CLOSERS.has(next) ||
    ADVERBS.has(next) ||
    BEING.has(next) ||
    FUTURE.has(next) ||
    OPEN.has(next) ||
    next.endsWith('ly') ||
    next.endsWith('ed') ||
    next.endsWith("n't") ||
    /^(?:and|but|until|since|because|unless|if|when|once|while)$/.test(next)
  );
}

function isVersion(word: string): boolean {
  return /^v\d{1,3}$/.test(word);
}

/** What a clause that `and`, `then` or `or` opens takes over from the one before: its subject and mood. */
export function carriedOver(opens: string, before: Phrase | null, isFirst: boolean): Phrase | 'other' | null {
  if (opens !== 'and' && opens !== 'then' && opens !== 'or') return null;
  if (before === null) return isFirst ? null : 'other';
  return before.subject !== 'me' && !isVerb(before.verb) ? 'other' : before;
}

/** A clause with its phrase. */
export interface ParsedClause {
  readonly clause: Clause;
  /** null if the clause says nothing about the posting or people. */
  readonly phrase: Phrase | null;
}

/** The clauses of one sentence, parsed, in order; each inherits what its conjunction passes on. */
export function phrasesOf(clauses: readonly Clause[]): ParsedClause[] {
  let before: Phrase | null = null;
  return clauses.map((clause, at) => {
    const isFirst = at === 0 || isLead(clauses[at - 1]);
    const phrase: Phrase | null = phraseOf(clause.words, carriedOver(clause.opens, before, isFirst));
    before = phrase;
    return { clause, phrase };
  });
}

/** Whether a clause only leads up to the next: `Thanks`, `OK`, `Good catch`. */
function isLead(clause: { readonly words: readonly string[] } | undefined): boolean {
  return clause?.words.every((word) => LEADS.has(word) || word === 'you') ?? false;
}

/** What a clause without a subject may begin with; any other word there is a noun, which is the subject. */
function isVerb(word: string): boolean {
  return (
    DONE.has(word) ||
    CHANGE.has(baseOf(word)) ||
    ['looks', 'look', 'lgtm', 'seems', 'tested', 'reviewed', 'cherry-picked'].includes(word)
  );
}
