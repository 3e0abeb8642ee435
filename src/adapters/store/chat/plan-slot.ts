import { createHash } from 'node:crypto';
import type { Digest } from '../../../digest/plan/digest.js';
import { messageIdsOf } from '../../../digest/plan/digest-units.js';
import type { PartContent } from '../../../digest/plan/part-content.js';
import type { Db } from '../schema.js';
import type { SlotTable } from './chat-schema.js';
import { reopenDetails } from './late-details.js';
import type { Ledger, PartReport } from './ledger.js';
import { createAnchors } from './small-tables.js';
import { openThread } from './threads.js';
import { type Waiting, waitingRow } from './waiting-row.js';

/** A message of a digest, with what counts as delivered once it is posted. */
interface PlannedPart extends PartReport {
  readonly content: PartContent;
  /** For an immediate post: the series' thread. Absent: part of a digest, which goes under the headline. */
  readonly thread?: SeriesThread;
}

/** Where news of a series goes: under the message (outbox.id) that represents it, or it becomes that message. */
interface SeriesThread {
  readonly under: number | null;
  /** RevisionRecord.id of what it names. */
  readonly opensFor: string;
}

/** Everything that happens when a slot is planned, all or nothing. */
export interface PlannedSlot {
  readonly destination: {
    readonly id: number;
    readonly platform: string;
    readonly tenant: string;
    readonly address: string;
    /** As they were when the digest was planned: a slot that another process planned meanwhile is left alone. */
    readonly cursorSeq: number;
    readonly nowSeq: number;
    readonly plans: number;
    readonly lastDue: string;
  };
  readonly kind: SlotTable['kind'];
  /** ISO UTC. */
  readonly due: string;
  /** After this no more of it is sent. */
  readonly staleAt: string;
  /** With everything that the parts leave out, for `/digest last`. */
  readonly digest: Digest;
  /** Each headline before the details that go under it; none for an empty digest that is skipped. */
  readonly parts: readonly PlannedPart[];
  /** Where the destination continues: its cursor, or the one for immediate posts. */
  readonly cursorSeq: number;
  /** Where the search for what goes stale starts; absent: the destination's cursor. */
  readonly fromSeq?: number;
  /** Events up to this seq are reported. */
  readonly upTo: number;
  /** ISO UTC. */
  readonly now: string;
}

/**
 * Post.key of a part: 22 characters of base64url. It depends on the message and not on this database, so that a database restored from a
 * backup gives the same message the same key.
 */
export function postKey(
  { platform, tenant, address }: { platform: string; tenant: string; address: string },
  kind: SlotTable['kind'],
  due: string,
  part: number,
): string {
  const text = JSON.stringify([platform, tenant, address, kind, due, part]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Everything that planning needs from the database. */
const statements = {
  claim: (
    on: Db,
    v: {
      id: number;
      cursor: number;
      nowSeq: number;
      plans: number;
      due: string;
      next: number;
      nextNowSeq: number;
      nextPlans: number;
      nextDue: string;
    },
  ) =>
    on
      .updateTable('destination')
      .set({ cursor_seq: v.next, now_seq: v.nextNowSeq, plans: v.nextPlans, last_due: v.nextDue })
      .where('id', '=', v.id)
      .where('cursor_seq', '=', v.cursor)
      .where('now_seq', '=', v.nowSeq)
      .where('plans', '=', v.plans)
      .where('last_due', '=', v.due)
      .returning(['id', 'state'])
      .execute(),
  addSlot: (on: Db, v: Omit<SlotTable, 'id' | 'problem'>) =>
    on
      .insertInto('slot')
      .values({
        destination_id: v.destination_id,
        due: v.due,
        kind: v.kind,
        state: v.state,
        digest: v.digest,
        from_seq: v.from_seq,
        stale_at: v.stale_at,
        made_at: v.made_at,
        ended_at: v.ended_at,
        problem: null,
      })
      .onConflict((c) => c.columns(['destination_id', 'due', 'kind']).doNothing())
      .returning('id')
      .execute(),
  addPart: (on: Db, v: Waiting) => on.insertInto('outbox').values(waitingRow(v)).returning('id').execute(),
};

/** Ends the transaction without a trace: what was done in it so far must not be kept. */
class LostRace extends Error {}

/** Plans a slot in a transaction; null if another process was faster. Throws LostRace if that shows only after something was written. */
export async function planSlot(
  on: Db,
  ledger: Ledger,
  { destination, kind, due, parts, now, ...planned }: PlannedSlot,
): Promise<number | null> {
  const [claimed] = await statements.claim(on, {
    id: destination.id,
    cursor: destination.cursorSeq,
    nowSeq: destination.nowSeq,
    plans: destination.plans,
    nextPlans: destination.plans + 1,
    due: destination.lastDue,
    next: kind === 'now' ? destination.cursorSeq : planned.cursorSeq,
    nextNowSeq: kind === 'now' ? planned.cursorSeq : destination.nowSeq,
    nextDue: kind === 'scheduled' ? due : destination.lastDue,
  });
  if (claimed === undefined) return null;
  if (kind !== 'asked' && claimed.state !== 'active') throw new LostRace();
  const [slot] = await statements.addSlot(on, {
    destination_id: destination.id,
    due,
    kind,
    state: parts.length === 0 ? 'empty' : 'open',
    digest: JSON.stringify(planned.digest),
    from_seq: planned.fromSeq ?? destination.cursorSeq,
    stale_at: planned.staleAt,
    made_at: now,
    ended_at: parts.length === 0 ? now : null,
  });
  if (slot === undefined) throw new LostRace();
  // Its menus name the series of each message by these.
  if (parts.length > 0) await createAnchors(on).anchors(messageIdsOf(planned.digest.groups));
  if (kind !== 'now')
    await reopenDetails(on, {
      destinationId: destination.id,
      before: slot.id,
      staleAt: planned.staleAt,
      now,
    });
  let headline: number | null = null;
  for (const [at, part] of parts.entries()) {
    if (part.content.kind === 'headline') headline = null;
    const [row] = await statements.addPart(on, {
      slot: slot.id,
      destination: destination.id,
      part: at,
      under: part.thread === undefined ? headline : part.thread.under,
      key: postKey(destination, kind, due, at),
      content: JSON.stringify(part.content),
      now,
    });
    if (row === undefined) throw new Error(`part ${at} of a slot was not stored`);
    headline ??= row.id;
    if (part.thread?.under === null)
      await openThread(on, { destinationId: destination.id, key: part.thread.opensFor, outboxId: row.id });
    await ledger.write(on, {
      outboxId: row.id,
      destinationId: destination.id,
      messageKeys: part.messageKeys,
      mentions: part.mentions,
      upTo: planned.upTo,
      at: now,
    });
  }
  return slot.id;
}

/** Runs a plan; a lost race is a result, not a failure. */
export async function orLost<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof LostRace) return null;
    throw error;
  }
}
