import type { Trees } from '../../src/digest/summary/trees.js';

export interface BoostOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Rows that a leaf holds at least. */
  readonly minRows: number;
  /** Added to a leaf's weight: pulls small leaves to zero. */
  readonly ridge: number;
}

export interface Rows {
  readonly values: readonly (readonly number[])[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
}

/** A feature's values fall into at most this many bins, between thresholds. */
const MAX_BINS = 16;
/** The distance between the sums of one node and feature. */
const STRIDE = MAX_BINS + 1;
/** Of a split that was not worth making: everything goes left. */
const NO_LIMIT = 1e9;

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
  readonly residual: Float64Array;
  readonly options: BoostOptions;
  /** Every row, and its sums: only the pulls differ from tree to tree. */
  readonly all: Node;
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

/** The pull of each row: its weight times what is left to be explained of it. */
function pullsOf({ weights, residual }: Boosting): Float64Array {
  return residual.map((value, row) => value * (weights[row] as number));
}

/** The sums of a number of rows. */
function sumsOf({ columns, weights }: Boosting, rows: Int32Array, pull: Float64Array): Histogram {
  const size = columns.length * STRIDE;
  const sums = {
    pulls: new Float64Array(size),
    weights: new Float64Array(size),
    rows: new Float64Array(size),
  };
  columns.forEach(({ edges, bins }, feature) => {
    if (edges.length === 0) return;
    const offset = feature * STRIDE;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const at = offset + (bins[row] as number);
      sums.pulls[at] = (sums.pulls[at] as number) + (pull[row] as number);
      sums.weights[at] = (sums.weights[at] as number) + (weights[row] as number);
      sums.rows[at] = (sums.rows[at] as number) + 1;
    }
  });
  return sums;
}

/** The pulls of all rows by feature and bin. */
function allPulls({ columns }: Boosting, pull: Float64Array): Float64Array {
  const pulls = new Float64Array(columns.length * STRIDE);
  columns.forEach(({ edges, bins }, feature) => {
    if (edges.length === 0) return;
    const offset = feature * STRIDE;
    for (let row = 0; row < bins.length; row += 1) {
      const at = offset + (bins[row] as number);
      pulls[at] = (pulls[at] as number) + (pull[row] as number);
    }
  });
  return pulls;
}

function without(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] as number));
}

function splitOf({ columns, options }: Boosting, { sums }: Node): Split {
  const best: Split = { feature: 0, bin: 255, gain: 1e-9 };
  columns.forEach(({ edges }, feature) => {
    if (edges.length > 0) improve(best, sums, feature * STRIDE, feature, edges.length, options);
  });
  return best;
}

/** The two nodes below a split. The sums of the larger one are what those of the smaller leave of the whole. */
function childrenOf(
  boosting: Boosting,
  { rows, sums }: Node,
  { feature, bin }: Split,
  pull: Float64Array,
): [Node, Node] {
  const bins = boosting.columns[feature]?.bins;
  const isRight = (row: number) => (bins?.[row] as number) > bin;
  const left = rows.filter((row) => !isRight(row));
  const right = rows.filter(isRight);
  const small = sumsOf(boosting, left.length < right.length ? left : right, pull);
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

/** Grows one tree, and takes what it says off the residual. */
function grow(boosting: Boosting): Tree {
  const { columns, weights, residual, options, all } = boosting;
  const features: number[] = [];
  const thresholds: number[] = [];
  const pull = pullsOf(boosting);
  let nodes: Node[] = [{ rows: all.rows, sums: { ...all.sums, pulls: allPulls(boosting, pull) } }];
  for (let level = 0; level < options.depth; level += 1) {
    nodes = nodes.flatMap((node) => {
      const split = splitOf(boosting, node);
      features.push(split.feature);
      thresholds.push(columns[split.feature]?.edges[split.bin] ?? NO_LIMIT);
      return childrenOf(boosting, node, split, pull);
    });
  }
  const leaves = nodes.map(({ rows }) => {
    let sum = 0;
    let weight = 0;
    for (const row of rows) {
      sum += pull[row] as number;
      weight += weights[row] as number;
    }
    const leaf = rounded((options.rate * sum) / (weight + options.ridge), 4);
    for (const row of rows) residual[row] = (residual[row] as number) - leaf;
    return leaf;
  });
  return { features, thresholds, leaves };
}

/** Gradient boosting of the squared error by trees of one depth. Deterministic. */
export function boost({ values, targets, weights }: Rows, options: BoostOptions): Trees {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = targets.reduce((sum, target, row) => sum + target * (weights[row] as number), 0) / total;
  const base = rounded(mean, 4);
  const rows = Int32Array.from(values, (_, row) => row);
  const none = { pulls: new Float64Array(0), weights: new Float64Array(0), rows: new Float64Array(0) };
  const bare: Boosting = {
    columns: columnsOf(values),
    weights: Float64Array.from(weights),
    residual: Float64Array.from(targets, (target) => target - base),
    options,
    all: { rows, sums: none },
  };
  const boosting = { ...bare, all: { rows, sums: sumsOf(bare, rows, bare.residual) } };
  const grown = Array.from({ length: options.trees }, () => grow(boosting));
  return {
    depth: options.depth,
    base,
    features: grown.flatMap((tree) => tree.features),
    thresholds: grown.flatMap((tree) => tree.thresholds),
    leaves: grown.flatMap((tree) => tree.leaves),
  };
}
