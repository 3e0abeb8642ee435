import type { Db } from './schema.js';
import { ofSet } from './sets.js';

/** When mails were received, ISO UTC, by Message.id; those that are not here, and those of an unknown time, are left out. */
export function createMailTimes(db: Db) {
  return async (ids: readonly string[]): Promise<Map<string, string>> => {
    const rows = await ofSet(db, ids, (keys) =>
      db.selectFrom('message').select(['key', 'received']).where('key', 'in', keys).execute(),
    );
    return new Map(
      rows.flatMap(({ key, received }) => (received === null ? [] : [[key, received] as const])),
    );
  };
}
