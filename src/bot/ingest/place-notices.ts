import { CLUSTERS, componentsOfKeys } from '../../adapters/store/component-rows.js';
import { messagesOfComponents, placesByKey } from '../../adapters/store/derivation-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import { clusterKeys } from '../../digest/revision/cluster-keys.js';
import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import { noticedKeys, noticeKeys } from '../../digest/series/link-keys.js';
import { namesByTitle, noticedPatch } from '../../digest/state/claim-places.js';
import type { Draft, LooseNotice } from './derive-revisions.js';
import { disjointSets } from './disjoint.js';
import { hashKey } from './hash-key.js';
import { type NamedRevisions, revisionsNamed } from './revisions-named.js';
import { waitingKey } from './waiting-key.js';

/**
 * Gives the notices that name a patch by title and author, and answer to nothing that is here, to the patch that they name: those of
 * this batch, and those that came before the postings of this batch. A few statements, however many there are.
 */
export async function placeNotices(on: Db, draft: Draft): Promise<void> {
  const notices = new Map(draft.notices);
  for (const notice of await waitingNotices(on, draft))
    if (!notices.has(notice.id)) notices.set(notice.id, notice);
  if (notices.size === 0) return;
  const keys = new Set([...notices.values()].flatMap(({ facts }) => noticeKeys(facts).map(hashKey)));
  const named = await revisionsNamed(on, keys, draft);
  const placed = [...notices.values()].map((notice) => ({ notice, target: targetOf(notice, named) }));
  const places = new Map(
    (await placesByKey(on, new Set(placed.flatMap(({ target }) => target ?? [])))).map((row) => [
      row.key,
      row,
    ]),
  );
  for (const { notice, target } of placed) {
    const place = target === null ? undefined : places.get(target);
    const targetId = place?.id ?? null;
    const before = draft.memberships.get(notice.id);
    if (targetId === notice.target_id && before === undefined) continue;
    const homeId =
      place === undefined ? null : (draft.memberships.get(place.id)?.revisionId ?? place.revision_id);
    const { facts } = notice;
    draft.memberships.set(notice.id, { key: facts.id, facts, revisionId: null, targetId, homeId });
    for (const id of [notice.target_id, targetId]) if (id !== null) draft.touched.add(id);
  }
}

/** Notices that are stored and name a patch of a posting that changed. */
async function waitingNotices(on: Db, draft: Draft): Promise<LooseNotice[]> {
  const keys = new Set<number>();
  for (const { revision } of draft.changed.values())
    for (const key of noticedKeys(revision, draft.facts)) keys.add(hashKey(waitingKey(key)));
  if (keys.size === 0) return [];
  const components = new Set((await componentsOfKeys(on, CLUSTERS, keys)).values());
  if (components.size === 0) return [];
  const rows = (await messagesOfComponents(on, components)).map((row) => ({
    ...row,
    facts: JSON.parse(row.facts) as JoinFacts,
  }));
  // A component also holds the threads of other notices that wait for the same patch.
  return disjointSets(rows, (row) => clusterKeys(row.facts))
    .filter((thread) => !thread.some((row) => isInPosting(row, draft)))
    .flat()
    .filter(({ id, facts }) => (draft.memberships.get(id)?.targetId ?? null) === null && namesByTitle(facts));
}

/** A notice in the thread of a posting is about that posting. */
function isInPosting(
  { id, revision_id }: { readonly id: number; readonly revision_id: number | null },
  { memberships }: Draft,
): boolean {
  const place = memberships.get(id);
  return (place === undefined ? revision_id : place.revisionId) !== null;
}

function targetOf({ facts }: LooseNotice, { byKey, facts: all }: NamedRevisions): string | null {
  const revisions = new Set(noticeKeys(facts).flatMap((key) => byKey.get(hashKey(key)) ?? []));
  const sorted = [...revisions].sort((a, b) =>
    sentAt(a) === sentAt(b) ? (a.id < b.id ? -1 : 1) : sentAt(a) < sentAt(b) ? -1 : 1,
  );
  return noticedPatch(facts, sorted, all);
}

const sentAt = (revision: Revision): string => revision.received ?? revision.date ?? '';
