import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { UserError } from '../../digest/failure/failure.js';
import { migrations } from './migrations/index.js';
import type { Db, Tables } from './schema.js';
import type { DirectRun } from './statement.js';

/** `covn`: says in the file's header whose it is. */
const APPLICATION_ID = 0x636f766e;
const BUSY_TIMEOUT_MS = 10_000;

export interface OpenedDatabase {
  readonly db: Db;
  readonly sqlite: Sqlite.Database;
  /** For `runDirectly`: runs a statement on the one connection that there is. */
  readonly run: DirectRun;
}

/** Opens, and where needed makes or upgrades, the database at a path. Throws UserError for all that a person can mend. */
export async function openDatabase(path: string): Promise<OpenedDatabase> {
  let sqlite: Sqlite.Database | undefined;
  if (path !== ':memory:' && !existsSync(dirname(path))) throw noSuchPlace(path);
  try {
    sqlite = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
    await prepareFile(sqlite, path);
    const database = withStatementCache(sqlite);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    await migrate(db, sqlite, path);
    const run: DirectRun = (text, parameters) => {
      const statement = database.prepare(text);
      if (statement.reader) return statement.all(parameters);
      statement.run(parameters);
      return [];
    };
    return { db, sqlite, run };
  } catch (error) {
    sqlite?.close();
    throw mendable(error, path);
  }
}

async function prepareFile(sqlite: Sqlite.Database, path: string): Promise<void> {
  const tables = sqlite.prepare('select count(*) from sqlite_master').pluck().get();
  const owner = sqlite.pragma('application_id', { simple: true });
  if (tables !== 0 && owner !== APPLICATION_ID) {
    throw new UserError(
      'database-foreign',
      `${path} is the database of another program.`,
      'Give another path with --db, or DATABASE_URL=sqlite:./covernote.db',
    );
  }
  // Documents and bodies come to 1 to 5 KB each: in pages of 4 KB every other one would spill over.
  if (tables === 0) sqlite.pragma('page_size = 8192');
  await writeAhead(sqlite);
  // With WAL a power cut can lose the last transactions but never breaks the file; a lost batch is read again.
  sqlite.pragma('synchronous = NORMAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('cache_size = -4000');
  sqlite.pragma('journal_size_limit = 67108864');
  if (tables === 0) sqlite.pragma(`application_id = ${APPLICATION_ID}`);
}

/** SQLite does not wait for others while it turns to WAL, as two that did so would wait for each other; so we ask again. */
async function writeAhead(sqlite: Sqlite.Database): Promise<void> {
  const end = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || Date.now() > end) throw error;
      await sleep(5 + Math.random() * 20);
    }
  }
}

async function migrate(db: Db, sqlite: Sqlite.Database, path: string): Promise<void> {
  if (missingMigrations(sqlite, path) === 0) return;
  // kysely upgrades SQLite step by step: a kill in between would leave half of it, and two processes would make the same table.
  sqlite.exec('begin immediate');
  try {
    if (missingMigrations(sqlite, path) > 0) {
      const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
    }
    sqlite.exec('commit');
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('rollback');
    throw error;
  }
}

/** How many are still to be made. */
function missingMigrations(sqlite: Sqlite.Database, path: string): number {
  const known = Object.keys(migrations);
  const done = appliedMigrations(sqlite);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    throw new UserError(
      'database-newer',
      `${path} was written by a newer covernote (it has ${newer.join(', ')}).`,
      'Update covernote, or give another database with --db',
    );
  }
  return known.length - done.length;
}

function appliedMigrations(sqlite: Sqlite.Database): string[] {
  const table = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'")
    .get();
  if (table === undefined) return [];
  return sqlite.prepare<[], string>('select name from kysely_migration').pluck().all();
}

/**
 * kysely prepares each statement anew, which costs more than running it; SQLite keeps a prepared one valid
 * over schema changes, so they are kept by their text. Transactions begin `immediate`: they all write, and one that
 * read first cannot wait for another writer any more (SQLITE_BUSY_SNAPSHOT).
 */
function withStatementCache(sqlite: Sqlite.Database) {
  const kept = new Map<string, Sqlite.Statement>();
  return {
    close: () => void sqlite.close(),
    prepare(text: string) {
      let statement = kept.get(text);
      if (statement === undefined) {
        statement = sqlite.prepare(text === 'begin' ? 'begin immediate' : text);
        if (kept.size >= 500) kept.clear();
        kept.set(text, statement);
      }
      return statement;
    },
  };
}

/** SQLite's errors that a person can mend, in words; others as they are. */
export function mendable(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  const say = (name: string, message: string, remedy: string) =>
    new UserError(name, message, remedy, { cause: error });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return say(
      'database-locked',
      `${path} is being written by another program.`,
      'Wait until it has finished, or end it, then try again',
    );
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return say(
      'database-damaged',
      code === 'SQLITE_NOTADB' ? `${path} is no SQLite database.` : `${path} is damaged.`,
      'Give another path with --db, or put back a backup',
    );
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM'))
    return say(
      'database-read-only',
      `${path} cannot be written.`,
      'Give yourself permission to write the file and its folder, or give another path with --db',
    );
  if (code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR'))
    return say(
      'database-disk',
      `The disk that holds ${path} is full or failing.`,
      'Make room on it, then run the same command again',
    );
  if (code.startsWith('SQLITE_CANTOPEN')) return noSuchPlace(path, error);
  return error;
}

function noSuchPlace(path: string, cause?: unknown): UserError {
  return new UserError(
    'database-path',
    `${path} cannot be opened.`,
    'Give the path of a file in a folder that exists and that you may write',
    { cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
