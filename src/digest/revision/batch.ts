import { UNTHREADED_WINDOW_MS } from './cluster-keys.js';
import type { Part } from './part.js';

/** Parts that are one posting, as far as known: a growing set with what is needed to compare two of them. */
export interface Batch {
  readonly parts: readonly Part[];
  readonly why: readonly string[];
}

/** The places that a batch fills: 0 is the cover. */
export function slotsOf(batch: Batch): ReadonlySet<number> {
  const slots = new Set<number>();
  for (const { index } of batch.parts) if (index !== null) slots.add(index);
  return slots;
}

/** Its letter: the newest, where a sending that broke off was started again. */
export function coverOf(batch: Batch): Part | null {
  return batch.parts.findLast((part) => part.role === 'cover') ?? null;
}

export function totalOf(batch: Batch): number | null {
  return (
    (coverOf(batch) ?? batch.parts[0])?.total ??
    batch.parts.find((part) => part.total !== null)?.total ??
    null
  );
}

interface StatedVersion {
  readonly version: number;
  readonly versionInferred: boolean;
}

/**
 * The version of a batch: the cover's, unless all patches agree on another; else that of any patch that
 * has one, else 1, inferred.
 */
export function versionOf(batch: Batch): StatedVersion {
  const cover = coverOf(batch);
  if (cover !== null && !cover.versionInferred) return patchesVersion(batch, cover) ?? cover;
  return (
    batch.parts.find((part) => !part.versionInferred) ??
    cover ??
    batch.parts[0] ?? { version: 1, versionInferred: true }
  );
}

/** The one version that all patches have if the cover has another: git numbers them alike, people do not. */
export function patchesVersion(batch: Batch, cover: Part): StatedVersion | null {
  const patches = batch.parts.filter((part) => part.role === 'patch');
  const [first] = patches;
  if (first === undefined || cover.versionInferred || first.version === cover.version) return null;
  const agree = patches.every((part) => !part.versionInferred && part.version === first.version);
  return agree ? first : null;
}

/** When the first and the last of it were sent; null if none is dated. */
export function spanOf(batch: Batch): { start: number; end: number } | null {
  let span: { start: number; end: number } | null = null;
  for (const { time } of batch.parts) {
    if (time === null) continue;
    span =
      span === null
        ? { start: time, end: time }
        : { start: Math.min(span.start, time), end: Math.max(span.end, time) };
  }
  return span;
}

/** The time between two batches in ms; 0 if they overlap, or if neither is dated. */
export function gapBetween(a: Batch, b: Batch): number {
  return gapOf(spanOf(a), spanOf(b));
}

type Span = { start: number; end: number } | null;

export function gapOf(left: Span, right: Span): number {
  if (left === null && right === null) return 0;
  if (left === null || right === null) return UNTHREADED_WINDOW_MS;
  return Math.max(0, left.start - right.end, right.start - left.end);
}

/** By time, undated last, ties by id: the order in which everything here is done. */
export function byTime(a: Part, b: Part): number {
  const left = a.time ?? Number.POSITIVE_INFINITY;
  const right = b.time ?? Number.POSITIVE_INFINITY;
  if (left !== right) return left < right ? -1 : 1;
  return a.facts.id < b.facts.id ? -1 : a.facts.id > b.facts.id ? 1 : 0;
}
