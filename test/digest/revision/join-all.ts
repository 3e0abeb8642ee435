import { assembleRevisions } from '../../../src/digest/revision/assemble.js';
import { clusterKeys } from '../../../src/digest/revision/cluster-keys.js';
import type { JoinFacts, Revision } from '../../../src/digest/revision/revision.js';
import type { Correction, SeriesGroup } from '../../../src/digest/series/group.js';
import { linkRevisions } from '../../../src/digest/series/link.js';
import { linkKeys } from '../../../src/digest/series/link-keys.js';

/** All that joining finds out about a set of mails. */
export interface JoinedMail {
  readonly mails: ReadonlyMap<string, JoinFacts>;
  readonly revisions: readonly Revision[];
  readonly targets: ReadonlyMap<string, string>;
  readonly series: readonly SeriesGroup[];
}

/** Groups things that share a key, directly or through others; things in the order given. */
function closeOver<T>(things: readonly T[], keysOf: (thing: T) => readonly string[]): readonly T[][] {
  const groups = new Map<string, { things: T[]; keys: string[] }>();
  for (const thing of things) {
    const keys = keysOf(thing);
    const met = [...new Set(keys.flatMap((key) => groups.get(key) ?? []))];
    const [home = { things: [], keys: [] }, ...others] = met.sort((a, b) => b.keys.length - a.keys.length);
    home.things.push(thing);
    for (const other of others) {
      home.things.push(...other.things);
      home.keys.push(...other.keys);
      for (const key of other.keys) groups.set(key, home);
    }
    for (const key of keys) {
      if (groups.get(key) !== home) home.keys.push(key);
      groups.set(key, home);
    }
  }
  return [...new Set(groups.values())].map((group) => group.things);
}

/** Joins all mails together. */
export function joinAll(facts: readonly JoinFacts[], corrections: readonly Correction[] = []): JoinedMail {
  const mails = new Map(facts.map((one) => [one.id, one]));
  const clusters = closeOver([...mails.values()], clusterKeys);
  const assemblies = clusters.map((cluster) => assembleRevisions(cluster));
  const revisions = assemblies.flatMap((assembly) => assembly.revisions);
  const components = closeOver(revisions, (revision) => linkKeys(revision, mails));
  const series = components.flatMap((component) => linkRevisions(component, mails, corrections));
  return {
    mails,
    revisions,
    targets: new Map(assemblies.flatMap((assembly) => [...assembly.targets])),
    series,
  };
}
