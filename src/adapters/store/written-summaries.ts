import { sql } from 'kysely';
import type { SeriesRecord } from '../../digest/series/record.js';
import { type WrittenTexts, withWritten } from '../../digest/series/with-written.js';
import { expandBody } from './raw-body.js';
import type { Db } from './schema.js';
import { ofSet, setOf } from './sets.js';

/** A posting that waits for its summary. */
export interface PendingSummary {
  /** RevisionRecord.id. */
  readonly messageKey: string;
  /** Tries that failed. */
  readonly attempts: number;
}

/** What a model answered, checked. */
export interface KeptAnswer {
  /** null: it was rejected. */
  readonly summary: string | null;
  readonly changed: string | null;
  readonly rejected: string | null;
}

/** What may be spent on a day (UTC). */
export interface ModelBudget {
  readonly requests: number;
  readonly tokens: number;
}

export type WrittenSummaries = ReturnType<typeof createWrittenSummaries>;

/** Summaries that a language model writes: what waits for one, its answers, and what they cost. */
export function createWrittenSummaries(db: Db) {
  return {
    /** Outbox parts after that one, oldest first, as documents (PartContent). */
    partsAfter: (id: number, limit: number) =>
      db
        .selectFrom('outbox')
        .select(['id', 'content'])
        .where('id', '>', id)
        .orderBy('id')
        .limit(limit)
        .execute(),
    newestPart: async (): Promise<number> =>
      (await db.selectFrom('outbox').select(sql<number | null>`max(id)`.as('id')).executeTakeFirst())?.id ??
      0,

    /** Notes the postings to which these mails (Message.id) belong; one that is already noted stays unchanged. */
    async queue(messageKeys: readonly string[], now: string): Promise<void> {
      const rows = await ofSet(db, messageKeys, (keys) =>
        db
          .selectFrom('message')
          .innerJoin('message as anchor', 'anchor.id', 'message.revision_id')
          .select('anchor.key')
          .distinct()
          .where('message.key', 'in', keys)
          .execute(),
      );
      if (rows.length === 0) return;
      await db
        .insertInto('written_summary')
        .values(
          rows.map(({ key }) => ({
            message_key: key,
            state: 'wanted' as const,
            hash: null,
            attempts: 0,
            not_before: now,
            wanted_at: now,
          })),
        )
        .onConflict((c) => c.column('message_key').doNothing())
        .execute();
    },

    /** The requests to send now: the newest first. */
    async due(now: string, limit: number): Promise<PendingSummary[]> {
      const rows = await db
        .selectFrom('written_summary')
        .select(['message_key', 'attempts'])
        .where('state', '=', 'wanted')
        .where('not_before', '<=', now)
        .orderBy('wanted_at', 'desc')
        .orderBy('message_key')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ messageKey: row.message_key, attempts: row.attempts }));
    },

    /** The body of a mail as it arrived; null if it is no longer kept. */
    async bodyOf(messageKey: string): Promise<Uint8Array | null> {
      const row = await db
        .selectFrom('raw')
        .innerJoin('message', 'message.id', 'raw.message_id')
        .select('raw.body')
        .where('message.key', '=', messageKey)
        .where('raw.canonical', '=', 1)
        .executeTakeFirst();
      return row === undefined ? null : expandBody(row.body);
    },

    async answer(hash: string): Promise<KeptAnswer | null> {
      const row = await db
        .selectFrom('model_answer')
        .select(['summary', 'changed', 'rejected'])
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row ?? null;
    },
    async keepAnswer(hash: string, answer: KeptAnswer, now: string): Promise<void> {
      await db
        .insertInto('model_answer')
        .values({ hash, ...answer, answered_at: now })
        .onConflict((c) => c.column('hash').doNothing())
        .execute();
    },
    /** `hash`: the answer; null: there will be none. */
    async settle(messageKey: string, state: 'answered' | 'settled', hash: string | null): Promise<void> {
      await db
        .updateTable('written_summary')
        .set({ state, hash })
        .where('message_key', '=', messageKey)
        .execute();
    },
    /** All posts that name it show the answer, or never will. */
    async shown(messageKey: string): Promise<void> {
      await db
        .updateTable('written_summary')
        .set({ state: 'settled' })
        .where('message_key', '=', messageKey)
        .execute();
    },
    /** Abandons what has waited since before a moment (ISO UTC): posts that old are no longer edited. */
    async expire(before: string): Promise<void> {
      await db
        .updateTable('written_summary')
        .set({ state: 'settled' })
        .where('state', '=', 'wanted')
        .where('wanted_at', '<', before)
        .execute();
    },
    async postpone(messageKey: string, notBefore: string): Promise<void> {
      await db
        .updateTable('written_summary')
        .set((e) => ({ not_before: notBefore, attempts: e('attempts', '+', 1) }))
        .where('message_key', '=', messageKey)
        .execute();
    },

    /** Postings that have an answer which some post may not show yet. */
    async answered(limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('written_summary')
        .select('message_key')
        .where('state', '=', 'answered')
        .orderBy('not_before')
        .limit(limit)
        .execute();
      return rows.map((row) => row.message_key);
    },

    /** Takes one request out of a day's budget; false if it is used up. */
    async spendRequest(day: string, budget: ModelBudget): Promise<boolean> {
      if (budget.requests <= 0 || budget.tokens <= 0) return false;
      const rows = await db
        .insertInto('model_use')
        .values({ day, requests: 1, tokens: 0 })
        .onConflict((c) =>
          c
            .column('day')
            .doUpdateSet((e) => ({ requests: e('model_use.requests', '+', 1) }))
            .where('model_use.requests', '<', budget.requests)
            .where('model_use.tokens', '<', budget.tokens),
        )
        .returning('requests')
        .execute();
      return rows.length > 0;
    },
    async spendTokens(day: string, tokens: number): Promise<void> {
      await db
        .updateTable('model_use')
        .set((e) => ({ tokens: e('tokens', '+', tokens) }))
        .where('day', '=', day)
        .execute();
    },

    /** No model is configured any more: the authors' words are shown again. Answers are kept. */
    async forgetAll(): Promise<void> {
      const any = await db.selectFrom('written_summary').select('message_key').limit(1).execute();
      if (any.length > 0) await db.deleteFrom('written_summary').execute();
    },
  };
}

/** Series with the summaries that a model wrote for their postings. */
export async function overlayWritten(db: Db, stored: readonly SeriesRecord[]): Promise<SeriesRecord[]> {
  const keys = stored.flatMap(({ revisions }) => revisions.map(({ id }) => id));
  if (keys.length === 0) return [...stored];
  const rows = await db
    .selectFrom('written_summary as w')
    .innerJoin('model_answer as a', 'a.hash', 'w.hash')
    .select(['w.message_key', 'a.summary', 'a.changed'])
    .where('w.message_key', 'in', setOf(db, keys))
    .where('a.summary', 'is not', null)
    .execute();
  if (rows.length === 0) return [...stored];
  const written = new Map<string, WrittenTexts>(
    rows.map((row) => [row.message_key, { summary: row.summary ?? '', changed: row.changed }]),
  );
  return stored.map((series) => withWritten(series, written));
}
