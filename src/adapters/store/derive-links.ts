import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { Correction, SeriesGroup } from '../../digest/series/group.js';
import type { Components } from './components.js';
import type { AssembledRevisions } from './derive-revisions.js';
import type { DeriveStatements } from './derive-statements.js';
import { disjointSets } from './disjoint.js';
import { hashKey } from './hash-key.js';
import type { Rules } from './rules.js';
import type { Runner } from './statement.js';

/** Groups of revisions that had to be worked out again, and the series that held any of them until now. */
export interface LinkedGroups {
  readonly groups: readonly GroupRow[];
  readonly before: ReadonlySet<number>;
  /** All facts that were read so far, by Message.id. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
}

export interface GroupRow {
  readonly group: SeriesGroup;
  readonly revisions: readonly RevisionRow[];
}

export interface RevisionRow {
  readonly id: number;
  readonly series_id: number | null;
}

interface LinkedRevision extends RevisionRow {
  readonly component: number;
  readonly revision: Revision;
}

/** Links the revisions that changed with all that could be the same piece of work. */
export async function deriveLinks(
  on: Runner,
  s: DeriveStatements,
  rules: Rules,
  links: Components,
  assembled: AssembledRevisions,
): Promise<LinkedGroups> {
  const corrections = byMessage(await s.corrections(on, {}));
  const keysOf = (revision: Revision, facts: ReadonlyMap<string, JoinFacts>) => [
    ...rules.linkKeys(revision, facts),
    ...revision.members.flatMap((member) =>
      (corrections.get(member) ?? []).map((c) => `correction:${c.a} ${c.b}`),
    ),
  ];
  /** Of the revisions that changed: they are asked for twice. */
  const keysOfChanged = new Map<string, readonly string[]>();
  const facts = new Map(assembled.facts);
  const changed = [...assembled.changed].map(([id, { revision }]) => ({ id, revision }));
  await readFacts(on, s, changed, facts);
  const components = await links.join(
    on,
    [...assembled.changed].map(([id, { revision, component }]) => {
      const keys = keysOf(revision, facts);
      keysOfChanged.set(revision.id, keys);
      return { id, component, keys: keys.map(hashKey) };
    }),
  );
  const left = await links.resolve(
    on,
    assembled.gone.map((revision) => revision.component),
  );
  const rows = await readRevisions(on, s, [...new Set([...components, ...left])]);
  await readFacts(on, s, rows, facts);

  const before = new Set<number>();
  for (const { series_id } of assembled.gone) if (series_id !== null) before.add(series_id);
  const groups: GroupRow[] = [];
  for (const set of disjointSets(rows, ({ revision }) => [
    revision.id,
    ...(keysOfChanged.get(revision.id) ?? keysOf(revision, facts)),
  ])) {
    if (!set.some((row) => assembled.changed.has(row.id) || left.has(row.component))) continue;
    for (const { series_id } of set) if (series_id !== null) before.add(series_id);
    groups.push(...linkSet(rules, set, facts, corrections));
  }
  return { groups, before, facts };
}

function linkSet(
  rules: Rules,
  set: readonly LinkedRevision[],
  facts: ReadonlyMap<string, JoinFacts>,
  corrections: ReadonlyMap<string, readonly SaidCorrection[]>,
): GroupRow[] {
  const revisions = set.map((row) => row.revision).sort((a, b) => (a.id < b.id ? -1 : 1));
  const members = revisions.flatMap((revision) => revision.members);
  const own = new Map(members.flatMap((id) => (facts.has(id) ? [[id, facts.get(id) as JoinFacts]] : [])));
  const said = [...new Set(members.flatMap((member) => corrections.get(member) ?? []))].sort(
    (a, b) => a.at - b.at,
  );
  const rowOf = new Map(set.map((row) => [row.revision.id, row]));
  return rules.linkRevisions(revisions, own, said).map((group) => ({
    group,
    revisions: group.revisions.flatMap((revision) => rowOf.get(revision.id) ?? []),
  }));
}

async function readRevisions(
  on: Runner,
  s: DeriveStatements,
  components: readonly number[],
): Promise<LinkedRevision[]> {
  const rows = await s.linkedRevisions(on, components);
  return rows.map(({ document, ...row }) => ({ ...row, revision: JSON.parse(document) as Revision }));
}

/** Adds the facts of the members of revisions, where any of them is not known. */
async function readFacts(
  on: Runner,
  s: DeriveStatements,
  revisions: readonly Pick<LinkedRevision, 'id' | 'revision'>[],
  facts: Map<string, JoinFacts>,
): Promise<void> {
  const unread = revisions.filter(({ revision }) => !revision.members.every((id) => facts.has(id)));
  for (const row of await s.factsOfRevisions(
    on,
    unread.map(({ id }) => id),
  ))
    if (!facts.has(row.key)) facts.set(row.key, JSON.parse(row.facts) as JoinFacts);
}

/** A correction and its place among all: the later word wins. */
type SaidCorrection = Correction & { readonly at: number };

function byMessage(corrections: readonly Correction[]): ReadonlyMap<string, readonly SaidCorrection[]> {
  const found = new Map<string, SaidCorrection[]>();
  for (const [at, { kind, a, b }] of corrections.entries()) {
    const correction = { kind, a, b, at };
    for (const id of [a, b]) found.set(id, [...(found.get(id) ?? []), correction]);
  }
  return found;
}
