import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { ReplyCounts } from '../../digest/series/material.js';
import { isAnswer } from '../../digest/state/revision-state.js';
import { MOST_READ_REPLIES } from '../../digest/text/limits.js';
import type { Membership } from './derive-revisions.js';
import type { DeriveStatements } from './derive-statements.js';
import type { Runner } from './statement.js';

/** The replies to a series, as far as its description needs them. */
export interface SeriesReplies {
  /** Of those that say something, and of the first that answers the latest posting. */
  readonly facts: readonly { readonly key: string; readonly facts: string | JoinFacts }[];
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
 * Reads what replies say: of most replies only a row is read, since they hold no tag and no decision, and of those that speak
 * the earliest `MOST_READ_REPLIES`. `memberships` hold what is not yet written.
 */
export async function readReplies(
  on: Runner,
  s: DeriveStatements,
  revisions: readonly Revision[],
  members: readonly { readonly id: number; readonly key: string }[],
  memberships: ReadonlyMap<number, Membership>,
): Promise<SeriesReplies> {
  const keyOf = new Map(members.map((member) => [member.id, member.key]));
  const rows = await replyRows(on, s, keyOf, memberships);
  const speaking = rows.filter((row) => row.speaks === 1);
  const read = speaking.slice(0, MOST_READ_REPLIES);
  const first = await firstAnswer(on, s, rows, keyOf, revisions.at(-1));
  const chosen = first === null ? read : [...read, first];
  const stored = await factsOf(on, s, chosen);
  return {
    facts: chosen.flatMap((row) => {
      const facts = row.facts ?? stored.get(row.id);
      return facts === undefined ? [] : [{ key: row.key, facts }];
    }),
    targets: new Map(
      chosen
        .map((row): [string, string] => [row.key, keyOf.get(row.target_id ?? -1) ?? ''])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    counts: {
      replies: rows.filter((row) => row.kind === 'reply' && row.bot === 0).length,
      newest: rows.reduce<string | null>(
        (last, { received }) => (received !== null && (last === null || received > last) ? received : last),
        null,
      ),
      unread: speaking.length - read.length,
    },
  };
}

/** In the order in which they were received. */
async function replyRows(
  on: Runner,
  s: DeriveStatements,
  members: ReadonlyMap<number, string>,
  memberships: ReadonlyMap<number, Membership>,
): Promise<ReplyRow[]> {
  const rows = new Map<number, ReplyRow>();
  for (const row of await s.repliesTo(on, [...members.keys()]))
    if (!memberships.has(row.id)) rows.set(row.id, row);
  const placed = [...memberships].filter(([, place]) => members.has(place.targetId ?? -1));
  for (const row of await s.rowsById(
    on,
    placed.map(([id]) => id),
  )) {
    const place = memberships.get(row.id);
    if (place !== undefined) rows.set(row.id, { ...row, target_id: place.targetId, facts: place.facts });
  }
  const order = (row: ReplyRow): string => row.received ?? '';
  return [...rows.values()].sort((a, b) =>
    order(a) === order(b) ? (a.key < b.key ? -1 : 1) : order(a) < order(b) ? -1 : 1,
  );
}

const PAGE = 16;

/** The first quiet reply to the latest posting that is not its author's: that one is under review. */
async function firstAnswer(
  on: Runner,
  s: DeriveStatements,
  rows: readonly ReplyRow[],
  keyOf: ReadonlyMap<number, string>,
  latest: Revision | undefined,
): Promise<ReplyRow | null> {
  if (latest === undefined) return null;
  const members = new Set(latest.members);
  const quiet = rows.filter(
    (row) => row.speaks === 0 && row.bot === 0 && members.has(keyOf.get(row.target_id ?? -1) ?? ''),
  );
  for (let from = 0; from < quiet.length; from += PAGE) {
    const page = quiet.slice(from, from + PAGE);
    const stored = await factsOf(on, s, page);
    for (const row of page) {
      const text = stored.get(row.id);
      const facts = row.facts ?? (text === undefined ? undefined : (JSON.parse(text) as JoinFacts));
      if (facts !== undefined && isAnswer(facts, latest)) return { ...row, facts };
    }
  }
  return null;
}

async function factsOf(
  on: Runner,
  s: DeriveStatements,
  rows: readonly ReplyRow[],
): Promise<Map<number, string>> {
  const unread = rows.flatMap((row) => (row.facts === undefined ? [row.id] : []));
  return new Map((await s.factsById(on, unread)).map((row) => [row.message_id, row.facts]));
}
