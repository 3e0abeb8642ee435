import type { Db } from './schema.js';

/** A small value by its name; null if there is none. */
export async function readMeta(on: Db, name: string): Promise<string | null> {
  const row = await on.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

export async function writeMeta(on: Db, name: string, value: string): Promise<void> {
  await on
    .insertInto('meta')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}

export async function removeMeta(on: Db, name: string): Promise<void> {
  await on.deleteFrom('meta').where('name', '=', name).execute();
}
