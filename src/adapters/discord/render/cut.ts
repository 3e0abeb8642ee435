import { LIMITS } from '../limits.js';
import type { Chunk } from './chunks.js';

/** What of a view goes into one message. */
export interface Kept {
  readonly chunks: readonly Chunk[];
  /** How many pieces are not in it. */
  readonly lost: number;
}

/** Between two pieces: a line feed, and one more where there is room to breathe. */
const GAP = 2;

/**
 * Leaves out the ends of the longest runs until the rest goes into a message, and says how many: `+4 more`. Where that
 * is not enough, what is last goes.
 */
export function cutToFit(chunks: readonly Chunk[], limit: number = LIMITS.text): Kept {
  const total = chunks.reduce((sum, chunk) => sum + chunk.text.length + GAP, 0);
  if (total <= limit) return { chunks, lost: 0 };
  const runs = runsOf(chunks);
  const gone = shrink(runs, total - limit);
  const kept = chunks.flatMap((chunk, i) => {
    const run = runs.get(chunk.run);
    if (run === undefined || !gone.has(i)) return [chunk];
    return i === run.indexes[run.kept] ? [more(run.indexes.length - run.kept, chunk.run)] : [];
  });
  return cutTail(kept, gone.size, limit);
}

interface Run {
  readonly indexes: number[];
  readonly lengths: number[];
  units: number;
  kept: number;
}

function runsOf(chunks: readonly Chunk[]): Map<number, Run> {
  const runs = new Map<number, Run>();
  chunks.forEach((chunk, i) => {
    if (chunk.run < 0) return;
    const run = runs.get(chunk.run) ?? { indexes: [], lengths: [], units: 0, kept: 0 };
    run.indexes.push(i);
    run.lengths.push(chunk.text.length + GAP);
    run.units += chunk.text.length + GAP;
    run.kept++;
    runs.set(chunk.run, run);
  });
  return runs;
}

const MORE_UNITS = 16;

/** The indexes of what goes: always the last of the run that takes the most room now. */
function shrink(runs: ReadonlyMap<number, Run>, excess: number): Set<number> {
  const gone = new Set<number>();
  let over = excess;
  while (over > 0) {
    let longest: Run | null = null;
    for (const run of runs.values())
      if (run.kept > 1 && (longest === null || run.units > longest.units)) longest = run;
    if (longest === null) break;
    if (longest.kept === longest.indexes.length) over += MORE_UNITS;
    longest.kept--;
    const units = longest.lengths[longest.kept] ?? 0;
    longest.units -= units;
    over -= units;
    gone.add(longest.indexes[longest.kept] ?? -1);
  }
  return gone;
}

function more(left: number, run: number): Chunk {
  return { text: `-# +${left} more`, run, divided: false, spaced: false };
}

function cutTail(chunks: readonly Chunk[], lost: number, limit: number): Kept {
  let units = 0;
  const fitting = chunks.findIndex((chunk, i) => {
    units += chunk.text.length + GAP;
    return units + (i === chunks.length - 1 ? 0 : MORE_UNITS) > limit;
  });
  if (fitting < 0) return { chunks, lost };
  const left = chunks.length - fitting;
  return { chunks: [...chunks.slice(0, fitting), more(left, -1)], lost: lost + left };
}
