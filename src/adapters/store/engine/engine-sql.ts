import type { DialectAdapter, QueryExecutorProvider, RawBuilder } from 'kysely';
import type { Db } from '../schema.js';
import type { SearchIndex } from '../search-index.js';

/**
 * How a column of a set of rows is passed. `number` and `text` may be null. `bytes` and `document` (text as UTF-8) come out of one buffer for the
 * whole column, so that documents, which are JSON themselves, are not escaped once more, nor bodies written in hex.
 */
export type Passed = 'number' | 'text' | 'bytes' | 'document';
export type Columns = Readonly<Record<string, Passed>>;
type Given<How extends Passed> = How extends 'number'
  ? number | null
  : How extends 'text'
    ? string | null
    : Uint8Array | string | null;
export type RowsOf<C extends Columns> = readonly { readonly [Name in keyof C]: Given<C[Name]> }[];

/** The SQL that the engines write differently. All else in the store is portable. */
export interface EngineSql {
  /** `where('key', 'in', setOf(on, keys))`: any number of values as ONE parameter. */
  setOf<Value extends string | number>(values: readonly Value[]): RawBuilder<Value>;
  /** The same for short binary keys. */
  setOfBytes(values: readonly Uint8Array[]): RawBuilder<Buffer>;
  /** Rows as a table in their order, in parentheses: a number of parameters that does not depend on how many they are. */
  rowSet<C extends Columns>(columns: C, rows: RowsOf<C>): RawBuilder<unknown>;
  /**
   * `from`: each row of `given` beside the messages, as `m`, whose ids `pick` selects for it. So that an index gives the first few of each, where a
   * window would number them all.
   */
  withPicked(given: RawBuilder<unknown>, pick: RawBuilder<unknown>): RawBuilder<unknown>;
  readonly search: SearchIndex;
  /** The highest id that a message ever had: none is given twice, though its message was removed. In a transaction that writes mail. */
  lastMessageId(on: Db): Promise<number>;
  /** Messages were added with ids of our choice up to this one. */
  noteMessageId(on: Db, last: number): Promise<void>;
  /**
   * The last number that each table assigned, even if its row is gone by now: of messages, of arrivals (`copy.seq`), of whatever is
   * numbered.
   */
  lastIds(on: Db): Promise<ReadonlyMap<string, number>>;
  /** After rows were copied with their numbers: those that are given from now on come after these. */
  settleIds(on: Db, last: ReadonlyMap<string, number>): Promise<void>;
  /**
   * Takes rows that `look` finds, but for those that another process is taking at this moment. `look` ends its select with what it is given, which
   * locks the rows of this alias.
   */
  takeRows<Row, T>(
    on: Db,
    alias: string,
    look: (on: Db, locking: RawBuilder<unknown>) => Promise<readonly Row[]>,
    take: (on: Db, rows: readonly Row[]) => Promise<T>,
  ): Promise<T>;
  /** At the end of a table whose primary key is the table: half the size of a table and an index over it. */
  readonly withoutRowId: RawBuilder<unknown>;
  /** Makes the table of the reading journal, where that is one. */
  createJournal(db: QueryExecutorProvider): Promise<void>;
}

/** What kysely knows an engine by: the dialect's adapter carries the engine's SQL to wherever the database is used. */
export interface EngineAdapter extends DialectAdapter {
  readonly engine: EngineSql;
}

/** The SQL of the engine behind a database or one of its transactions. */
export function engineSql(on: QueryExecutorProvider): EngineSql {
  return (on.getExecutor().adapter as EngineAdapter).engine;
}
