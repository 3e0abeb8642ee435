import type { UserError } from '../../../digest/failure/failure.js';
import type { ReadingJournal } from '../reading-journal.js';
import type { Db } from '../schema.js';
import type { Locks } from './locks.js';
import type { Wakeups } from './wakeups.js';

/**
 * What a transaction has exclusive write access to. `mail`: all that has a seq or follows from mail, so that seq is the order of commits;
 * `chat`: what places follow and what is sent to them; `all`: both.
 */
export type WritesTo = 'mail' | 'chat' | 'all';

/** A database as one engine opens it: everything in which the engines differ, but for SQL (engine-sql.ts). */
export interface Engine {
  readonly db: Db;
  /** For people: the path of a file, or a URL without its password. */
  readonly name: string;
  /** The file's path, also `:memory:`; null if it is on a server. */
  readonly file: string | null;
  readonly journal: ReadingJournal;
  readonly locks: Locks;
  readonly wakeups: Wakeups;
  /** Runs work whole or not at all, one at a time among all processes; the work may read what it wrote. */
  inTransaction<T>(writesTo: WritesTo, work: (on: Db) => Promise<T>): Promise<T>;
  /** Why nothing can be stored at the moment: the disk is full, the server is away …; null if nothing is known to be wrong. */
  trouble(): UserError | null;
  /** Writes a whole copy to a file while the database is in use. Throws UserError if the engine has its own tool for that. */
  backup(path: string): Promise<void>;
  /** Throws UserError if something is wrong with it; returns what is worth reporting: version, latency … */
  check(nowMs: number): Promise<readonly string[]>;
  /** How many statements were run. */
  statements(): number;
  /** Removes everything that is in it, and closes it. */
  erase(): Promise<void>;
  close(): Promise<void>;
}
