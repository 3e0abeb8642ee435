import { factsById, repliesById, repliesTo } from '../../adapters/store/derivation-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { ReplyCounts } from '../../digest/series/material.js';
import { isAnswer } from '../../digest/state/revision-state.js';
import { MOST_READ_REPLIES } from '../../digest/text/limits.js';
import type { Membership } from './derive-revisions.js';

/** A series of which the replies are read. */
export interface AnsweredSeries {
  readonly latest: Revision | undefined;
  /** Message.id of its members, by row. */
  readonly members: ReadonlyMap<number, string>;
}

/** The replies to a series, as far as its description needs them. */
export interface SeriesReplies {
  /** Of those that say something, and of the first that answers the latest posting. */
  readonly facts: readonly { readonly key: string; readonly facts: JoinFacts }[];
  readonly targets: ReadonlyMap<string, string>;
  readonly counts: ReplyCounts;
}

interface ReplyRow {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly bot: number;
  readonly received: string | null;
  readonly speaks: number;
  readonly target_id: number | null;
  /** Of replies that have just been placed. */
  readonly facts?: JoinFacts;
}

/**
 * Reads what replies to some series say: of most replies only a row is read, since they hold no tag and no decision, and of those that speak
 * the earliest `MOST_READ_REPLIES` of each series. `memberships` hold what is not yet written.
 */
export async function readReplies(
  on: Db,
  series: readonly AnsweredSeries[],
  memberships: ReadonlyMap<number, Membership>,
): Promise<SeriesReplies[]> {
  const rows = await replyRows(on, series, memberships);
  const first = await firstAnswers(on, series, rows);
  const speaking = rows.map((own) => own.filter((row) => row.speaks === 1));
  const chosen = speaking.map((own, i) => [...own.slice(0, MOST_READ_REPLIES), ...(first[i] ?? [])]);
  const facts = await factsOf(on, chosen.flat());
  return series.map(({ members }, i): SeriesReplies => {
    const [all, read] = [rows[i] ?? [], chosen[i] ?? []];
    return {
      facts: read.flatMap(({ id, key }) => {
        const own = facts.get(id);
        return own === undefined ? [] : [{ key, facts: own }];
      }),
      targets: new Map(
        read
          .map((row): [string, string] => [row.key, members.get(row.target_id ?? -1) ?? ''])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      counts: {
        // A patch that is part of no posting was proposed in an answer.
        replies: all.filter((row) => ['reply', 'patch'].includes(row.kind) && row.bot === 0).length,
        newest: all.reduce<string | null>(
          (last, { received }) => (received !== null && (last === null || received > last) ? received : last),
          null,
        ),
        unread: Math.max(0, (speaking[i]?.length ?? 0) - MOST_READ_REPLIES),
      },
    };
  });
}

/** Of each series, in the order in which they were received. */
async function replyRows(
  on: Db,
  series: readonly AnsweredSeries[],
  memberships: ReadonlyMap<number, Membership>,
): Promise<ReplyRow[][]> {
  const ownerOf = new Map(series.flatMap(({ members }, i) => [...members.keys()].map((id) => [id, i])));
  const found: ReplyRow[][] = series.map(() => []);
  for (const row of await repliesTo(on, ownerOf.keys()))
    if (!memberships.has(row.id)) found[ownerOf.get(row.target_id ?? -1) ?? -1]?.push(row);
  const placed = [...memberships].filter(([, place]) => ownerOf.has(place.targetId ?? -1));
  for (const row of placed.length === 0
    ? []
    : await repliesById(
        on,
        placed.map(([id]) => id),
      )) {
    const place = memberships.get(row.id);
    if (place === undefined) continue;
    const { targetId, facts } = place;
    found[ownerOf.get(targetId ?? -1) ?? -1]?.push({ ...row, target_id: targetId, facts });
  }
  const order = (row: ReplyRow): string => row.received ?? '';
  for (const rows of found)
    rows.sort((a, b) => (order(a) === order(b) ? (a.key < b.key ? -1 : 1) : order(a) < order(b) ? -1 : 1));
  return found;
}

const FIRST_PAGE = 16;
/** Each page is so many times the last: the longest thread takes few of them. */
const GROWTH = 8;

/** Of each series the first quiet reply to its latest posting that is not its author's: that one is under review. None or one. */
async function firstAnswers(
  on: Db,
  series: readonly AnsweredSeries[],
  rows: readonly (readonly ReplyRow[])[],
): Promise<ReplyRow[][]> {
  const found: ReplyRow[][] = series.map(() => []);
  let open = series.flatMap(({ latest, members }, i) => {
    if (latest === undefined) return [];
    const ids = new Set(latest.members);
    const quiet = (rows[i] ?? []).filter(
      (row) => row.speaks === 0 && row.bot === 0 && ids.has(members.get(row.target_id ?? -1) ?? ''),
    );
    return quiet.length === 0 ? [] : [{ i, latest, quiet }];
  });
  for (let from = 0, size = FIRST_PAGE; open.length > 0; from += size, size *= GROWTH) {
    const page = (quiet: readonly ReplyRow[]) => quiet.slice(from, from + size);
    const facts = await factsOf(
      on,
      open.flatMap(({ quiet }) => page(quiet)),
    );
    for (const { i, latest, quiet } of open) {
      const answer = page(quiet).find(({ id }) => {
        const own = facts.get(id);
        return own !== undefined && isAnswer(own, latest);
      });
      if (answer !== undefined) found[i]?.push(answer);
    }
    open = open.filter(({ i, quiet }) => found[i]?.length === 0 && quiet.length > from + size);
  }
  return found;
}

async function factsOf(on: Db, rows: readonly ReplyRow[]): Promise<Map<number, JoinFacts>> {
  const found = new Map<number, JoinFacts>();
  const unread: number[] = [];
  for (const { id, facts } of rows)
    if (facts === undefined) unread.push(id);
    else found.set(id, facts);
  for (const row of unread.length === 0 ? [] : await factsById(on, unread))
    found.set(row.message_id, JSON.parse(row.facts) as JoinFacts);
  return found;
}
