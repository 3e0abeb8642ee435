import { UserError } from '../../../digest/failure/failure.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import type { Engine } from '../engine/engine.js';
import { type Columns, engineSql } from '../engine/engine-sql.js';
import { readMeta, removeMeta, writeMeta } from '../meta.js';
import type { Db } from '../schema.js';
import { insertRows } from '../sets.js';
import {
  COPY_MARK,
  columnsOf,
  countRows,
  fingerprint,
  type Key,
  keyOf,
  type Row,
  rowsAfter,
} from './read-rows.js';
import { TABLE_NAMES, TABLE_RULES, type TableName } from './tables.js';

export interface CopyProgress {
  readonly step: 'copying' | 'checking';
  readonly table: TableName;
  /** Rows, and their total. */
  readonly done: number;
  readonly total: number;
}

export interface Copied {
  readonly tables: number;
  readonly rows: number;
  /** It resumed where an earlier copy was stopped. */
  readonly resumed: boolean;
}

/** How far a copy has come, kept in the database that it fills, in the transaction of the rows. */
interface Mark {
  readonly from: string;
  readonly table: TableName;
  /** JSON has no bytes: those of a key are in base64, after `\0`. */
  readonly after: readonly (number | string | null)[] | null;
}

/**
 * Copies everything that is in one database to another, of the same engine or not, and checks it by counts and hashes. It resumes where it was stopped; nothing
 * may write to either meanwhile. Throws UserError if the other one holds something else, or is not the same in the end.
 */
export async function copyDatabase(
  from: Engine,
  to: Engine,
  onProgress: (progress: CopyProgress) => void = () => undefined,
): Promise<Copied> {
  const mark = await markOf(from, to);
  const counts = new Map<TableName, number>();
  for (const table of TABLE_NAMES) counts.set(table, await countRows(from.db, table));
  const rows = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const columns = await columnsOf(to.db);
  let done = 0;
  for (const table of TABLE_NAMES) {
    const begin = resumeAt(mark, table);
    if (begin === 'done') done += counts.get(table) ?? 0;
    else
      await copyTable(from, to, table, { columns, after: begin }, (copied) => {
        done += copied;
        onProgress({ step: 'copying', table, done, total: rows });
      });
  }
  await to.inTransaction('all', async (on) =>
    engineSql(on).settleIds(on, await engineSql(from.db).lastIds(from.db)),
  );
  await check(from, to, rows, onProgress);
  await removeMeta(to.db, COPY_MARK);
  return { tables: TABLE_NAMES.length, rows, resumed: mark !== null };
}

/** What an earlier copy left; null for a database that is empty. */
async function markOf(from: Engine, to: Engine): Promise<Mark | null> {
  if (from.name === to.name)
    throw new UserError('copy-same', `${to.name} is the database that would be copied.`, 'Name another one.');
  const kept = await readMeta(to.db, COPY_MARK);
  if (kept !== null) {
    const mark = JSON.parse(kept) as Mark;
    if (mark.from === from.name) return mark;
    throw new UserError(
      'copy-other',
      `${to.name} holds part of a copy of ${mark.from}, not of ${from.name}.`,
      'Finish that copy first, or name an empty database.',
    );
  }
  for (const table of TABLE_NAMES)
    if ((await countRows(to.db, table)) > 0)
      throw new UserError(
        'copy-not-empty',
        `${to.name} is not empty: it has rows in ${table}.`,
        'Name an empty database; nothing in this one was changed.',
      );
  return null;
}

/** From where on a table is to be copied. */
function resumeAt(mark: Mark | null, table: TableName): Key | 'done' | null {
  if (mark === null) return null;
  const [marked, at] = [TABLE_NAMES.indexOf(mark.table), TABLE_NAMES.indexOf(table)];
  if (at < marked) return 'done';
  if (at > marked || mark.after === null) return null;
  return mark.after.map((value) =>
    typeof value === 'string' && value.startsWith('\0') ? Buffer.from(value.slice(1), 'base64') : value,
  );
}

async function copyTable(
  from: Engine,
  to: Engine,
  table: TableName,
  { columns, after: begin }: { readonly columns: ReadonlyMap<string, Columns>; readonly after: Key | null },
  onRows: (rows: number) => void,
): Promise<void> {
  if (TABLE_RULES[table].how === 'heads') return onRows(await countRows(from.db, table));
  for (let after = begin; ; ) {
    const rows = await rowsAfter(from.db, table, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    const reached = keyOf(table, last);
    after = reached;
    await to.inTransaction('all', async (on) => {
      await writeRows(on, table, columns.get(table) ?? {}, rows);
      const mark: Mark = {
        from: from.name,
        table,
        after: reached.map((value) => (Buffer.isBuffer(value) ? `\0${value.toString('base64')}` : value)),
      };
      await writeMeta(on, COPY_MARK, JSON.stringify(mark));
    });
    onRows(rows.length);
  }
}

async function writeRows(on: Db, table: TableName, columns: Columns, rows: readonly Row[]): Promise<void> {
  const { search } = engineSql(on);
  if (TABLE_RULES[table].how === 'words')
    return search.learn(
      on,
      rows.map((row) => String(row.word)),
    );
  await insertRows(on, table, columns as never, rows as never);
  if (table === 'series')
    await search.add(
      on,
      rows.map((row) => ({
        row: Number(row.search_row),
        record: JSON.parse(String(row.document)) as SeriesRecord,
      })),
    );
}

async function check(
  from: Engine,
  to: Engine,
  rows: number,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  let done = 0;
  for (const table of TABLE_NAMES) {
    const onRows = (read: number): void => {
      done += read;
      onProgress({ step: 'checking', table, done, total: 2 * rows });
    };
    const isMadeAnew = TABLE_RULES[table].how === 'heads';
    const [source, copy] = isMadeAnew
      ? [{ rows: await countRows(from.db, table) }, { rows: await countRows(to.db, table) }]
      : [await fingerprint(from.db, table, onRows), await fingerprint(to.db, table, onRows)];
    if (JSON.stringify(source) === JSON.stringify(copy)) continue;
    throw new UserError(
      'copy-differs',
      `${to.name} differs from ${from.name}: ${table} has ${copy.rows} rows there and ${source.rows} here, or other ones.`,
      'Something wrote to one of them meanwhile. Stop every covernote that uses them, create the new database again, and repeat the copy.',
    );
  }
}
