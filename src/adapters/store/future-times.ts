import { sql } from 'kysely';
import { toIso } from '../../digest/time/iso.js';
import type { SlotTable } from './chat/chat-schema.js';
import { postKey } from './chat/plan-slot.js';
import { seqBefore } from './chat/seq-before.js';
import { RETENTION_MARK, retentionBefore } from './retention.js';
import type { Db } from './schema.js';

/** What a look for times in the future found and corrected. */
export interface CorrectedTimes {
  /** Rows, by `table.column`; only columns that had any. */
  readonly corrected: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Mail was received after `now`: it is our clock that is behind, and nothing was corrected. */
  readonly behind: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Clocks are set back by seconds every day; the times of so short a step pass by themselves. */
export const CLOCK_TOLERANCE_MS = 2 * MINUTE_MS;
/** Longest lease, see delivery.ts. A request of this process may be under way: its lease is cut to a whole one, never ended. */
const LEASE_MS = 2 * MINUTE_MS;
/** The longest wait of a failed try (retryDelayMs, an hour and half as much again). */
const RETRY_MS = 90 * MINUTE_MS;
/** What is unclear is looked for during a week. When a try under a wrong clock really was is unknown: the chat is searched that far back. */
const SEARCHED_MS = 7 * DAY_MS;

const IS_OPEN = "state in ('waiting', 'sending', 'unclear')";

/**
 * Every column that holds a time by our own clock, and how far in the future such a time may lie. Beyond that a wrong clock wrote it.
 * `to`: what it becomes, relative to now; the bound itself by default. Not in here: times of mail (`received`, `date`, `updated`,
 * `source_received`, `tracker_evidence.at`), which others wrote, and times inside documents, which record what was shown.
 */
const COLUMNS: readonly {
  readonly table: string;
  readonly column: string;
  readonly aheadMs: number;
  readonly toMs?: number;
  readonly where?: string;
}[] = [
  { table: 'destination', column: 'last_due', aheadMs: 0 },
  { table: 'destination', column: 'made_at', aheadMs: 0 },
  { table: 'follow', column: 'made_at', aheadMs: 0 },
  { table: 'mute', column: 'made_at', aheadMs: 0 },
  { table: 'person_address', column: 'made_at', aheadMs: 0 },
  { table: 'snooze', column: 'made_at', aheadMs: 0 },
  // A slot lasts until the next one, a day at most.
  { table: 'slot', column: 'stale_at', aheadMs: DAY_MS },
  { table: 'slot', column: 'made_at', aheadMs: 0 },
  { table: 'slot', column: 'ended_at', aheadMs: 0 },
  { table: 'outbox', column: 'not_before', aheadMs: RETRY_MS, toMs: 0 },
  { table: 'outbox', column: 'lease_until', aheadMs: LEASE_MS },
  { table: 'outbox', column: 'first_tried_at', aheadMs: 0, toMs: -SEARCHED_MS, where: IS_OPEN },
  { table: 'outbox', column: 'sent_at', aheadMs: 0 },
  { table: 'ledger', column: 'at', aheadMs: 0 },
  { table: 'mention', column: 'at', aheadMs: 0 },
  // An undo is kept for ten minutes.
  { table: 'undo', column: 'expires_at', aheadMs: 10 * MINUTE_MS },
  { table: 'seen_event', column: 'at', aheadMs: 0 },
  { table: 'installation', column: 'made_at', aheadMs: 0 },
  { table: 'correction', column: 'made_at', aheadMs: 0 },
  { table: 'source', column: 'last_attempt', aheadMs: 0 },
  { table: 'source', column: 'last_success', aheadMs: 0 },
  { table: 'source', column: 'last_mail', aheadMs: 0 },
  // A source may ask for a day, see bot/sources/follow-sources.ts.
  { table: 'source', column: 'next_attempt', aheadMs: DAY_MS + MINUTE_MS, toMs: 0 },
  { table: 'source', column: 'error_at', aheadMs: 0 },
  { table: 'source', column: 'audited_at', aheadMs: 0 },
  { table: 'quarantine', column: 'at', aheadMs: 0 },
  { table: 'suspect', column: 'since', aheadMs: 0 },
  { table: 'underived', column: 'marked_at', aheadMs: 0 },
  { table: 'derive_failure', column: 'failed_at', aheadMs: 0 },
  { table: 'model_answer', column: 'answered_at', aheadMs: 0 },
  { table: 'written_summary', column: 'not_before', aheadMs: RETRY_MS, toMs: 0 },
  { table: 'written_summary', column: 'wanted_at', aheadMs: 0 },
  { table: 'meta', column: 'value', aheadMs: 0, where: "name = 'last ingest'" },
];

/** Columns that this file looks after, for the test that finds a new one. */
export const correctedColumns: readonly string[] = [
  ...COLUMNS.map(({ table, column }) => `${table}.${column}`),
  'follow.reaches_back_to',
  'slot.due',
  'copy.arrived_at',
  'source_day.day',
  'model_use.day',
];

/**
 * Corrects times of our own that lie in the future, left behind by a clock that was once ahead: else they silence what waits for them until
 * that date. `nowMs` must be right: where newer mail says that it is not, nothing is touched. In a transaction; doing it twice changes nothing.
 */
export async function correctFutureTimes(on: Db, nowMs: number): Promise<CorrectedTimes> {
  if (await isBehind(on, nowMs)) return { corrected: {}, rows: 0, behind: true };
  const corrected: Record<string, number> = {};
  const note = (name: string, rows: number): void => {
    if (rows > 0) corrected[name] = rows;
  };
  // First those that go by what another column says.
  note('source.cursor', await forgetCursors(on, nowMs));
  note('follow.reaches_back_to', await correctReaches(on, nowMs));
  note('copy.arrived_at', await correctArrivals(on, nowMs));
  note('slot.due', await correctSlots(on, nowMs));
  note('source_day.day', await correctDays(on, nowMs));
  note('model_use.day', await forgetFutureUse(on, nowMs));
  for (const { table, column, aheadMs, toMs = aheadMs, where } of COLUMNS) {
    const name = sql.ref(column);
    const result = await sql`
      update ${sql.table(table)} set ${name} = ${toIso(nowMs + toMs)}
      where ${name} > ${toIso(nowMs + aheadMs + CLOCK_TOLERANCE_MS)}
      ${where === undefined ? sql`` : sql`and ${sql.raw(where)}`}`.execute(on);
    note(`${table}.${column}`, Number(result.numAffectedRows ?? 0));
  }
  note('meta.retention', await forgetRetention(on, nowMs));
  return { corrected, rows: Object.values(corrected).reduce((sum, rows) => sum + rows, 0), behind: false };
}

/** How many of the latest mails are used; their median counts, because a single one may have any time. */
const MAILS_CHECKED = 100;

/** Whether most of the mail that came last was received a day and more after `nowMs`. */
async function isBehind(on: Db, nowMs: number): Promise<boolean> {
  const rows = await on
    .selectFrom('copy')
    .select('received')
    .where('received', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(MAILS_CHECKED)
    .execute();
  const middle = rows.map(({ received }) => received ?? '').sort()[Math.floor(rows.length / 2)];
  return middle !== undefined && middle > toIso(nowMs + DAY_MS);
}

function limitOf(nowMs: number): string {
  return toIso(nowMs + CLOCK_TOLERANCE_MS);
}

/**
 * Mail that arrived under a wrong clock seemed to come late, or to be still on its way, and was passed over: every place looks at it again.
 * The ledger keeps what was delivered from being delivered twice.
 */
async function correctArrivals(on: Db, nowMs: number): Promise<number> {
  const row = await on
    .selectFrom('copy')
    .select((e) => e.fn.min<number | null>('seq').as('first'))
    .where('arrived_at', '>', limitOf(nowMs))
    .executeTakeFirst();
  const first = row?.first ?? null;
  if (first === null) return 0;
  const result = await on
    .updateTable('copy')
    .set({ arrived_at: toIso(nowMs) })
    .where('seq', '>=', first)
    .where('arrived_at', '>', limitOf(nowMs))
    .executeTakeFirst();
  await on
    .updateTable('destination')
    .set({ cursor_seq: first - 1 })
    .where('cursor_seq', '>=', first)
    .execute();
  return Number(result.numUpdatedRows);
}

/** The first follows of a place reach back a day from when they were made, and its cursor with them. */
async function correctReaches(on: Db, nowMs: number): Promise<number> {
  const reach = toIso(nowMs - DAY_MS);
  const rows = await on
    .updateTable('follow')
    .set({ reaches_back_to: reach })
    .where('reaches_back_to', '>', toIso(nowMs - DAY_MS + CLOCK_TOLERANCE_MS))
    .returning('destination_id')
    .execute();
  if (rows.length === 0) return 0;
  const before = await seqBefore(on, reach);
  for (const id of new Set(rows.map((row) => row.destination_id)))
    await on
      .updateTable('destination')
      .set({ cursor_seq: before })
      .where('id', '=', id)
      .where('cursor_seq', '>', before)
      .execute();
  return rows.length;
}

/**
 * Slots that were due in the future get a moment before now, and their messages the names that go with it: the same slot must be free when it
 * really comes. One with a message that may have been posted in the chat under its name waits until that is known.
 */
async function correctSlots(on: Db, nowMs: number): Promise<number> {
  const slots = await on
    .selectFrom('slot')
    .innerJoin('destination', 'destination.id', 'slot.destination_id')
    .select(['slot.id', 'slot.kind', 'slot.destination_id', 'platform', 'tenant', 'address'])
    .where('slot.due', '>', limitOf(nowMs))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('outbox')
            .select('outbox.id')
            .whereRef('outbox.slot_id', '=', 'slot.id')
            .where('outbox.state', 'in', ['sending', 'unclear']),
        ),
      ),
    )
    .orderBy('slot.due', 'desc')
    .execute();
  for (const slot of slots) {
    const due = await freeMoment(on, slot, nowMs);
    await on.updateTable('slot').set({ due }).where('id', '=', slot.id).execute();
    const parts = await on
      .selectFrom('outbox')
      .select(['id', 'part'])
      .where('slot_id', '=', slot.id)
      .execute();
    for (const { id, part } of parts)
      await on
        .updateTable('outbox')
        .set({ post_key: postKey(slot, slot.kind, due, part) })
        .where('id', '=', id)
        .execute();
  }
  return slots.length;
}

/** The latest second up to now at which the destination has no slot of that kind. */
async function freeMoment(
  on: Db,
  slot: { readonly destination_id: number; readonly kind: SlotTable['kind'] },
  nowMs: number,
): Promise<string> {
  for (let ms = nowMs; ; ms -= 1000) {
    const taken = await on
      .selectFrom('slot')
      .select('id')
      .where('destination_id', '=', slot.destination_id)
      .where('kind', '=', slot.kind)
      .where('due', '=', toIso(ms))
      .executeTakeFirst();
    if (taken === undefined) return toIso(ms);
  }
}

/**
 * A source that was never read but under the wrong clock began at a moment in the future, and would find nothing before that: it is read
 * from its beginning again, and nothing is stored twice.
 */
async function forgetCursors(on: Db, nowMs: number): Promise<number> {
  const result = await on
    .updateTable('source')
    .set({ cursor: null })
    .where('cursor', 'is not', null)
    .where('last_attempt', '>', limitOf(nowMs))
    .where((e) => e.or([e('last_mail', 'is', null), e('last_mail', '>', limitOf(nowMs))]))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Mails that were counted for a day to come are today's. */
async function correctDays(on: Db, nowMs: number): Promise<number> {
  const today = toIso(nowMs).slice(0, 10);
  // Tomorrow is within the tolerance just before midnight.
  const last = limitOf(nowMs).slice(0, 10);
  const rows = await on.deleteFrom('source_day').where('day', '>', last).returningAll().execute();
  for (const { name, mails } of rows)
    await on
      .insertInto('source_day')
      .values({ name, day: today, mails })
      .onConflict((c) =>
        c.columns(['name', 'day']).doUpdateSet({ mails: sql`source_day.mails + excluded.mails` }),
      )
      .execute();
  return rows.length;
}

/** A future day's budget of the language model is not spent yet. */
async function forgetFutureUse(on: Db, nowMs: number): Promise<number> {
  const last = limitOf(nowMs).slice(0, 10);
  const result = await on.deleteFrom('model_use').where('day', '>', last).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** How far bodies were dropped: a mark in the future would keep all that grow old until then. */
async function forgetRetention(on: Db, nowMs: number): Promise<number> {
  const before = retentionBefore(
    (await on.selectFrom('meta').select('value').where('name', '=', RETENTION_MARK).executeTakeFirst())
      ?.value,
  );
  if (before === null || before <= limitOf(nowMs)) return 0;
  await on.deleteFrom('meta').where('name', '=', RETENTION_MARK).execute();
  return 1;
}
