import { type Follow, followSchema } from '../../../digest/follow/follow.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import { lastSeq } from './destinations.js';
import { seqBefore } from './seq-before.js';

/** A follow of a destination, as stored. */
export interface StoredFollow {
  readonly id: number;
  readonly destinationId: number;
  readonly tree: Follow;
  /** formatFollow's text: two that say the same are one. */
  readonly words: string;
  /** Only what arrived after this seq concerns it … */
  readonly sinceSeq: number;
  /** … and what was received from this moment on (ISO UTC); null for all but the first follows of a place. */
  readonly reachesBackTo: string | null;
  readonly madeBy: string;
  readonly madeByName: string;
  readonly madeAt: string;
}

export interface NewFollow {
  readonly tree: Follow;
  readonly words: string;
  readonly madeBy: string;
  readonly madeByName: string;
  /** ISO UTC: now. */
  readonly madeAt: string;
}

export type Follows = ReturnType<typeof createFollows>;

/** The table of what destinations follow. */
export function createFollows(db: Db, inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>) {
  const ofMany = (on: Db, ids: Iterable<number>) =>
    on.selectFrom('follow').selectAll().where('destination_id', 'in', setOf(on, ids)).orderBy('id').execute();

  const ofDestinations = async (ids: readonly number[]): Promise<Map<number, StoredFollow[]>> => {
    const found = new Map<number, StoredFollow[]>(ids.map((id) => [id, []]));
    const seen = new Set<number>();
    for (const row of ids.length === 0 ? [] : await ofMany(db, ids)) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      found.get(row.destination_id)?.push(toFollow(row));
    }
    return found;
  };

  return {
    ofDestinations,
    of: async (destinationId: number): Promise<StoredFollow[]> =>
      (await ofDestinations([destinationId])).get(destinationId) ?? [],
    /** All follows of the active destinations that have immediate posts. */
    async postedAtOnce(): Promise<Map<number, StoredFollow[]>> {
      const rows = await db
        .selectFrom('follow')
        .innerJoin('destination', 'destination.id', 'follow.destination_id')
        .select('follow.destination_id')
        .distinct()
        .where('destination.state', '=', 'active')
        // As formatFollow writes it, after everything else.
        .where('follow.words', 'like', '% when:now')
        .execute();
      return ofDestinations(rows.map((row) => row.destination_id));
    },
    byId: async (id: number): Promise<StoredFollow | null> => {
      const row = await db.selectFrom('follow').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toFollow(row);
    },
    /**
     * Adds follows; existing ones stay unchanged and are not returned. They start at the current seq; the first ones of a place, until its
     * first digest was planned, reach back 24 hours.
     */
    add: (destinationId: number, newFollows: readonly NewFollow[]): Promise<StoredFollow[]> =>
      inTransaction(async (on) => {
        const added: StoredFollow[] = [];
        const reach = await firstReach(on, destinationId, newFollows[0]?.madeAt);
        const since = await lastSeq(on);
        for (const follow of newFollows) {
          const [row] = await on
            .insertInto('follow')
            .values({
              destination_id: destinationId,
              tree: JSON.stringify(follow.tree),
              words: follow.words,
              since_seq: since,
              reaches_back_to: reach,
              made_by: follow.madeBy,
              made_by_name: follow.madeByName,
              made_at: follow.madeAt,
            })
            .onConflict((c) => c.columns(['destination_id', 'words']).doNothing())
            .returningAll()
            .execute();
          if (row !== undefined) added.push(toFollow(row));
        }
        if (reach !== null && added.length > 0) await moveBack(on, destinationId, reach);
        return added;
      }),
    /** Puts follows back as they were, with where they started: for an undo. */
    restore: (follows: readonly StoredFollow[]): Promise<void> =>
      inTransaction(async (on) => {
        for (const follow of follows)
          await on
            .insertInto('follow')
            .values({
              destination_id: follow.destinationId,
              tree: JSON.stringify(follow.tree),
              words: follow.words,
              since_seq: follow.sinceSeq,
              reaches_back_to: follow.reachesBackTo,
              made_by: follow.madeBy,
              made_by_name: follow.madeByName,
              made_at: follow.madeAt,
            })
            .onConflict((c) => c.columns(['destination_id', 'words']).doNothing())
            .execute();
      }),
    /** By StoredFollow.id, of this destination alone; returns what was removed. */
    async remove(destinationId: number, ids: readonly number[]): Promise<StoredFollow[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .deleteFrom('follow')
        .where('destination_id', '=', destinationId)
        .where('id', 'in', [...ids])
        .returningAll()
        .execute();
      return rows.map(toFollow);
    },
  };
}

/** From when on the first follows of a place count what was received; null once a digest was planned there. */
async function firstReach(on: Db, destinationId: number, now: string | undefined): Promise<string | null> {
  if (now === undefined) return null;
  const slot = await on
    .selectFrom('slot')
    .select('id')
    .where('destination_id', '=', destinationId)
    .where('kind', '!=', 'now')
    .limit(1)
    .executeTakeFirst();
  if (slot !== undefined) return null;
  const first = await on
    .selectFrom('follow')
    .select('reaches_back_to')
    .where('destination_id', '=', destinationId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return first === undefined ? toIso(Date.parse(now) - DAY_MS) : first.reaches_back_to;
}

/** The first digest covers what arrived since then. */
async function moveBack(on: Db, destinationId: number, reach: string): Promise<void> {
  const seq = await seqBefore(on, reach);
  await on
    .updateTable('destination')
    .set({ cursor_seq: seq })
    .where('id', '=', destinationId)
    .where('cursor_seq', '>', seq)
    .execute();
}

interface FollowRow {
  readonly id: number;
  readonly destination_id: number;
  readonly tree: string;
  readonly words: string;
  readonly since_seq: number;
  readonly reaches_back_to: string | null;
  readonly made_by: string;
  readonly made_by_name: string;
  readonly made_at: string;
}

const parsedTrees = new Map<string, Follow>();

/** Many places follow the same: their trees are read once, and are one object, so that what was computed for it is shared. */
function readTree(document: string): Follow {
  let tree = parsedTrees.get(document);
  if (tree === undefined) {
    tree = followSchema.parse(JSON.parse(document));
    if (parsedTrees.size >= 10_000) parsedTrees.clear();
    parsedTrees.set(document, tree);
  }
  return tree;
}

function toFollow(row: FollowRow): StoredFollow {
  return {
    id: row.id,
    destinationId: row.destination_id,
    tree: readTree(row.tree),
    words: row.words,
    sinceSeq: row.since_seq,
    reachesBackTo: row.reaches_back_to,
    madeBy: row.made_by,
    madeByName: row.made_by_name,
    madeAt: row.made_at,
  };
}
