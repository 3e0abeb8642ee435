import type { Generated } from 'kysely';

/** The tables of mails that are read with care, or not at all. `hash`: see copy-hash.ts. Times are ISO text in UTC. */
export interface QuarantineTables {
  /** Mails that a process had at hand, among others, when it ended: from then on they are read one at a time. */
  suspect: { hash: Buffer; since: string };
  quarantine: QuarantineTable;
}

/** A mail that ended or stalled reading twice. */
export interface QuarantineTable {
  hash: Buffer;
  source: string;
  /** `io-uring.mbox.gz, message 17`. */
  place: string;
  reason: QuarantineReason;
  detail: string;
  at: string;
  /** The last attempt to read all quarantined mail again in which this one was tried: see `beginRetry`. */
  tried_in: number;
  /** 1 once it had its second chance: see `takeSecondChances`. */
  retried: Generated<number>;
  /** What the source reported, needed to read it again. */
  source_list: string | null;
  source_received: string | null;
  source_problems: string;
  /** Compressed: see raw-body.ts; null if the mail is in `raw`, or was too large to keep. */
  body: Buffer | null;
}

/** What became of the reader. */
export type QuarantineReason = 'killed' | 'stalled' | 'failed';
