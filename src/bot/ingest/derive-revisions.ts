import { messagesOfComponents, placesOf, revisionsOfClusters } from '../../adapters/store/derivation-rows.js';
import type { DueMessage } from '../../adapters/store/underived.js';
import { assembleRevisions } from '../../digest/revision/assemble.js';
import { clusterKeys } from '../../digest/revision/cluster-keys.js';
import type { Assembly, JoinFacts, Revision } from '../../digest/revision/revision.js';
import { namesByTitle } from '../../digest/state/claim-places.js';
import { disjointSets } from './disjoint.js';
import type { Planning } from './planning.js';

/** What messages come to as postings: planned, not yet written. */
export interface AssembledRevisions {
  /** New, or different from what is stored; by row id. */
  readonly changed: ReadonlyMap<number, ChangedRevision>;
  readonly gone: readonly StoredRevision[];
  /** Messages that belong elsewhere from now on, by row id. */
  readonly memberships: ReadonlyMap<number, Membership>;
  /** Members that have to be described again: they, their lists or the replies to them changed. */
  readonly touched: ReadonlySet<number>;
  /** The facts that were read on the way, by Message.id. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
}

interface ChangedRevision {
  readonly revision: Revision;
  readonly document: string;
  /** null if it is new. */
  readonly component: number | null;
}

interface StoredRevision {
  readonly id: number;
  readonly component: number;
  readonly series_id: number | null;
  readonly document: string;
}

/** Where a message belongs: a posting as its member, or one of its members as a reply to it. */
export interface Membership {
  readonly key: string;
  readonly facts: JoinFacts;
  readonly revisionId: number | null;
  readonly targetId: number | null;
  /** The revision that it is in or answers to. */
  readonly homeId: number | null;
}

interface MessageRow {
  readonly id: number;
  readonly key: string;
  readonly component: number;
  readonly revision_id: number | null;
  readonly target_id: number | null;
  readonly facts: JoinFacts;
}

/** A notice that answers to nothing that is here. */
export interface LooseNotice {
  readonly id: number;
  readonly facts: JoinFacts;
  readonly target_id: number | null;
}

/** What is put together; replies that were placed already are added to it. */
export interface Draft {
  readonly changed: Map<number, ChangedRevision>;
  readonly gone: StoredRevision[];
  readonly memberships: Map<number, Membership>;
  readonly touched: Set<number>;
  readonly facts: Map<string, JoinFacts>;
  /** Notices that answer to nothing in their cluster, by row id. */
  readonly notices: Map<number, LooseNotice>;
}

export function emptyDraft(): Draft {
  return {
    changed: new Map(),
    gone: [],
    memberships: new Map(),
    touched: new Set(),
    facts: new Map(),
    notices: new Map(),
  };
}

/** Joins messages with what they belong to. Their clusters are joined already. */
export async function planRevisions(
  { on, step }: Planning,
  due: readonly DueMessage[],
  draft: Draft,
): Promise<void> {
  const given = new Set(due.flatMap(({ message_id: id, why }) => (why === 'changed' ? [] : [id])));
  const replaced = new Set(due.flatMap(({ message_id: id, why }) => (why === 'replaced' ? [id] : [])));
  const components = [...new Set((await placesOf(on, given)).map((row) => row.component))];
  const rows: MessageRow[] = [];
  for (const row of await messagesOfComponents(on, components)) {
    rows.push({ ...row, facts: JSON.parse(row.facts) as JoinFacts });
    step();
  }
  const stored = new Map((await revisionsOfClusters(on, components)).map((row) => [row.id, row]));
  for (const row of rows) draft.facts.set(row.key, row.facts);
  for (const set of setsToAssemble(rows, given, replaced)) {
    step('assemble');
    const facts = set.map((row) => row.facts).sort((a, b) => (a.id < b.id ? -1 : 1));
    placeAssembly(set, assembleRevisions(facts), stored, replaced, draft);
  }
  const others = due.filter(({ why }) => why !== 'new').map((one) => one.message_id);
  for (const row of await placesOf(on, others)) {
    const place = draft.memberships.get(row.id);
    const inRevision = place === undefined ? row.revision_id : place.revisionId;
    const id = inRevision === null ? (place === undefined ? row.target_id : place.targetId) : row.id;
    if (id !== null) draft.touched.add(id);
  }
}

/** The sets that hold something new; where a message was replaced, all of its component: it may have left any of them. */
function setsToAssemble(
  rows: readonly MessageRow[],
  given: ReadonlySet<number>,
  replaced: ReadonlySet<number>,
): MessageRow[][] {
  const shaken = new Set(rows.filter((row) => replaced.has(row.id)).map((row) => row.component));
  return disjointSets(rows, (row) => clusterKeys(row.facts)).filter((set) =>
    set.some((row) => given.has(row.id) || shaken.has(row.component)),
  );
}

function placeAssembly(
  set: readonly MessageRow[],
  assembly: Assembly,
  stored: ReadonlyMap<number, StoredRevision>,
  replaced: ReadonlySet<number>,
  draft: Draft,
): void {
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
    const same = before !== undefined && before.document === document;
    if (same && !revision.members.some((member) => replaced.has(ids.get(member) ?? -1))) continue;
    draft.changed.set(id, { revision, document, component: before?.component ?? null });
  }
  for (const row of set) {
    const before = stored.get(row.id);
    if (before !== undefined && !kept.has(row.id)) draft.gone.push(before);
    placeMessage(row, revisionOf, ids, assembly.targets, draft);
  }
}

function placeMessage(
  row: MessageRow,
  revisionOf: ReadonlyMap<string, number>,
  ids: ReadonlyMap<string, number>,
  targets: ReadonlyMap<string, string>,
  draft: Draft,
): void {
  const revisionId = revisionOf.get(row.key) ?? null;
  const target = revisionId === null ? targets.get(row.key) : undefined;
  const targetId = target === undefined ? null : (ids.get(target) ?? null);
  if (revisionId === null && targetId === null && namesByTitle(row.facts))
    draft.notices.set(row.id, { id: row.id, facts: row.facts, target_id: row.target_id });
  if (revisionId === row.revision_id && targetId === row.target_id) return;
  const homeId = revisionId ?? (target === undefined ? null : (revisionOf.get(target) ?? null));
  draft.memberships.set(row.id, { key: row.key, facts: row.facts, revisionId, targetId, homeId });
  for (const id of [row.target_id, targetId]) if (id !== null) draft.touched.add(id);
  if (revisionId !== null) draft.touched.add(row.id);
}
