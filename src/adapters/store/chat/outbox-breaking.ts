import type { PartContent } from '../../../digest/plan/part-content.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import { addressOf } from './destination.js';
import { ensureDestination } from './destinations.js';
import type { EndedSlot } from './end-slot.js';
import { waitingRow } from './waiting-row.js';

/** A place that refuses us, and who set it up. */
export interface Breaking extends Address {
  readonly destinationId: number;
  /** The last digest that was posted completely before; null if none was. */
  readonly lastGoodSlotId: number | null;
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

/** Places that refuse us, and the notice to the person who set them up. */
export function createBreaking(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  return {
    /** What is needed to notify someone that their place refuses us. */
    async breaking(ended: Pick<EndedSlot, 'slotId' | 'destinationId'>): Promise<Breaking | null> {
      const row = await db
        .selectFrom('destination')
        .selectAll()
        .where('id', '=', ended.destinationId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const good = await db
        .selectFrom('slot')
        .select('id')
        .where('destination_id', '=', ended.destinationId)
        .where('state', '=', 'sent')
        .where('kind', '!=', 'now')
        .where('id', '<', ended.slotId)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return {
        destinationId: row.id,
        lastGoodSlotId: good?.id ?? null,
        ...addressOf(row),
        name: row.name,
        zone: row.zone,
        setBy: row.set_by,
      };
    },
    /** Puts a notice into the outbox; does nothing if one with the same key exists. */
    notify: (notice: Notice, now: string): Promise<void> => inTransaction((on) => addNotice(on, notice, now)),
    /** No more digests for a destination until a person fixes it. False if it was no longer active. */
    async break(destinationId: number): Promise<boolean> {
      const rows = await db
        .updateTable('destination')
        .set({ state: 'broken' })
        .where('id', '=', destinationId)
        .where('state', '=', 'active')
        .returning('id')
        .execute();
      return rows.length > 0;
    },
  };
}

async function addNotice(on: Db, { to, name, zone, key, content }: Notice, now: string): Promise<void> {
  await ensureDestination(on, to, { name, zone, setBy: to.address, setByName: name, madeAt: now });
  const destination = await on
    .selectFrom('destination')
    .select('id')
    .where('platform', '=', to.platform)
    .where('tenant', '=', to.tenant)
    .where('address', '=', to.address)
    .executeTakeFirstOrThrow();
  await on
    .insertInto('outbox')
    .values(
      waitingRow({
        slot: null,
        destination: destination.id,
        part: 0,
        key,
        content: JSON.stringify(content),
        now,
      }),
    )
    .onConflict((c) => c.column('post_key').doNothing())
    .execute();
}
