import type { Selectable } from 'kysely';
import { DEFAULT_LAYOUT, type Layout, layoutSchema } from '../../../digest/plan/layout.js';
import type { Address } from '../../../digest/ports/address.js';
import { type Schedule, scheduleSchema } from '../../../digest/schedule/schedule.js';
import type { DestinationTable } from './chat-schema.js';

/** A channel or a person, with when and how it gets its digests. */
export interface Destination extends Address {
  readonly id: number;
  /** `#kvm`; '' if the platform does not tell. */
  readonly name: string;
  /** IANA. */
  readonly zone: string;
  /** null: digests only on request. */
  readonly schedule: Schedule | null;
  /** What an empty digest does: nothing, or one line. */
  readonly empty: 'skip' | 'say';
  readonly silent: boolean;
  readonly layout: Layout;
  /** `broken`: three slots in a row were refused; a person has to fix it. */
  readonly state: 'active' | 'paused' | 'broken';
  /** Everything up to this seq was considered for a slot. */
  readonly cursorSeq: number;
  /** The same for immediate posts. */
  readonly nowSeq: number;
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

/** What someone may change of a destination. A new schedule, and the end of a pause, begin at `now`: no past slot fires. */
export interface DestinationChange {
  readonly name?: string;
  readonly zone?: string;
  readonly schedule?: Schedule | null;
  readonly empty?: Destination['empty'];
  readonly silent?: boolean;
  readonly layout?: Layout;
  readonly state?: Destination['state'];
  readonly failedSlots?: number;
  readonly setBy?: string;
  readonly setByName?: string;
  /** For putting back what an undo keeps; else it follows from the rest. */
  readonly lastDue?: string;
}

/** What is needed to know whether a slot is due. */
export type DueRow = Pick<Destination, 'id' | 'lastDue'> & { readonly schedule: Schedule };

const parsedSchedules = new Map<string, Schedule>();

/** Stored schedules are few and read once a minute; checking a zone takes longer than all the rest. */
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

/** Where a row's messages go. */
export function addressOf(row: Pick<Row, 'platform' | 'tenant' | 'address' | 'kind'>): Address {
  const { tenant, address, kind } = row;
  return { platform: row.platform as Address['platform'], tenant, address, kind };
}

export function toDestination(row: Row): Destination {
  return {
    id: row.id,
    ...addressOf(row),
    name: row.name,
    zone: row.zone,
    schedule: row.schedule === null ? null : readSchedule(row.schedule),
    empty: row.empty,
    silent: row.silent === 1,
    layout: row.layout === '{}' ? DEFAULT_LAYOUT : layoutSchema.parse(JSON.parse(row.layout)),
    state: row.state,
    cursorSeq: row.cursor_seq,
    nowSeq: row.now_seq,
    plans: row.plans,
    lastDue: row.last_due,
    failedSlots: row.failed_slots,
    setBy: row.set_by,
    setByName: row.set_by_name,
    madeAt: row.made_at,
  };
}
