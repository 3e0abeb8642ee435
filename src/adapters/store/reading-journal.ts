import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { toUserError } from './engine/sqlite-errors.js';
import type { MailOrigin } from './prepared-mail.js';

/** Mails that are about to be parsed or written. */
export interface ReadingRecord {
  /** See copy-hash.ts. */
  readonly hashes: readonly Uint8Array[];
  /** The one mail that this process has at hand, with all that is needed to keep it; null where there may be others. */
  readonly alone: AloneMail | null;
}

export interface AloneMail {
  readonly source: string;
  readonly where: string;
  readonly origin: MailOrigin;
  /** Compressed: see raw-body.ts; null where it is in the database. */
  readonly body: Uint8Array | null;
}

/** What a process that ended in the middle of reading left behind. */
interface OrphanedReading {
  readonly records: readonly ReadingRecord[];
  /** To be called once what follows from it is stored. */
  forget(): void;
}

/**
 * Notes what is being read, so that after the end of the process (SIGKILL, abort, out of memory) another one knows which mails were at hand.
 * The notes of each process are in an SQLite file of its own beside the database, locked for as long as the process lives: the kernel
 * releases the lock with the process, so a dead process cannot be confused with a live one, whatever became of its number, in whichever
 * container it ran. The database itself cannot serve: the thread that follows the sources would wait for the one that writes. (On PostgreSQL
 * it is a table, and a session's advisory lock is what ends with the process.) Nothing waits for the disk: only a power cut loses notes.
 */
export interface ReadingJournal {
  /** Notes mails before they are read; call what it answers with when they are done. Throws UserError where the disk is full. */
  begin(record: ReadingRecord): () => void;
  /** Mails that are done are usually struck out with the next note; this does it now. */
  settle(): void;
  orphans(): OrphanedReading[];
  /** Ends it without leaving a trace: nothing that is at hand is to blame. */
  close(): void;
}

const HASH_BYTES = 16;
/** A younger file that holds nothing yet is one that is just being made. */
const EMPTY_MS = 60_000;
const LOCK_TIMEOUT_MS = 2_000;

/** `path`: of the database. One in memory ends with its process: nothing is noted. */
export function createReadingJournal(path: string): ReadingJournal {
  if (path === ':memory:') {
    const nothing = () => undefined;
    return { begin: () => nothing, settle: nothing, orphans: () => [], close: nothing };
  }
  let own: OwnFile | null = null;
  const onExit = (code: number): void => {
    // Any other status may be the fault of a mail.
    if (code === 0) close();
  };
  const open = (): OwnFile => {
    const opened = openOwn(`${path}-reading-${randomBytes(6).toString('hex')}`);
    process.once('exit', onExit);
    return opened;
  };
  const close = (): void => {
    process.off('exit', onExit);
    own?.remove();
    own = null;
  };
  return {
    begin(record) {
      try {
        own ??= open();
        return own.begin(record);
      } catch (error) {
        throw toUserError(error, path);
      }
    },
    settle() {
      try {
        own?.settle();
      } catch (error) {
        throw toUserError(error, path);
      }
    },
    orphans: () => filesOf(path).flatMap((file) => (file === own?.file ? [] : adopt(file))),
    close,
  };
}

interface OwnFile extends Pick<ReadingJournal, 'begin' | 'settle'> {
  readonly file: string;
  remove(): void;
}

function openOwn(file: string): OwnFile {
  const sqlite = openLocked(file, LOCK_TIMEOUT_MS);
  sqlite.exec(
    'create table record (id integer primary key, hashes blob not null, alone text, body blob) strict',
  );
  const add = sqlite.prepare('insert into record (id, hashes, alone, body) values (?, ?, ?, ?)');
  const strike = sqlite.prepare('delete from record where id = ?');
  let last = 0;
  let done: number[] = [];
  const settle = (): void => {
    for (const id of done) strike.run(id);
    done = [];
  };
  const note = sqlite.transaction((id: number, { hashes, alone }: ReadingRecord) => {
    settle();
    const { body = null, ...about } = alone ?? {};
    add.run(
      id,
      Buffer.concat(hashes),
      alone === null ? null : JSON.stringify(about),
      body && Buffer.from(body),
    );
  });
  return {
    file,
    begin(record) {
      const id = ++last;
      note(id, record);
      return () => void done.push(id);
    },
    settle: sqlite.transaction(settle),
    remove() {
      sqlite.close();
      removeFile(file);
    },
  };
}

/** The notes of a dead process; empty where it lives, or where nothing can be made of the file. */
function adopt(file: string): OrphanedReading[] {
  let sqlite: Sqlite.Database | undefined;
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    sqlite = openLocked(file, 0);
    const made = sqlite.prepare("select 1 from sqlite_master where name = 'record'").get() !== undefined;
    if (!made && age < EMPTY_MS) return [];
    const rows = made
      ? sqlite.prepare<[], Row>('select hashes, alone, body from record order by id').all()
      : [];
    return [{ records: rows.map(toRecord), forget: () => removeFile(file) }];
  } catch (error) {
    // Damaged by a power cut: it is worth nothing. Else it is locked, or another process was faster.
    if (isDamaged(error)) removeFile(file);
    return [];
  } finally {
    sqlite?.close();
  }
}

interface Row {
  readonly hashes: Buffer;
  readonly alone: string | null;
  readonly body: Buffer | null;
}

function toRecord({ hashes, alone, body }: Row): ReadingRecord {
  const each = Array.from({ length: Math.floor(hashes.length / HASH_BYTES) }, (_, i) =>
    hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
  const about = alone === null ? null : (JSON.parse(alone) as Omit<AloneMail, 'body'>);
  return { hashes: each, alone: about === null ? null : { ...about, body } };
}

/** Opens a file with a lock that lasts until it is closed; throws SQLITE_BUSY where another process has it. */
function openLocked(file: string, timeout: number): Sqlite.Database {
  const sqlite = new Sqlite(file, { timeout });
  try {
    sqlite.pragma('synchronous = OFF');
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.pragma('journal_mode = WAL');
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function filesOf(path: string): string[] {
  const start = `${basename(path)}-reading-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(start) && /^[0-9a-f]+$/.test(name.slice(start.length)))
    .map((name) => join(dirname(path), name));
}

function removeFile(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true });
}

function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}
