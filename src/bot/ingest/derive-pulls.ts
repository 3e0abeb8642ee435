import { factsById, placesByKey } from '../../adapters/store/derivation-rows.js';
import { keysOfPulls, pullsOfKeys } from '../../adapters/store/pull-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import { noticedKeys, pullKeys } from '../../digest/series/link-keys.js';
import type { Draft } from './derive-revisions.js';
import { hashKey } from './hash-key.js';
import { revisionsNamed } from './revisions-named.js';

/** What becomes of the pull requests of a batch: planned, not yet written. */
export interface PullPlan {
  /** Rows of which the stored keys are void. */
  readonly gone: readonly number[];
  /** New and changed ones, by row. */
  readonly requests: ReadonlyMap<number, PullRequest>;
}

interface PullRequest {
  readonly facts: JoinFacts;
  /** Hashed. */
  readonly keys: readonly number[];
}

/** Finds the pull requests among what changed. Postings with a patch that one lists, or listed until now, are to be described again. */
export async function planPulls(on: Db, draft: Draft): Promise<PullPlan> {
  const requests = new Map<number, PullRequest>();
  for (const [id, { revision }] of draft.changed) {
    const facts = draft.facts.get(revision.id);
    const keys = facts === undefined ? [] : pullKeys(facts);
    if (facts === undefined || keys.length === 0) continue;
    requests.set(id, { facts, keys: [...new Set(keys.map(hashKey))] });
  }
  const known = [...draft.changed].flatMap(([id, { component }]) => (component === null ? [] : [id]));
  const before = await keysOfPulls(on, [...known, ...draft.gone.map(({ id }) => id)]);
  const hashes = new Set([
    ...before.map(({ key }) => key),
    ...[...requests.values()].flatMap(({ keys }) => keys),
  ]);
  if (hashes.size > 0) {
    const { byKey } = await revisionsNamed(on, hashes, draft);
    const listed = new Set([...byKey.values()].flat().map(({ id }) => id));
    for (const { id } of await placesByKey(on, listed)) draft.touched.add(id);
  }
  return { gone: [...new Set(before.map((row) => row.message_id))], requests };
}

/** Of some series, each given by its postings and the facts of their mails: the pull requests that may list its patches. Two statements. */
export async function pullsListing(
  on: Db,
  series: readonly {
    readonly revisions: readonly Revision[];
    readonly facts: ReadonlyMap<string, JoinFacts>;
  }[],
  { gone, requests }: PullPlan,
): Promise<JoinFacts[][]> {
  const keysOf = series.map(
    ({ revisions, facts }) =>
      new Set(revisions.flatMap((revision) => noticedKeys(revision, facts)).map(hashKey)),
  );
  const left = new Set(gone);
  const keys = new Set(keysOf.flatMap((own) => [...own]));
  const stored = (await pullsOfKeys(on, keys)).filter(
    ({ message_id: id }) => !left.has(id) && !requests.has(id),
  );
  const facts = new Map([...requests].map(([id, request]) => [id, request.facts]));
  for (const row of await factsById(on, new Set(stored.map((one) => one.message_id))))
    facts.set(row.message_id, JSON.parse(row.facts) as JoinFacts);
  const byKey = new Map<number, number[]>();
  const note = (key: number, id: number): void => {
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [id]);
    else own.push(id);
  };
  for (const { key, message_id } of stored) note(key, message_id);
  for (const [id, request] of requests) for (const key of request.keys) if (keys.has(key)) note(key, id);
  return keysOf.map((own) => {
    const ids = new Set([...own].flatMap((key) => byKey.get(key) ?? []));
    return [...ids].flatMap((id) => facts.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}
