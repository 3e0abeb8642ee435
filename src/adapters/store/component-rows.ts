import { sql } from 'kysely';
import { readMeta, writeMeta } from './meta.js';
import type { Db } from './schema.js';
import { insertRows, ofSet, rowSet, updateRows } from './sets.js';

/** Which tables hold the components of one kind of row: see bot/ingest/components.ts. */
export interface ComponentTables {
  readonly rows: 'message' | 'revision';
  readonly keys: 'cluster_key' | 'link_key';
  readonly aliases: 'cluster_alias' | 'link_alias';
}

export const CLUSTERS: ComponentTables = { rows: 'message', keys: 'cluster_key', aliases: 'cluster_alias' };
export const LINKS: ComponentTables = { rows: 'revision', keys: 'link_key', aliases: 'link_alias' };

/** The components that absorbed others, for numbers that were read some time ago. */
export async function resolveComponents(
  on: Db,
  { aliases }: ComponentTables,
  components: readonly number[],
): Promise<Map<number, number>> {
  const moved = await ofSet(on, new Set(components), (set) =>
    on.selectFrom(aliases).select(['component', 'into_component']).where('component', 'in', set).execute(),
  );
  const into = new Map(moved.map((row) => [row.component, row.into_component]));
  return new Map(components.map((component) => [component, into.get(component) ?? component]));
}

/** The component that each key points to, among those that some row has. */
export async function componentsOfKeys(
  on: Db,
  tables: ComponentTables,
  keys: Iterable<number>,
): Promise<Map<number, number>> {
  const found = await ofSet(on, keys, (set) =>
    on.selectFrom(tables.keys).select(['key', 'component']).where('key', 'in', set).execute(),
  );
  const into = await resolveComponents(
    on,
    tables,
    found.map((row) => row.component),
  );
  return new Map(found.map((row) => [row.key, into.get(row.component) ?? row.component]));
}

/** How many rows each component has. */
export async function sizesOfComponents(
  on: Db,
  { rows }: ComponentTables,
  components: Iterable<number>,
): Promise<Map<number, number>> {
  const counted = await ofSet(on, components, (set) =>
    on
      .selectFrom(rows)
      .select(['component', sql<number>`count(*)`.as('size')])
      .where('component', 'in', set)
      .groupBy('component')
      .execute(),
  );
  return new Map(counted.map((row) => [row.component, row.size]));
}

// Numbers are never used twice: an old one may live on as an alias.
const counterOf = ({ rows }: ComponentTables) => `next ${rows} component`;

export async function nextComponent(on: Db, tables: ComponentTables): Promise<number> {
  return Number((await readMeta(on, counterOf(tables))) ?? '1');
}

/** What changes, in the order in which it is written. */
export interface ComponentChanges {
  /** Of rows that are new, by id. */
  readonly componentOf: ReadonlyMap<number, number>;
  readonly merges: readonly { readonly from: number; readonly into: number }[];
  readonly keys: readonly { readonly key: number; readonly component: number }[];
  /** Keys of a full component that lead to another from now on. */
  readonly moved: readonly { readonly key: number; readonly component: number }[];
  /** The next free number; null if none was taken. */
  readonly next: number | null;
}

export async function writeComponents(
  on: Db,
  tables: ComponentTables,
  { componentOf, merges, keys, moved, next }: ComponentChanges,
): Promise<void> {
  if (merges.length > 0) {
    const given = rowSet(on, { from: 'number', into: 'number' }, merges);
    await sql`update ${sql.table(tables.rows)} set component = given."into" from ${given} as given
      where component = given."from"`.execute(on);
    await sql`update ${sql.table(tables.aliases)} set into_component = given."into" from ${given} as given
      where into_component = given."from"`.execute(on);
    await insertRows(
      on,
      tables.aliases,
      { component: 'number', into_component: 'number' },
      merges.map(({ from, into }) => ({ component: from, into_component: into })),
    );
  }
  const rows = [...componentOf].map(([id, component]) => ({ id, component }));
  await updateRows(on, tables.rows, 'id', { id: 'number', component: 'number' }, rows);
  const KEY = { key: 'number', component: 'number' } as const;
  await insertRows(on, tables.keys, KEY, keys, sql`on conflict do nothing`);
  await updateRows(on, tables.keys, 'key', KEY, moved);
  if (next !== null) await writeMeta(on, counterOf(tables), String(next));
}
