import { changedLines, contentSimilarity } from '../patch/content-similarity.js';
import type { PatchText } from '../patch/patch-text.js';
import type { Revision, Slot } from '../revision/revision.js';
import { titleKey, titleWords, wordsInCommon } from '../revision/title-key.js';

/** One patch in two postings. */
export interface PatchPair {
  readonly older: Slot;
  readonly newer: Slot;
}

/**
 * What happened to each patch between two postings. Each patch of the older is in `dropped` or in one pair,
 * each of the newer in `added` or in one pair; a pair is in one of `unchanged`, `changed` and `retitled`, and also in `reordered` if its
 * place among the kept patches changed.
 */
export interface RevisionComparison {
  readonly added: readonly Slot[];
  readonly dropped: readonly Slot[];
  /** Another title; the patch-ids say whether the content changed too. */
  readonly retitled: readonly PatchPair[];
  readonly reordered: readonly PatchPair[];
  /** Same title, same patch-id. */
  readonly unchanged: readonly PatchPair[];
  /** Same title; other content, or content that is not known on both sides. */
  readonly changed: readonly PatchPair[];
}

/** Titles with fewer words in common than this are two patches. */
const RETITLED_SIMILARITY = 0.5;
/** Pairs tried by likeness; beyond it only patch-ids and titles count. */
const MOST_COMPARED = 40_000;

/** Two patches with different titles are the same one if at least this much of their changes is shared. */
const SAME_CONTENT = 0.5;
/** Pairs whose content is compared. */
const MOST_CONTENTS = 2_500;

/**
 * Matches the patches of two postings: by patch-id, then by title, then by what they change (where both texts are in `texts`, by
 * Slot.id), then by likeness of titles.
 */
export function compareRevisions(
  older: Revision,
  newer: Revision,
  texts: ReadonlyMap<string, PatchText> = new Map(),
): RevisionComparison {
  const before = new Set(older.slots);
  const after = new Set(newer.slots);
  const pairs: PatchPair[] = [];
  const pair = (left: Slot, right: Slot): void => {
    before.delete(left);
    after.delete(right);
    pairs.push({ older: left, newer: right });
  };
  // Same content and title first: a revert applied twice has one patch-id under two titles.
  matchBy(
    (slot) => (slot.patchId === null ? null : `${slot.patchId} ${titleKey(slot.title)}`),
    before,
    after,
    pair,
  );
  matchBy((slot) => slot.patchId, before, after, pair);
  matchBy((slot) => titleKey(slot.title) || null, before, after, pair);
  matchByLikeness(before, after, pair, {
    least: SAME_CONTENT,
    most: MOST_CONTENTS,
    featuresOf: (slot) => {
      const text = textOf(texts, slot);
      return text === null ? null : changedLines(text);
    },
    likeness: contentSimilarity,
  });
  matchByLikeness(before, after, pair, {
    least: RETITLED_SIMILARITY,
    most: MOST_COMPARED,
    featuresOf: ({ title }) => titleWords(titleKey(title)),
    likeness: wordsInCommon,
  });
  const kept = sortByPlace(pairs, newer.slots);
  return {
    added: newer.slots.filter((slot) => after.has(slot)),
    dropped: older.slots.filter((slot) => before.has(slot)),
    retitled: kept.filter((one) => !sameTitle(one)),
    reordered: findReordered(kept, older.slots),
    unchanged: kept.filter((one) => sameTitle(one) && sameContent(one)),
    changed: kept.filter((one) => sameTitle(one) && !sameContent(one)),
  };
}

function matchBy(
  keyOf: (slot: Slot) => string | null,
  before: ReadonlySet<Slot>,
  after: ReadonlySet<Slot>,
  pair: (left: Slot, right: Slot) => void,
): void {
  const waiting = new Map<string, Slot[]>();
  for (const slot of before) {
    const key = keyOf(slot);
    if (key === null) continue;
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [slot]);
    else list.push(slot);
  }
  for (const slot of [...after]) {
    const key = keyOf(slot);
    const match = key === null ? undefined : waiting.get(key)?.shift();
    if (match !== undefined) pair(match, slot);
  }
}

interface Likeness<Features> {
  /** Pairs below it are two patches. */
  readonly least: number;
  /** Pairs that are tried at most. */
  readonly most: number;
  /** What a slot is compared by, computed once for all its pairs; null: it is in none. */
  readonly featuresOf: (slot: Slot) => Features | null;
  /** From 0 to 1. */
  readonly likeness: (left: Features, right: Features) => number;
}

/** The best pairs first. */
function matchByLikeness<Features>(
  before: ReadonlySet<Slot>,
  after: ReadonlySet<Slot>,
  pair: (left: Slot, right: Slot) => void,
  { least, most, featuresOf, likeness }: Likeness<Features>,
): void {
  if (before.size === 0 || after.size === 0 || before.size * after.size > most) return;
  const described = (slots: ReadonlySet<Slot>) =>
    [...slots].flatMap((slot) => {
      const features = featuresOf(slot);
      return features === null ? [] : [{ slot, features }];
    });
  const rights = described(after);
  const scored = described(before).flatMap((left) =>
    rights
      .map((right) => ({
        left: left.slot,
        right: right.slot,
        score: likeness(left.features, right.features),
      }))
      .filter(({ score }) => score >= least),
  );
  // Pairs that are alike as much stay in the order of their patches.
  scored.sort((a, b) => b.score - a.score);
  for (const { left, right } of scored) if (before.has(left) && after.has(right)) pair(left, right);
}

/** The text of a patch, if it is here. */
export function textOf(texts: ReadonlyMap<string, PatchText>, { id }: Slot): PatchText | null {
  return id === null ? null : (texts.get(id) ?? null);
}

function sortByPlace(pairs: readonly PatchPair[], slots: readonly Slot[]): readonly PatchPair[] {
  const place = new Map(slots.map((slot, at) => [slot, at]));
  return [...pairs].sort((a, b) => (place.get(a.newer) ?? 0) - (place.get(b.newer) ?? 0));
}

function sameTitle({ older, newer }: PatchPair): boolean {
  return titleKey(older.title) === titleKey(newer.title);
}

function sameContent({ older, newer }: PatchPair): boolean {
  return older.patchId !== null && older.patchId === newer.patchId;
}

/** The fewest pairs whose move explains the new order: those outside of the longest run that kept its order. */
function findReordered(kept: readonly PatchPair[], older: readonly Slot[]): readonly PatchPair[] {
  const place = new Map(older.map((slot, at) => [slot, at]));
  const places = kept.map((one) => place.get(one.older) ?? 0);
  const stay = longestRising(places);
  return kept.filter((_, at) => !stay.has(at));
}

/** Positions of a longest rising subsequence (patience sorting). */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  values.forEach((value, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? ends[low - 1] : undefined;
    ends[low] = at;
  });
  const stay = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) stay.add(at);
  return stay;
}
