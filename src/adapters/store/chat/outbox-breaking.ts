import type { PartContent } from '../../../digest/delivery/part-content.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import type { EndedSlot } from './end-slot.js';

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
