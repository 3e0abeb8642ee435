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
  readonly slotId: number;
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

/** Places that refuse us, and the word to whoever set them up. */
export function createBreaking(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  return {
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
        ...addressOf(row),
        name: row.name,
        zone: row.zone,
        setBy: row.set_by,
      };
    },
    /**
     * No more digests for a destination until a person fixes it, and a word to the one who set it up, through the outbox as well. False where it
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
