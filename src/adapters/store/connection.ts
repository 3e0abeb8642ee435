import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator } from 'kysely';
import { UserError } from '../../digest/failure/failure.js';
import { type FileIdentity, fileIdentity, replacedDatabase } from './file-identity.js';
import { migrations } from './migrations/index.js';
import { nativeModuleFailure } from './native-module.js';
import type { Db, Tables } from './schema.js';
import { type RunnableStatement, type Statements, sharedConnection } from './shared-connection.js';
import type { DirectRun } from './statement.js';

/** `covn`: says in the file's header whose it is. */
const APPLICATION_ID = 0x636f766e;
const BUSY_TIMEOUT_MS = 10_000;

export interface OpenedDatabase {
  readonly db: Db;
  readonly sqlite: Sqlite.Database;
  /** For `runDirectly`: runs a statement on the one connection that there is. */
  readonly run: DirectRun;
  readonly file: FileIdentity;
  /** Why the last write failed, where the disk or the file is the reason; null after one that succeeded. */
  readonly lastFailure: () => UserError | null;
}

/** Opens, and where needed makes or upgrades, the database at a path. Throws UserError for all that a person can mend. */
export async function openDatabase(path: string): Promise<OpenedDatabase> {
  let sqlite: Sqlite.Database | undefined;
  if (path !== ':memory:' && !existsSync(dirname(path))) throw noSuchPlace(path);
  try {
    sqlite = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
    await prepareFile(sqlite, path);
    const file = fileIdentity(path);
    const database = withStatementCache(sqlite, path, file);
    const db = new Kysely<Tables>({ dialect: sharedConnection(database) });
    await migrate(db, sqlite, path);
    // From here on nothing waits inside SQLite, where it would stop the whole thread.
    sqlite.pragma('busy_timeout = 0');
    const run: DirectRun = (text, parameters) => {
      const statement = database.prepare(text);
      if (statement.reader) return statement.all(parameters);
      statement.run(parameters);
      return [];
    };
    return { db, sqlite, run, file, lastFailure: database.lastFailure };
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
 * Preparing a statement costs more than running it; SQLite keeps a prepared one valid over schema changes, so they are kept by
 * their text.
 */
function withStatementCache(
  sqlite: Sqlite.Database,
  path: string,
  file: FileIdentity,
): Statements & { lastFailure(): UserError | null } {
  const kept = new Map<string, RunnableStatement>();
  let failure: UserError | null = null;
  const note = (error: UserError | null): void => {
    failure = error;
  };
  return {
    lastFailure: () => failure,
    close: () => void sqlite.close(),
    inTransaction: () => sqlite.inTransaction,
    prepare(text: string) {
      let statement = kept.get(text);
      if (statement === undefined) {
        statement = prepared(sqlite, text, { path, file, note });
        if (kept.size >= 500) kept.clear();
        kept.set(text, statement);
      }
      return statement;
    },
  };
}

interface Place {
  readonly path: string;
  readonly file: FileIdentity;
  readonly note: (failure: UserError | null) => void;
}

/** What neither another try nor another command gets past. */
const DISK_FAILURES: ReadonlySet<string> = new Set([
  'database-full',
  'database-disk',
  'database-read-only',
  'database-damaged',
  'database-replaced',
]);

/** A statement whose failures are put in words. `begin immediate`, `commit` and `rollback` do a little more than SQLite's. */
function prepared(sqlite: Sqlite.Database, text: string, { path, file, note }: Place): RunnableStatement {
  const inWords = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      const error = mendable(cause, path);
      if (error instanceof UserError && DISK_FAILURES.has(error.code)) note(error);
      throw error;
    }
  };
  const statement = inWords(() => sqlite.prepare(text));
  const run = (parameters: readonly unknown[]): Sqlite.RunResult => {
    if (text === 'begin immediate') file.check();
    // SQLite rolls back by itself where the disk is full or fails: a second time would hide why.
    if (text === 'rollback' && !sqlite.inTransaction) return { changes: 0, lastInsertRowid: 0 };
    const result = statement.run(parameters);
    if (text === 'commit') file.check();
    if (!sqlite.inTransaction && text !== 'rollback') note(null);
    return result;
  };
  return {
    reader: statement.reader,
    all: (parameters) => inWords(() => statement.all(parameters)),
    run: (parameters) => inWords(() => run(parameters)),
  };
}

/** SQLite's errors that a person can mend, in words; others as they are. */
export function mendable(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const native = nativeModuleFailure(error);
  if (native !== null) return native;
  const code = codeOf(error);
  const say = (name: string, message: string, remedy: string) =>
    new UserError(name, message, remedy, { cause: error });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return say(
      'database-locked',
      `${path} is being written by another program.`,
      'Wait until it has finished, or end it, then try again',
    );
  if (code === 'SQLITE_NOTADB')
    return say(
      'database-damaged',
      `${path} is no SQLite database.`,
      `Give another path with --db, or ${RESTORE}`,
    );
  if (code.startsWith('SQLITE_CORRUPT')) return damagedDatabase(path, error);
  if (code === 'SQLITE_READONLY_DBMOVED') return replacedDatabase(path, error);
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM'))
    return say(
      'database-read-only',
      `${path} cannot be written.`,
      'Give yourself permission to write the file and its folder, or give another path with --db',
    );
  if (code.startsWith('SQLITE_FULL'))
    return say(
      'database-full',
      `The disk that holds ${path} is full: nothing more can be stored. What was stored before is safe.`,
      'Free some space on it, then run the same command again: it resumes where it stopped',
    );
  if (code.startsWith('SQLITE_IOERR'))
    return say(
      'database-disk',
      `The disk that holds ${path} cannot be read or written (${code}). What was stored before is safe.`,
      'Check the disk and its free space, then run the same command again',
    );
  if (code.startsWith('SQLITE_CANTOPEN')) return noSuchPlace(path, error);
  return error;
}

const RESTORE = 'put back a backup';

/** `cause`: SQLite's error, or what its check found. */
export function damagedDatabase(path: string, cause: unknown): UserError {
  return new UserError(
    'database-damaged',
    `${path} is damaged.`,
    `Stop covernote and ${RESTORE}. Without one, save what can be read, \`sqlite3 ${path} .recover | sqlite3 saved.db\`, then run \`covernote reindex --db saved.db\``,
    { cause },
  );
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
