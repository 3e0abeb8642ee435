import { UserError } from '../../../digest/failure/failure.js';
import { replacedDatabase } from './file-identity.js';
import { nativeModuleFailure } from './native-module.js';

/** SQLite's errors that a person can fix, in words; others as they are. */
export function toUserError(error: unknown, path: string): unknown {
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
      `${path} is not an SQLite database.`,
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

const RESTORE = 'restore a backup';

/** `cause`: SQLite's error, or what its check found. */
export function damagedDatabase(path: string, cause: unknown): UserError {
  return new UserError(
    'database-damaged',
    `${path} is damaged.`,
    `Stop covernote and ${RESTORE}. Without one, save what can be read, \`sqlite3 ${path} .recover | sqlite3 saved.db\`, then run \`covernote reindex --db saved.db\``,
    { cause },
  );
}

export function noSuchPlace(path: string, cause?: unknown): UserError {
  return new UserError(
    'database-path',
    `${path} cannot be opened.`,
    'Give the path of a file in a folder that exists and that you may write',
    { cause },
  );
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
