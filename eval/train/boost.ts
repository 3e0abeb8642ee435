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

/** A feature's values fall into so many bins at most, between thresholds. */
const MAX_BINS = 16;
/** Sums of one node and feature are so far apart. */
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

/** What is left to be explained, and where in the tree each row stands. */
interface Boosting {
  readonly columns: readonly Column[];
  readonly weights: Float64Array;
  readonly residual: Float64Array;
  readonly nodes: Uint16Array;
  readonly options: BoostOptions;
}

interface Split {
  feature: number;
  bin: number;
  gain: number;
}

/** Sums over the rows of each node of a level, by bin of one feature. */
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

/** The splits of the nodes of one level, of which the first is `firstNode`. */
function splitLevel({ columns, weights, residual, nodes, options }: Boosting, firstNode: number): Split[] {
  const count = firstNode + 1;
  const splits = Array.from({ length: count }, (): Split => ({ feature: 0, bin: 255, gain: 1e-9 }));
  const pulls = residual.map((value, row) => value * (weights[row] as number));
  const offsets = Int32Array.from(nodes, (node) => (node - firstNode) * STRIDE);
  const size = count * STRIDE;
  const histogram = {
    pulls: new Float64Array(size),
    weights: new Float64Array(size),
    rows: new Float64Array(size),
  };
  columns.forEach(({ edges, bins }, feature) => {
    if (edges.length === 0) return;
    for (const sums of Object.values(histogram)) sums.fill(0);
    for (let row = 0; row < bins.length; row += 1) {
      const at = (offsets[row] as number) + (bins[row] as number);
      histogram.pulls[at] = (histogram.pulls[at] as number) + (pulls[row] as number);
      histogram.weights[at] = (histogram.weights[at] as number) + (weights[row] as number);
      histogram.rows[at] = (histogram.rows[at] as number) + 1;
    }
    splits.forEach((split, node) => {
      improve(split, histogram, node * STRIDE, feature, edges.length, options);
    });
  });
  return splits;
}

interface Tree {
  readonly features: number[];
  readonly thresholds: number[];
  readonly leaves: number[];
}

/** Grows one tree, and takes what it says off the residual. */
function grow(boosting: Boosting): Tree {
  const { columns, weights, residual, nodes, options } = boosting;
  const features: number[] = [];
  const thresholds: number[] = [];
  nodes.fill(0);
  for (let level = 0; level < options.depth; level += 1) {
    const firstNode = 2 ** level - 1;
    const splits = splitLevel(boosting, firstNode);
    for (const { feature, bin } of splits) {
      features.push(feature);
      thresholds.push(columns[feature]?.edges[bin] ?? NO_LIMIT);
    }
    for (let row = 0; row < nodes.length; row += 1) {
      const node = nodes[row] as number;
      const { feature, bin } = splits[node - firstNode] as Split;
      nodes[row] = 2 * node + ((columns[feature]?.bins[row] as number) > bin ? 2 : 1);
    }
  }
  const first = 2 ** options.depth - 1;
  const pull = new Float64Array(first + 1);
  const weight = new Float64Array(first + 1);
  nodes.forEach((node, row) => {
    pull[node - first] =
      (pull[node - first] as number) + (weights[row] as number) * (residual[row] as number);
    weight[node - first] = (weight[node - first] as number) + (weights[row] as number);
  });
  const leaves = Array.from(pull, (sum, leaf) =>
    rounded((options.rate * sum) / ((weight[leaf] as number) + options.ridge), 4),
  );
  nodes.forEach((node, row) => {
    residual[row] = (residual[row] as number) - (leaves[node - first] as number);
  });
  return { features, thresholds, leaves };
}

/** Gradient boosting of the squared error by trees of one depth. Deterministic. */
export function boost({ values, targets, weights }: Rows, options: BoostOptions): Trees {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = targets.reduce((sum, target, row) => sum + target * (weights[row] as number), 0) / total;
  const base = rounded(mean, 4);
  const boosting: Boosting = {
    columns: columnsOf(values),
    weights: Float64Array.from(weights),
    residual: Float64Array.from(targets, (target) => target - base),
    nodes: new Uint16Array(values.length),
    options,
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
