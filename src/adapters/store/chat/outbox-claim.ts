import type { Expression, ExpressionBuilder, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { type PartContent, partContentSchema } from '../../../digest/plan/part-content.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import { engineSql } from '../engine/engine-sql.js';
import type { Db, Tables } from '../schema.js';
import type { OutboxTable } from './chat-schema.js';
import { addressOf } from './destination.js';

/** A message that was claimed: no one else sends it until the lease is over or it is settled. */
export interface ClaimedPart {
  readonly id: number;
  /** Null for a notice that belongs to no digest. */
  readonly slotId: number | null;
  readonly destinationId: number;
  readonly part: number;
  readonly postKey: string;
  readonly content: PartContent;
  /** This try included. */
  readonly attempts: number;
  /** ISO UTC. */
  readonly leaseUntil: string;
  /** It failed before, or its destination did: see ClaimRequest. */
  readonly again: boolean;
  /** ISO UTC, by the platform's clock if it reports its time: from then on the platform may have it; null if it certainly does not. */
  readonly firstTriedAt: string | null;
  /** ISO UTC: after this it is no longer sent; null for a notice. */
  readonly staleAt: string | null;
  readonly to: Address;
  readonly zone: string;
  readonly silent: boolean;
  /** The platform's id of the message in whose thread it goes; null: in none. */
  readonly under: string | null;
}

export interface ClaimRequest {
  /** ISO UTC. */
  readonly now: string;
  readonly leaseUntil: string;
  /** Chats that can be reached. */
  readonly platforms: readonly string[];
  /** The time at each of them, ISO UTC: by it a message that may have been posted is looked for. Ours if none is given. */
  readonly chatTimes?: ReadonlyMap<string, string>;
  /** How many of those never tried before, at destinations that accepted their last digest. */
  readonly fresh: number;
  /** How many of the others: slow or failing ones must not delay the others. */
  readonly again: number;
}

/** Written as a literal list, so that the partial index of open rows is used. */
const IS_CLAIMABLE = sql<boolean>`(o.state in ('waiting', 'sending', 'unclear') and o.state <> 'sending')`;

/** Takes messages to send them. */
export function createClaim(db: Db) {
  const take = (
    on: Db,
    v: {
      id: number;
      state: OutboxTable['state'];
      attempts: number;
      lease: string;
      tried: string;
    },
  ) =>
    on
      .updateTable('outbox')
      .set((e) => ({
        state: 'sending',
        attempts: e('attempts', '+', 1),
        lease_until: v.lease,
        first_tried_at: e.fn.coalesce('first_tried_at', e.val(v.tried)),
      }))
      .where('id', '=', v.id)
      .where('state', '=', v.state)
      .where('attempts', '=', v.attempts)
      .returning('id')
      .execute();

  const takeAll = async (
    on: Db,
    rows: readonly CandidateRow[],
    again: boolean,
    request: ClaimRequest,
  ): Promise<ClaimedPart[]> => {
    const taken: ClaimedPart[] = [];
    for (const row of rows) {
      const values = { id: row.id, state: row.state, attempts: row.attempts };
      const tried = request.chatTimes?.get(row.platform) ?? request.now;
      const [won] = await take(on, { ...values, tried, lease: request.leaseUntil });
      if (won !== undefined) taken.push({ ...toClaimed(row), again, leaseUntil: request.leaseUntil });
    }
    return taken;
  };

  return {
    /**
     * Takes messages that are due, at most one a destination and each destination's in order; a part only once its headline is posted. The row says
     * `sending` before anything is sent: after a crash it is unclear whether it was.
     */
    async claim(request: ClaimRequest): Promise<ClaimedPart[]> {
      const claimed: ClaimedPart[] = [];
      for (const [again, limit] of [
        [false, request.fresh],
        [true, request.again],
      ] as const) {
        if (limit <= 0 || request.platforms.length === 0) continue;
        const due = { platforms: request.platforms, again, now: request.now, limit };
        const taken = await engineSql(db).takeRows(
          db,
          'o',
          (on, locking) => candidates(on, due, locking),
          (on, rows) => takeAll(on, rows, again, request),
        );
        claimed.push(...taken);
      }
      return claimed;
    },
  };
}

type Aliased = Tables & { o: OutboxTable & { id: number } };
type CandidateRow = Awaited<ReturnType<typeof candidates>>[number];

interface Due {
  readonly platforms: readonly string[];
  readonly again: boolean;
  readonly now: string;
  readonly limit: number;
}

/** Rows that may be sent now, without taking them. */
function candidates(on: Db, { platforms, again, now, limit }: Due, locking: RawBuilder<unknown>) {
  return (
    on
      .selectFrom('outbox as o')
      .innerJoin('destination as d', 'd.id', 'o.destination_id')
      .leftJoin('slot as s', 's.id', 'o.slot_id')
      .leftJoin('outbox as h', 'h.id', 'o.under_id')
      .select([
        'o.id',
        'o.slot_id',
        'o.destination_id',
        'o.part',
        'o.post_key',
        'o.content',
        'o.state',
        'o.attempts',
        'o.first_tried_at',
        's.stale_at',
        'd.platform',
        'd.tenant',
        'd.address',
        'd.kind',
        'd.zone',
        'd.silent',
        'h.message_id as under',
      ])
      .where(IS_CLAIMABLE)
      .where('o.not_before', '<=', now)
      .where('d.platform', 'in', [...platforms])
      .where(
        again
          ? sql<boolean>`(o.attempts > 0 or d.failed_slots > 0)`
          : sql<boolean>`(o.attempts = 0 and d.failed_slots = 0)`,
      )
      // Pending messages of a paused place wait and go stale; what someone requested is sent.
      .where(
        sql<boolean>`(d.state = 'active' or o.slot_id is null or s.kind = 'asked' or o.state = 'unclear')`,
      )
      // A slot that is over: no more of it is sent; messages that may have been posted are still looked for.
      .where((e) =>
        e.or([e('o.state', '=', 'unclear'), e('s.stale_at', 'is', null), e('s.stale_at', '>', now)]),
      )
      .where((e) => e.or([e('o.under_id', 'is', null), e('h.state', '=', 'sent')]))
      .where((e) => e.not(e.exists(earlierOpen(e as unknown as ExpressionBuilder<Aliased, 'o'>, now))))
      .orderBy('o.not_before')
      .orderBy('o.id')
      .limit(limit)
      .modifyEnd(locking)
      .execute()
  );
}

/** An older message of the same destination that is still to be sent; one that is only being looked for after its slot does not count. */
function earlierOpen(e: ExpressionBuilder<Aliased, 'o'>, now: string): Expression<SqlBool | number> {
  return e
    .selectFrom('outbox as p')
    .leftJoin('slot as ps', 'ps.id', 'p.slot_id')
    .select('p.id')
    .whereRef('p.destination_id', '=', 'o.destination_id')
    .where(sql<boolean>`p.state in ('waiting', 'sending', 'unclear')`)
    .whereRef('p.id', '<', 'o.id')
    .where((x) =>
      x.or([x('ps.stale_at', 'is', null), x('ps.stale_at', '>', now), x('p.state', '=', 'sending')]),
    ) as never;
}

function toClaimed(row: CandidateRow): Omit<ClaimedPart, 'again' | 'leaseUntil'> {
  return {
    id: row.id,
    slotId: row.slot_id,
    destinationId: row.destination_id,
    part: row.part,
    postKey: row.post_key,
    content: partContentSchema.parse(JSON.parse(row.content)),
    attempts: row.attempts + 1,
    firstTriedAt: row.first_tried_at,
    staleAt: row.stale_at,
    to: addressOf(row),
    zone: row.zone,
    silent: row.silent === 1,
    under: row.under,
  };
}
