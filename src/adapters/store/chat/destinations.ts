import { sql } from 'kysely';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import {
  type Destination,
  type DestinationChange,
  type DueRow,
  readSchedule,
  toDestination,
} from './destination.js';
import { type Forgotten, forget } from './forget.js';

export type Destinations = ReturnType<typeof createDestinations>;

/** The table of channels and persons. */
export function createDestinations(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  const ofId = (on: Db, v: { id: number }) =>
    on.selectFrom('destination').selectAll().where('id', '=', v.id).execute();
  const ofIds = (on: Db, ids: Iterable<number>) =>
    on.selectFrom('destination').selectAll().where('id', 'in', setOf(on, ids)).execute();
  const due = (on: Db) =>
    on
      .selectFrom('destination')
      .select(['id', 'schedule', 'last_due'])
      .where('state', '=', 'active')
      .where('schedule', 'is not', null)
      .orderBy('id')
      .execute();
  const at = ({ platform, tenant, address }: Pick<Address, 'platform' | 'tenant' | 'address'>) =>
    db
      .selectFrom('destination')
      .selectAll()
      .where('platform', '=', platform)
      .where('tenant', '=', tenant)
      .where('address', '=', address);

  const byAddress = async (address: Pick<Address, 'platform' | 'tenant' | 'address'>) => {
    const row = await at(address).executeTakeFirst();
    return row === undefined ? null : toDestination(row);
  };

  return {
    byAddress,
    async byId(id: number): Promise<Destination | null> {
      const [row] = await ofId(db, { id });
      return row === undefined ? null : toDestination(row);
    },
    /** Those that are still here, by id. */
    async byIds(ids: readonly number[]): Promise<Destination[]> {
      const rows = ids.length === 0 ? [] : await ofIds(db, ids);
      return rows.map(toDestination).sort((a, b) => a.id - b.id);
    },
    /** The destination at an address; made with these settings, without a schedule, if there is none. `madeAt`: ISO UTC, now. */
    async ensure(address: Address, made: NewDestination): Promise<Destination> {
      await ensureDestination(db, address, made);
      return toDestination(await at(address).executeTakeFirstOrThrow());
    },
    /** Changes what is named; returns the destination as it is now, null if it is gone. `now`: ISO UTC. */
    async update(id: number, change: DestinationChange, now: string): Promise<Destination | null> {
      const [before] = await ofId(db, { id });
      if (before === undefined) return null;
      const isResumed = change.state === 'active' && before.state !== 'active';
      const begins = change.schedule !== undefined || isResumed;
      const set = {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.zone === undefined ? {} : { zone: change.zone }),
        ...(change.schedule === undefined
          ? {}
          : { schedule: change.schedule === null ? null : JSON.stringify(change.schedule) }),
        ...(change.empty === undefined ? {} : { empty: change.empty }),
        ...(change.silent === undefined ? {} : { silent: change.silent ? 1 : 0 }),
        ...(change.layout === undefined ? {} : { layout: JSON.stringify(change.layout) }),
        ...(change.state === undefined ? {} : { state: change.state }),
        // What arrived during a pause is left to the next digest.
        ...(isResumed ? { now_seq: await lastSeq(db) } : {}),
        ...(change.failedSlots === undefined ? {} : { failed_slots: change.failedSlots }),
        ...(change.setBy === undefined ? {} : { set_by: change.setBy }),
        ...(change.setByName === undefined ? {} : { set_by_name: change.setByName }),
        ...(change.lastDue === undefined ? (begins ? { last_due: now } : {}) : { last_due: change.lastDue }),
      };
      if (Object.keys(set).length > 0)
        await db.updateTable('destination').set(set).where('id', '=', id).execute();
      const [row] = await ofId(db, { id });
      return row === undefined ? null : toDestination(row);
    },
    /** All of them, or those of one platform, by id. */
    async all(platform?: string): Promise<Destination[]> {
      let query = db.selectFrom('destination').selectAll().orderBy('id');
      if (platform !== undefined) query = query.where('platform', '=', platform);
      return (await query.execute()).map(toDestination);
    },
    /** Those that a person of a tenant set up there, by id; null: in every tenant. */
    async setUpBy(platform: string, tenant: string | null, person: string): Promise<Destination[]> {
      let query = db
        .selectFrom('destination')
        .selectAll()
        .where('platform', '=', platform)
        .where('set_by', '=', person)
        .orderBy('id');
      if (tenant !== null) query = query.where('tenant', '=', tenant);
      return (await query.execute()).map(toDestination);
    },
    /** What may be due: the active ones that have a schedule. */
    async scheduled(): Promise<DueRow[]> {
      return (await due(db)).map((row) => ({
        id: row.id,
        lastDue: row.last_due,
        schedule: readSchedule(row.schedule ?? ''),
      }));
    },
    /** There was nothing to post immediately for them up to a seq, or nothing that was allowed. */
    async lookedAtOnce(ids: readonly number[], upTo: number): Promise<void> {
      if (ids.length === 0) return;
      await db
        .updateTable('destination')
        .set({ now_seq: upTo })
        .where('id', 'in', setOf(db, ids))
        .where('now_seq', '<', upTo)
        .execute();
    },
    /**
     * Removes a place, a person or a tenant with everything that depends on it, and a person's name from what they set up for others;
     * returns how many destinations that were.
     */
    forget: (whom: Forgotten): Promise<number> => inTransaction((on) => forget(on, whom)),
    /** A channel got another id (Slack does so when it becomes private or shared). Nothing happens if the new one already exists. */
    async rename(
      from: Pick<Address, 'platform' | 'tenant' | 'address'>,
      to: Pick<Address, 'tenant' | 'address'>,
    ): Promise<boolean> {
      const [before, after] = [await byAddress(from), await byAddress({ ...to, platform: from.platform })];
      if (before === null || after !== null) return false;
      await db
        .updateTable('destination')
        .set({ tenant: to.tenant, address: to.address })
        .where('id', '=', before.id)
        .execute();
      return true;
    },
  };
}

/** The newest seq up to which everything that arrived has been derived; 0 in an empty database. What comes after it is delivered later. */
export async function lastSeq(db: Db): Promise<number> {
  // In one statement: between two, another process may store mail that the first statement does not know to be pending.
  const { rows } = await sql<{ seq: number | null }>`
    select coalesce((select min(seq) - 1 from underived), (select max(seq) from copy)) as seq`.execute(db);
  return rows[0]?.seq ?? 0;
}

export type NewDestination = Pick<Destination, 'name' | 'zone' | 'setBy' | 'setByName' | 'madeAt'>;

/** Makes the destination at an address, without a schedule, if there is none. */
export async function ensureDestination(on: Db, address: Address, made: NewDestination): Promise<void> {
  await on
    .insertInto('destination')
    .values({
      platform: address.platform,
      tenant: address.tenant,
      address: address.address,
      kind: address.kind,
      name: made.name,
      zone: made.zone,
      schedule: null,
      empty: 'skip',
      silent: 0,
      state: 'active',
      // Earlier mail counts only as far as its follows reach back.
      cursor_seq: await lastSeq(on),
      last_due: made.madeAt,
      failed_slots: 0,
      set_by: made.setBy,
      set_by_name: made.setByName,
      made_at: made.madeAt,
    })
    .onConflict((c) => c.columns(['platform', 'tenant', 'address']).doNothing())
    .execute();
}
