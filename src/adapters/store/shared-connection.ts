import { setTimeout as sleep } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** What is used of a prepared statement. */
export interface RunnableStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): Sqlite.RunResult;
}

/** Prepares statements, and keeps them. */
export interface Statements {
  prepare(text: string): RunnableStatement;
  inTransaction(): boolean;
  close(): void;
}

/** So long a write waits for another connection's in all: one that holds the lock for longer has stopped. */
const LOCK_WAIT_MS = 30_000;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 20;

/**
 * kysely over one connection of SQLite, which never waits inside SQLite: where another connection holds the lock, a statement is
 * tried again after a pause in which everything else goes on, questions over this very connection too. A transaction has the
 * connection to itself, from when it has the lock.
 */
export function sharedConnection(statements: Statements, lockWaitMs = LOCK_WAIT_MS): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(statements, lockWaitMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

interface Holder {
  readonly connection: DatabaseConnection;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function createDriver(statements: Statements, lockWaitMs: number): Driver {
  let holder: Holder | null = null;

  /** Runs once no other transaction has the connection and the lock is free. */
  const whenFree = async <T>(connection: DatabaseConnection, run: () => T): Promise<T> => {
    const end = performance.now() + lockWaitMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      while (holder !== null && holder.connection !== connection) await holder.ended;
      try {
        return run();
      } catch (error) {
        // Within a transaction the lock is ours: it is no reason to wait, and a statement may not run twice.
        if (!isBusy(error) || holder?.connection === connection || performance.now() > end) throw error;
      }
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  };
  const connect = (): DatabaseConnection => {
    const connection: DatabaseConnection = {
      executeQuery: <Row>(query: CompiledQuery): Promise<QueryResult<Row>> =>
        whenFree(connection, () => execute<Row>(statements, query)),
      streamQuery: () => {
        throw new Error('this connection does not stream');
      },
    };
    return connection;
  };
  const finish = async (text: 'commit' | 'rollback'): Promise<void> => {
    const ending = holder;
    try {
      // SQLite itself may have rolled back, as where the disk is full.
      if (text === 'commit' || statements.inTransaction()) statements.prepare(text).run([]);
    } finally {
      if (text === 'rollback' || !statements.inTransaction()) {
        holder = null;
        ending?.end();
      }
    }
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connect(),
    beginTransaction: (connection) =>
      whenFree(connection, () => {
        // It will write, and one that read first could not wait for another writer any more (SQLITE_BUSY_SNAPSHOT).
        statements.prepare('begin immediate').run([]);
        let end: () => void = () => undefined;
        const ended = new Promise<void>((resolve) => {
          end = resolve;
        });
        holder = { connection, ended, end };
      }),
    commitTransaction: () => finish('commit'),
    rollbackTransaction: () => finish('rollback'),
    releaseConnection: async () => undefined,
    destroy: async () => statements.close(),
  };
}

function execute<Row>(statements: Statements, { sql, parameters }: CompiledQuery): QueryResult<Row> {
  const statement = statements.prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) as Row[] };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(?:SQLITE_BUSY|SQLITE_LOCKED|database-locked)/.test(error.code)
  );
}
