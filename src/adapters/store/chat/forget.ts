import type { Db } from '../schema.js';

/** Whom to forget: without `address` a whole tenant. */
export interface Forgotten {
  readonly platform: string;
  readonly tenant: string;
  readonly address?: string;
}

/** Removes destinations with everything that depends on them; returns how many. In a transaction. */
export async function forget(on: Db, { platform, tenant, address }: Forgotten): Promise<number> {
  let gone = on.deleteFrom('destination').where('platform', '=', platform).where('tenant', '=', tenant);
  if (address !== undefined) gone = gone.where('address', '=', address);
  const rows = await gone.returning('id').execute();
  for (const table of ['person_address', 'snooze'] as const) {
    const own = on.deleteFrom(table).where('platform', '=', platform).where('tenant', '=', tenant);
    await (address === undefined ? own : own.where('address', '=', address)).execute();
  }
  if (address !== undefined) await withoutName(on, { platform, tenant, address });
  else
    await on
      .deleteFrom('installation')
      .where('platform', '=', platform)
      .where('tenant', '=', tenant)
      .execute();
  return rows.length;
}

/** Takes a person's id and name off what they set up in channels. On Discord (tenant `dm`) a person is the same in every server. */
async function withoutName(on: Db, { platform, tenant, address }: Required<Forgotten>): Promise<void> {
  let places = on.selectFrom('destination').select('id').where('platform', '=', platform);
  if (tenant !== 'dm') places = places.where('tenant', '=', tenant);
  await on
    .updateTable('follow')
    .set({ made_by: '', made_by_name: '' })
    .where('made_by', '=', address)
    .where('destination_id', 'in', places)
    .execute();
  await on
    .updateTable('mute')
    .set({ made_by: '', made_by_name: '' })
    .where('made_by', '=', address)
    .where('destination_id', 'in', places)
    .execute();
  // What an undo keeps for ten minutes holds names as well.
  await on.deleteFrom('undo').where('made_by', '=', address).where('destination_id', 'in', places).execute();
  await on
    .updateTable('destination')
    .set({ set_by: '', set_by_name: '' })
    .where('set_by', '=', address)
    .where('id', 'in', places)
    .execute();
}
