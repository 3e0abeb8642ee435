import type { MailOrigin } from './prepared-mail.js';

/** Mails that are about to be parsed or written. */
export interface ReadingRecord {
  /** See copy-hash.ts. */
  readonly hashes: readonly Uint8Array[];
  /** The one mail that this process has at hand, with everything that is needed to keep it; null if there may be others. */
  readonly alone: AloneMail | null;
}

export interface AloneMail {
  readonly source: string;
  readonly where: string;
  readonly origin: MailOrigin;
  /** Compressed: see raw-body.ts; null if it is in the database. */
  readonly body: Uint8Array | null;
}

/** What a process that ended in the middle of reading left behind. */
export interface OrphanedReading {
  readonly records: readonly ReadingRecord[];
  /** To be called once what follows from it is stored. */
  forget(): Promise<void>;
}

/**
 * Notes what is being read, so that after the end of the process (SIGKILL, abort, out of memory) another one knows which mails were at hand.
 * Nothing waits for the disk: only a power cut loses notes.
 */
export interface ReadingJournal {
  /** Notes mails before they are read; call what it returns when they are done. Throws UserError if the disk is full. */
  begin(record: ReadingRecord): Promise<() => void>;
  /** Mails that are done are usually struck out with the next note; this does it now. */
  settle(): Promise<void>;
  orphans(): Promise<OrphanedReading[]>;
  /** Ends it without leaving a trace: nothing that is at hand is to blame. */
  close(): Promise<void>;
}

const HASH_BYTES = 16;

/** A record as it is kept: its hashes in a row, what is known of the one mail as JSON, and that mail. */
export interface RecordRow {
  readonly hashes: Buffer;
  readonly alone: string | null;
  readonly body: Buffer | null;
}

export function toRow({ hashes, alone }: ReadingRecord): RecordRow {
  const { body = null, ...about } = alone ?? {};
  return {
    hashes: Buffer.concat(hashes),
    alone: alone === null ? null : JSON.stringify(about),
    body: body && Buffer.from(body),
  };
}

export function toRecord({ hashes, alone, body }: RecordRow): ReadingRecord {
  const each = Array.from({ length: Math.floor(hashes.length / HASH_BYTES) }, (_, i) =>
    hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
  const about = alone === null ? null : (JSON.parse(alone) as Omit<AloneMail, 'body'>);
  return { hashes: each, alone: about === null ? null : { ...about, body } };
}
