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
 * A component may hold more than what truly hangs together, never less: keys are hashes, and the keys of a row that
 * changed stay. Whoever reads one splits it again by the real keys (`disjointSets`).
 */
export interface Components {
  /** Joins each row with all that share one of its keys; answers with the components that they are in now. The rows must be there already. */
  join(on: Runner, rows: readonly KeyedRow[]): Promise<Set<number>>;
  /** The components in which others went up, for numbers that were read some time ago. */
  resolve(on: Runner, components: readonly number[]): Promise<Set<number>>;
}

export interface KeyedRow {
  readonly id: number;
  /** The component that it is in now; null where it is new. */
  readonly component: number | null;
  readonly keys: readonly number[];
}

interface Names {
  readonly rows: 'message' | 'revision';
  readonly keys: 'cluster_key' | 'link_key';
  readonly aliases: 'cluster_alias' | 'link_alias';
}

export function createComponents(db: Db, names: Names): Components {
  const { rows, keys, aliases } = names;
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

  const join: Components['join'] = async (on, given) => {
    const wanted = [...new Set(given.flatMap((row) => row.keys))];
    const known = await lookUp(on, wanted);
    const touched = new Set<number>();
    const fresh: { key: number; component: number }[] = [];
    const first = Number((await readMeta(on, { name: counter }))[0]?.value ?? '1');
    let next = first;
    for (const set of disjointSets(given, (row) => namesOf(row, known))) {
      const parts = new Set<number>();
      for (const row of set) {
        if (row.component !== null) parts.add(row.component);
        for (const key of row.keys) {
          const component = known.get(key);
          if (component !== undefined) parts.add(component);
        }
      }
      const into = (await largest(on, [...parts])) ?? next++;
      await merge(on, [...parts], into);
      for (const row of set) {
        if (row.component === null) await setComponent(on, { id: row.id, component: into });
        for (const key of row.keys) if (!known.has(key)) fresh.push({ key, component: into });
      }
      touched.add(into);
    }
    await addKeys(on, fresh);
    if (next !== first) await writeMeta(on, { name: counter, value: String(next) });
    return touched;
  };

  const largest = async (on: Runner, parts: readonly number[]): Promise<number | undefined> => {
    if (parts.length < 2) return parts[0];
    const counted = new Map((await sizes(on, parts)).map((row) => [row.component, row.size]));
    return [...parts].sort((a, b) => (counted.get(b) ?? 0) - (counted.get(a) ?? 0) || a - b)[0];
  };

  return { join, resolve };
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
