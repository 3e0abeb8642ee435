import { Kysely, PostgresAdapter, PostgresDialect, type PostgresQueryCompiler, sql } from 'kysely';
import { DatabaseError } from 'pg';
import { UserError } from '../../../digest/failure/failure.js';
import type { DatabasePlace } from '../database-url.js';
import { migrations } from '../migrations/index.js';
import type { Db, Tables } from '../schema.js';
import type { Engine, WritesTo } from './engine.js';
import type { EngineAdapter } from './engine-sql.js';
import { postgresJournal } from './journal-postgres.js';
import { migrate, newerDatabase } from './migrate.js';
import { checkPostgres, OLDEST_VERSION } from './postgres-check.js';
import { isConflict, toPostgresFailure } from './postgres-errors.js';
import { openPool, type WordedPool } from './postgres-pool.js';
import { PortableTypes } from './postgres-schema.js';
import { CHANNEL, lockKey, openSession, type PostgresSession } from './postgres-session.js';
import { postgresSql } from './postgres-sql.js';

class CovernoteAdapter extends PostgresAdapter implements EngineAdapter {
  readonly engine = postgresSql;
}

class CovernoteDialect extends PostgresDialect {
  override createAdapter() {
    return new CovernoteAdapter();
  }
  override createQueryCompiler(): PostgresQueryCompiler {
    return new PortableTypes();
  }
}

/** Opens, and where needed makes or upgrades, covernote's tables in a database. Throws UserError for all that a person can fix. */
export async function openPostgres({
  url,
  name,
}: Extract<DatabasePlace, { engine: 'postgres' }>): Promise<Engine> {
  const pool = openPool(url, name);
  const db = new Kysely<Tables>({ dialect: new CovernoteDialect({ pool }) });
  const session = openSession(url, name);
  try {
    await prepare(db, name);
  } catch (error) {
    await session.close();
    await db.destroy();
    throw error;
  }
  return engineOf(db, pool, session, name);
}

/** The locks that a transaction takes before it does anything else, in this order. */
const LOCKS: Readonly<Record<WritesTo, readonly string[]>> = {
  mail: ['mail'],
  chat: ['chat'],
  all: ['mail', 'chat'],
};
/** How often a transaction that was aborted because of another one runs in total. */
const TRIES = 5;

function engineOf(db: Db, pool: WordedPool, session: PostgresSession, name: string): Engine {
  const journal = postgresJournal(session);
  const close = async (): Promise<void> => {
    await journal.close().catch(() => undefined);
    await session.close();
    await db.destroy();
  };
  return {
    db,
    name,
    file: null,
    journal,
    locks: session.locks,
    wakeups: {
      async wake() {
        await sql`select pg_notify(${CHANNEL}, '')`.execute(db);
      },
      onWake: session.onNotify,
    },
    statements: pool.statements,
    trouble: pool.lastFailure,
    close,
    async inTransaction(writesTo, work) {
      for (let tries = 1; ; tries++)
        try {
          return await db.transaction().execute(async (on) => {
            await begin(on, writesTo);
            return work(on);
          });
        } catch (error) {
          if (tries >= TRIES || !isConflict(error)) throw toPostgresFailure(error, name);
        }
    },
    async backup() {
      throw new UserError(
        'backup-postgres',
        `${name} is on a PostgreSQL server, which has its own tool for that.`,
        'Run `pg_dump --format=custom --file=covernote.dump "$DATABASE_URL"`, also while covernote runs; `pg_restore --clean --dbname="$DATABASE_URL" covernote.dump` restores it. `covernote copy` moves it to an SQLite file',
      );
    },
    check: (nowMs) => checkPostgres(db, name, nowMs),
    async erase() {
      await sql`truncate ${sql.join(await ownTables(db))} restart identity cascade`.execute(db);
      await close();
    },
  };
}

/**
 * Numbers of `copy.seq` are given when a row is inserted and seen when its transaction commits. With one writer at a time both have the same order: who
 * reads up to the newest seq has missed none below it. Mail is read again where a power cut loses it, so that nothing waits for the disk.
 */
async function begin(on: Db, writesTo: WritesTo): Promise<void> {
  for (const lock of LOCKS[writesTo])
    await sql`select pg_advisory_xact_lock(${lockKey(lock)}::bigint)`.execute(on);
  if (writesTo === 'mail') await sql`set local synchronous_commit = off`.execute(on);
}

async function ownTables(db: Db) {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely%' order by tablename`.execute(db);
  return rows.map(({ name }) => sql.table(name));
}

async function prepare(db: Db, name: string): Promise<void> {
  const { rows } = await sql<{ version: number; tables: string[] }>`
    select current_setting('server_version_num')::int as version,
      (select coalesce(json_agg(tablename), '[]') from pg_tables where schemaname = current_schema()) as tables`.execute(
    db,
  );
  const [{ version, tables } = { version: 0, tables: [] }] = rows;
  if (version < OLDEST_VERSION * 10_000)
    throw new UserError(
      'database-old',
      `${name} is on PostgreSQL ${Math.floor(version / 10_000)}, which is too old.`,
      `Use PostgreSQL ${OLDEST_VERSION} or later.`,
    );
  const isOurs = tables.includes('kysely_migration');
  if (tables.includes('message') && !isOurs) throw foreignDatabase(name);
  const done = isOurs
    ? (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)).rows
    : [];
  const newer = done.map((row) => row.name).filter((one) => !Object.keys(migrations).includes(one));
  if (newer.length > 0) throw newerDatabase(name, newer);
  if (done.length === Object.keys(migrations).length) return;
  await createExtension(db).catch((error: unknown) => {
    throw noExtension(name, error);
  });
  await migrate(db);
}

/** One process at a time: if two create it concurrently, one would fail. */
function createExtension(db: Db): Promise<unknown> {
  return db.transaction().execute(async (on) => {
    await sql`select pg_advisory_xact_lock(${lockKey('extension')}::bigint)`.execute(on);
    await sql`create extension if not exists pg_trgm`.execute(on);
  });
}

function foreignDatabase(name: string): UserError {
  return new UserError(
    'database-foreign',
    `${name} holds the tables of another program.`,
    'Give covernote a database of its own: `createdb covernote`.',
  );
}

/** What `create extension` failed with, as the pool reports it. */
function noExtension(name: string, cause: unknown): unknown {
  const isMissing = cause instanceof DatabaseError && (cause.code === '0A000' || cause.code === '58P01');
  const isForbidden = cause instanceof UserError && cause.code === 'database-rights';
  if (!isMissing && !isForbidden) return cause;
  return new UserError(
    'database-extension',
    `${name} lacks the extension pg_trgm, by which parts of words and typos are found.`,
    'Install postgresql-contrib on the server (Debian’s postgresql has it), and run `create extension pg_trgm` in the database as an administrator.',
    { cause },
  );
}
