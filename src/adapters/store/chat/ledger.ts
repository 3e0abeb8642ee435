import { sql } from 'kysely';
import type { Db } from '../schema.js';
import { insertRows, setOf } from '../sets.js';
import { underPostedHeadline } from './late-details.js';

/** A part that reported a message, at one destination. */
export interface ReportingPart {
  readonly outboxId: number;
  readonly destinationId: number;
}

/** What one part of a digest reports. */
export interface PartReport {
  /** Message.id of the covers and patches of the revisions that are news in it. */
  readonly messageKeys: readonly string[];
  /** RevisionRecord.id of the revisions that it names. */
  readonly mentions: readonly string[];
}

export type Ledger = ReturnType<typeof createLedger>;

const DELIVERED = { destination_id: 'number', message_key: 'text', outbox_id: 'number', at: 'text' } as const;
const MENTION = { ...DELIVERED, last_seq: 'number', prior_seq: 'number' } as const;

/** What was delivered where, and the last mention of each revision there. */
export function createLedger(db: Db) {
  const delivered = (destination: number, keys: readonly string[]) =>
    db
      .selectFrom('ledger')
      .select('message_key')
      .where('destination_id', '=', destination)
      .where('message_key', 'in', setOf(db, keys))
      .execute();
  const mentioned = (destination: number, keys: readonly string[]) =>
    db
      .selectFrom('mention')
      .select(['message_key', 'last_seq'])
      .where('destination_id', '=', destination)
      .where('message_key', 'in', setOf(db, keys))
      .execute();
  // Queried for each destination in turn, by the primary key: an index by message alone would scatter what a digest writes.
  const ledgerOf = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('destination')
      .crossJoin('ledger')
      .select(['ledger.outbox_id', 'ledger.destination_id'])
      .whereRef('ledger.destination_id', '=', 'destination.id')
      .where('ledger.message_key', 'in', setOf(on, keys))
      .where('ledger.outbox_id', 'is not', null)
      .execute();
  const mentionsOf = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('destination')
      .crossJoin('mention')
      .select(['mention.outbox_id', 'mention.destination_id'])
      .whereRef('mention.destination_id', '=', 'destination.id')
      .where('mention.message_key', 'in', setOf(on, keys))
      .where('mention.outbox_id', 'is not', null)
      .execute();

  return {
    /** Which of these messages (Message.id) were delivered to a destination. */
    async delivered(destination: number, keys: readonly string[]): Promise<Set<string>> {
      return new Set((await delivered(destination, keys)).map((row) => row.message_key));
    },
    /** Up to which seq these revisions (RevisionRecord.id) were reported, if at all. */
    async mentioned(destination: number, keys: readonly string[]): Promise<Map<string, number>> {
      const rows = await mentioned(destination, keys);
      return new Map(rows.map((row) => [row.message_key, row.last_seq]));
    },
    /** When these revisions (RevisionRecord.id) were last named at a destination, ISO UTC; what went stale unsent was not. */
    async mentionedAt(destination: number, keys: readonly string[]): Promise<Map<string, string>> {
      const rows = await db
        .selectFrom('mention')
        .select(['message_key', 'at'])
        .where('destination_id', '=', destination)
        .where('message_key', 'in', setOf(db, keys))
        .where((e) => e.or([e('outbox_id', 'is not', null), e('last_seq', '>', e.ref('prior_seq'))]))
        .execute();
      return new Map(rows.map((row) => [row.message_key, row.at]));
    },
    /** Writes what a part reports, in the transaction that creates the part. `upTo`: events up to this seq are reported. */
    async write(
      on: Db,
      part: ReportingPart & PartReport & { readonly upTo: number; readonly at: string },
    ): Promise<void> {
      const same = { destination_id: part.destinationId, outbox_id: part.outboxId, at: part.at };
      const rowsOf = (keys: readonly string[]) =>
        [...new Set(keys)].map((key) => ({ ...same, message_key: key, last_seq: part.upTo, prior_seq: 0 }));
      await insertRows(on, 'ledger', DELIVERED, rowsOf(part.messageKeys), sql`on conflict do nothing`);
      await insertRows(
        on,
        'mention',
        MENTION,
        rowsOf(part.mentions),
        sql`on conflict (destination_id, message_key) do update set
          prior_seq = mention.last_seq, last_seq = excluded.last_seq, outbox_id = excluded.outbox_id, at = excluded.at`,
      );
    },
    /** Which parts reported any of these messages (members of one series, for example): an edit changes them. Each once. */
    async partsReporting(keys: readonly string[]): Promise<ReportingPart[]> {
      const found = new Map<number, ReportingPart>();
      for (const row of [...(await ledgerOf(db, keys)), ...(await mentionsOf(db, keys))])
        if (row.outbox_id !== null)
          found.set(row.outbox_id, { outboxId: row.outbox_id, destinationId: row.destination_id });
      return [...found.values()].sort((a, b) => a.outboxId - b.outboxId);
    },
  };
}

/**
 * Removes the entries of parts that went stale unsent: their revisions are news again, and the destination considers their slot's mail once
 * more. Details with a posted headline keep their entries: the headline reported them, and must not do so again; see late-details.ts. For
 * the transaction that marks them; doing it twice changes nothing.
 */
export async function requeueParts(on: Db, outboxIds: readonly number[]): Promise<void> {
  if (outboxIds.length === 0) return;
  const kept = await underPostedHeadline(on, outboxIds);
  const ids = outboxIds.filter((id) => !kept.has(id));
  if (ids.length === 0) return;
  await on.deleteFrom('ledger').where('outbox_id', 'in', ids).execute();
  await on
    .updateTable('mention')
    .set((e) => ({ last_seq: e.ref('prior_seq'), outbox_id: null }))
    .where('outbox_id', 'in', ids)
    .execute();
  const slots = await on
    .selectFrom('outbox')
    .innerJoin('slot', 'slot.id', 'outbox.slot_id')
    .select(['slot.destination_id', 'slot.from_seq'])
    .where('outbox.id', 'in', ids)
    .execute();
  for (const slot of slots)
    await on
      .updateTable('destination')
      .set({ cursor_seq: slot.from_seq })
      .where('id', '=', slot.destination_id)
      .where('cursor_seq', '>', slot.from_seq)
      .execute();
}
