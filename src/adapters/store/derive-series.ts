import type { JoinFacts } from '../../digest/revision/revision.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { GroupRow, LinkedGroups } from './derive-links.js';
import type { AssembledRevisions } from './derive-revisions.js';
import type { DeriveStatements } from './derive-statements.js';
import type { GroupedMail, Rules } from './rules.js';
import type { SearchIndex } from './search-sqlite.js';
import { titleKey } from './search-words.js';
import { groupOf, type Joined, joinedOf, postingsOf } from './series-group.js';
import type { Runner } from './statement.js';

interface Surroundings {
  readonly on: Runner;
  readonly s: DeriveStatements;
  readonly rules: Rules;
  readonly search: SearchIndex;
  /** Lets others have a turn. */
  readonly breathe: () => Promise<void>;
}

/** Describes and stores every series of which something changed; answers with how many. */
export async function deriveSeries(
  around: Surroundings,
  assembled: AssembledRevisions,
  linked: LinkedGroups,
): Promise<number> {
  const { on, s } = around;
  const touched = await revisionsOf(on, s, assembled.touched);
  const kept = new Set<number>();
  const due: GroupRow[] = [];
  const before = new Map((await s.seriesById(on, [...linked.before])).map((row) => [row.id, row]));
  for (const row of linked.groups) {
    const same = unchangedSeries(row, assembled, touched, before);
    if (same === null) due.push(row);
    else kept.add(same);
  }
  const others = await touchedSeries(on, s, touched, linked.before);
  due.push(...others);
  // What is left of the old ones goes first, so that a new series can take an old one's name.
  const described = [];
  for (const row of due) {
    described.push({ row, record: await describe(around, row, linked.facts) });
    await around.breathe();
  }
  const keys = new Set(described.map(({ record }) => record.id));
  for (const old of before.values()) {
    if (kept.has(old.id) || keys.has(old.key)) continue;
    await around.search.remove(on, old.search_row);
    await s.removeSeries(on, { id: old.id });
  }
  for (const { row, record } of described) {
    await storeSeries(around, row, record);
    await around.breathe();
  }
  return described.length;
}

/** The revisions that hold the touched members. */
async function revisionsOf(
  on: Runner,
  s: DeriveStatements,
  members: ReadonlySet<number>,
): Promise<Set<number>> {
  const rows = await s.componentsOf(on, [...members]);
  return new Set(rows.flatMap((row) => (row.revision_id === null ? [] : [row.revision_id])));
}

/** The stored series that is this very group with nothing new in it; null where it must be described. */
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

/** Series whose revisions stand as they were, but of which something else is to be told. */
async function touchedSeries(
  on: Runner,
  s: DeriveStatements,
  touched: ReadonlySet<number>,
  linked: ReadonlySet<number>,
): Promise<GroupRow[]> {
  const rows = await s.revisionsById(on, [...touched]);
  const ids = new Set(rows.flatMap((row) => (row.series_id === null ? [] : [row.series_id])));
  const found: GroupRow[] = [];
  for (const series of await s.seriesById(
    on,
    [...ids].filter((id) => !linked.has(id)),
  )) {
    const joined = JSON.parse(series.joined) as Joined;
    const revisions = new Map((await s.revisionsByKey(on, joined.revisions)).map((row) => [row.key, row]));
    const rowsInOrder = joined.revisions.flatMap((key) => revisions.get(key) ?? []);
    found.push({
      group: groupOf(joined, revisions),
      revisions: rowsInOrder.map((row) => ({ id: row.id, series_id: series.id })),
    });
  }
  return found;
}

/** `read`: the facts that are at hand already. */
async function describe(
  { on, s, rules }: Surroundings,
  row: GroupRow,
  read: ReadonlyMap<string, JoinFacts>,
): Promise<SeriesRecord> {
  const members = await s.membersOfRevisions(
    on,
    row.revisions.map((revision) => revision.id),
  );
  const replies = await s.repliesTo(
    on,
    members.map((member) => member.id),
  );
  const facts = new Map<string, JoinFacts>();
  for (const { key, facts: text } of [...members, ...replies].sort((a, b) => (a.key < b.key ? -1 : 1)))
    facts.set(key, read.get(key) ?? (JSON.parse(text) as JoinFacts));
  replies.sort((a, b) => (a.key < b.key ? -1 : 1));
  const material: GroupedMail = {
    group: row.group,
    messages: postingsOf(members),
    facts,
    targets: new Map(replies.map((reply) => [reply.key, reply.target])),
  };
  return rules.describeSeries(material);
}

async function storeSeries(
  { on, s, search }: Surroundings,
  { group, revisions }: GroupRow,
  record: SeriesRecord,
): Promise<void> {
  const [old] = await s.seriesByKey(on, { key: record.id });
  const id = old?.id ?? ((await s.lastSeries(on, {}))[0]?.id ?? 0) + 1;
  const searchRow = search.rowFor(id, record.updated);
  if (old !== undefined) await search.remove(on, old.search_row);
  const columns = {
    id,
    updated: record.updated,
    title_key: titleKey(record.title),
    search_row: searchRow,
    joined: joinedOf(group),
    document: JSON.stringify(record),
  };
  if (old === undefined) await s.addSeries(on, { ...columns, key: record.id });
  else await s.setSeries(on, columns);
  await search.add(on, searchRow, record);
  await s.clearSubsystems(on, { id });
  for (const { slug, name, primary } of record.subsystems)
    await s.addSubsystem(on, { series_id: id, slug, name, is_primary: primary ? 1 : 0 });
  await holdMail(
    { on, s },
    id,
    revisions.map((row) => row.id),
  );
}

/** Points revisions, members and what speaks of them to the series. */
async function holdMail(
  { on, s }: Pick<Surroundings, 'on' | 's'>,
  seriesId: number,
  revisions: readonly number[],
): Promise<void> {
  for (const revisionId of revisions) {
    await s.holdRevision(on, { revision_id: revisionId, series_id: seriesId });
    await s.holdMembers(on, { revision_id: revisionId, series_id: seriesId });
    await s.holdReplies(on, { revision_id: revisionId, series_id: seriesId });
  }
}
