import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { BotSetting } from '../../digest/mail/bots.js';
import type { BatchCounts } from './mail-store.js';
import { bytesAt, type Place, pack, placeAt } from './worker-messages.js';

/** What the writing thread is started with: the database, and what its rules depend on. */
export interface WriterSettings {
  readonly databaseUrl: string;
  /** DATA_DIR; null: next to the database. */
  readonly dataDir?: string | null;
  /** Path of the kernel's MAINTAINERS; null for none. */
  readonly maintainers: string | null;
  /** Template of links to the archive. */
  readonly archiveUrl: string;
  /** Addresses and domains whose word counts beyond MAINTAINERS and covernote's own table. */
  readonly trustedSenders?: readonly string[];
  /** Programs in addition to those that covernote knows. */
  readonly bots?: readonly BotSetting[];
}

/** A batch on its way to the thread that writes: all its bytes in one buffer, which is handed over. */
export interface WriteRequest {
  readonly id: number;
  /** ISO UTC. */
  readonly now: string;
  readonly bytes: ArrayBuffer;
  readonly mails: readonly SentMail[];
}

type InBytes = 'raw' | 'facts' | 'posting' | 'body' | 'copyHash';
type SentMail = Omit<PreparedMail, InBytes> & {
  readonly places: Readonly<Record<InBytes, Place>>;
  /** Which of those that may be missing are there. */
  readonly has: { readonly posting: boolean; readonly body: boolean };
};

export type WriteReply =
  | { readonly id: number; readonly kind: 'written'; readonly counts: BatchCounts }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: SentFailure };

/** An error as it travels: classes do not. */
export interface SentFailure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of a UserError. */
  readonly user: { readonly code: string; readonly remedy: string } | null;
  /** Of a TransientFailure; null, as above, for a bug. */
  readonly transient: { readonly code: string } | null;
}

const PIECES = 5;
const NONE = new Uint8Array();

export function packBatch(id: number, mails: readonly PreparedMail[], now: string): WriteRequest {
  const { bytes, places } = pack(
    // What is compressed need not be sent uncompressed as well.
    mails.flatMap(({ raw, facts, posting, body, copyHash }) => [
      body === null ? raw : NONE,
      facts,
      posting ?? NONE,
      body ?? NONE,
      copyHash,
    ]),
  );
  return {
    id,
    now,
    bytes,
    mails: mails.map(({ raw: _, facts: _f, posting, body, copyHash: _h, ...mail }, i) => ({
      ...mail,
      has: { posting: posting !== null, body: body !== null },
      places: {
        raw: placeAt(places, i * PIECES),
        facts: placeAt(places, i * PIECES + 1),
        posting: placeAt(places, i * PIECES + 2),
        body: placeAt(places, i * PIECES + 3),
        copyHash: placeAt(places, i * PIECES + 4),
      },
    })),
  };
}

export function unpackBatch({ bytes, mails }: WriteRequest): PreparedMail[] {
  return mails.map(({ places, has, ...mail }) => ({
    ...mail,
    raw: bytesAt(bytes, places.raw),
    facts: bytesAt(bytes, places.facts),
    posting: has.posting ? bytesAt(bytes, places.posting) : null,
    body: has.body ? bytesAt(bytes, places.body) : null,
    copyHash: bytesAt(bytes, places.copyHash),
  }));
}

export function packFailure(error: unknown): SentFailure {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, user: null, transient: null };
  const { name, message, stack } = error;
  const user = error instanceof UserError ? { code: error.code, remedy: error.remedy } : null;
  const transient = error instanceof TransientFailure ? { code: error.code } : null;
  return { name, message, stack, user, transient };
}

export function unpackFailure({ name, message, stack, user, transient }: SentFailure): Error {
  if (transient !== null) return new TransientFailure(transient.code, message);
  if (user !== null) return new UserError(user.code, message, user.remedy);
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
