import { assembleRevisions } from '../../../src/digest/revision/assemble.js';
import { clusterKeys } from '../../../src/digest/revision/cluster-keys.js';
import type { JoinFacts, Revision } from '../../../src/digest/revision/revision.js';
import type { Correction, SeriesGroup } from '../../../src/digest/series/group.js';
import { linkRevisions } from '../../../src/digest/series/link.js';
import { linkKeys } from '../../../src/digest/series/link-keys.js';
import { joinAll } from './join-all.js';

/** All that joining found out, in a form that can be compared. */
export interface Joined {
  readonly revisions: readonly Revision[];
  readonly targets: ReadonlyMap<string, string>;
  readonly series: readonly SeriesGroup[];
}

/** Everything together, in the order of ids. */
export function joinAtOnce(facts: readonly JoinFacts[], corrections: readonly Correction[] = []): Joined {
  const { revisions, targets, series } = joinAll(facts, corrections);
  return {
    revisions: sortById(revisions),
    targets: new Map([...targets].sort()),
    series: sortSeries(series),
  };
}

/**
 * Mail by mail, as a store does it: each mail that arrives joins the clusters that share a key with it; the whole
 * cluster is assembled again, its old revisions are replaced, and the components that held them or share a key with
 * the new ones are linked again. Nothing else is touched.
 */
export function joinOneByOne(
  arrivals: readonly JoinFacts[],
  corrections: readonly Correction[] = [],
): Joined {
  const mails = new Map<string, JoinFacts>();
  const clusters = new Map<string, Cluster>();
  const components = componentStore(mails, corrections);
  for (const one of arrivals) {
    if (mails.has(one.id)) continue;
    mails.set(one.id, one);
    const met = new Set(clusterKeys(one).flatMap((key) => clusters.get(key) ?? []));
    const ids = [one.id, ...[...met].flatMap((cluster) => cluster.ids)];
    const keys = [...clusterKeys(one), ...[...met].flatMap((cluster) => cluster.keys)];
    const { revisions, targets } = assembleRevisions(ids.flatMap((id) => mails.get(id) ?? []));
    const cluster: Cluster = { ids, keys: [...new Set(keys)], revisions, targets };
    for (const key of cluster.keys) clusters.set(key, cluster);
    components.replace(
      [...met].flatMap((old) => old.revisions),
      revisions,
    );
  }
  const all = [...new Set(clusters.values())];
  return {
    revisions: sortById(all.flatMap((cluster) => cluster.revisions)),
    targets: new Map(all.flatMap((cluster) => [...cluster.targets]).sort()),
    series: sortSeries(components.series()),
  };
}

interface Cluster {
  readonly ids: readonly string[];
  readonly keys: readonly string[];
  readonly revisions: readonly Revision[];
  readonly targets: ReadonlyMap<string, string>;
}

/** The revisions by key, and the series of each component as it was linked last. */
function componentStore(mails: ReadonlyMap<string, JoinFacts>, corrections: readonly Correction[]) {
  const byKey = new Map<string, Map<string, Revision>>();
  const keysOf = new Map<string, readonly string[]>();
  const seriesOf = new Map<string, SeriesGroup>();
  const replace = (old: readonly Revision[], fresh: readonly Revision[]): void => {
    const touched = new Set([...old, ...fresh].flatMap(({ id }) => keysOf.get(id) ?? []));
    for (const { id } of old) {
      for (const key of keysOf.get(id) ?? []) byKey.get(key)?.delete(id);
      keysOf.delete(id);
      seriesOf.delete(id);
    }
    for (const revision of fresh) {
      const keys = linkKeys(revision, mails);
      keysOf.set(revision.id, keys);
      for (const key of keys) {
        byKey.set(key, (byKey.get(key) ?? new Map()).set(revision.id, revision));
        touched.add(key);
      }
    }
    relink([...touched]);
  };
  const relink = (touched: readonly string[]): void => {
    const linked = new Set<string>();
    for (const start of touched) {
      const component = new Map<string, Revision>();
      const waiting = [...(byKey.get(start)?.values() ?? [])];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (component.has(next.id) || linked.has(next.id)) continue;
        component.set(next.id, next);
        for (const key of keysOf.get(next.id) ?? []) waiting.push(...(byKey.get(key)?.values() ?? []));
      }
      for (const id of component.keys()) linked.add(id);
      for (const group of linkRevisions([...component.values()], mails, corrections))
        for (const { id } of group.revisions) seriesOf.set(id, group);
    }
  };
  return { replace, series: (): readonly SeriesGroup[] => [...new Set(seriesOf.values())] };
}

function sortById(revisions: readonly Revision[]): readonly Revision[] {
  return [...revisions].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function sortSeries(series: readonly SeriesGroup[]): readonly SeriesGroup[] {
  const first = (group: SeriesGroup): string => group.revisions[0]?.id ?? '';
  return [...series].sort((a, b) => (first(a) < first(b) ? -1 : 1));
}
