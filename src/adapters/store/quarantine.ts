import { type Insertable, sql } from 'kysely';
import { readMeta, removeMeta, writeMeta } from './meta.js';
import type { MailOrigin } from './prepared-mail.js';
import type { QuarantineReason, QuarantineTable } from './quarantine-schema.js';
import type { AloneMail } from './reading-journal.js';
import type { Db } from './schema.js';
import { setOfBytes } from './sets.js';

/** A mail that is no longer read. */
interface QuarantinedMail {
  readonly hash: Uint8Array;
  readonly source: string;
  readonly where: string;
  readonly reason: QuarantineReason;
  readonly detail: string;
  /** ISO UTC. */
  readonly at: string;
  /** Whether its bytes are kept here. */
  readonly isKept: boolean;
  /** The last retry in which it was tried: see `beginRetry`. */
  readonly triedIn: number;
}

/** A stored mail whose deriving was given up. */
interface UnderivedMail {
  readonly hash: Uint8Array;
  readonly messageId: string;
  readonly code: string;
  readonly detail: string;
  /** ISO UTC. */
  readonly at: string;
}

/** Why a mail is put into quarantine. */
export interface Conviction {
  readonly hashes: readonly Uint8Array[];
  readonly mail: AloneMail;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/** Mails that ended or stalled reading, by `copyHash`. Times are ISO UTC. */
export interface Quarantine {
  /** Mails that are read one at a time. */
  suspects(): Promise<Uint8Array[]>;
  suspect(hashes: readonly Uint8Array[], now: string): Promise<void>;
  all(): Promise<QuarantinedMail[]>;
  /** Mails that are stored and from which nothing is derived, as deriving ended or stalled over them; oldest first. */
  underived(): Promise<UnderivedMail[]>;
  /** Of all these. */
  count(): Promise<number>;
  /** By source. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** Those that were put into quarantine before a moment (ISO UTC), and have not had a second chance. */
  withoutSecondChance(before: string): Promise<QuarantinedMail[]>;
  /** To be called before a mail is tried, as that may end the process; with `false` if something else kept it from being tried. */
  noteSecondChance(hash: Uint8Array, isTried?: boolean): Promise<void>;
  /** Puts a mail into quarantine, or notes that one in it was tried once more in vain. */
  add(conviction: Conviction, now: string): Promise<void>;
  /** The mail as the source gave it; null if its bytes are not kept here. */
  mail(hash: Uint8Array): Promise<(Pick<AloneMail, 'origin'> & { readonly body: Uint8Array }) | null>;
  /** These were read all right: they are neither suspects nor in quarantine any more. */
  acquit(hashes: readonly Uint8Array[]): Promise<void>;
  /**
   * Begins to try all mails in quarantine again, or continues where a process ended over one of them: `triedIn` of those that are not to be tried
   * any more is the number that it returns. `rules`: an attempt that was begun under other rules is not continued.
   */
  beginRetry(rules: string): Promise<number>;
  endRetry(): Promise<void>;
}

/** What all kept mails may come to: an attacker who finds a way in here must not fill the disk. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
const MAX_DETAIL = 300;
/** Most suspects are innocent, and many were stored or are not given again. */
const SUSPECT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Of one insert. */
const ROWS = 500;
const RETRY = 'quarantine retry';
const RETRY_UNDER_WAY = 'quarantine retry rules';

export function createQuarantine(db: Db): Quarantine {
  const dropSuspects = (on: Db, hashes: readonly Uint8Array[]) =>
    on.deleteFrom('suspect').where('hash', 'in', setOfBytes(on, hashes)).execute();
  const dropQuarantined = (on: Db, hashes: readonly Uint8Array[]) =>
    on.deleteFrom('quarantine').where('hash', 'in', setOfBytes(on, hashes)).execute();
  const retry = async () => Number((await readMeta(db, RETRY)) ?? '0');
  const keptBytes = async () => {
    const row = await db
      .selectFrom('quarantine')
      .select(sql<number | null>`sum(length(body))`.as('bytes'))
      .executeTakeFirst();
    return Number(row?.bytes ?? 0);
  };
  const quarantined = async (dueBefore: string | null = null): Promise<QuarantinedMail[]> => {
    const rows = await db
      .selectFrom('quarantine')
      .select(['hash', 'source', 'place', 'reason', 'detail', 'at', 'tried_in'])
      .select(sql<number>`case when body is null then 0 else 1 end`.as('kept'))
      .$if(dueBefore !== null, (all) => all.where('retried', '=', 0).where('at', '<', dueBefore ?? ''))
      .orderBy('at')
      .orderBy('hash')
      .execute();
    return rows.map(({ place, tried_in, kept, ...row }) => ({
      ...row,
      where: place,
      triedIn: tried_in,
      isKept: kept === 1,
    }));
  };
  return {
    suspects: async () => (await db.selectFrom('suspect').select('hash').execute()).map(({ hash }) => hash),
    async suspect(hashes, now) {
      const expired = new Date(Date.parse(now) - SUSPECT_DAYS * DAY_MS).toISOString();
      await db.deleteFrom('suspect').where('since', '<', expired).execute();
      for (let from = 0; from < hashes.length; from += ROWS) {
        const rows = hashes.slice(from, from + ROWS).map((hash) => ({ hash: Buffer.from(hash), since: now }));
        await db
          .insertInto('suspect')
          .values(rows)
          .onConflict((c) => c.doNothing())
          .execute();
      }
    },
    all: () => quarantined(),
    withoutSecondChance: (before) => quarantined(before),
    async noteSecondChance(hash, isTried = true) {
      await db
        .updateTable('quarantine')
        .set({ retried: isTried ? 1 : 0 })
        .where('hash', '=', Buffer.from(hash))
        .execute();
    },
    underived: () =>
      db
        .selectFrom('derive_failure as failure')
        .innerJoin('message', 'message.id', 'failure.message_id')
        .innerJoin('raw', 'raw.message_id', 'message.id')
        .where('raw.canonical', '=', 1)
        .select(['raw.copy_hash as hash', 'message.key as messageId', 'failure.code', 'failure.detail'])
        .select('failure.failed_at as at')
        .orderBy('failure.failed_at')
        .orderBy('message.key')
        .execute(),
    async count() {
      const quarantined = db.selectFrom('quarantine').select(sql<number>`count(*)`.as('n'));
      const underived = db.selectFrom('derive_failure').select(sql<number>`count(*)`.as('n'));
      const [a, b] = [await quarantined.executeTakeFirstOrThrow(), await underived.executeTakeFirstOrThrow()];
      return a.n + b.n;
    },
    async counts() {
      const rows = await db
        .selectFrom('quarantine')
        .select(['source', sql<number>`count(*)`.as('n')])
        .groupBy('source')
        .orderBy('source')
        .execute();
      return new Map(rows.map(({ source, n }) => [source, n]));
    },
    async add(conviction, now) {
      const room = MAX_KEPT_BYTES - (await keptBytes());
      const triedIn = await retry();
      for (const hash of conviction.hashes) {
        const row = toRow(conviction, Buffer.from(hash), room, now, triedIn);
        await db
          .insertInto('quarantine')
          .values(row)
          // It keeps its bytes and where it came from.
          .onConflict((c) =>
            c
              .column('hash')
              .doUpdateSet({ reason: row.reason, detail: row.detail, at: now, tried_in: triedIn }),
          )
          .execute();
      }
      await dropSuspects(
        db,
        conviction.hashes.map((hash) => Buffer.from(hash)),
      );
    },
    async mail(hash) {
      const row = await db
        .selectFrom('quarantine')
        .select(['source_list', 'source_received', 'source_problems', 'body'])
        .where('hash', '=', Buffer.from(hash))
        .executeTakeFirst();
      if (row === undefined || row.body === null) return null;
      const problems = JSON.parse(row.source_problems) as MailOrigin['problems'];
      return { origin: { list: row.source_list, receivedAt: row.source_received, problems }, body: row.body };
    },
    async acquit(hashes) {
      const keys = hashes.map((hash) => Buffer.from(hash));
      await dropSuspects(db, keys);
      await dropQuarantined(db, keys);
    },
    async beginRetry(rules) {
      const current = await retry();
      if ((await readMeta(db, RETRY_UNDER_WAY)) === rules) return current;
      await writeMeta(db, RETRY, String(current + 1));
      await writeMeta(db, RETRY_UNDER_WAY, rules);
      return current + 1;
    },
    endRetry: async () => void (await removeMeta(db, RETRY_UNDER_WAY)),
  };
}

function toRow(
  { mail, reason, detail }: Conviction,
  hash: Buffer,
  room: number,
  now: string,
  triedIn: number,
): Insertable<QuarantineTable> {
  const { origin, body } = mail;
  return {
    hash,
    source: mail.source,
    place: mail.where,
    reason,
    detail: detail.slice(0, MAX_DETAIL),
    at: now,
    tried_in: triedIn,
    source_list: origin.list,
    source_received: origin.receivedAt,
    source_problems: JSON.stringify(origin.problems),
    body: body === null || body.byteLength > room ? null : Buffer.from(body),
  };
}
