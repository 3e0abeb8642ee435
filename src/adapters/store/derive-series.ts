import type { JoinFacts } from '../../digest/revision/revision.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { GroupRow, LinkedGroups } from './derive-links.js';
import type { AssembledRevisions } from './derive-revisions.js';
import type { DeriveStatements } from './derive-statements.js';
import type { GroupedMail, Rules } from './rules.js';
import { groupOf, type Joined, joinedOf, postingsOf } from './series-group.js';
import { readReplies } from './series-replies.js';
import type { Runner } from './statement.js';
import type { TimeLimit } from './time-limit.js';

/** What planning works with. Everything is read, nothing written. */
export interface Planning {
  readonly on: Runner;
  readonly s: DeriveStatements;
  readonly rules: Rules;
  readonly limit: TimeLimit;
  /** Lets others have a turn. */
  readonly breathe: () => Promise<void>;
}

/** What becomes of the series: planned, not yet written. */
export interface SeriesPlan {
  readonly described: readonly DescribedSeries[];
  readonly removed: readonly { readonly id: number; readonly search_row: number }[];
}

export interface DescribedSeries {
  readonly row: GroupRow;
  readonly record: SeriesRecord;
}

/** Describes every series of which something changed. */
export async function planSeries(
  around: Planning,
  assembled: AssembledRevisions,
  linked: Omit<LinkedGroups, 'join'>,
): Promise<SeriesPlan> {
  const { on, s, limit } = around;
  const touched = await revisionsOf(on, s, assembled);
  const kept = new Set<number>();
  const due: GroupRow[] = [];
  const before = new Map((await s.seriesById(on, [...linked.before])).map((row) => [row.id, row]));
  for (const row of linked.groups) {
    const same = unchangedSeries(row, assembled, touched, before);
    if (same === null) due.push(row);
    else kept.add(same);
  }
  due.push(...(await touchedSeries(on, s, touched, linked.before)));
  const described: DescribedSeries[] = [];
  for (const row of due) {
    limit.check();
    described.push({ row, record: await describe(around, row, assembled, linked.facts) });
    await around.breathe();
  }
  const keys = new Set(described.map(({ record }) => record.id));
  const removed = [...before.values()].filter((old) => !kept.has(old.id) && !keys.has(old.key));
  return { described, removed };
}

/** The revisions that hold the touched members. */
async function revisionsOf(
  on: Runner,
  s: DeriveStatements,
  { touched, memberships }: AssembledRevisions,
): Promise<Set<number>> {
  const found = new Set<number>();
  for (const row of await s.componentsOf(on, [...touched])) {
    const place = memberships.get(row.id);
    const id = place === undefined ? row.revision_id : place.revisionId;
    if (id !== null) found.add(id);
  }
  return found;
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
  { on, s, rules }: Planning,
  row: GroupRow,
  { memberships }: AssembledRevisions,
  read: ReadonlyMap<string, JoinFacts>,
): Promise<SeriesRecord> {
  const revisions = row.group.revisions;
  const members = unique(await s.membersByKey(on, [...new Set(revisions.flatMap((one) => one.members))]));
  const replies = await readReplies(on, s, revisions, members, memberships);
  const facts = new Map<string, JoinFacts>();
  const texts = [...members, ...replies.facts].sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { key, facts: text } of texts)
    facts.set(key, read.get(key) ?? (typeof text === 'string' ? (JSON.parse(text) as JoinFacts) : text));
  const material: GroupedMail = {
    group: row.group,
    messages: postingsOf(members),
    facts,
    targets: replies.targets,
    replies: replies.counts,
  };
  return rules.describeSeries(material);
}

/** `statementIn` fills its last chunk with a key that is in it. */
function unique<Row extends { readonly id: number }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
