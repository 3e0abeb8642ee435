import { addCorrection } from '../../adapters/store/corrections.js';
import { messagesByKey, newestSeq } from '../../adapters/store/mail-rows.js';
import { readMeta, removeMeta, writeMeta } from '../../adapters/store/meta.js';
import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { Db } from '../../adapters/store/schema.js';
import { openStore, type Store } from '../../adapters/store/store.js';
import { clearFailures } from '../../adapters/store/underived.js';
import type { Correction } from '../../digest/series/group.js';
import { toIso } from '../../digest/time/iso.js';
import { type AbandonedMessage, createDeriver } from './deriver.js';
import type { Describing } from './planning.js';
import { removeMail } from './remove-mail.js';
import { type KeptMail, type RereadMail, readKept, replaceMail } from './replace-mail.js';
import { type MessageCounts, type WrittenMail, writeMail } from './write-mail.js';

/** Counts of one batch. */
export interface BatchCounts extends MessageCounts {
  /** Series that were described again. */
  readonly series: number;
  /** Mails that could not be derived: what they say is left out, and so is all that hangs together with them. */
  readonly abandoned: readonly AbandonedMessage[];
}

/**
 * The database together with all that changes mail in it. Mail is stored before what follows from it is derived; what a kill leaves in between,
 * `resume` derives. Times are ISO UTC.
 */
export interface MailStore extends Store {
  /** Stores mails in one transaction, then derives all that follows from them, and writes that in another. */
  ingestBatch(mails: readonly PreparedMail[], now: string): Promise<BatchCounts>;
  /** Derives what a crash left underived: when first called, all of it, later what has waited for minutes. */
  resume(now: string): Promise<readonly AbandonedMessage[]>;
  /** A user's word on two messages, by Message.id: their series are worked out again. */
  correct(correction: Correction, by: string, now: string): Promise<void>;
  /** Takes messages out, by Message.id, with all that followed from them; answers with how many were here. */
  remove(keys: readonly string[]): Promise<number>;
  /**
   * Reading everything again goes message by message in steps that each leave the database whole, so that questions are
   * answered meanwhile. Where a reading that was not finished stopped, else 0; `kept` resumes from there.
   */
  reindexCursor(): Promise<number>;
  /** All kept mails of the next messages after that one, in their order; empty at the end. */
  kept(after: number, messages: number): Promise<KeptMail[]>;
  /** Stores what was read again of those messages and derives all that follows. */
  replaceBatch(mails: readonly RereadMail[], now: string): Promise<void>;
  /** All has been read. */
  reindexDone(): Promise<void>;
}

/** Where mails are stored: a MailStore, or a writer in a thread of its own (`openWriter`). */
export type MailSink = Pick<MailStore, 'storedCopies' | 'ingestBatch' | 'readings' | 'resume'>;

const REINDEX_CURSOR = 'reindex cursor';
const END_OF_TIME = '9999';
/** Another process may be about to derive what was stored just now. */
const UNATTENDED_MS = 120_000;

/** Opens the database that a URL or path names, to read and to write mail. See `openStore`. */
export async function openMailStore(url: string, describing: Describing): Promise<MailStore> {
  const store = await openStore(url);
  const { db, inTransaction } = store.tables;
  const deriver = createDeriver(store.tables, describing);
  let isResumed = false;

  /** Writes mail in a transaction; what follows from it is marked in the same one, and derived after it. */
  const writeAndDerive = async <T extends WrittenMail>(now: string, write: (on: Db) => Promise<T>) => {
    const { written, due } = await inTransaction(async (on) => {
      const before = await newestSeq(on);
      const written = await write(on);
      return { written, due: await deriver.mark(on, written, before, now) };
    });
    return { written, derived: await deriver.derive(due, now) };
  };

  return {
    ...store,
    async ingestBatch(mails, now) {
      const { written, derived } = await writeAndDerive(now, async (on) => {
        const written = await writeMail(on, mails, now);
        await writeMeta(on, 'last ingest', now);
        return written;
      });
      return { ...written.counts, ...derived };
    },
    async resume(now) {
      const { abandoned } = await deriver.resume(
        isResumed ? toIso(Date.parse(now) - UNATTENDED_MS) : END_OF_TIME,
        now,
      );
      isResumed = true;
      return abandoned;
    },
    async correct(correction, by, now) {
      const messages = await inTransaction(async (on) => {
        await addCorrection(on, correction, by, now);
        const messages = (await messagesByKey(on, [correction.a, correction.b])).map(({ id }) => id);
        await deriver.markAgain(on, messages, now);
        return messages;
      });
      await deriver.derive(messages, now);
    },
    remove: (keys) => inTransaction((on) => removeMail(on, keys, deriver.deriveWithin)),
    reindexCursor: async () => Number((await readMeta(db, REINDEX_CURSOR)) ?? '0'),
    kept: (after, messages) => readKept(db, after, messages),
    async replaceBatch(mails, now) {
      await writeAndDerive(now, async (on) => {
        const written = await replaceMail(on, mails, now);
        await clearFailures(on, written.changed);
        const last = Math.max(0, ...mails.map((mail) => mail.rowId));
        await writeMeta(on, REINDEX_CURSOR, String(last));
        return written;
      });
    },
    reindexDone: () => removeMeta(db, REINDEX_CURSOR),
  };
}
