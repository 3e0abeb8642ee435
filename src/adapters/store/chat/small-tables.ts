import { anchorOf } from '../../../digest/view/item-menu.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';

/** The state before a change, for ten minutes. */
export interface KeptUndo {
  readonly id: string;
  readonly destinationId: number;
  /** JSON, the commands' own. */
  readonly document: string;
  readonly madeBy: string;
  /** ISO UTC. */
  readonly expiresAt: string;
}

/** Undo: kept until it is taken, once. */
export function createUndo(db: Db) {
  return {
    async keep(undo: KeptUndo): Promise<void> {
      await db
        .insertInto('undo')
        .values({
          id: undo.id,
          destination_id: undo.destinationId,
          document: undo.document,
          made_by: undo.madeBy,
          expires_at: undo.expiresAt,
        })
        .execute();
    },
    /** Takes it out: of two concurrent presses one gets it. null: unknown, taken or expired. Old ones are swept on the way. */
    async take(id: string, now: string): Promise<KeptUndo | null> {
      await db.deleteFrom('undo').where('expires_at', '<=', now).execute();
      const [row] = await db.deleteFrom('undo').where('id', '=', id).returningAll().execute();
      if (row === undefined) return null;
      return {
        id: row.id,
        destinationId: row.destination_id,
        document: row.document,
        madeBy: row.made_by,
        expiresAt: row.expires_at,
      };
    },
  };
}

/** The short name of a message, for the ids of buttons: 16 characters of base64url. Pure. */
/** Short names of messages, for ids that hold no whole Message-ID. */
export function createAnchors(db: Db) {
  const named = (on: Db, hashes: Iterable<string>) =>
    on.selectFrom('anchor').select('hash').where('hash', 'in', setOf(on, hashes)).execute();
  const anchors = async (messageKeys: readonly string[]): Promise<string[]> => {
    const byAnchor = new Map(messageKeys.map((key) => [anchorOf(key), key]));
    if (byAnchor.size === 0) return [];
    // Most exist already, and a write would wait for other writers.
    const there = new Set((await named(db, [...byAnchor.keys()])).map(({ hash }) => hash));
    const fresh = [...byAnchor].filter(([hash]) => !there.has(hash));
    for (let from = 0; from < fresh.length; from += 500)
      await db
        .insertInto('anchor')
        .values(fresh.slice(from, from + 500).map(([hash, key]) => ({ hash, message_key: key })))
        .onConflict((c) => c.column('hash').doNothing())
        .execute();
    return messageKeys.map(anchorOf);
  };
  return {
    /** Names messages (Message.id), each in its place, and remembers them. */
    anchors,
    /** Names one. */
    anchor: async (messageKey: string): Promise<string> => (await anchors([messageKey]))[0] ?? '',
    /** Message.id; null if there is none with that name. */
    async resolve(hash: string): Promise<string | null> {
      const row = await db
        .selectFrom('anchor')
        .select('message_key')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row?.message_key ?? null;
    },
  };
}

/** Events of platforms that were seen: they send some twice. */
export function createSeenEvents(db: Db) {
  return {
    /** True the first time. */
    async first(platform: string, event: string, now: string): Promise<boolean> {
      const rows = await db
        .insertInto('seen_event')
        .values({ platform, event, at: now })
        .onConflict((c) => c.columns(['platform', 'event']).doNothing())
        .returning('event')
        .execute();
      return rows.length > 0;
    },
    /** It may be delivered again: handling it failed. */
    async forget(platform: string, event: string): Promise<void> {
      await db.deleteFrom('seen_event').where('platform', '=', platform).where('event', '=', event).execute();
    },
    /** Drops those from before a moment (ISO UTC). */
    async sweep(before: string): Promise<void> {
      await db.deleteFrom('seen_event').where('at', '<', before).execute();
    },
  };
}

/** Where an app was installed, with its tokens: never logged. */
export interface Installation {
  readonly platform: string;
  readonly tenant: string;
  /** JSON, the platform's own. */
  readonly document: string;
  readonly madeAt: string;
}

export function createInstallations(db: Db) {
  const of = (platform: string, tenant: string) =>
    db
      .selectFrom('installation')
      .selectAll()
      .where('platform', '=', platform)
      .where('tenant', '=', tenant)
      .executeTakeFirst();
  return {
    async get(platform: string, tenant: string): Promise<Installation | null> {
      const row = await of(platform, tenant);
      return row === undefined ? null : { platform, tenant, document: row.document, madeAt: row.made_at };
    },
    /** The newer one is kept. */
    async put({ platform, tenant, document, madeAt }: Installation): Promise<void> {
      await db
        .insertInto('installation')
        .values({ platform, tenant, document, made_at: madeAt })
        .onConflict((c) => c.columns(['platform', 'tenant']).doUpdateSet({ document, made_at: madeAt }))
        .execute();
    },
    async remove(platform: string, tenant: string): Promise<void> {
      await db
        .deleteFrom('installation')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .execute();
    },
    async all(platform: string): Promise<Installation[]> {
      const rows = await db
        .selectFrom('installation')
        .selectAll()
        .where('platform', '=', platform)
        .orderBy('tenant')
        .execute();
      return rows.map((row) => ({
        platform: row.platform,
        tenant: row.tenant,
        document: row.document,
        madeAt: row.made_at,
      }));
    },
  };
}
