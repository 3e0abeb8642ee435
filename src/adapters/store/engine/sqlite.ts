import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { UserError } from '../../../digest/failure/failure.js';
import { migrations } from '../migrations/index.js';
import type { Tables } from '../schema.js';
import type { Engine } from './engine.js';
import { type FileIdentity, fileIdentity, replacedDatabase } from './file-identity.js';
import { createReadingJournal } from './journal-sqlite.js';
import { ownLocks } from './locks.js';
import { migrate, newerDatabase } from './migrate.js';
import { type Connection, sharedConnection } from './shared-connection.js';
import { codeOf, damagedDatabase, noSuchPlace, toUserError } from './sqlite-errors.js';
import { sqliteSql } from './sqlite-sql.js';
import { noWakeups } from './wakeups.js';

/** `covn`: says in the file's header whose it is. */
const APPLICATION_ID = 0x636f766e;
const BUSY_TIMEOUT_MS = 10_000;

/** Opens, and where needed makes or upgrades, the database at a path. Throws UserError for all that a person can fix. */
export async function openSqlite(path: string): Promise<Engine> {
  let sqlite: Sqlite.Database | undefined;
  if (path !== ':memory:' && !existsSync(dirname(path))) throw noSuchPlace(path);
  try {
    sqlite = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
    await prepareFile(sqlite, path);
    const file = fileIdentity(path);
    const connection = openConnection(sqlite, path, file);
    const db = new Kysely<Tables>({ dialect: sharedConnection(connection, sqliteSql) });
    if (missingMigrations(sqlite, path) > 0) await migrate(db);
    // From here on nothing waits inside SQLite, where it would stop the whole thread.
    sqlite.pragma('busy_timeout = 0');
    return engineOf(sqlite, path, file, connection, db);
  } catch (error) {
    sqlite?.close();
    throw toUserError(error, path);
  }
}

function engineOf(
  sqlite: Sqlite.Database,
  path: string,
  file: FileIdentity,
  { statements, lastFailure }: SqliteConnection,
  db: Kysely<Tables>,
): Engine {
  const journal = createReadingJournal(path);
  const close = async (): Promise<void> => {
    await journal.close();
    await db.destroy();
    // kysely closes no connection that was never used.
    if (sqlite.open) sqlite.close();
  };
  return {
    db,
    name: path,
    file: path,
    journal,
    locks: ownLocks,
    wakeups: noWakeups,
    statements,
    close,
    // One writer at a time is all that SQLite has.
    async inTransaction(_, work) {
      try {
        return await db.transaction().execute(work);
      } catch (error) {
        throw toUserError(error, path);
      }
    },
    trouble: () => (file.isInPlace() ? lastFailure() : replacedDatabase(path)),
    async backup(to) {
      try {
        await sqlite.backup(to);
      } catch (error) {
        throw toUserError(error, to);
      }
    },
    async check() {
      try {
        const found = sqlite.pragma('quick_check(1)', { simple: true });
        if (found !== 'ok') throw damagedDatabase(path, found);
      } catch (error) {
        throw toUserError(error, path);
      }
      return [];
    },
    async erase() {
      await close();
      if (path !== ':memory:') for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    },
  };
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

/** How many are still to be made. */
function missingMigrations(sqlite: Sqlite.Database, path: string): number {
  const known = Object.keys(migrations);
  const done = appliedMigrations(sqlite);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0) throw newerDatabase(path, newer);
  return known.length - done.length;
}

function appliedMigrations(sqlite: Sqlite.Database): string[] {
  const table = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'")
    .get();
  if (table === undefined) return [];
  return sqlite.prepare<[], string>('select name from kysely_migration').pluck().all();
}

/** What neither another try nor another command gets past. */
const DISK_FAILURES: ReadonlySet<string> = new Set([
  'database-full',
  'database-disk',
  'database-read-only',
  'database-damaged',
  'database-replaced',
]);

/** Statements of one text are prepared once: see docs/speed.md for what that saves. SQLite keeps them valid over schema changes. */
const MOST_KEPT = 500;

interface SqliteConnection extends Connection {
  /** Why the last write failed, if the disk or the file is the reason; null after one that succeeded. */
  readonly lastFailure: () => UserError | null;
  readonly statements: () => number;
}

/** The connection, with failures put in words. */
function openConnection(sqlite: Sqlite.Database, path: string, file: FileIdentity): SqliteConnection {
  const kept = new Map<string, Sqlite.Statement<unknown[]>>();
  let failure: UserError | null = null;
  let statements = 0;
  const prepared = (text: string): Sqlite.Statement<unknown[]> => {
    let statement = kept.get(text);
    if (statement === undefined) {
      statement = sqlite.prepare<unknown[]>(text);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(text, statement);
    }
    return statement;
  };
  const inWords = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      const error = toUserError(cause, path);
      if (error instanceof UserError && DISK_FAILURES.has(error.code)) failure = error;
      throw error;
    }
  };
  return {
    lastFailure: () => failure,
    statements: () => statements,
    execute(text, parameters) {
      return inWords(() => {
        const statement = prepared(text);
        statements++;
        if (statement.reader) return { rows: statement.all(parameters) };
        const { changes, lastInsertRowid } = statement.run(parameters);
        if (!sqlite.inTransaction) failure = null;
        return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
      });
    },
    begin: () =>
      inWords(() => {
        file.check();
        // It will write, and one that read first could no longer wait for another writer (SQLITE_BUSY_SNAPSHOT).
        sqlite.exec('begin immediate');
      }),
    commit: () =>
      inWords(() => {
        sqlite.exec('commit');
        file.check();
        failure = null;
      }),
    rollback() {
      // SQLite rolls back by itself where the disk is full or fails: a second time would hide why.
      if (sqlite.inTransaction) sqlite.exec('rollback');
    },
    inTransaction: () => sqlite.inTransaction,
    close: () => void sqlite.close(),
  };
}
