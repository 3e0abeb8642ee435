import { LINKS, resolveComponents } from '../../adapters/store/component-rows.js';
import { factsByKey, linkedRevisions, storedCorrections } from '../../adapters/store/derivation-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { Correction, SeriesGroup } from '../../digest/series/group.js';
import { linkRevisions } from '../../digest/series/link.js';
import { linkKeys } from '../../digest/series/link-keys.js';
import { MOST_LINKED } from '../../digest/text/limits.js';
import { type JoinPlan, type KeyedRow, planJoin } from './components.js';
import type { AssembledRevisions } from './derive-revisions.js';
import { disjointSets } from './disjoint.js';
import { hashKey } from './hash-key.js';
import type { Planning } from './planning.js';

/** Groups of revisions that had to be computed again, and the series that held any of them until now. */
export interface LinkedGroups {
  readonly groups: readonly GroupRow[];
  readonly before: ReadonlySet<number>;
  /** All facts that were read so far, by Message.id. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
  readonly join: JoinPlan;
}

export interface GroupRow {
  readonly group: SeriesGroup;
  readonly revisions: readonly RevisionRow[];
}

interface RevisionRow {
  readonly id: number;
  readonly series_id: number | null;
}

interface LinkedRevision extends RevisionRow {
  readonly component: number;
  readonly revision: Revision;
}

/** Links the revisions that changed with all that could be the same piece of work. */
export async function planLinks(
  { on, step }: Planning,
  assembled: AssembledRevisions,
): Promise<LinkedGroups> {
  const corrections = byMessage(await storedCorrections(on));
  const keysOf = (revision: Revision, facts: ReadonlyMap<string, JoinFacts>) => [
    ...linkKeys(revision, facts),
    ...revision.members.flatMap((member) =>
      (corrections.get(member) ?? []).map((c) => `correction:${c.a} ${c.b}`),
    ),
  ];
  /** For the revisions that changed: they are needed twice. */
  const keysOfChanged = new Map<string, readonly string[]>();
  const facts = new Map(assembled.facts);
  const changed = [...assembled.changed].map(([id, { revision, component }]) => ({
    id,
    revision,
    component,
  }));
  await readFacts(on, changed, facts);
  const keyed: KeyedRow[] = [];
  for (const { id, revision, component } of changed) {
    step();
    const keys = keysOf(revision, facts);
    keysOfChanged.set(revision.id, keys);
    keyed.push({ id, component, keys: keys.map(hashKey) });
  }
  const join = await planJoin(on, LINKS, keyed, MOST_LINKED);
  const into = new Map(join.merges.map((merge) => [merge.from, merge.into]));
  const goneFrom = assembled.gone.map((revision) => revision.component);
  const gone = new Set((await resolveComponents(on, LINKS, goneFrom)).values());
  const left = new Set([...gone].map((component) => into.get(component) ?? component));
  const rows = await readRevisions(on, new Set([...join.parts, ...gone]), into, join, assembled);
  await readFacts(on, rows, facts);

  const before = new Set<number>();
  for (const { series_id } of assembled.gone) if (series_id !== null) before.add(series_id);
  const groups: GroupRow[] = [];
  for (const set of disjointSets(rows, ({ revision }) => [
    revision.id,
    ...(keysOfChanged.get(revision.id) ?? keysOf(revision, facts)),
  ])) {
    if (!set.some((row) => assembled.changed.has(row.id) || left.has(row.component))) continue;
    step('link');
    for (const { series_id } of set) if (series_id !== null) before.add(series_id);
    groups.push(...linkSet(set, facts, corrections));
  }
  return { groups, before, facts, join };
}

function linkSet(
  set: readonly LinkedRevision[],
  facts: ReadonlyMap<string, JoinFacts>,
  corrections: ReadonlyMap<string, readonly OrderedCorrection[]>,
): GroupRow[] {
  const revisions = set.map((row) => row.revision).sort((a, b) => (a.id < b.id ? -1 : 1));
  const members = revisions.flatMap((revision) => revision.members);
  const own = new Map(members.flatMap((id) => (facts.has(id) ? [[id, facts.get(id) as JoinFacts]] : [])));
  const ordered = [...new Set(members.flatMap((member) => corrections.get(member) ?? []))].sort(
    (a, b) => a.at - b.at,
  );
  const rowOf = new Map(set.map((row) => [row.revision.id, row]));
  return linkRevisions(revisions, own, ordered).map((group) => ({
    group,
    revisions: group.revisions.flatMap((revision) => rowOf.get(revision.id) ?? []),
  }));
}

/** The revisions of some components as they will be: by component and id. */
async function readRevisions(
  on: Db,
  parts: ReadonlySet<number>,
  into: ReadonlyMap<number, number>,
  join: JoinPlan,
  { changed, gone }: AssembledRevisions,
): Promise<LinkedRevision[]> {
  const left = new Set(gone.map((revision) => revision.id));
  const stored = (await linkedRevisions(on, parts)).filter((row) => !left.has(row.id));
  const rows = stored.map(
    ({ id, series_id, component, document }): LinkedRevision => ({
      id,
      series_id,
      component: into.get(component) ?? component,
      revision: changed.get(id)?.revision ?? (JSON.parse(document) as Revision),
    }),
  );
  for (const [id, { revision }] of changed) {
    const component = join.componentOf.get(id);
    if (component !== undefined) rows.push({ id, series_id: null, component, revision });
  }
  return rows.sort((a, b) => a.component - b.component || a.id - b.id);
}

/** Adds the facts of the members of revisions, where any of them is not known. */
async function readFacts(
  on: Db,
  revisions: readonly Pick<LinkedRevision, 'id' | 'revision'>[],
  facts: Map<string, JoinFacts>,
): Promise<void> {
  const unread = revisions.flatMap(({ revision }) => revision.members.filter((id) => !facts.has(id)));
  for (const row of await factsByKey(on, unread)) facts.set(row.key, JSON.parse(row.facts) as JoinFacts);
}

/** A correction and its place among all: the later word wins. */
type OrderedCorrection = Correction & { readonly at: number };

function byMessage(corrections: readonly Correction[]): ReadonlyMap<string, readonly OrderedCorrection[]> {
  const found = new Map<string, OrderedCorrection[]>();
  for (const [at, { kind, a, b }] of corrections.entries()) {
    const correction = { kind, a, b, at };
    for (const id of [a, b]) found.set(id, [...(found.get(id) ?? []), correction]);
  }
  return found;
}
