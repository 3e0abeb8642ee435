import { DatabaseError } from 'pg';
import { TransientFailure, UserError } from '../../../digest/failure/failure.js';

/**
 * PostgreSQL's errors in words: what a person can fix as UserError, what passes by itself as TransientFailure, and bugs (an invalid
 * statement) unchanged. By SQLSTATE; an error without one is a failed connection. `name`: the database without its password.
 */
export function toPostgresFailure(error: unknown, name: string): unknown {
  if (error instanceof UserError || error instanceof TransientFailure) return error;
  if (error instanceof DatabaseError) return ofState(error, name) ?? error;
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return error;
  return new TransientFailure('database-unreachable', `${name} cannot be reached: ${causeOf(error)}.`, {
    cause: error,
  });
}

/** Statements that failed over others that ran at the same time: the transaction may run again. */
export function isConflict(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '40001' || error.code === '40P01');
}

/** Classes and codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const TROUBLES: readonly {
  readonly states: RegExp;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}[] = [
  {
    states: /^28/,
    code: 'database-login',
    message: 'rejected the login',
    remedy: 'Check user and password in DATABASE_URL, and the server’s pg_hba.conf',
  },
  {
    states: /^3D000$/,
    code: 'database-missing',
    message: 'does not exist',
    remedy: 'Create it with `createdb`, owned by the user in DATABASE_URL',
  },
  {
    states: /^42501$/,
    code: 'database-rights',
    message: 'does not grant what covernote needs',
    remedy: 'Make the user in DATABASE_URL the owner of the database: `alter database NAME owner to USER`',
  },
  {
    states: /^(?:25006)$/,
    code: 'database-read-only',
    message: 'cannot be written: it is a standby or read-only',
    remedy: 'Give the primary server in DATABASE_URL',
  },
  {
    states: /^53[12]00$/,
    code: 'database-full',
    message: 'is full: nothing more can be stored. What was stored before is safe',
    remedy: 'Free disk space or memory on the server; covernote resumes where it stopped',
  },
  {
    states: /^(?:58030|XX00[12])$/,
    code: 'database-damaged',
    message: 'has a failing disk, or is damaged',
    remedy: 'See the server’s log, and restore a backup if it says so',
  },
];

/** The server stops, starts, or has too many connections; a lock or a statement took too long. */
const PASSING = /^(?:08|53300|57P0[1-5]|55P03|57014)/;

function ofState(error: DatabaseError, name: string): Error | null {
  const state = error.code ?? '';
  const trouble = TROUBLES.find(({ states }) => states.test(state));
  if (trouble !== undefined)
    return new UserError(
      trouble.code,
      `${name} ${trouble.message} (${error.message}).`,
      `${trouble.remedy}.`,
      { cause: error },
    );
  if (!PASSING.test(state)) return null;
  return new TransientFailure('database-unreachable', `${name} is not ready: ${error.message}.`, {
    cause: error,
  });
}

/** An address that has several (::1 and 127.0.0.1) fails with one error for each. */
function causeOf(error: Error): string {
  if (error.message !== '') return error.message.replace(/\.$/, '');
  return error instanceof AggregateError
    ? [
        ...new Set(error.errors.map((one: unknown) => (one instanceof Error ? one.message : String(one)))),
      ].join(', ')
    : 'no reason was given';
}
