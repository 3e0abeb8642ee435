import {
  membersByKey,
  placesOf,
  revisionsById,
  revisionsByKey,
  seriesById,
} from '../../adapters/store/derivation-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import { groupOf, type Joined, joinedOf, postingsOf } from '../../adapters/store/series-group.js';
import { KNOWN_BOTS } from '../../digest/mail/bots.js';
import type { JoinFacts } from '../../digest/revision/revision.js';
import { describeSeries } from '../../digest/series/describe.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { KNOWN_AUTHORITY } from '../../digest/state/authority.js';
import type { GroupRow, LinkedGroups } from './derive-links.js';
import { type PullPlan, pullsListing } from './derive-pulls.js';
import type { AssembledRevisions } from './derive-revisions.js';
import type { Planning } from './planning.js';
import { readReplies, type SeriesReplies } from './series-replies.js';

/** What becomes of the series: planned, not yet written. */
export interface SeriesPlan {
  readonly described: readonly DescribedSeries[];
  readonly removed: readonly { readonly id: number; readonly search_row: number }[];
}

export interface DescribedSeries {
  readonly row: GroupRow;
  readonly record: SeriesRecord;
}

/** The mail of this many series is held in memory at a time. */
const AT_ONCE = 256;

/** Describes every series of which something changed. */
export async function planSeries(
  around: Planning,
  assembled: AssembledRevisions,
  linked: Omit<LinkedGroups, 'join'>,
  pulls: PullPlan,
): Promise<SeriesPlan> {
  const { on } = around;
  const touched = await touchedRevisions(on, assembled);
  const kept = new Set<number>();
  const due: GroupRow[] = [];
  const before = new Map((await seriesById(on, linked.before)).map((row) => [row.id, row]));
  for (const row of linked.groups) {
    const same = unchangedSeries(row, assembled, touched, before);
    if (same === null) due.push(row);
    else kept.add(same);
  }
  due.push(...(await touchedSeries(on, touched, linked.before)));
  const described: DescribedSeries[] = [];
  for (let from = 0; from < due.length; from += AT_ONCE)
    described.push(
      ...(await describeAll(around, due.slice(from, from + AT_ONCE), {
        assembled,
        read: linked.facts,
        pulls,
      })),
    );
  const keys = new Set(described.map(({ record }) => record.id));
  const removed = [...before.values()].filter((old) => !kept.has(old.id) && !keys.has(old.key));
  return { described, removed };
}

/** The revisions that hold the touched members. */
async function touchedRevisions(on: Db, { touched, memberships }: AssembledRevisions): Promise<Set<number>> {
  const found = new Set<number>();
  for (const row of await placesOf(on, touched)) {
    const place = memberships.get(row.id);
    const id = place === undefined ? row.revision_id : place.revisionId;
    if (id !== null) found.add(id);
  }
  return found;
}

/** The stored series that is this very group with nothing new in it; null if it must be described. */
function unchangedSeries(
  { group, revisions }: GroupRow,
  assembled: AssembledRevisions,
  touched: ReadonlySet<number>,
  before: ReadonlyMap<number, { id: number; joined: string }>,
): number | null {
  const id = revisions[0]?.series_id ?? null;
  if (id === null || before.get(id)?.joined !== joinedOf(group)) return null;
  const fresh = revisions.some((row) => assembled.changed.has(row.id) || touched.has(row.id));
  return fresh ? null : id;
}

/** Series whose revisions are as they were, but of which something else changed. */
async function touchedSeries(
  on: Db,
  touched: ReadonlySet<number>,
  linked: ReadonlySet<number>,
): Promise<GroupRow[]> {
  const rows = await revisionsById(on, touched);
  const ids = new Set(rows.flatMap(({ series_id: id }) => (id === null || linked.has(id) ? [] : [id])));
  const series = (await seriesById(on, ids)).map(({ id, joined }) => ({
    id,
    joined: JSON.parse(joined) as Joined,
  }));
  const keys = new Set(series.flatMap(({ joined }) => joined.revisions));
  const revisions = new Map((await revisionsByKey(on, keys)).map((row) => [row.key, row]));
  return series.map(({ id, joined }) => ({
    group: groupOf(joined, revisions),
    revisions: joined.revisions.flatMap((key) => {
      const row = revisions.get(key);
      return row === undefined ? [] : [{ id: row.id, series_id: id }];
    }),
  }));
}

type MemberRow = Awaited<ReturnType<typeof membersByKey>>[number];

/** What was planned so far. */
interface Planned {
  readonly assembled: AssembledRevisions;
  /** The facts that are at hand already. */
  readonly read: ReadonlyMap<string, JoinFacts>;
  readonly pulls: PullPlan;
}

async function describeAll(
  { on, describing, step, breathe }: Planning,
  due: readonly GroupRow[],
  { assembled: { memberships }, read, pulls }: Planned,
): Promise<DescribedSeries[]> {
  const keysOf = ({ group }: GroupRow) => [
    ...new Set(group.revisions.flatMap((revision) => revision.members)),
  ];
  const stored = new Map((await membersByKey(on, new Set(due.flatMap(keysOf)))).map((row) => [row.key, row]));
  const series = due.map((row) => ({ row, members: keysOf(row).flatMap((key) => stored.get(key) ?? []) }));
  const replies = await readReplies(
    on,
    series.map(({ row, members }) => ({
      latest: row.group.revisions.at(-1),
      members: new Map(members.map(({ id, key }) => [id, key])),
    })),
    memberships,
  );
  const facts = series.map(({ members }, i) => factsOf(members, replies[i], read));
  const listing = await pullsListing(
    on,
    series.map(({ row }, i) => ({ revisions: row.group.revisions, facts: facts[i] ?? new Map() })),
    pulls,
  );
  const described: DescribedSeries[] = [];
  for (const [i, { row, members }] of series.entries()) {
    const own = replies[i];
    if (own === undefined) continue;
    step('describe');
    const record = describeSeries({
      group: row.group,
      messages: postingsOf(members),
      facts: facts[i] ?? new Map(),
      pulls: listing[i] ?? [],
      targets: own.targets,
      replies: own.counts,
      catalog: describing.catalog(),
      authority: describing.authority ?? KNOWN_AUTHORITY,
      bots: describing.bots ?? KNOWN_BOTS,
      archiveUrl: describing.archiveUrl,
    });
    described.push({ row, record });
    await breathe();
  }
  return described;
}

/** By Message.id, in its order. */
function factsOf(
  members: readonly MemberRow[],
  replies: SeriesReplies | undefined,
  read: ReadonlyMap<string, JoinFacts>,
): Map<string, JoinFacts> {
  const facts = [
    ...members.map(({ key, facts: text }): [string, JoinFacts] => [
      key,
      read.get(key) ?? (JSON.parse(text) as JoinFacts),
    ]),
    ...(replies?.facts ?? []).map(({ key, facts: own }): [string, JoinFacts] => [key, own]),
  ];
  return new Map(facts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
