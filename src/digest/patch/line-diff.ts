/** A run of lines that two texts share, or that only one of them has. */
interface Run {
  readonly kind: 'same' | 'removed' | 'added';
  count: number;
}

/** Lines that differ, with those around them; each begins with a sign: a blank, `-` or `+`. */
export interface LineHunk {
  /** Where its first line is in the newer text, from 0; of a hunk without such a line, where it would be. */
  readonly newStart: number;
  readonly lines: readonly string[];
}

/**
 * The fewest lines to remove and add that make `before` into `after`; null if those are more than `most`. Myers' greedy algorithm (An O(ND)
 * Difference Algorithm and Its Variations, 1986) on numbers instead of lines: time and memory grow with the square of the lines that differ,
 * which `most` bounds (1,500: a million steps, 5 MB). Of several shortest ways it takes that of the package `diff`, which made two objects at
 * each step and took ten times as long: most of a page that compares two versions.
 */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
  { most, context }: { readonly most: number; readonly context: number },
): readonly LineHunk[] | null {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]): Int32Array =>
    Int32Array.from(lines, (line) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    });
  const steps = shortestWay(numbered(before), numbered(after), most);
  return steps === null ? null : hunksOf(runsOf(steps), before, after, context);
}

/**
 * How far each second diagonal (place in `before` less place in `after`) was reached with so many edits, from the lowest on: for each the lines
 * of `before` that were passed, times two, plus one if the last edit was an added line; NOWHERE if nothing leads there, and at both ends.
 */
interface Reached {
  readonly lowest: number;
  readonly ends: Int32Array;
}

const NOWHERE = -1;

interface Steps {
  readonly rows: readonly Reached[];
  /** The diagonal on which both texts end. */
  readonly diagonal: number;
}

function shortestWay(before: Int32Array, after: Int32Array, most: number): Steps | null {
  const [oldEnd, newEnd] = [before.length, after.length];
  const follow = (from: number, diagonal: number): number => {
    let at = from;
    while (at < oldEnd && at - diagonal < newEnd && before[at] === after[at - diagonal]) at++;
    return at;
  };
  const start = follow(0, 0);
  let last: Reached = { lowest: 0, ends: Int32Array.of(NOWHERE, 2 * start, NOWHERE) };
  const rows = [last];
  if (start >= oldEnd && start >= newEnd) return { rows, diagonal: 0 };
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const limit = Math.min(most, oldEnd + newEnd);
  for (let edits = 1; edits <= limit; edits++) {
    const lowest = Math.max(low, -edits);
    const count = Math.max(0, Math.floor((Math.min(high, edits) - lowest) / 2) + 1);
    const ends = new Int32Array(count + 2).fill(NOWHERE);
    // The diagonals on both sides of one, from which one edit leads to it.
    let left = (lowest - 1 - last.lowest) / 2 + 1;
    for (let i = 1, diagonal = lowest; diagonal <= high && i <= count; i++, diagonal += 2, left++) {
      const byRemoving = last.ends[left] as number;
      const byAdding = last.ends[left + 1] as number;
      const removed = (byRemoving >> 1) + 1;
      const added = byAdding >> 1;
      const canRemove = byRemoving !== NOWHERE && removed <= oldEnd;
      const canAdd = byAdding !== NOWHERE && added - diagonal <= newEnd;
      if (!canAdd && !canRemove) continue;
      const adds = !canRemove || (canAdd && removed <= added);
      const end = follow(adds ? added : removed, diagonal);
      ends[i] = 2 * end + (adds ? 1 : 0);
      // Beyond the end of either text lies nothing.
      if (end >= oldEnd) high = Math.min(high, diagonal - 1);
      if (end - diagonal < newEnd) continue;
      low = Math.max(low, diagonal + 1);
      if (end >= oldEnd) return { rows: [...rows, { lowest, ends }], diagonal };
    }
    last = { lowest, ends };
    rows.push(last);
  }
  return null;
}

function endOn({ lowest, ends }: Reached, diagonal: number): number {
  return ends[(diagonal - lowest) / 2 + 1] ?? NOWHERE;
}

/** The way from its end to its beginning, turned round. */
function runsOf({ rows, diagonal: last }: Steps): readonly Run[] {
  const runs: Run[] = [];
  const put = (kind: Run['kind'], count: number): void => {
    const next = runs.at(-1);
    if (count > 0 && next?.kind === kind) next.count += count;
    else if (count > 0) runs.push({ kind, count });
  };
  let diagonal = last;
  for (let edits = rows.length - 1; edits > 0; edits--) {
    const reached = endOn(rows[edits] as Reached, diagonal);
    const adds = (reached & 1) === 1;
    diagonal += adds ? 1 : -1;
    const passed = (reached >> 1) - (endOn(rows[edits - 1] as Reached, diagonal) >> 1);
    put('same', adds ? passed : passed - 1);
    put(adds ? 'added' : 'removed', 1);
  }
  put('same', endOn(rows[0] as Reached, 0) >> 1);
  return runs.reverse();
}

function hunksOf(
  runs: readonly Run[],
  before: readonly string[],
  after: readonly string[],
  context: number,
): readonly LineHunk[] {
  const hunks: { newStart: number; lines: string[] }[] = [];
  let open: string[] | null = null;
  let [oldAt, newAt] = [0, 0];
  const put = (sign: string, from: readonly string[], start: number, end: number): void => {
    for (let at = start; at < end; at++) open?.push(sign + from[at]);
  };
  for (const [i, { kind, count }] of runs.entries()) {
    if (kind !== 'same' && open === null) {
      const above = i === 0 ? 0 : Math.min(context, runs[i - 1]?.count ?? 0);
      open = [];
      hunks.push({ newStart: newAt - above, lines: open });
      put(' ', after, newAt - above, newAt);
    }
    if (kind === 'removed') put('-', before, oldAt, oldAt + count);
    if (kind === 'added') put('+', after, newAt, newAt + count);
    if (kind === 'same') {
      // Two hunks between which no line would be left out are one.
      const joins = count <= 2 * context && i < runs.length - 1;
      put(' ', after, newAt, newAt + (joins ? count : Math.min(count, context)));
      if (!joins) open = null;
    }
    if (kind !== 'added') oldAt += count;
    if (kind !== 'removed') newAt += count;
  }
  return hunks;
}
