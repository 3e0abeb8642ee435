import { componentsOfKeys, LINKS } from '../../adapters/store/component-rows.js';
import { factsByKey, linkedRevisions } from '../../adapters/store/derivation-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts, Revision } from '../../digest/revision/revision.js';
import { noticedKeys } from '../../digest/series/link-keys.js';
import type { Draft } from './derive-revisions.js';
import { hashKey } from './hash-key.js';

export interface NamedRevisions {
  /** By hashed key. */
  readonly byKey: ReadonlyMap<number, readonly Revision[]>;
  readonly facts: ReadonlyMap<string, JoinFacts>;
}

/**
 * The postings that have one of some hashed keys by which mails name a patch by title and author (`noticedKeys`), stored or in the draft, and the facts of their
 * patches. A few statements, however many there are.
 */
export async function revisionsNamed(
  on: Db,
  keys: ReadonlySet<number>,
  draft: Draft,
): Promise<NamedRevisions> {
  const components = await componentsOfKeys(on, LINKS, keys);
  const gone = new Set(draft.gone.map(({ id }) => id));
  const stored = (await linkedRevisions(on, new Set(components.values())))
    .filter(({ id }) => !gone.has(id) && !draft.changed.has(id))
    .map(({ document }) => JSON.parse(document) as Revision);
  const facts = new Map(draft.facts);
  const unread = stored.flatMap(({ members }) => members.filter((id) => !facts.has(id)));
  for (const row of await factsByKey(on, unread)) facts.set(row.key, JSON.parse(row.facts) as JoinFacts);
  const byKey = new Map<number, Revision[]>();
  for (const revision of [...stored, ...[...draft.changed.values()].map((one) => one.revision)])
    for (const key of noticedKeys(revision, facts).map(hashKey)) {
      if (!keys.has(key)) continue;
      const found = byKey.get(key);
      if (found === undefined) byKey.set(key, [revision]);
      else found.push(revision);
    }
  return { byKey, facts };
}
