import { type Snooze, snoozeEnds } from '../../../digest/plan/snooze.js';
import type { Db } from '../schema.js';
import type { Person } from './people.js';

export type Snoozes = ReturnType<typeof createSnoozes>;

/** The table of snoozed series of people and places; `Person` is a place too, by its address. */
export function createSnoozes(db: Db) {
  return {
    /** All of one, the newest first. */
    async of({ platform, tenant, address }: Person): Promise<Snooze[]> {
      const rows = await db
        .selectFrom('snooze')
        .selectAll()
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('address', '=', address)
        .orderBy('made_at', 'desc')
        .orderBy('message_key')
        .execute();
      return rows.map((row) => ({
        messageKey: row.message_key,
        title: row.title,
        // A kind that a newer version wrote ends only by its date.
        endsWith: snoozeEnds.find((one) => one === row.ends_with) ?? 'date',
        until: row.until,
        revisions: row.revisions,
        replies: row.replies,
      }));
    },
    /** Replaces one of the same revision. */
    async set({ platform, tenant, address }: Person, snooze: Snooze, now: string): Promise<void> {
      const values = {
        title: snooze.title,
        ends_with: snooze.endsWith,
        until: snooze.until,
        revisions: snooze.revisions,
        replies: snooze.replies,
        made_at: now,
      };
      await db
        .insertInto('snooze')
        .values({ platform, tenant, address, message_key: snooze.messageKey, ...values })
        .onConflict((c) => c.columns(['platform', 'tenant', 'address', 'message_key']).doUpdateSet(values))
        .execute();
    },
    async remove({ platform, tenant, address }: Person, messageKeys: readonly string[]): Promise<void> {
      for (const key of messageKeys)
        await db
          .deleteFrom('snooze')
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where('address', '=', address)
          .where('message_key', '=', key)
          .execute();
    },
  };
}
