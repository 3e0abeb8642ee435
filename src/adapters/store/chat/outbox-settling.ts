import { sql } from 'kysely';
import type { PartContent } from '../../../digest/delivery/part-content.js';
import type { Address, RefusalReason } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import type { SlotTable } from './chat-schema.js';
import { requeueParts } from './ledger.js';

/** How a claimed message was settled. Times are ISO UTC. */
export type Settlement =
  | { readonly kind: 'sent'; readonly messageId: string; readonly at: string }
  /** It is tried again from `notBefore` on. `unclear`: it may stand already. */
  | {
      readonly kind: 'later';
      readonly unclear: boolean;
      readonly notBefore: string;
      readonly problem: string;
      readonly at: string;
    }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly problem: string;
      readonly at: string;
    }
  /** Nobody can tell any more, or it is too late: its revisions return to the next digest. */
  | { readonly kind: 'stale'; readonly problem: string; readonly at: string };

/** A slot that came to its end. */
export interface EndedSlot {
  readonly slotId: number;
  readonly destinationId: number;
  readonly state: 'sent' | 'stale' | 'refused';
  /** With how many in a row the destination was refused, this one included. */
  readonly failedSlots: number;
}

/** A place that refuses us, and who set it up. */
export interface Breaking {
  readonly destinationId: number;
  readonly slotId: number;
  readonly platform: Address['platform'];
  readonly tenant: string;
  readonly address: string;
  readonly kind: Address['kind'];
  readonly name: string;
  readonly zone: string;
  readonly setBy: string;
}

export interface Notice {
  readonly to: Address;
  readonly name: string;
  readonly zone: string;
  readonly key: string;
  readonly content: PartContent;
}

/** Writes what became of messages and slots; all that follows from it in the same transaction. */
export function createSettling(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  return {
    /** Settles a claimed message; answers with its slot where that ended by it. What was sent is sent, whoever holds the lease by now. */
    settle: (id: number, attempts: number, settlement: Settlement): Promise<EndedSlot | null> =>
      inTransaction(async (on) => {
        const row = await write(on, id, attempts, settlement);
        if (row === undefined || row.slot_id === null) return null;
        if (settlement.kind === 'later') return null;
        return endSlot(on, row.slot_id, settlement.kind === 'refused' ? settlement : null, settlement.at);
      }),
    /** Gives back what was claimed and not tried. */
    async release(
      id: number,
      attempts: number,
      was: { readonly firstTriedAt: string | null },
    ): Promise<void> {
      await db
        .updateTable('outbox')
        .set({
          state: was.firstTriedAt === null ? 'waiting' : 'unclear',
          attempts: attempts - 1,
          lease_until: null,
          first_tried_at: was.firstTriedAt,
        })
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .where('attempts', '=', attempts)
        .execute();
    },
    /** Ends slots whose time is over: what was not sent of them goes stale, and what is unclear is still looked for. */
    expire: (now: string): Promise<EndedSlot[]> =>
      inTransaction(async (on) => {
        const over = await on
          .selectFrom('slot')
          .select('id')
          .where('state', '=', 'open')
          .where('stale_at', '<=', now)
          .orderBy('id')
          .execute();
        const ended: EndedSlot[] = [];
        for (const { id } of over) {
          const rows = await on
            .updateTable('outbox')
            .set({ state: 'stale', problem: sql`coalesce(problem, 'it could not be sent in time')` })
            .where('slot_id', '=', id)
            .where('state', '=', 'waiting')
            .returning('id')
            .execute();
          await requeueParts(
            on,
            rows.map((row) => row.id),
          );
          const end = await endSlot(on, id, null, now);
          if (end !== null) ended.push(end);
        }
        return ended;
      }),
    /** What is needed to tell somebody that their place refuses us. */
    async breaking(ended: EndedSlot): Promise<Breaking | null> {
      const row = await db
        .selectFrom('destination')
        .selectAll()
        .where('id', '=', ended.destinationId)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        destinationId: row.id,
        slotId: ended.slotId,
        platform: row.platform as Address['platform'],
        tenant: row.tenant,
        address: row.address,
        kind: row.kind,
        name: row.name,
        zone: row.zone,
        setBy: row.set_by,
      };
    },
    /**
     * No more digests for a destination until a person mends it, and a word to the one who set it up, through the outbox as well. False where it
     * was not active any more: then nobody is told twice.
     */
    break: (destinationId: number, notice: Notice | null, now: string): Promise<boolean> =>
      inTransaction(async (on) => {
        const [row] = await on
          .updateTable('destination')
          .set({ state: 'broken' })
          .where('id', '=', destinationId)
          .where('state', '=', 'active')
          .returning('id')
          .execute();
        if (row === undefined) return false;
        if (notice !== null) await addNotice(on, notice, now);
        return true;
      }),
  };
}

async function write(
  on: Db,
  id: number,
  attempts: number,
  settlement: Settlement,
): Promise<{ slot_id: number | null } | undefined> {
  const held = on
    .updateTable('outbox')
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .returning('slot_id');
  switch (settlement.kind) {
    case 'sent':
      return on
        .updateTable('outbox')
        .set({
          state: 'sent',
          message_id: settlement.messageId,
          sent_at: settlement.at,
          lease_until: null,
          problem: null,
        })
        .where('id', '=', id)
        .where('state', '!=', 'sent')
        .returning('slot_id')
        .executeTakeFirst();
    case 'later':
      return held
        .set({
          state: settlement.unclear ? 'unclear' : 'waiting',
          not_before: settlement.notBefore,
          lease_until: null,
          problem: settlement.problem,
          // Certainly not there: the time in which the platform could know it begins with the next try.
          ...(settlement.unclear ? {} : { first_tried_at: null }),
        })
        .executeTakeFirst();
    case 'refused':
    case 'stale': {
      const row = await held
        .set({ state: settlement.kind, lease_until: null, problem: settlement.problem })
        .executeTakeFirst();
      if (row === undefined) return undefined;
      await requeueParts(on, [id]);
      if (row.slot_id !== null) await dropRest(on, id, row.slot_id, settlement);
      return row;
    }
    default:
      return settlement satisfies never;
  }
}

/**
 * A headline that will not stand takes its details with it, and so does a place that forbids more. A detail that is wrong by
 * itself leaves the others alone.
 */
async function dropRest(
  on: Db,
  id: number,
  slotId: number,
  settlement: Extract<Settlement, { kind: 'refused' | 'stale' }>,
): Promise<void> {
  const row = await on.selectFrom('outbox').select('part').where('id', '=', id).executeTakeFirst();
  if (row?.part !== 0 && settlement.kind === 'refused' && settlement.reason === 'invalid') return;
  if (row?.part !== 0 && settlement.kind === 'stale') return;
  const rest = await on
    .updateTable('outbox')
    .set({ state: settlement.kind, problem: settlement.problem })
    .where('slot_id', '=', slotId)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute();
  await requeueParts(
    on,
    rest.map((part) => part.id),
  );
}

/** Ends a slot in which nothing is open any more; null while something is, or where it ended before. */
async function endSlot(
  on: Db,
  slotId: number,
  refusal: { readonly reason: RefusalReason } | null,
  now: string,
): Promise<EndedSlot | null> {
  const parts = await on
    .selectFrom('outbox')
    .select(['state', 'problem'])
    .where('slot_id', '=', slotId)
    .orderBy('part')
    .execute();
  if (parts.some(({ state }) => state === 'waiting' || state === 'sending' || state === 'unclear'))
    return null;
  const state: EndedSlot['state'] = parts.every((part) => part.state === 'sent')
    ? 'sent'
    : parts.some((part) => part.state === 'refused')
      ? 'refused'
      : 'stale';
  const [slot] = await on
    .updateTable('slot')
    .set({
      state: state satisfies SlotTable['state'],
      ended_at: now,
      problem: parts.find((part) => part.state !== 'sent')?.problem ?? null,
    })
    .where('id', '=', slotId)
    .where('state', '=', 'open')
    .returning('destination_id')
    .execute();
  if (slot === undefined) return null;
  const failedSlots = await countFailure(on, slot.destination_id, state, refusal);
  return { slotId, destinationId: slot.destination_id, state, failedSlots };
}

/** Slots in a row that the place refused; our own mistakes and outages do not count, and a digest that went out begins anew. */
async function countFailure(
  on: Db,
  destinationId: number,
  state: EndedSlot['state'],
  refusal: { readonly reason: RefusalReason } | null,
): Promise<number> {
  const counts = state === 'refused' && refusal !== null && refusal.reason !== 'invalid';
  const [row] = await on
    .updateTable('destination')
    .set((e) => ({
      failed_slots: state === 'sent' ? e.val(0) : counts ? e('failed_slots', '+', 1) : e.ref('failed_slots'),
    }))
    .where('id', '=', destinationId)
    .returning('failed_slots')
    .execute();
  return row?.failed_slots ?? 0;
}

async function addNotice(on: Db, { to, name, zone, key, content }: Notice, now: string): Promise<void> {
  await on
    .insertInto('destination')
    .values({
      platform: to.platform,
      tenant: to.tenant,
      address: to.address,
      kind: to.kind,
      name,
      zone,
      schedule: null,
      empty: 'skip',
      silent: 0,
      state: 'active',
      cursor_seq:
        (await on.selectFrom('copy').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst())?.seq ??
        0,
      last_due: now,
      failed_slots: 0,
      set_by: to.address,
      set_by_name: name,
      made_at: now,
    })
    .onConflict((c) => c.columns(['platform', 'tenant', 'address']).doNothing())
    .execute();
  const destination = await on
    .selectFrom('destination')
    .select('id')
    .where('platform', '=', to.platform)
    .where('tenant', '=', to.tenant)
    .where('address', '=', to.address)
    .executeTakeFirstOrThrow();
  await on
    .insertInto('outbox')
    .values({
      slot_id: null,
      destination_id: destination.id,
      part: 0,
      post_key: key,
      content: JSON.stringify(content),
      state: 'waiting',
      attempts: 0,
      not_before: now,
      lease_until: null,
      first_tried_at: null,
      sent_at: null,
      message_id: null,
      problem: null,
      edit_wanted: 0,
    })
    .onConflict((c) => c.column('post_key').doNothing())
    .execute();
}
