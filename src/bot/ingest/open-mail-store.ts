import { addCorrection } from '../../adapters/store/corrections.js';
import { messagesByKey, newestSeq } from '../../adapters/store/mail-rows.js';
import { readMeta, removeMeta, writeMeta } from '../../adapters/store/meta.js';
import type { Db } from '../../adapters/store/schema.js';
import { openStore } from '../../adapters/store/store.js';
import { clearFailures } from '../../adapters/store/underived.js';
import { toIso } from '../../digest/time/iso.js';
import { createDeriver } from './deriver.js';
import type { MailStore } from './mail-store.js';
import type { Describing } from './planning.js';
import { removeMail } from './remove-mail.js';
import { readKept, replaceMail } from './replace-mail.js';
import { type WrittenMail, writeMail } from './write-mail.js';

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
      const before = isResumed ? toIso(Date.parse(now) - UNATTENDED_MS) : END_OF_TIME;
      const { abandoned } = await deriver.resume(before, now);
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
