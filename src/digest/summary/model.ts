import type { Model } from './choose.js';
import { TABLE } from './model-table.js';
import type { Trees } from './trees.js';
import { wordTable } from './word-table.js';

/** The generated table: what was learned, written small. */
interface ModelTable {
  readonly words: string;
  readonly sentence: TreeTable;
  readonly pair: TreeTable;
  readonly gate: TreeTable;
  readonly threshold: number;
}

interface TreeTable {
  readonly depth: number;
  readonly base: number;
  /** Numbers with a space between. */
  readonly features: string;
  readonly thresholds: string;
  /** In units of 1/10000. */
  readonly leaves: string;
}

const numbers = (text: string) => text.split(' ').map(Number);

function readTrees({ depth, base, features, thresholds, leaves }: TreeTable): Trees {
  return {
    depth,
    base,
    features: numbers(features),
    thresholds: numbers(thresholds),
    leaves: numbers(leaves).map((leaf) => leaf / 10_000),
  };
}

function readModel(table: ModelTable): Model {
  const words = new Map<string, number>();
  for (const entry of table.words.split('|')) {
    const at = entry.lastIndexOf('=');
    if (at > 0) words.set(entry.slice(0, at), Number(entry.slice(at + 1)) / 1000);
  }
  return {
    words: wordTable(words),
    sentence: readTrees(table.sentence),
    pair: readTrees(table.pair),
    gate: readTrees(table.gate),
    threshold: table.threshold,
  };
}

/** What `npm run train:summaries` learned. */
export const MODEL: Model = readModel(TABLE);
