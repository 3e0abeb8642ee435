import { sql } from 'kysely';
import { disjointSets } from './disjoint.js';
import { metaStatements } from './meta.js';
import type { Db } from './schema.js';
import { type Runner, statement, statementIn, statementRows } from './statement.js';

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
export interface Components {
  /** Finds out what each row hangs together with, and changes nothing. The rows need not be there yet. */
  plan(on: Runner, rows: readonly KeyedRow[]): Promise<JoinPlan>;
  /** Does what was planned; since then nothing may have changed, and the rows must be there. */
  apply(on: Runner, plan: JoinPlan): Promise<void>;
  /** Those of the keys that some row has. */
  known(on: Runner, keys: readonly number[]): Promise<Set<number>>;
  /** The components in which others went up, for numbers that were read some time ago. */
  resolve(on: Runner, components: readonly number[]): Promise<Set<number>>;
}

export interface KeyedRow {
  readonly id: number;
  /** The component that it is in now; null where it is new. */
  readonly component: number | null;
  readonly keys: readonly number[];
}

/** What joining some rows comes to. */
export interface JoinPlan {
  /** Components that the rows hang together with, as they are now, before any of them is joined. */
  readonly parts: ReadonlySet<number>;
  /** The components that the rows are in afterwards. */
  readonly touched: ReadonlySet<number>;
  /** Of rows that are new, by id. */
  readonly componentOf: ReadonlyMap<number, number>;
  readonly merges: readonly { readonly from: number; readonly into: number }[];
  readonly keys: readonly { readonly key: number; readonly component: number }[];
  /** Keys of a full component that lead to another from now on. */
  readonly moved: readonly { readonly key: number; readonly component: number }[];
  /** The next free number; null where none was taken. */
  readonly next: number | null;
}

interface Names {
  readonly rows: 'message' | 'revision';
  readonly keys: 'cluster_key' | 'link_key';
  readonly aliases: 'cluster_alias' | 'link_alias';
  /** Rows of one component. A full one is closed: what would join it begins a new one, and its keys lead there. */
  readonly most: number;
}

export function createComponents(db: Db, names: Names): Components {
  const { rows, keys, aliases, most } = names;
  // Numbers are never used twice: an old one may live on as an alias.
  const counter = `next ${rows} component`;
  const { readMeta, writeMeta } = metaStatements(db);
  const knownKeys = statementIn((list: number[]) =>
    db.selectFrom(keys).select(['key', 'component']).where('key', 'in', list),
  );
  const knownAliases = statementIn((list: number[]) =>
    db.selectFrom(aliases).select(['component', 'into_component']).where('component', 'in', list),
  );
  const addKeys = statementRows<{ key: number; component: number }>((given) =>
    db
      .insertInto(keys)
      .values(given.map(({ key, component }) => ({ key, component })))
      .onConflict((c) => c.doNothing()),
  );
  const moveKey = statement<{ key: number; component: number }>()((v) =>
    db.updateTable(keys).set({ component: v.component }).where('key', '=', v.key),
  );
  const sizes = statementIn((list: number[]) =>
    db
      .selectFrom(rows)
      .select(['component', sql<number>`count(*)`.as('size')])
      .where('component', 'in', list)
      .groupBy('component'),
  );
  const renumber = statement<{ from: number; into: number }>()((v) =>
    db.updateTable(rows).set({ component: v.into }).where('component', '=', v.from),
  );
  const setComponent = statement<{ id: number; component: number }>()((v) =>
    db.updateTable(rows).set({ component: v.component }).where('id', '=', v.id),
  );
  const redirect = statement<{ from: number; into: number }>()((v) =>
    db.updateTable(aliases).set({ into_component: v.into }).where('into_component', '=', v.from),
  );
  const addAlias = statement<{ component: number; into_component: number }>()((v) =>
    db.insertInto(aliases).values({ component: v.component, into_component: v.into_component }),
  );

  const movedFrom = async (on: Runner, components: readonly number[]): Promise<Map<number, number>> => {
    const rows = await knownAliases(on, [...new Set(components)]);
    return new Map(rows.map((row) => [row.component, row.into_component]));
  };

  const resolve: Components['resolve'] = async (on, components) => {
    const moved = await movedFrom(on, components);
    return new Set(components.map((component) => moved.get(component) ?? component));
  };

  const lookUp = async (on: Runner, list: readonly number[]): Promise<Map<number, number>> => {
    const found = await knownKeys(on, list);
    const moved = await movedFrom(
      on,
      found.map((row) => row.component),
    );
    return new Map(found.map((row) => [row.key, moved.get(row.component) ?? row.component]));
  };

  const merge = async (on: Runner, parts: readonly number[], into: number): Promise<void> => {
    for (const from of parts) {
      if (from === into) continue;
      await renumber(on, { from, into });
      await redirect(on, { from, into });
      await addAlias(on, { component: from, into_component: into });
    }
  };

  const apply: Components['apply'] = async (on, plan) => {
    for (const { from, into } of plan.merges) await merge(on, [from], into);
    for (const [id, component] of plan.componentOf) await setComponent(on, { id, component });
    await addKeys(on, plan.keys);
    for (const moved of plan.moved) await moveKey(on, moved);
    if (plan.next !== null) await writeMeta(on, { name: counter, value: String(plan.next) });
  };

  const plan: Components['plan'] = async (on, given) => {
    const known = await lookUp(on, [...new Set(given.flatMap((row) => row.keys))]);
    const sets = disjointSets(given, (row) => namesOf(row, known)).map((set) => ({
      set,
      parts: partsOf(set, known),
    }));
    const counted = await sizes(on, [...new Set(sets.flatMap(({ parts }) => parts))]);
    const first = Number((await readMeta(on, { name: counter }))[0]?.value ?? '1');
    const drawn = createDraft(known, new Map(counted.map((row) => [row.component, row.size])), most, first);
    for (const { set, parts } of sets) drawn.add(set, parts);
    return drawn.result();
  };

  return {
    plan,
    apply,
    resolve,
    known: async (on, list) => new Set((await knownKeys(on, list)).map((row) => row.key)),
  };
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
  const touched = new Set<number>();
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
    touched.add(into);
  };
  /** There is no room for all in one: what is here stays where it is, and what is new begins again. */
  const joinApart = (set: readonly KeyedRow[], own: readonly number[]): void => {
    const fresh = set.filter((row) => row.component === null);
    const smallest = bySize(own).at(-1);
    const fits = smallest !== undefined && (sizes.get(smallest) ?? 0) + fresh.length <= most;
    const into = fits ? smallest : next;
    if (!fits && fresh.length > 0) next++;
    for (const row of set) {
      const home = row.component ?? into;
      put(row, home);
      touched.add(home);
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
      touched,
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
