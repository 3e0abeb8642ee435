import { STOP_WORDS, stem } from '../content-words.js';

/** Pairs of what a change can do to a thing and its contrary: forward words, then backward ones. Closed classes. */
const AXES: readonly (readonly [string, string])[] = [
  [
    'add addition introduce introduction implement implementation support provide create include bring',
    'remove removal drop delete deletion strip eliminate deprecate discard',
  ],
  ['enable allow permit activate let', 'disable forbid prevent prohibit disallow reject deactivate'],
  [
    'increase raise extend expand grow enlarge widen lengthen',
    'reduce reduction decrease lower shrink shorten cut limit',
  ],
  [
    'speed accelerate optimise optimize optimisation optimization improve improvement',
    'slow degrade worsen regress',
  ],
  ['fix correct repair resolve solve address', 'break'],
  ['merge unify combine consolidate share', 'split separate divide'],
  ['apply restore keep retain', 'revert undo'],
  ['register', 'unregister'],
  ['map', 'unmap'],
  ['attach plug', 'detach unplug'],
  ['encrypt', 'decrypt'],
  ['pin', 'unpin'],
];

interface Direction {
  readonly axis: number;
  readonly forward: boolean;
}

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map<string, Direction>(
  AXES.flatMap(([forward, backward], axis) => [
    ...forward.split(' ').map((word) => [stem(word), { axis, forward: true }] as [string, Direction]),
    ...backward.split(' ').map((word) => [stem(word), { axis, forward: false }] as [string, Direction]),
  ]),
);

/** Words that reverse the verb right after them: `stop adding`, `no longer allows`, `without removing`. */
const TURNS = new Set([
  'not',
  'no',
  'never',
  'stop',
  'stops',
  'avoid',
  'avoids',
  'without',
  'cannot',
  "don't",
  "doesn't",
]);
/** Words that may be between the two. */
const BETWEEN = new Set(['longer', 'to', 'the', 'be', 'being', 'more']);

/** An action that a text describes, and its objects. */
interface Deed extends Direction {
  /** Stems of the words behind the verb, up to the next one. */
  readonly objects: readonly string[];
  /** Index of the verb among the text's words. */
  readonly at: number;
}

const WORD = /[\p{L}\p{N}_'’]+/gu;

/** Words that a noun follows: `the fix`, `a lock`. */
const ARTICLES = new Set(['a', 'an', 'the', 'of', 'this', 'its', 'their', 'no', 'each']);

/** The deeds of a text, in order. `reach`: how many words behind a verb may be its objects. */
function deedsOf(text: string, reach: number): Deed[] {
  const words = [...text.toLowerCase().matchAll(WORD)].map(([word]) => word.replace('’', "'"));
  const found: (Direction & { readonly at: number; readonly objects: string[] })[] = [];
  for (const [at, word] of words.entries()) {
    const last = found.at(-1);
    if (last !== undefined && last.objects.length < reach && !STOP_WORDS.has(word))
      last.objects.push(stem(word));
    const direction = ARTICLES.has(words[at - 1] ?? '') ? undefined : DIRECTIONS.get(stem(word));
    if (direction !== undefined)
      found.push({ ...direction, forward: direction.forward !== isTurned(words, at), at, objects: [] });
  }
  return found;
}

function isTurned(words: readonly string[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && at - before <= 2 && BETWEEN.has(words[before] ?? '')) before -= 1;
  return TURNS.has(words[before] ?? '');
}

const OBJECTS_OF_CLAIM = 3;
const OBJECTS_OF_SOURCE = 6;

/**
 * Whether a summary says the contrary of what its source does: `Removes the cache` of a letter that adds one. A deed is contradicted
 * where the source does the contrary rather than the same to its things; the first one, which says what the series does, also where
 * the source does only the contrary at all, or where it takes something away and no word of the source does.
 */
export function contradicts(summary: string, source: readonly string[]): boolean {
  const sourceDeeds = source.flatMap((text) => deedsOf(text, OBJECTS_OF_SOURCE));
  return deedsOf(summary, OBJECTS_OF_CLAIM).some((deed) => {
    const same = sourceDeeds.filter(({ axis }) => axis === deed.axis);
    const agreeing = same.filter(({ forward }) => forward === deed.forward);
    const contrary = same.filter(({ forward }) => forward !== deed.forward);
    const [agrees, opposes] = [mostShared(deed, agreeing), mostShared(deed, contrary)];
    if (agrees !== opposes) return opposes > agrees;
    const leads = deed.at <= 1;
    return leads && agreeing.length === 0 && (contrary.length > 0 || !deed.forward);
  });
}

/** How many of its objects a deed shares with the nearest of these. */
function mostShared({ objects }: Deed, others: readonly Deed[]): number {
  return Math.max(0, ...others.map((other) => objects.filter((one) => other.objects.includes(one)).length));
}
