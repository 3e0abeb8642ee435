import type { Derivation } from './derivation.js';
import { addLists, rewriteMessage, settle } from './message-copies.js';
import { messageStatements } from './message-statements.js';
import { metaStatements } from './meta.js';
import type { MailOrigin, PreparedMail } from './prepared-mail.js';
import { expandBody } from './raw-body.js';
import type { Db } from './schema.js';
import { type Runner, statement } from './statement.js';
import { type JoinedMessage, NO_MAIL } from './write-messages.js';

/** A mail as it is kept, to be read again. */
export interface KeptMail {
  readonly messageId: number;
  readonly rawId: number;
  /** null where what was kept is damaged. */
  readonly raw: Uint8Array | null;
  readonly origin: MailOrigin;
  /** For people: the Message-ID. */
  readonly where: string;
}

/** The same mail, read again; null where it could not be read: then what was known of it stays. */
export interface RereadMail {
  readonly messageId: number;
  readonly rawId: number;
  readonly mail: PreparedMail | null;
}

/**
 * Reading everything again goes message by message in steps that each leave the database whole, so that questions are
 * answered meanwhile. How far it has come is kept: after a kill the next run goes on from there.
 */
export interface Reindexing {
  /** Where a reading that was not finished stopped, else 0; `kept` goes on from there. */
  reindexCursor(): Promise<number>;
  /** All kept mails of the next messages after that one, in their order; empty at the end. */
  kept(after: number, messages: number): Promise<KeptMail[]>;
  /** Stores what was read again of those messages and derives all that follows; `now`: ISO UTC. */
  replaceBatch(mails: readonly RereadMail[], now: string): Promise<void>;
  /** All has been read. */
  reindexDone(): Promise<void>;
}

const CURSOR = 'reindex cursor';

function expandOrNull(body: Uint8Array): Uint8Array | null {
  try {
    return expandBody(body);
  } catch {
    return null;
  }
}

export function createReindexing(
  db: Db,
  inTransaction: <T>(work: (on: Runner) => Promise<T>) => Promise<T>,
  derivation: Pick<Derivation, 'mark' | 'newestSeq' | 'derive' | 'retry'>,
): Reindexing {
  const s = messageStatements(db);
  const { readMeta, writeMeta, removeMeta } = metaStatements(db);
  const nextMessages = statement<{ after: number; messages: number }>()((v) =>
    db
      .selectFrom('raw')
      .innerJoin('message', 'message.id', 'raw.message_id')
      .select([
        'raw.id as raw_id',
        'raw.message_id',
        'raw.source_list',
        'raw.source_received',
        'raw.source_problems',
        'raw.body',
        'message.key',
      ])
      .where('raw.message_id', 'in', (inner) =>
        inner.selectFrom('message').select('id').where('id', '>', v.after).orderBy('id').limit(v.messages),
      )
      .orderBy('raw.message_id')
      .orderBy('raw.id'),
  );

  return {
    reindexCursor: async () => Number((await readMeta(db, { name: CURSOR }))[0]?.value ?? '0'),
    async kept(after, messages) {
      const rows = await nextMessages(db, { after, messages });
      return rows.map((row) => ({
        messageId: row.message_id,
        rawId: row.raw_id,
        raw: expandOrNull(row.body),
        origin: {
          list: row.source_list,
          receivedAt: row.source_received,
          problems: JSON.parse(row.source_problems) as MailOrigin['problems'],
        },
        where: row.key,
      }));
    },
    async replaceBatch(mails, now) {
      const due = await inTransaction(async (on) => {
        const before = await derivation.newestSeq(on);
        const joined: JoinedMessage[] = [];
        const changed = new Set<number>();
        for (const { rawId, messageId, mail } of mails) {
          // Taken out since it was read.
          if (!(await s.rawsOf(on, { id: messageId })).some((raw) => raw.id === rawId)) continue;
          changed.add(messageId);
          if (mail === null) continue;
          await s.rereadRaw(on, {
            id: rawId,
            content_hash: mail.contentHash,
            received: mail.received,
            lists: JSON.stringify(mail.lists),
          });
          await addLists(s, on, messageId, mail, now);
        }
        for (const id of changed) {
          const readings = mails.filter((one) => one.messageId === id);
          const replaced = await rewriteMessage(s, on, id, readings);
          await settle(s, on, id);
          if (replaced !== null) joined.push(replaced);
        }
        await derivation.retry(on, [...changed]);
        const marked = await derivation.mark(on, { joined, changed, counts: NO_MAIL }, before, now);
        const last = Math.max(0, ...mails.map((mail) => mail.messageId));
        await writeMeta(on, { name: CURSOR, value: String(last) });
        return marked;
      });
      await derivation.derive(due, now);
    },
    reindexDone: async () => void (await removeMeta(db, { name: CURSOR })),
  };
}
