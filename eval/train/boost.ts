import type { Trees } from '../../src/digest/summary/trees.js';
import { seededRandom } from '../lib/random.js';

export interface BoostOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Rows that a leaf holds at least. */
  readonly minRows: number;
  /** Added to a leaf's weight: pulls small leaves to zero. */
  readonly ridge: number;
  /** The shares of letters and of features that a tree is grown from, drawn anew for each: what many trees agree on is less a matter of chance. */
  readonly drawn: { readonly letters: number; readonly features: number };
}

export interface Rows {
  readonly values: readonly (readonly number[])[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
  /** The letter that each is of, counted from 0: a letter's rows are drawn together. */
  readonly letters: readonly number[];
}

/** A feature's values fall into at most this many bins, between thresholds. */
const MAX_BINS = 16;
/** The distance between the sums of one node and feature. */
const STRIDE = MAX_BINS + 1;
/** Of a split that was not worth making: everything goes left. */
const NO_LIMIT = 1e9;
const NO_BIN = 255;

function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

/** Thresholds between which the values of a feature fall, ascending. */
function binEdges(values: Float64Array): number[] {
  const sorted = Float64Array.from(values).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < MAX_BINS; bin += 1) {
    const edge = rounded(sorted[Math.floor((sorted.length * bin) / MAX_BINS)] as number, 3);
    if (edges.length === 0 || edge > (edges[edges.length - 1] as number)) edges.push(edge);
  }
  return edges;
}

function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value > (edges[bin] as number)) bin += 1;
  return bin;
}

/** One feature of all rows. */
interface Column {
  readonly edges: readonly number[];
  readonly bins: Uint8Array;
}

function columnsOf(values: Rows['values']): Column[] {
  return Array.from({ length: values[0]?.length ?? 0 }, (_, feature) => {
    const column = Float64Array.from(values, (row) => row[feature] as number);
    const edges = binEdges(column);
    return { edges, bins: Uint8Array.from(column, (value) => binOf(edges, value)) };
  });
}

/** What is left to be explained. */
interface Boosting {
  readonly columns: readonly Column[];
  readonly weights: Float64Array;
  readonly letters: readonly number[];
  readonly residual: Float64Array;
  readonly options: BoostOptions;
  readonly random: () => number;
}

/** What one tree is grown from: some of the rows, and some of the features. */
interface Drawn {
  readonly rows: Int32Array;
  readonly features: ReadonlySet<number>;
  /** The pull of each row: its weight times what is left to be explained of it. */
  readonly pull: Float64Array;
}

/** The rows in one node of a tree, and their sums. */
interface Node {
  readonly rows: Int32Array;
  readonly sums: Histogram;
}

interface Split {
  feature: number;
  bin: number;
  gain: number;
}

/** Sums over the rows of a node, by feature and by bin. */
interface Histogram {
  readonly pulls: Float64Array;
  readonly weights: Float64Array;
  readonly rows: Float64Array;
}

/** The best split of one node by one feature, where it is better than the one so far. */
function improve(
  best: Split,
  histogram: Histogram,
  offset: number,
  feature: number,
  edges: number,
  { minRows, ridge }: BoostOptions,
): void {
  // prettier-ignore
  const { pulls, weights, rows } = histogram;
  let allPull = 0;
  let allWeight = 0;
  let allRows = 0;
  for (let bin = 0; bin <= edges; bin += 1) {
    allPull += pulls[offset + bin] as number;
    allWeight += weights[offset + bin] as number;
    allRows += rows[offset + bin] as number;
  }
  if (allRows < 2 * minRows) return;
  const before = (allPull * allPull) / (allWeight + ridge);
  let pull = 0;
  let weight = 0;
  let count = 0;
  for (let bin = 0; bin < edges; bin += 1) {
    pull += pulls[offset + bin] as number;
    weight += weights[offset + bin] as number;
    count += rows[offset + bin] as number;
    if (count < minRows || allRows - count < minRows) continue;
    const rest = allPull - pull;
    const gain = (pull * pull) / (weight + ridge) + (rest * rest) / (allWeight - weight + ridge) - before;
    if (gain > best.gain) Object.assign(best, { feature, bin, gain });
  }
}

/** Draws what the next tree is grown from. */
function draw({ columns, weights, letters, residual, options, random }: Boosting): Drawn {
  const { drawn } = options;
  const isDrawn: boolean[] = [];
  for (const letter of letters) isDrawn[letter] ??= random() < drawn.letters;
  const rows = Int32Array.from(letters.keys()).filter((row) => isDrawn[letters[row] as number]);
  const features = new Set<number>();
  columns.forEach(({ edges }, feature) => {
    if (edges.length > 0 && random() < drawn.features) features.add(feature);
  });
  return { rows, features, pull: residual.map((value, row) => value * (weights[row] as number)) };
}

/** The sums of a number of rows. */
function sumsOf({ columns, weights }: Boosting, rows: Int32Array, { features, pull }: Drawn): Histogram {
  const size = columns.length * STRIDE;
  const sums = {
    pulls: new Float64Array(size),
    weights: new Float64Array(size),
    rows: new Float64Array(size),
  };
  for (const feature of features) {
    const { bins } = columns[feature] as Column;
    const offset = feature * STRIDE;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const at = offset + (bins[row] as number);
      sums.pulls[at] = (sums.pulls[at] as number) + (pull[row] as number);
      sums.weights[at] = (sums.weights[at] as number) + (weights[row] as number);
      sums.rows[at] = (sums.rows[at] as number) + 1;
    }
  }
  return sums;
}

function without(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] as number));
}

function splitOf({ columns, options }: Boosting, { sums }: Node, { features }: Drawn): Split {
  const best: Split = { feature: 0, bin: NO_BIN, gain: 1e-9 };
  for (const feature of features)
    improve(best, sums, feature * STRIDE, feature, (columns[feature] as Column).edges.length, options);
  return best;
}

/** The two nodes below a split. The sums of the larger one are what those of the smaller leave of the whole. */
function childrenOf(
  boosting: Boosting,
  { rows, sums }: Node,
  { feature, bin }: Split,
  drawn: Drawn,
): [Node, Node] {
  const bins = boosting.columns[feature]?.bins;
  const isRight = (row: number) => (bins?.[row] as number) > bin;
  const left = rows.filter((row) => !isRight(row));
  const right = rows.filter(isRight);
  const small = sumsOf(boosting, left.length < right.length ? left : right, drawn);
  const large = {
    pulls: without(sums.pulls, small.pulls),
    weights: without(sums.weights, small.weights),
    rows: without(sums.rows, small.rows),
  };
  const leftIsSmall = left.length < right.length;
  return [
    { rows: left, sums: leftIsSmall ? small : large },
    { rows: right, sums: leftIsSmall ? large : small },
  ];
}

interface Tree {
  readonly features: number[];
  readonly thresholds: number[];
  readonly leaves: number[];
}

/** Takes what a tree says off the residual of every row, drawn or not. */
function takeOff({ columns, residual, options }: Boosting, splits: readonly Split[], leaves: number[]): void {
  for (let row = 0; row < residual.length; row += 1) {
    let node = 0;
    for (let level = 0; level < options.depth; level += 1) {
      const { feature, bin } = splits[node] as Split;
      node = 2 * node + (((columns[feature] as Column).bins[row] as number) > bin ? 2 : 1);
    }
    residual[row] = (residual[row] as number) - (leaves[node - splits.length] as number);
  }
}

/** Grows one tree, and takes what it says off the residual. */
function grow(boosting: Boosting): Tree {
  const { columns, weights, options } = boosting;
  const drawn = draw(boosting);
  const splits: Split[] = [];
  let nodes: Node[] = [{ rows: drawn.rows, sums: sumsOf(boosting, drawn.rows, drawn) }];
  for (let level = 0; level < options.depth; level += 1) {
    nodes = nodes.flatMap((node) => {
      const split = splitOf(boosting, node, drawn);
      splits.push(split);
      return childrenOf(boosting, node, split, drawn);
    });
  }
  const leaves = nodes.map(({ rows }) => {
    let sum = 0;
    let weight = 0;
    for (const row of rows) {
      sum += drawn.pull[row] as number;
      weight += weights[row] as number;
    }
    return rounded((options.rate * sum) / (weight + options.ridge), 4);
  });
  takeOff(boosting, splits, leaves);
  return {
    features: splits.map(({ feature }) => feature),
    thresholds: splits.map(({ feature, bin }) => columns[feature]?.edges[bin] ?? NO_LIMIT),
    leaves,
  };
}

/** Always the same: training is deterministic. */
const SEED = 1;

/** Stochastic gradient boosting (Friedman 2002) of the squared error by trees of one depth. Deterministic. */
export function boost({ values, targets, weights, letters }: Rows, options: BoostOptions): Trees {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = targets.reduce((sum, target, row) => sum + target * (weights[row] as number), 0) / total;
  const base = rounded(mean, 4);
  const boosting: Boosting = {
    columns: columnsOf(values),
    weights: Float64Array.from(weights),
    letters,
    residual: Float64Array.from(targets, (target) => target - base),
    options,
    random: seededRandom(SEED),
  };
  const grown = Array.from({ length: options.trees }, () => grow(boosting));
  return {
    depth: options.depth,
    base,
    features: grown.flatMap((tree) => tree.features),
    thresholds: grown.flatMap((tree) => tree.thresholds),
    leaves: grown.flatMap((tree) => tree.leaves),
  };
}
