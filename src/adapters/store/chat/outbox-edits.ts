import { sql } from 'kysely';
import { messageIdsOf } from '../../../digest/plan/digest-units.js';
import { type PartContent, partContentSchema } from '../../../digest/plan/part-content.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import { ofSet } from '../sets.js';
import { addressOf } from './destination.js';
import { createAnchors } from './small-tables.js';

/** A posted message that has to show something else. */
export interface DueEdit {
  readonly id: number;
  readonly content: PartContent;
  /** As it is stored: an edit is done when this is what was shown. */
  readonly document: string;
  readonly messageId: string;
  readonly to: Address;
  /** The platform's id of the message in whose thread it is; null: in none. */
  readonly under: string | null;
  readonly attempts: number;
}

/** A posted message, with what it shows. */
export interface PostedPart {
  readonly id: number;
  readonly content: PartContent;
  readonly document: string;
}

const MOST_POSTED = 5_000;

function toPostedPart({ id, content }: { readonly id: number; readonly content: string }): PostedPart {
  return { id, content: partContentSchema.parse(JSON.parse(content)), document: content };
}

/** Posted messages that change when a series does. Editing twice is the same as once, so nothing is claimed. */
export function createEdits(db: Db) {
  /** By the partial index: nearly all messages want none. */
  const anyDue = (on: Db, v: { now: string }) =>
    on
      .selectFrom('outbox')
      .select('id')
      .where(sql<boolean>`edit_wanted = 1`)
      .where('not_before', '<=', v.now)
      .limit(1)
      .execute();
  return {
    /** Those of the parts that were posted at `sentSince` (ISO UTC) or later. */
    async posted(ids: readonly number[], sentSince: string): Promise<PostedPart[]> {
      const parts: PostedPart[] = [];
      for (let from = 0; from < ids.length; from += 500) {
        const rows = await db
          .selectFrom('outbox')
          .select(['id', 'content'])
          .where('id', 'in', ids.slice(from, from + 500))
          .where('state', '=', 'sent')
          .where('sent_at', '>=', sentSince)
          .execute();
        parts.push(...rows.map(toPostedPart));
      }
      return parts;
    },
    /** Whether any of the parts is still on its way. */
    async anyOpen(ids: readonly number[]): Promise<boolean> {
      const rows = await ofSet(db, ids, (set) =>
        db
          .selectFrom('outbox')
          .select('id')
          .where('id', 'in', set)
          .where('state', 'in', ['waiting', 'sending', 'unclear'])
          .limit(1)
          .execute(),
      );
      return rows.length > 0;
    },
    /** All that were posted at `sentSince` (ISO UTC) or later, the newest first, up to a number. */
    async postedSince(sentSince: string): Promise<PostedPart[]> {
      const rows = await db
        .selectFrom('outbox')
        .select(['id', 'content'])
        .where('state', '=', 'sent')
        .where('sent_at', '>=', sentSince)
        .orderBy('id', 'desc')
        .limit(MOST_POSTED)
        .execute();
      return rows.map(toPostedPart);
    },
    /** A posted message is to show this; false if someone else changed it meanwhile. */
    async requestEdit(part: PostedPart, content: PartContent, now: string): Promise<boolean> {
      const rows = await db
        .updateTable('outbox')
        .set({ content: JSON.stringify(content), edit_wanted: 1, not_before: now, attempts: 0 })
        .where('id', '=', part.id)
        .where('state', '=', 'sent')
        .where('content', '=', part.document)
        .returning('id')
        .execute();
      // Messages posted before there were menus get them with their first edit.
      if (rows.length > 0 && content.kind !== 'notice')
        await createAnchors(db).anchors(messageIdsOf(content.groups));
      return rows.length > 0;
    },
    /** Whether nothing was posted after a message in the thread that it opened or is part of. */
    async isLastInThread(id: number): Promise<boolean> {
      const later = await db
        .selectFrom('outbox as o')
        .innerJoin('outbox as l', 'l.destination_id', 'o.destination_id')
        .select('l.id')
        .where('o.id', '=', id)
        .whereRef('l.id', '>', 'o.id')
        .where('l.state', 'in', ['sent', 'sending', 'unclear'])
        .where((e) => e('l.under_id', '=', e.fn.coalesce('o.under_id', 'o.id')))
        .limit(1)
        .executeTakeFirst();
      return later === undefined;
    },
    async dueEdits(now: string, platforms: readonly string[], limit: number): Promise<DueEdit[]> {
      if (platforms.length === 0 || limit <= 0) return [];
      if ((await anyDue(db, { now })).length === 0) return [];
      const rows = await db
        .selectFrom('outbox as o')
        .innerJoin('destination as d', 'd.id', 'o.destination_id')
        .leftJoin('outbox as h', 'h.id', 'o.under_id')
        .select([
          'o.id',
          'o.content',
          'o.message_id',
          'o.attempts',
          'd.platform',
          'd.tenant',
          'd.address',
          'd.kind',
          'h.message_id as under',
        ])
        .where('o.id', 'in', (e) =>
          e
            .selectFrom('outbox as w')
            .select('w.id')
            .where(sql<boolean>`w.edit_wanted = 1`)
            .where('w.not_before', '<=', now),
        )
        .where('d.platform', 'in', [...platforms])
        .orderBy('o.not_before')
        .orderBy('o.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        content: partContentSchema.parse(JSON.parse(row.content)),
        document: row.content,
        messageId: row.message_id ?? '',
        to: addressOf(row),
        under: row.under,
        attempts: row.attempts,
      }));
    },
    /** The message shows the requested content, or never will: unless something else was requested meanwhile, the edit is done. */
    async endEdit(edit: Pick<DueEdit, 'id' | 'document'>, problem: string | null): Promise<void> {
      await db
        .updateTable('outbox')
        .set({ edit_wanted: 0, problem })
        .where('id', '=', edit.id)
        .where('content', '=', edit.document)
        .execute();
    },
    async postponeEdit(edit: Pick<DueEdit, 'id'>, notBefore: string, problem: string): Promise<void> {
      await db
        .updateTable('outbox')
        .set((e) => ({ not_before: notBefore, problem, attempts: e('attempts', '+', 1) }))
        .where('id', '=', edit.id)
        .execute();
    },
  };
}
