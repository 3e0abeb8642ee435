import type { Selectable } from 'kysely';
import type { Address } from '../../../digest/ports/chat-platform.js';
import { type Schedule, scheduleSchema } from '../../../digest/schedule/types.js';
import type { Db } from '../schema.js';
import { statement, statementIn } from '../statement.js';
import type { DestinationTable } from './chat-schema.js';

/** A channel or a person, with when and how it gets its digests. */
export interface Destination extends Address {
  readonly id: number;
  /** `#kvm`; '' where the platform does not tell. */
  readonly name: string;
  /** IANA. */
  readonly zone: string;
  /** null: digests only when asked for. */
  readonly schedule: Schedule | null;
  /** What an empty digest does: nothing, or one line. */
  readonly empty: 'skip' | 'say';
  readonly silent: boolean;
  /** `broken`: three slots in a row were refused; a person has to mend it. */
  readonly state: 'active' | 'paused' | 'broken';
  /** Everything up to this seq was looked at for a slot. */
  readonly cursorSeq: number;
  /** How many digests were planned. */
  readonly plans: number;
  /** ISO UTC: slots at or before it are past. */
  readonly lastDue: string;
  /** Slots in a row whose first part was refused. */
  readonly failedSlots: number;
  readonly setBy: string;
  readonly setByName: string;
  readonly madeAt: string;
}

/** What somebody may change of a destination. A new schedule, and the end of a pause, begin at `now`: no slot of the past fires. */
export interface DestinationChange {
  readonly name?: string;
  readonly zone?: string;
  readonly schedule?: Schedule | null;
  readonly empty?: Destination['empty'];
  readonly silent?: boolean;
  readonly state?: Destination['state'];
  readonly failedSlots?: number;
  readonly setBy?: string;
  readonly setByName?: string;
  /** For putting back what an undo keeps; else it follows from the rest. */
  readonly lastDue?: string;
}

/** Whom to forget: without `address` a whole tenant. */
export interface Forgotten {
  readonly platform: string;
  readonly tenant: string;
  readonly address?: string;
}

/** The little that tells whether a slot is due. */
export type DueRow = Pick<Destination, 'id' | 'lastDue'> & { readonly schedule: Schedule };

const parsedSchedules = new Map<string, Schedule>();

/** Stored schedules are few and asked for once a minute; checking a zone takes longer than all the rest. */
export function readSchedule(document: string): Schedule {
  let schedule = parsedSchedules.get(document);
  if (schedule === undefined) {
    schedule = scheduleSchema.parse(JSON.parse(document));
    if (parsedSchedules.size >= 10_000) parsedSchedules.clear();
    parsedSchedules.set(document, schedule);
  }
  return schedule;
}

type Row = Selectable<DestinationTable>;

function toDestination(row: Row): Destination {
  return {
    id: row.id,
    platform: row.platform as Address['platform'],
    tenant: row.tenant,
    address: row.address,
    kind: row.kind,
    name: row.name,
    zone: row.zone,
    schedule: row.schedule === null ? null : readSchedule(row.schedule),
    empty: row.empty,
    silent: row.silent === 1,
    state: row.state,
    cursorSeq: row.cursor_seq,
    plans: row.plans,
    lastDue: row.last_due,
    failedSlots: row.failed_slots,
    setBy: row.set_by,
    setByName: row.set_by_name,
    madeAt: row.made_at,
  };
}

export type Destinations = ReturnType<typeof createDestinations>;

/** The table of channels and persons. */
export function createDestinations(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  const ofId = statement<{ id: number }>()((v) =>
    db.selectFrom('destination').selectAll().where('id', '=', v.id),
  );
  const ofIds = statementIn((ids: number[]) =>
    db.selectFrom('destination').selectAll().where('id', 'in', ids),
  );
  const due = statement<object>()(() =>
    db
      .selectFrom('destination')
      .select(['id', 'schedule', 'last_due'])
      .where('state', '=', 'active')
      .where('schedule', 'is not', null)
      .orderBy('id'),
  );
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
    /** The destination at an address; made with these settings, without a schedule, where there is none. `madeAt`: ISO UTC, now. */
    async ensure(
      address: Address,
      made: Pick<Destination, 'name' | 'zone' | 'setBy' | 'setByName' | 'madeAt'>,
    ): Promise<Destination> {
      await db
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
          // What was here before counts only as far as its follows reach back.
          cursor_seq: await lastSeq(db),
          last_due: made.madeAt,
          failed_slots: 0,
          set_by: made.setBy,
          set_by_name: made.setByName,
          made_at: made.madeAt,
        })
        .onConflict((c) => c.columns(['platform', 'tenant', 'address']).doNothing())
        .execute();
      return toDestination(await at(address).executeTakeFirstOrThrow());
    },
    /** Changes what is named; answers with the destination as it is now, null where it is gone. `now`: ISO UTC. */
    async update(id: number, change: DestinationChange, now: string): Promise<Destination | null> {
      const [before] = await ofId(db, { id });
      if (before === undefined) return null;
      const begins =
        change.schedule !== undefined || (change.state === 'active' && before.state !== 'active');
      const set = {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.zone === undefined ? {} : { zone: change.zone }),
        ...(change.schedule === undefined
          ? {}
          : { schedule: change.schedule === null ? null : JSON.stringify(change.schedule) }),
        ...(change.empty === undefined ? {} : { empty: change.empty }),
        ...(change.silent === undefined ? {} : { silent: change.silent ? 1 : 0 }),
        ...(change.state === undefined ? {} : { state: change.state }),
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
    /** Those that a person set up, by id. */
    async setUpBy(platform: string, person: string): Promise<Destination[]> {
      const rows = await db
        .selectFrom('destination')
        .selectAll()
        .where('platform', '=', platform)
        .where('set_by', '=', person)
        .orderBy('id')
        .execute();
      return rows.map(toDestination);
    },
    /** What may be due: the active ones that have a schedule. */
    async scheduled(): Promise<DueRow[]> {
      return (await due(db, {})).map((row) => ({
        id: row.id,
        lastDue: row.last_due,
        schedule: readSchedule(row.schedule ?? ''),
      }));
    },
    /**
     * Removes a place, a person or a tenant with all that hangs on it, and a person's name from what they set up for others; answers with
     * how many destinations that were.
     */
    forget: ({ platform, tenant, address }: Forgotten): Promise<number> =>
      inTransaction(async (on) => {
        let gone = on.deleteFrom('destination').where('platform', '=', platform).where('tenant', '=', tenant);
        if (address !== undefined) gone = gone.where('address', '=', address);
        const rows = await gone.returning('id').execute();
        if (address !== undefined) await withoutName(on, { platform, tenant, address });
        else
          await on
            .deleteFrom('installation')
            .where('platform', '=', platform)
            .where('tenant', '=', tenant)
            .execute();
        return rows.length;
      }),
    /** A channel got another id (Slack does so when it becomes private or shared). Nothing happens where the new one is here already. */
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
  // What an undo keeps for ten minutes holds names as well.
  await on.deleteFrom('undo').where('made_by', '=', address).where('destination_id', 'in', places).execute();
  await on
    .updateTable('destination')
    .set({ set_by: '', set_by_name: '' })
    .where('set_by', '=', address)
    .where('id', 'in', places)
    .execute();
}

/** The newest seq; 0 in an empty database. */
export async function lastSeq(db: Db): Promise<number> {
  const row = await db.selectFrom('copy').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}
