import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { type ClientConfig, Pool, type PoolClient, types } from 'pg';
import { TransientFailure, UserError } from '../../../digest/failure/failure.js';
import { toPostgresFailure } from './postgres-errors.js';
import { toText } from './sets-postgres.js';

/** Connections of one process: questions run concurrently, writing is one at a time anyway. */
const MOST_CONNECTIONS = 6;
const CONNECT_MS = 10_000;
/** None of our statements takes this long on a healthy database; a write may wait for others that write. */
const STATEMENT_MS = 120_000;

const INT8 = 20;
const NUMERIC = 1700;

/** 64-bit numbers and sums as numbers: ids, hashed keys of 48 bits and rows of the search index all fit. */
const asNumbers: ClientConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? Number
      : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/** What every connection to a database is opened with. */
export function clientConfig(url: string): ClientConfig {
  return {
    connectionString: withLibpqModes(url),
    application_name: 'covernote',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: asNumbers,
  };
}

/** `sslmode` as libpq and psql have it: `require` encrypts, `verify-full` also checks whose server it is. */
function withLibpqModes(url: string): string {
  if (!/[?&]sslmode=/i.test(url) || /[?&]uselibpqcompat=/i.test(url)) return url;
  return `${url}&uselibpqcompat=true`;
}

export interface WordedPool extends PostgresPool {
  /** Why the last statement failed, if the server or its disk is the reason; null after one that succeeded. */
  readonly lastFailure: () => UserError | null;
  readonly statements: () => number;
}

/** pg's pool for kysely: failures are put in words, and text is such as PostgreSQL can hold. */
export function openPool(url: string, name: string): WordedPool {
  const pool = new Pool({
    ...clientConfig(url),
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
  });
  // An idle connection that ended: the next question opens another, or says why it can't.
  pool.on('error', () => undefined);
  // A connection that ends while in use reports it to its statement.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  let failure: UserError | null = null;
  let statements = 0;
  const inWords = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const answer = await work();
      failure = null;
      return answer;
    } catch (cause) {
      const error = toPostgresFailure(cause, name);
      if (error instanceof UserError) failure = error;
      else if (error instanceof TransientFailure)
        failure = new UserError(
          error.code,
          error.message,
          'Start the server, or check the network and DATABASE_URL',
          {
            cause: error,
          },
        );
      throw error;
    }
  };
  const wordedClient = (client: PoolClient): PostgresPoolClient => {
    const query = (text: string, parameters: readonly unknown[]) => {
      statements++;
      return inWords(() => client.query(text, parameters.map(storable)));
    };
    return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
  };
  return {
    lastFailure: () => failure,
    statements: () => statements,
    connect: async () => wordedClient(await inWords(() => pool.connect())),
    end: () => pool.end(),
  };
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? toText(value) : value;
}
