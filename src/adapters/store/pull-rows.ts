import { sql } from 'kysely';
import type { Db } from './schema.js';
import { insertRows, ofSet, setOf } from './sets.js';

/** By which keys pull requests name the patches that they list, as sets. `message_id`: the request's first mail. */

/** Of each key the newest requests of one sender, and of them the oldest of all: everyone may send any number of them, and hides no one else's. */
const MOST_OF_SENDER = 3;
const MOST_PULLS = 200;

export function pullsOfKeys(on: Db, keys: Iterable<number>) {
  const bySender = sql<number>`row_number() over (partition by pull_key.key, message.author_email order by message.id desc)`;
  const byAge = sql<number>`row_number() over (partition by key order by message_id)`;
  return ofSet(on, keys, (set) =>
    on
      .selectFrom((e) =>
        e
          .selectFrom((own) =>
            own
              .selectFrom('pull_key')
              .innerJoin('message', 'message.id', 'pull_key.message_id')
              .select(['pull_key.key', 'pull_key.message_id', bySender.as('place')])
              .where('pull_key.key', 'in', set)
              .as('sent'),
          )
          .select(['key', 'message_id', byAge.as('place')])
          .where('place', '<=', MOST_OF_SENDER)
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
