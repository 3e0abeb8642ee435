import { statSync } from 'node:fs';
import { UserError } from '../../../digest/failure/failure.js';

/** The file behind a path when it was opened: a name may be deleted, or given to another file, while the old one is written on. */
export interface FileIdentity {
  /** False if the path leads to another file, or to none. */
  isInPlace(): boolean;
  /** Throws UserError `database-replaced` where it does. */
  check(): void;
}

/** Remembers the file that a path leads to now. A database in memory is always in place. */
export function fileIdentity(path: string): FileIdentity {
  const opened = identityOf(path);
  const isInPlace = (): boolean => path === ':memory:' || identityOf(path) === opened;
  return {
    isInPlace,
    check() {
      if (!isInPlace()) throw replacedDatabase(path);
    },
  };
}

/** Device and inode; null if there is no file. Throws nothing: a folder that cannot be read says nothing about the file. */
function identityOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

export function replacedDatabase(path: string, cause?: unknown): UserError {
  return new UserError(
    'database-replaced',
    `${path} was deleted or replaced while covernote was using it: what is written now is lost.`,
    'Stop every covernote that uses it, put the database or a backup there, and start again: mail that is missing is read again',
    { cause },
  );
}
