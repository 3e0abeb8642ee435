import { factsById } from '../../adapters/store/derivation-rows.js';
import {
  countReplies,
  quietReplies,
  type ReplyCount,
  type ReplyRow,
  repliesById,
  speakingReplies,
} from '../../adapters/store/reply-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { ReplyCounts } from '../../digest/series/material.js';
import { isAnswer } from '../../digest/state/revision-state.js';
import { MOST_READ_REPLIES } from '../../digest/text/limits.js';
import { latestOf } from '../../digest/time/iso.js';
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

/** A reply, with its facts where it has just been placed and is not written yet. */
interface Reply extends ReplyRow {
  readonly facts?: JoinFacts;
}

/** A question about the replies to some series. */
interface Question {
  readonly on: Db;
  readonly series: readonly AnsweredSeries[];
  /** By row, the series (by its place in the list) of which a message is a member. */
  readonly ownerOf: ReadonlyMap<number, number>;
  /** Rows of messages whose place in the database is not that of today. */
  readonly moved: readonly number[];
  /** Of each series the replies that are about to be placed. */
  readonly placed: readonly (readonly Reply[])[];
}

/**
 * Reads what replies to some series say: most are only counted, since they hold no tag and no decision, and of the others the earliest
 * `MOST_READ_REPLIES` of each series are read. `memberships` hold what is not yet written.
 */
export async function readReplies(
  on: Db,
  series: readonly AnsweredSeries[],
  memberships: ReadonlyMap<number, Membership>,
): Promise<SeriesReplies[]> {
  const ownerOf = new Map(series.flatMap(({ members }, i) => [...members.keys()].map((id) => [id, i])));
  const placed = await placedReplies(on, series, ownerOf, memberships);
  const question: Question = { on, series, ownerOf, moved: [...memberships.keys()], placed };
  const counts = await countsOf(question);
  const first = await firstAnswers(question, counts);
  const chosen = (await speakingOf(question)).map((own, i) => [...own, ...(first[i] ?? [])]);
  const facts = await factsOf(on, chosen.flat());
  return series.map(({ members }, i): SeriesReplies => {
    const read = chosen[i] ?? [];
    const { replies = 0, newest = null, newestOfPeople = null, speaking = 0 } = counts[i] ?? {};
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
      counts: { replies, newest, newestOfPeople, unread: Math.max(0, speaking - MOST_READ_REPLIES) },
    };
  });
}

async function placedReplies(
  on: Db,
  series: readonly AnsweredSeries[],
  ownerOf: ReadonlyMap<number, number>,
  memberships: ReadonlyMap<number, Membership>,
): Promise<Reply[][]> {
  const found: Reply[][] = series.map(() => []);
  const placed = [...memberships].filter(([, { targetId }]) => ownerOf.has(targetId ?? -1));
  for (const row of await repliesById(
    on,
    placed.map(([id]) => id),
  )) {
    const place = memberships.get(row.id);
    if (place === undefined) continue;
    const { targetId, facts } = place;
    found[ownerOf.get(targetId ?? -1) ?? -1]?.push({ ...row, target_id: targetId, facts });
  }
  return found;
}

/** Of one series. */
interface Counts {
  readonly replies: number;
  readonly newest: string | null;
  readonly newestOfPeople: string | null;
  /** Those that have a tag or a decision. */
  readonly speaking: number;
  /** Those of people to the latest posting that say nothing. */
  readonly quiet: number;
}

async function countsOf(question: Question): Promise<Counts[]> {
  const counted: ReplyCount[][] = question.series.map(() => []);
  for (const count of await countReplies(question.on, question.ownerOf.keys(), question.moved))
    counted[question.ownerOf.get(count.target_id) ?? -1]?.push(count);
  for (const [i, own] of question.placed.entries()) counted[i]?.push(...own.map(countOfOne));
  const sum = (counts: readonly ReplyCount[], of: 'messages' | 'replies') =>
    counts.reduce((total, count) => total + count[of], 0);
  return counted.map((counts, i) => ({
    replies: sum(counts, 'replies'),
    newest: latestOf(counts.map(({ newest }) => newest)),
    newestOfPeople: latestOf(counts.map(({ bot, newest }) => (bot === 0 ? newest : null))),
    speaking: sum(
      counts.filter(({ speaks }) => speaks === 1),
      'messages',
    ),
    quiet: sum(
      counts.filter((count) => isQuiet(count) && isToLatest(count, question.series[i])),
      'messages',
    ),
  }));
}

function countOfOne({ target_id, speaks, bot, kind, received }: Reply): ReplyCount {
  // A patch that is part of no posting was proposed in an answer.
  const replies = bot === 0 && ['reply', 'patch'].includes(kind) ? 1 : 0;
  return { target_id: target_id ?? -1, speaks, bot, messages: 1, replies, newest: received };
}

const isQuiet = ({ speaks, bot }: Pick<ReplyRow, 'speaks' | 'bot'>) => speaks === 0 && bot === 0;

function isToLatest({ target_id }: Pick<ReplyRow, 'target_id'>, series: AnsweredSeries | undefined): boolean {
  return series?.latest?.members.includes(series.members.get(target_id ?? -1) ?? '') ?? false;
}

/** Of each series those that say something, the earliest. */
async function speakingOf({ on, ownerOf, moved, placed }: Question): Promise<Reply[][]> {
  const found = placed.map((own) => own.filter(({ speaks }) => speaks === 1));
  const targets = [...ownerOf].map(([id, owner]) => ({ id, owner }));
  for (const row of await speakingReplies(on, targets, moved, MOST_READ_REPLIES))
    found[ownerOf.get(row.target_id ?? -1) ?? -1]?.push(row);
  return found.map((own) => own.sort(byAge).slice(0, MOST_READ_REPLIES));
}

function byAge(a: Reply, b: Reply): number {
  const [one, other] = [a.received ?? '', b.received ?? ''];
  if (one === other) return a.key < b.key ? -1 : 1;
  return one < other ? -1 : 1;
}

/** Nearly always the first few hold an answer; of a thread in which someone talks to himself, no more than these are looked at. */
const PAGES = [16, 256, MOST_READ_REPLIES];

/** Of each series the first quiet reply to its latest posting that is not its author's: that one is under review. None or one. */
async function firstAnswers(question: Question, counts: readonly Counts[]): Promise<Reply[][]> {
  const found: Reply[][] = question.series.map(() => []);
  let open = counts.flatMap(({ quiet }, i) => (quiet === 0 ? [] : [i]));
  for (const [at, size] of PAGES.entries()) {
    const from = PAGES[at - 1] ?? 0;
    const pages = await quietPages(question, open, from, size);
    const facts = await factsOf(question.on, [...pages.values()].flat());
    for (const [i, page] of pages) {
      const latest = question.series[i]?.latest;
      const answer = page.find(({ id }) => {
        const own = facts.get(id);
        return own !== undefined && latest !== undefined && isAnswer(own, latest);
      });
      if (answer !== undefined) found[i]?.push(answer);
    }
    open = open.filter((i) => found[i]?.length === 0 && (counts[i]?.quiet ?? 0) > size);
    if (open.length === 0) break;
  }
  return found;
}

/** Of some series the quiet replies to the latest posting from one to another, by age. */
async function quietPages(
  { on, series, ownerOf, moved, placed }: Question,
  open: readonly number[],
  from: number,
  to: number,
): Promise<Map<number, Reply[]>> {
  const pages = new Map(
    open.map((i): [number, Reply[]] => [
      i,
      (placed[i] ?? []).filter((row) => isQuiet(row) && isToLatest(row, series[i])),
    ]),
  );
  const targets = [...ownerOf].filter(([id, i]) => pages.has(i) && isToLatest({ target_id: id }, series[i]));
  for (const row of await quietReplies(
    on,
    targets.map(([id]) => id),
    moved,
    to,
  ))
    pages.get(ownerOf.get(row.target_id ?? -1) ?? -1)?.push(row);
  return new Map([...pages].map(([i, rows]) => [i, rows.sort(byAge).slice(from, to)]));
}

async function factsOf(on: Db, rows: readonly Reply[]): Promise<Map<number, JoinFacts>> {
  const found = new Map<number, JoinFacts>();
  const unread: number[] = [];
  for (const { id, facts } of rows)
    if (facts === undefined) unread.push(id);
    else found.set(id, facts);
  for (const row of await factsById(on, unread))
    found.set(row.message_id, JSON.parse(row.facts) as JoinFacts);
  return found;
}
