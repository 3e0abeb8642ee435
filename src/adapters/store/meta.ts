import type { Db } from './schema.js';
import { statement } from './statement.js';

/** Small values by name. */
export function metaStatements(db: Db) {
  const readMeta = statement<{ name: string }>()((v) =>
    db.selectFrom('meta').select('value').where('name', '=', v.name),
  );
  const writeMeta = statement<{ name: string; value: string }>()((v) =>
    db
      .insertInto('meta')
      .values({ name: v.name, value: v.value })
      .onConflict((c) => c.column('name').doUpdateSet({ value: v.value })),
  );
  const removeMeta = statement<{ name: string }>()((v) => db.deleteFrom('meta').where('name', '=', v.name));
  return { readMeta, writeMeta, removeMeta };
}
