import { setTimeout as sleep } from 'node:timers/promises';
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
import type { EngineAdapter, EngineSql } from './engine-sql.js';

/** One connection of SQLite. Nothing in it waits: where another one holds the lock, it throws. */
export interface Connection {
  execute(text: string, parameters: readonly unknown[]): QueryResult<unknown>;
  begin(): void;
  commit(): void;
  rollback(): void;
  inTransaction(): boolean;
  close(): void;
}

/** How long a write waits for another connection's in total: one that holds the lock for longer has stopped. */
const LOCK_WAIT_MS = 30_000;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 20;

/**
 * kysely over one connection of SQLite, which never waits inside SQLite: if another connection holds the lock, a statement is tried again
 * after a pause in which everything else continues, including questions over this connection. A transaction has the connection to itself,
 * from when it has the lock.
 */
export function sharedConnection(sqlite: Connection, engine: EngineSql, lockWaitMs = LOCK_WAIT_MS): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(engine),
    createDriver: () => createDriver(sqlite, lockWaitMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

interface Holder {
  readonly connection: DatabaseConnection;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function createDriver(sqlite: Connection, lockWaitMs: number): Driver {
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
        whenFree(connection, () => sqlite.execute(query.sql, query.parameters) as QueryResult<Row>),
      streamQuery: () => {
        throw new Error('this connection does not stream');
      },
    };
    return connection;
  };
  const finish = async (how: 'commit' | 'rollback'): Promise<void> => {
    const ending = holder;
    try {
      sqlite[how]();
    } finally {
      if (how === 'rollback' || !sqlite.inTransaction()) {
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
        sqlite.begin();
        let end: () => void = () => undefined;
        const ended = new Promise<void>((resolve) => {
          end = resolve;
        });
        holder = { connection, ended, end };
      }),
    commitTransaction: () => finish('commit'),
    rollbackTransaction: () => finish('rollback'),
    releaseConnection: async () => undefined,
    destroy: async () => sqlite.close(),
  };
}

/** SQLite's changes of the schema are part of their transaction, so that kysely can upgrade in one: a kill leaves nothing half done. */
class TransactionalAdapter extends SqliteAdapter implements EngineAdapter {
  constructor(readonly engine: EngineSql) {
    super();
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(?:SQLITE_BUSY|SQLITE_LOCKED|database-locked)/.test(error.code)
  );
}
