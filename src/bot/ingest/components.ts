import {
  type ComponentChanges,
  type ComponentTables,
  componentsOfKeys,
  nextComponent,
  sizesOfComponents,
} from '../../adapters/store/component-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import { disjointSets } from './disjoint.js';

export interface KeyedRow {
  readonly id: number;
  /** The component that it is in now; null if it is new. */
  readonly component: number | null;
  readonly keys: readonly number[];
}

/** What joining some rows comes to. */
export interface JoinPlan extends ComponentChanges {
  /** Components that the rows hang together with, as they are now, before any of them is joined. */
  readonly parts: ReadonlySet<number>;
}

/**
 * Which rows hang together, kept in the database so that memory does not grow with the archive.
 *
 * Every key of every row points to a component; a row whose keys point to several makes them one. Rows carry the
 * number of their component, and the smaller part is renumbered; keys are not (there are far more of them): an old
 * number is looked up in the alias table, one step deep.
 *
 * A component may hold more than what truly hangs together: keys are hashes, and the keys of a row that changed stay. It
 * is split again by the real keys where it is read (`disjointSets`). It holds less only in a flood: a component of `most`
 * rows is closed.
 */
export async function planJoin(
  on: Db,
  tables: ComponentTables,
  given: readonly KeyedRow[],
  most: number,
): Promise<JoinPlan> {
  const known = await componentsOfKeys(on, tables, new Set(given.flatMap((row) => row.keys)));
  const sets = disjointSets(given, (row) => namesOf(row, known)).map((set) => ({
    set,
    parts: partsOf(set, known),
  }));
  const sizes = await sizesOfComponents(on, tables, new Set(sets.flatMap(({ parts }) => parts)));
  const draft = createDraft(known, sizes, most, await nextComponent(on, tables));
  for (const { set, parts } of sets) draft.add(set, parts);
  return draft.result();
}

/** The components that a set of rows, or its keys, are in. */
function partsOf(set: readonly KeyedRow[], known: ReadonlyMap<number, number>): number[] {
  const parts = new Set<number>();
  for (const row of set) {
    if (row.component !== null) parts.add(row.component);
    for (const key of row.keys) {
      const component = known.get(key);
      if (component !== undefined) parts.add(component);
    }
  }
  return [...parts];
}

/** Puts a plan together, set by set. */
function createDraft(
  known: ReadonlyMap<number, number>,
  sizes: ReadonlyMap<number, number>,
  most: number,
  first: number,
) {
  let next = first;
  const parts = new Set<number>();
  const componentOf = new Map<number, number>();
  const merges: { from: number; into: number }[] = [];
  const keys: { key: number; component: number }[] = [];
  const moved: { key: number; component: number }[] = [];
  const bySize = (list: readonly number[]): number[] =>
    [...list].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b);

  const put = (row: KeyedRow, into: number): void => {
    if (row.component === null) componentOf.set(row.id, into);
    for (const key of row.keys) if (!known.has(key)) keys.push({ key, component: into });
  };
  const joinAll = (set: readonly KeyedRow[], own: readonly number[]): void => {
    const [into = next++, ...others] = bySize(own);
    for (const from of others) merges.push({ from, into });
    for (const row of set) put(row, into);
    for (const part of own) parts.add(part);
  };
  /** They do not all fit in one: existing ones stay where they are, and new ones begin another. */
  const joinApart = (set: readonly KeyedRow[], own: readonly number[]): void => {
    const fresh = set.filter((row) => row.component === null);
    const smallest = bySize(own).at(-1);
    const fits = smallest !== undefined && (sizes.get(smallest) ?? 0) + fresh.length <= most;
    const into = fits ? smallest : next;
    if (!fits && fresh.length > 0) next++;
    for (const row of set) {
      const home = row.component ?? into;
      put(row, home);
      if (row.component !== null || fits) parts.add(home);
      for (const key of row.component === null ? row.keys : [])
        if (known.has(key) && known.get(key) !== into) moved.push({ key, component: into });
    }
  };
  return {
    add(set: readonly KeyedRow[], own: readonly number[]): void {
      const size = own.reduce((sum, part) => sum + (sizes.get(part) ?? 0), 0);
      const fresh = set.filter((row) => row.component === null).length;
      if (own.length > 0 && size + fresh > most) joinApart(set, own);
      else joinAll(set, own);
    },
    result: (): JoinPlan => ({
      parts,
      componentOf,
      merges,
      keys,
      moved,
      next: next === first ? null : next,
    }),
  };
}

/** What a row hangs on: the components that it or its keys are in already, else the keys themselves. */
function namesOf(row: KeyedRow, known: ReadonlyMap<number, number>): string[] {
  const own = row.component === null ? [] : [`c${row.component}`];
  const byKey = row.keys.map((key) => {
    const component = known.get(key);
    return component === undefined ? `k${key}` : `c${component}`;
  });
  return [...own, ...byKey];
}
