import type { QueryExecutorProvider } from 'kysely';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Db } from './schema.js';

/**
 * Full text search: the one part of the store that each engine implements separately. It finds which series have words, the newest first;
 * what is searched for, and the order of the results, is decided by search-stages.ts and digest/search.
 */
export interface SearchIndex {
  add(on: Db, series: readonly IndexedSeries[]): Promise<void>;
  remove(on: Db, rows: readonly number[]): Promise<void>;
  /** Of series whose words and rows are the same: how much happened to them. */
  setActivity(on: Db, series: readonly IndexedSeries[]): Promise<void>;
  /** Rows of `searchRow` that fulfil a request, the newest first. */
  matching(on: Db, request: MatchRequest, limit: number): Promise<number[]>;
  /** Adds what is new of these to the distinct words of all series, in their order. */
  learn(on: Db, words: Iterable<string>): Promise<void>;
  /** Distinct words of all series that contain a part, in the order in which they were learned. */
  wordsWith(on: Db, part: string, limit: number): Promise<string[]>;
  /** The words that share the most with one that is none of them, by their trigrams. */
  wordsLike(on: Db, word: string, limit: number): Promise<string[]>;
  /** Makes the table of distinct words. */
  createVocabulary(db: QueryExecutorProvider): Promise<void>;
  /** Makes the index of series. */
  createIndex(db: QueryExecutorProvider): Promise<void>;
  /** Has what is written sorted in soon, where the engine puts that off. */
  keepSorted(db: QueryExecutorProvider): Promise<void>;
}

export interface IndexedSeries {
  /** As `searchRow` gave it. */
  readonly row: number;
  readonly record: SeriesRecord;
}

/** All of it must hold. */
export interface MatchRequest {
  /** Whether patches count too. */
  readonly scope: 'heads' | 'all';
  /** Each word as any of its alternatives. */
  readonly words: readonly (readonly Term[])[];
  /** Any of some words instead of each. */
  readonly any?: boolean;
  /** Any facet of each group. */
  readonly facets: readonly (readonly string[])[];
  /** Of each group, the words of any of its people. */
  readonly people: readonly (readonly (readonly Term[])[])[];
  /** Rows from here on; null: all. */
  readonly from: number | null;
  /** Rows before it; null: all. */
  readonly before: number | null;
}

export interface Term {
  readonly word: string;
  /** The word may continue. Only in `heads`: it costs too much elsewhere. */
  readonly isBeginning: boolean;
}

const MS_PER_HOUR = 3_600_000;

/** The number of a series in the index: newer series have higher ones, so that the newest are found first and the search can stop early. */
export function searchRow(id: number, updated: string | null): number {
  const time = updated === null ? 0 : Date.parse(updated);
  const hours = Number.isFinite(time)
    ? Math.min(Math.max(0, Math.floor(time / MS_PER_HOUR)), 2 ** 20 * 1.9)
    : 0;
  return Math.floor(hours) * 2 ** 32 + id;
}
