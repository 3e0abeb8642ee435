import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  type OrphanedReading,
  type ReadingJournal,
  type ReadingRecord,
  type RecordRow,
  toRecord,
  toRow,
} from '../reading-journal.js';
import { toUserError } from './sqlite-errors.js';

/** A younger file without contents is just being created. */
const EMPTY_MS = 60_000;
const LOCK_TIMEOUT_MS = 2_000;

/**
 * The notes of each process in its own SQLite file next to the database, locked for as long as the process lives: the kernel releases the lock
 * with the process, so a dead process cannot be confused with a live one, whatever happened to its process id, in whichever container it
 * ran. The database itself cannot be used: the thread that follows the sources would wait for the one that writes. `path`: of the database.
 * One in memory ends with its process: nothing is noted.
 */
export function createReadingJournal(path: string): ReadingJournal {
  if (path === ':memory:') {
    const nothing = () => undefined;
    const done = async () => undefined;
    return { begin: async () => nothing, settle: done, orphans: async () => [], close: done };
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
    async begin(record) {
      try {
        own ??= open();
        return own.begin(record);
      } catch (error) {
        throw toUserError(error, path);
      }
    },
    async settle() {
      try {
        own?.settle();
      } catch (error) {
        throw toUserError(error, path);
      }
    },
    orphans: async () => filesOf(path).flatMap((file) => (file === own?.file ? [] : adopt(file))),
    close: async () => close(),
  };
}

interface OwnFile {
  begin(record: ReadingRecord): () => void;
  settle(): void;
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
  const note = sqlite.transaction((id: number, record: ReadingRecord) => {
    settle();
    const { hashes, alone, body } = toRow(record);
    add.run(id, hashes, alone, body);
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

/** The notes of a dead process; empty if it lives, or if nothing can be made of the file. */
function adopt(file: string): OrphanedReading[] {
  let sqlite: Sqlite.Database | undefined;
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    sqlite = openLocked(file, 0);
    const made = sqlite.prepare("select 1 from sqlite_master where name = 'record'").get() !== undefined;
    if (!made && age < EMPTY_MS) return [];
    const rows = made
      ? sqlite.prepare<[], RecordRow>('select hashes, alone, body from record order by id').all()
      : [];
    return [{ records: rows.map(toRecord), forget: async () => removeFile(file) }];
  } catch (error) {
    // Damaged by a power cut: it is worth nothing. Else it is locked, or another process was faster.
    if (isDamaged(error)) removeFile(file);
    return [];
  } finally {
    sqlite?.close();
  }
}

/** Opens a file with a lock that lasts until it is closed; throws SQLITE_BUSY if another process has it. */
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
