import type { Db } from '../schema.js';

/** A series that a place wants to see nothing of. */
export interface Mute {
  /** Message.id of the revision that was named. */
  readonly messageKey: string;
  readonly title: string;
  readonly madeBy: string;
  readonly madeByName: string;
  /** ISO UTC. */
  readonly madeAt: string;
}

export type Mutes = ReturnType<typeof createMutes>;

/** The table of what destinations mute. */
export function createMutes(db: Db) {
  return {
    /** All of a destination, the newest first. */
    async of(destination: number): Promise<Mute[]> {
      const rows = await db
        .selectFrom('mute')
        .selectAll()
        .where('destination_id', '=', destination)
        .orderBy('made_at', 'desc')
        .orderBy('message_key')
        .execute();
      return rows.map((row) => ({
        messageKey: row.message_key,
        title: row.title,
        madeBy: row.made_by,
        madeByName: row.made_by_name,
        madeAt: row.made_at,
      }));
    },
    /** Message.ids of revisions whose series are muted there. */
    async keys(destination: number): Promise<Set<string>> {
      const rows = await db
        .selectFrom('mute')
        .select('message_key')
        .where('destination_id', '=', destination)
        .execute();
      return new Set(rows.map((row) => row.message_key));
    },
    /** An existing one stays unchanged. */
    async add(destination: number, { messageKey, title, madeBy, madeByName, madeAt }: Mute): Promise<void> {
      await db
        .insertInto('mute')
        .values({
          destination_id: destination,
          message_key: messageKey,
          title,
          made_by: madeBy,
          made_by_name: madeByName,
          made_at: madeAt,
        })
        .onConflict((c) => c.columns(['destination_id', 'message_key']).doNothing())
        .execute();
    },
    async remove(destination: number, messageKeys: readonly string[]): Promise<void> {
      for (const key of messageKeys)
        await db
          .deleteFrom('mute')
          .where('destination_id', '=', destination)
          .where('message_key', '=', key)
          .execute();
    },
  };
}
