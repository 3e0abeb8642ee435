import type { PatchText } from './patch-text.js';

/** What a patch adds and removes: each line without its white space, and how often it comes. */
export interface ChangedLines {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

/** Lines that hold more than their sign. */
export function changedLines({ files }: PatchText): ChangedLines {
  const counts = new Map<string, number>();
  let size = 0;
  for (const { hunks } of files)
    for (const { lines } of hunks)
      for (const line of lines) {
        if (line[0] !== '+' && line[0] !== '-') continue;
        const bare = line.replace(/\s+/g, '');
        if (bare.length < 2) continue;
        counts.set(bare, (counts.get(bare) ?? 0) + 1);
        size++;
      }
  return { counts, size };
}

/** How much of what two patches change is alike, from 0 to 1, whatever the order. */
export function contentSimilarity(a: ChangedLines, b: ChangedLines): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a];
  let common = 0;
  for (const [line, count] of few.counts) common += Math.min(count, many.counts.get(line) ?? 0);
  return (2 * common) / (a.size + b.size);
}
