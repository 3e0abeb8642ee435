import type { Assembly, JoinFacts, Revision } from '../../digest/revision/revision.js';
import type { Components } from './components.js';
import type { DeriveStatements } from './derive-statements.js';
import { disjointSets } from './disjoint.js';
import type { Rules } from './rules.js';
import type { Runner } from './statement.js';
import type { WrittenMessages } from './write-messages.js';

/** What a batch did to the revisions. */
export interface AssembledRevisions {
  /** New, or different from what was stored; by row id. */
  readonly changed: ReadonlyMap<number, ChangedRevision>;
  readonly gone: readonly StoredRevision[];
  /** Members of which something is to be told again: they, their lists or what speaks of them changed. */
  readonly touched: ReadonlySet<number>;
  /** The facts that were read on the way, by Message.id. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
}

export interface ChangedRevision {
  readonly revision: Revision;
  /** null where it is new. */
  readonly component: number | null;
}

export interface StoredRevision {
  readonly id: number;
  readonly component: number;
  readonly series_id: number | null;
  readonly document: string;
}

interface MessageRow {
  readonly id: number;
  readonly key: string;
  readonly component: number;
  readonly revision_id: number | null;
  readonly target_id: number | null;
  readonly facts: JoinFacts;
}

/** Joins the messages of a batch with what they belong to and stores the revisions that come of it. */
export async function deriveRevisions(
  on: Runner,
  s: DeriveStatements,
  rules: Rules,
  clusters: Components,
  written: WrittenMessages,
): Promise<AssembledRevisions> {
  const components = await clusters.join(on, written.joined);
  const rows = (await s.messagesOfComponents(on, [...components])).map((row) => ({
    ...row,
    facts: JSON.parse(row.facts) as JoinFacts,
  }));
  const stored = new Map((await s.revisionsOfComponents(on, [...components])).map((row) => [row.id, row]));
  const result: Result = {
    changed: new Map(),
    gone: [],
    touched: new Set(),
    facts: new Map(rows.map((row) => [row.key, row.facts])),
  };
  const joined = new Set(written.joined.map((message) => message.id));
  const replaced = new Set(written.joined.filter((m) => m.component !== null).map((m) => m.id));
  for (const set of setsToAssemble(rows, joined, replaced, rules)) {
    const facts = set.map((row) => row.facts).sort((a, b) => (a.id < b.id ? -1 : 1));
    await storeAssembly(on, s, set, rules.assembleRevisions(facts), stored, replaced, result);
  }
  for (const row of await s.componentsOf(on, [...written.changed, ...replaced]))
    for (const id of row.revision_id === null ? [row.target_id] : [row.id])
      if (id !== null) result.touched.add(id);
  return result;
}

interface Result {
  readonly changed: Map<number, ChangedRevision>;
  readonly gone: StoredRevision[];
  readonly touched: Set<number>;
  readonly facts: Map<string, JoinFacts>;
}

/** The sets that hold something new; where a message was replaced, all of its component: it may have left any of them. */
function setsToAssemble(
  rows: readonly MessageRow[],
  joined: ReadonlySet<number>,
  replaced: ReadonlySet<number>,
  rules: Rules,
): MessageRow[][] {
  const shaken = new Set(rows.filter((row) => replaced.has(row.id)).map((row) => row.component));
  return disjointSets(rows, (row) => rules.clusterKeys(row.facts)).filter((set) =>
    set.some((row) => joined.has(row.id) || shaken.has(row.component)),
  );
}

async function storeAssembly(
  on: Runner,
  s: DeriveStatements,
  set: readonly MessageRow[],
  assembly: Assembly,
  stored: ReadonlyMap<number, StoredRevision>,
  replaced: ReadonlySet<number>,
  result: Result,
): Promise<void> {
  const ids = new Map(set.map((row) => [row.key, row.id]));
  const revisionOf = new Map<string, number>();
  const kept = new Set<number>();
  for (const revision of assembly.revisions) {
    const id = ids.get(revision.id);
    if (id === undefined) throw new Error(`revision ${revision.id} is none of the messages it was made of`);
    kept.add(id);
    for (const member of revision.members) revisionOf.set(member, id);
    const before = stored.get(id);
    const document = JSON.stringify(revision);
    const columns = { id, document, received: revision.received ?? revision.date };
    if (before === undefined) await s.addRevision(on, columns);
    else if (before.document !== document) await s.setRevision(on, columns);
    else if (!revision.members.some((member) => replaced.has(ids.get(member) ?? -1))) continue;
    result.changed.set(id, { revision, component: before?.component ?? null });
  }
  for (const row of set) {
    const before = stored.get(row.id);
    if (before !== undefined && !kept.has(row.id)) {
      await s.removeRevision(on, { id: row.id });
      result.gone.push(before);
    }
    await storeMembership(on, s, row, revisionOf, ids, assembly.targets, result);
  }
}

async function storeMembership(
  on: Runner,
  s: DeriveStatements,
  row: MessageRow,
  revisionOf: ReadonlyMap<string, number>,
  ids: ReadonlyMap<string, number>,
  targets: ReadonlyMap<string, string>,
  result: Result,
): Promise<void> {
  const revisionId = revisionOf.get(row.key) ?? null;
  const target = revisionId === null ? targets.get(row.key) : undefined;
  const targetId = target === undefined ? null : (ids.get(target) ?? null);
  if (revisionId === row.revision_id && targetId === row.target_id) return;
  await s.setMembership(on, { id: row.id, revision_id: revisionId, target_id: targetId });
  for (const id of [row.target_id, targetId]) if (id !== null) result.touched.add(id);
  if (revisionId !== null) result.touched.add(row.id);
}
