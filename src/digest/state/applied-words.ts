/** A person's sentence that says that something was applied. */
export interface AppliedWords {
  /** The words are the plain formula (`Applied, thanks`), which nobody says of another thing. */
  readonly formula: boolean;
  /** Numbers of patches that the sentence names; empty where it names none. */
  readonly indexes: readonly number[];
  /** It speaks of the series, of all, of both. */
  readonly whole: boolean;
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
const PAST = new Set([...DONE, 'took', 'added', 'queue']);

/** What may stand before the participle: `All now queued up`, `Thanks, applied`, `Both patches merged`. */
const BEFORE = new Set(
  (
    'thanks thank you thx ok okay great good nice perfect cool alright right yes yep yeah sure and now so all both series patch patches this ' +
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
  'it this these them both all patch patches series everything up that your one first'.split(' '),
);

/**
 * Reads one sentence; null where it proves nothing: questions, conditions, wishes, `applied on top of v5.10 it fails`.
 * Words before and after count only in the clause of the verb, so that `Applied, but new features should be based on
 * for-next` stands.
 */
export function readAppliedWords(sentence: string): AppliedWords | null {
  if (sentence.endsWith('?')) return null;
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
  const after = list.slice(at + 1);
  if (after[0] === 'on' && after[1] === 'top') return null;
  if (after.includes('top') && after.includes('of')) return null;
  const before = list.slice(0, at);
  const verb = list[at] ?? '';
  if (isFirstPerson(before)) {
    const object = after
      .slice(0, 4)
      .find((word) => word !== 'up' && word !== 'out' && word !== 'now' && word !== 'the');
    if (object !== undefined && !OBJECTS.has(object) && !isNumber(object)) return null;
    if (verb === 'queue' || (verb === 'added' && object === undefined)) return null;
    return { formula: false, ...scope(all) };
  }
  if (!DONE.has(verb) || !before.every((word) => BEFORE.has(word) || isNumber(word))) return null;
  if (after[0] !== undefined && !AFTER.has(after[0]) && !isNumber(after[0])) return null;
  if (verb === 'picked' && after[0] !== 'up') return null;
  if (
    verb === 'taken' &&
    after[0] !== undefined &&
    !['to', 'into', 'for', 'thanks', 'this'].includes(after[0])
  )
    return null;
  // `it was merged through btrfs`, `series is merged`: told of something, not done now.
  const told = before.some((word) => ['is', 'was', 'were', 'are', 'has', 'have', 'been'].includes(word));
  return { formula: !told, ...scope(all) };
}

/** `I've now`, `I have already`, `I just`, `I went ahead and`. */
function isFirstPerson(before: readonly string[]): boolean {
  const at = before.findLastIndex(
    (word) => word === 'i' || word === "i've" || word === 'ive' || word === "we've",
  );
  if (at < 0) return false;
  const between = before.slice(at + 1);
  const fillers = [
    'have',
    'now',
    'just',
    'already',
    'also',
    'manually',
    'went',
    'ahead',
    'and',
    'then',
    'hand',
    'got',
    'finally',
    'instead',
  ];
  return between.every((word) => fillers.includes(word)) && before.slice(0, at).length < 6;
}

/** `patches 1-3`, `patch 2`, `1 and 2`, `the first three`, `10,14,16,37`. */
function scope(all: readonly string[]): { indexes: readonly number[]; whole: boolean } {
  const indexes = namedIndexes(all);
  const whole = all.some((word) =>
    ['series', 'all', 'both', 'patchset', 'set', 'everything', 'patches'].includes(word),
  );
  return { indexes, whole: indexes.length === 0 && whole };
}

const COUNTS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
};

/** Numbers that follow `patch`, `patches` or the verb, `1-3` counted out; `first three` and `first 3` are 1 to 3. */
export function namedIndexes(all: readonly string[]): number[] {
  const found = new Set<number>();
  for (const [at, word] of all.entries()) {
    const next = all[at + 1] ?? '';
    if (word === 'first' && all.length > at + 1) {
      const count =
        COUNTS[next] ?? (/^\d{1,2}$/.test(next) ? Number(next) : next.startsWith('patch') ? 1 : 0);
      for (let index = 1; index <= count; index++) found.add(index);
    }
    if (word !== 'patch' && word !== 'patches' && word !== '#') continue;
    for (const number of all.slice(at + 1)) {
      if (['and', 'to', 'through', '&', '+', '#'].includes(number)) continue;
      if (!isNumber(number)) break;
      for (const index of countOut(number)) found.add(index);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** `3`, `1-3`, `2/5`, `10,14,16`. */
export function isNumber(word: string): boolean {
  return word.length < 40 && /^#?\d[\d,\-–/&+]*$/.test(word);
}

/** The patch numbers that a word such as `1-3` or `10,14` names; at most 100, `2/5` is the second of five. */
export function countOut(word: string): number[] {
  const found: number[] = [];
  for (const part of word.replace(/^#/, '').split(/[,&+]/).filter(Boolean)) {
    const [from = '', to] = part.split(/[-–]/);
    const first = Number(from.split('/')[0]);
    const last = to === undefined ? first : Number(to.split('/')[0]);
    if (
      !Number.isInteger(first) ||
      !Number.isInteger(last) ||
      first < 0 ||
      last < first ||
      last - first > 100
    )
      continue;
    for (let index = first; index <= last; index++) found.push(index);
  }
  return found;
}

function splitClauses(sentence: string): string[] {
  return sentence.split(/, |; | - | -- | — | – |: |\.\.\. | but | which /);
}

/** Lower-case words without the signs around them. */
export function words(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .split(/[\s]/)
    .map((word) => word.replace(/^["'([{<*_~]+/, '').replace(/["')\]}>*_~.,;:!?]+$/, ''))
    .filter(Boolean)
    .slice(0, 80);
}
