import type { CompiledQuery, QueryExecutorProvider } from 'kysely';

/**
 * Queries on the path of every mail. kysely takes longer to compile most of them than SQLite to run them, so they
 * are compiled once, with a hole where each value goes.
 */
class Hole {
  constructor(readonly name: string) {}
}

interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** Where a statement runs: the database or a transaction on it. */
export interface Runner extends QueryExecutorProvider {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ readonly rows: Row[] }>;
}

/** A query that was compiled once; called with its values it answers with its rows. */
export type Statement<Given, Row> = (on: Runner, given: Given) => Promise<Row[]>;

/**
 * `statement<{key: string}>()((v) => db.selectFrom('message').select('id').where('key', '=', v.key))`.
 * The values are holes while the query is built: name each one, they cannot be spread.
 */
export function statement<Given extends object>() {
  return <Row>(build: (values: Given) => Compilable<Row>): Statement<Given, Row> => {
    const holes = new Proxy({}, { get: (_, name) => new Hole(String(name)) });
    let compiled: CompiledQuery<Row> | undefined;
    return async (on, given) => {
      compiled ??= build(holes as Given).compile();
      const values = new Map(Object.entries(given));
      return execute(on, compiled, (hole) => values.get(hole.name));
    };
  };
}

const SIZES = [1, 8, 64, 512] as const;

/**
 * A query with one `in (…)`, for any number of keys: asked in chunks of few fixed sizes, the last one filled up
 * with a key that is in it already.
 */
export function statementIn<Key, Row>(build: (keys: Key[]) => Compilable<Row>) {
  const compiled = new Map<number, CompiledQuery<Row>>();
  return async (on: Runner, keys: readonly Key[]): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let from = 0; from < keys.length; from += SIZES[3]) {
      const chunk = keys.slice(from, from + SIZES[3]);
      const size = SIZES.find((candidate) => candidate >= chunk.length) ?? SIZES[3];
      let query = compiled.get(size);
      if (query === undefined) {
        const holes = Array.from({ length: size }, (_, i) => new Hole(String(i)));
        query = build(holes as Key[]).compile();
        compiled.set(size, query);
      }
      for (const row of await execute(
        on,
        query,
        (hole) => chunk[Math.min(Number(hole.name), chunk.length - 1)],
      ))
        rows.push(row);
    }
    return rows;
  };
}

async function execute<Row>(
  on: Runner,
  compiled: CompiledQuery<Row>,
  fill: (hole: Hole) => unknown,
): Promise<Row[]> {
  const parameters = compiled.parameters.map((value) => (value instanceof Hole ? fill(value) : value));
  return (await on.executeQuery<Row>({ ...compiled, parameters })).rows;
}
