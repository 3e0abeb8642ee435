import { sql } from 'kysely';
import type { Db } from './schema.js';
import { insertRows, ofSet, setOf } from './sets.js';

/** By which keys pull requests name the patches that they list, as sets. `message_id`: the request's first mail. */

/** Of each key the newest requests: everyone may send any number of them. */
const MOST_PULLS = 20;

export function pullsOfKeys(on: Db, keys: Iterable<number>) {
  return ofSet(on, keys, (set) =>
    on
      .selectFrom((e) =>
        e
          .selectFrom('pull_key')
          .select(['key', 'message_id'])
          .select(sql<number>`row_number() over (partition by key order by message_id desc)`.as('place'))
          .where('key', 'in', set)
          .as('found'),
      )
      .select(['key', 'message_id'])
      .where('place', '<=', MOST_PULLS)
      .execute(),
  );
}

export function keysOfPulls(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on.selectFrom('pull_key').select(['key', 'message_id']).where('message_id', 'in', set).execute(),
  );
}

/** The keys of some requests, in place of those that are stored for them and for `gone` ones. */
export async function setPullKeys(
  on: Db,
  gone: readonly number[],
  rows: readonly { readonly key: number; readonly message_id: number }[],
): Promise<void> {
  if (gone.length > 0) await on.deleteFrom('pull_key').where('message_id', 'in', setOf(on, gone)).execute();
  await insertRows(on, 'pull_key', { key: 'number', message_id: 'number' }, rows);
}
