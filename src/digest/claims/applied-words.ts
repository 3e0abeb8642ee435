import { isNumber, namedIndexes, words } from './patch-numbers.js';

/** A person's sentence that says that something was applied. */
export interface AppliedWords {
  /** The words are the plain formula (`Applied, thanks`), which nobody says of another thing. */
  readonly formula: boolean;
  /** Numbers of patches that the sentence names; empty where it names none. */
  readonly indexes: readonly number[];
  /** It speaks of the series, of all, of both. */
  readonly whole: boolean;
  /** `I'll queue it up for 6.17`: meant, not done. */
  readonly promise: boolean;
  /** The part of the sentence that says so: where tree and branch are looked for. */
  readonly clause: string;
}

/** Participles of the formula. `added` and `done` are left to the first person: authors answer reviews with them. */
const DONE = new Set([
  'applied',
  'queued',
  'merged',
  'pulled',
  'picked',
  'pushed',
  'staged',
  'taken',
  'committed',
  'grabbed',
  'landed',
]);
/** `I'll apply`, `I will queue`. */
const PLAIN = new Set(['apply', 'add', 'queue', 'take', 'pick', 'merge', 'pull']);
const PAST = new Set([...DONE, 'took', 'added', ...PLAIN]);
/** `I took`, `I added` prove nothing without `this series` after them. */
const BARE_NEEDS_OBJECT = new Set([
  'add',
  'took',
  'added',
  'taken',
  'pushed',
  'take',
  'pick',
  'queue',
  'apply',
  'merge',
  'pull',
]);
const SPEAKERS = new Set(['i', "i've", 'ive', "we've", "i'll", 'ill']);
const FILLERS = new Set(
  'have now just already also manually went ahead and then hand got finally instead will go get'.split(' '),
);

/** What may stand before the participle: `All now queued up`, `Thanks, applied`, `Both patches merged`. */
const BEFORE = new Set(
  (
    'thanks thank thx ok okay great good nice perfect cool alright right yes yep yeah sure and now so all both series patch patches this ' +
    'these everything fine cheers excellent whole set entire the it is was has been have are were already just manually patchset one them that first'
  ).split(' '),
);

/** What may follow it in the same clause; anything else (`applied boost`, `merged future changes`) is another matter. */
const AFTER = new Set(
  (
    'to for in into onto on with this these both all it them the patch patches series now and up as by manually one thanks thank thx too ' +
    'locally already via through from my out that your here directly everything - -- — –'
  ).split(' '),
);

/** Words that make of it a wish, a condition, a doubt or a tale. */
const DOUBTS = new Set(
  (
    'not no never cannot unless if once when whether until till should could would can may might must please want wants wanted need needs ' +
    'before after try tried trying fail fails failed failing conflict conflicts why how what which who where ever assuming suppose until ' +
    'hope hopefully wait waiting pending think thought needn'
  ).split(' '),
);

/** Objects of `I applied …` that are the mail answered to. */
const OBJECTS = new Set(
  'it this these them both all patch patches series everything that your one first rest backports patchset set'.split(
    ' ',
  ),
);

/** Parts of the words of PAST. */
const TELLING = /appl|queue|merge|pull|pick|push|stage|take|took|commit|grab|land|add/i;

/**
 * Reads one sentence; null where it proves nothing: questions, conditions, wishes, `applied on top of v5.10 it fails`.
 * Words before and after count only in the clause of the verb, so that `Applied, but new features should be based on
 * for-next` stands.
 */
export function readAppliedWords(sentence: string): AppliedWords | null {
  if (sentence.endsWith('?') || !TELLING.test(sentence)) return null;
  const clauses = splitClauses(sentence);
  for (const [at, clause] of clauses.entries()) {
    // A condition before the verb's clause is one for it too: `Once that is fixed, applied`.
    if (clauses.slice(0, at).some((before) => words(before).some((word) => DOUBTS.has(word)))) return null;
    const found = readClause(clause, words(sentence));
    if (found !== null) return found;
  }
  return null;
}

function readClause(clause: string, all: readonly string[]): AppliedWords | null {
  const list = words(clause);
  const at = list.findIndex((word) => PAST.has(word));
  if (at < 0 || at > 12 || list.some((word) => DOUBTS.has(word) || word.endsWith("n't"))) return null;
  const verb = list[at] ?? '';
  const before = list.slice(0, at);
  const after = list.slice(at + 1);
  if (isElsewhere(after)) return null;
  const person = firstPerson(before);
  if (person !== null) {
    if (!namesPosting(verb, after) || (person === 'will') !== PLAIN.has(verb)) return null;
    return { formula: false, ...scope(all), promise: person === 'will', clause };
  }
  if (!DONE.has(verb) || !isLead(before)) return null;
  if (after[0] !== undefined && !AFTER.has(after[0]) && !isNumber(after[0])) return null;
  if (verb === 'picked' && after[0] !== 'up') return null;
  if (
    verb === 'taken' &&
    after[0] !== undefined &&
    !['to', 'into', 'for', 'thanks', 'this'].includes(after[0])
  )
    return null;
  // `"This is just grabbed for accounting purposes"`, a comment quoted in a sentence.
  if (verb === 'grabbed' && before.includes('is')) return null;
  // `it was merged through btrfs`, `series is merged`: told of something, not done now.
  const told = before.some((word) => ['is', 'was', 'were', 'are', 'has', 'have', 'been'].includes(word));
  return { formula: !told, ...scope(all), promise: false, clause };
}

/** `applied on top of v5.10`, `pushed it here: <link>`, `applied to v10` (its next version), `applied locally`. */
function isElsewhere(after: readonly string[]): boolean {
  if (after.includes('top') && after.includes('of')) return true;
  if (after.includes('here') || after.includes('locally')) return true;
  return after[0] === 'to' && /^v\d+$/.test(after[1] ?? '');
}

/** `Both patches`, `Thank you`, `Patches 10,14`: words that may lead up to the participle. `you pushed` may not. */
function isLead(before: readonly string[]): boolean {
  return before.every(
    (word, at) => BEFORE.has(word) || isNumber(word) || (word === 'you' && before[at - 1] === 'thank'),
  );
}

/** What `I applied` has for its object is the mail answered to: `it`, `the first two`, `the 5.10 backports`. */
function namesPosting(verb: string, after: readonly string[]): boolean {
  const [object, next] = after.filter(
    (word) => !['up', 'out', 'now', 'the', 'all', 'of', 'just'].includes(word),
  );
  if (object === undefined) return !BARE_NEEDS_OBJECT.has(verb);
  if (object === 'a' || object === 'an' || object === 'look' || next === 'look' || next === 'stab')
    return false;
  return (
    OBJECTS.has(object) ||
    /^\d\.\d{1,3}$/.test(object) ||
    isNumber(object) ||
    (!BARE_NEEDS_OBJECT.has(verb) && (object === 'to' || object === 'in' || object === 'for'))
  );
}

/** Who speaks: `done` for `I've now`, `I have already`; `will` for `I'll just`, `I will`; null where it is no first person. */
function firstPerson(before: readonly string[]): 'done' | 'will' | null {
  const at = before.findLastIndex((word) => SPEAKERS.has(word));
  // `Thanks, will add it to the slab pull for 6.13`: the clause has no subject.
  if (at < 0 && before[0] === 'will' && before.every((word) => FILLERS.has(word))) return 'will';
  if (at < 0 || at > 5) return null;
  const between = before.slice(at + 1);
  if (!between.every((word) => FILLERS.has(word))) return null;
  const will = before[at]?.endsWith("'ll") || between.includes('will');
  // `That's the approach I took`, `the commit I had applied`: the object stood before.
  if (!will && before.slice(0, at).some((word) => ['the', 'that', "that's", 'a', 'all', 'is'].includes(word)))
    return null;
  return will ? 'will' : 'done';
}

/** `patches 1-3`, `patch 2`, `1 and 2`, `the first three`, `10,14,16,37`. */
function scope(all: readonly string[]): { indexes: readonly number[]; whole: boolean } {
  const indexes = namedIndexes(all);
  const whole = all.some((word) =>
    ['series', 'all', 'both', 'patchset', 'set', 'everything', 'patches'].includes(word),
  );
  return { indexes, whole: indexes.length === 0 && whole };
}

function splitClauses(sentence: string): string[] {
  return sentence.split(/, |; | - | -- | — | – |: |\.\.\. | but | which /);
}
