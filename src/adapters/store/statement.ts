import { CompiledQuery, type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

/**
 * Queries on the path of every mail. kysely takes longer to compile most of them than SQLite to run them, so they
 * are compiled once, with a hole where each value goes.
 */
class Hole {
  /** `at`: of which of several keys or rows. */
  constructor(
    readonly name: string,
    readonly at = 0,
  ) {}
}

interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** Where a statement runs: the database or a transaction on it. */
export interface Runner extends QueryExecutorProvider {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ readonly rows: Row[] }>;
}

/** Runs a compiled query at once, on the connection of a transaction. */
export type DirectRun = (sql: string, parameters: readonly unknown[]) => unknown[];

/**
 * Transactions whose statements go straight to the engine. A mail takes some twenty of them, and kysely's way to the
 * driver (a mutex, a connection lent and given back, four promises) costs more than SQLite's look-up itself: 2.0 to 3.0 µs a
 * small one, 0.5 to 0.9 µs without. What is not in here, questions outside of transactions and every other engine, goes that
 * way still.
 */
const directRuns = new WeakMap<Runner, DirectRun>();

/** From now on the statements of this transaction are run by `run`. */
export function runDirectly(on: Runner, run: DirectRun): void {
  directRuns.set(on, run);
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
      const values = given as Readonly<Record<string, unknown>>;
      return execute(on, compiled, (hole) => values[hole.name]);
    };
  };
}

/**
 * UTF-8 bytes stored as text. Documents come as bytes from the thread that made them; as strings of JavaScript they would be made, collected
 * and encoded again for nothing. SQLite's way to say it: PostgreSQL's is `convert_from(…, 'UTF8')`.
 */
export function textOfBytes<Bytes extends Uint8Array | null>(
  bytes: Bytes,
): RawBuilder<Bytes extends null ? string | null : string> {
  return sql`cast(${bytes} as text)`;
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
        const holes = Array.from({ length: size }, (_, i) => new Hole('', i));
        query = build(holes as Key[]).compile();
        compiled.set(size, query);
      }
      for (const row of await execute(on, query, ({ at }) => chunk[Math.min(at, chunk.length - 1)]))
        rows.push(row);
    }
    return rows;
  };
}

const ROWS = [1, 8, 64] as const;

/**
 * An insert of any number of rows, in chunks of few fixed sizes, the last one filled up with a row that is in it already: what is
 * there is left alone (`on conflict do nothing`).
 */
export function statementRows<Given extends object>(build: (rows: Given[]) => Compilable<unknown>) {
  const compiled = new Map<number, CompiledQuery<unknown>>();
  return async (on: Runner, given: readonly Given[]): Promise<void> => {
    for (let from = 0; from < given.length; from += ROWS[2]) {
      const chunk = given.slice(from, from + ROWS[2]);
      const size = ROWS.find((candidate) => candidate >= chunk.length) ?? ROWS[2];
      let query = compiled.get(size);
      if (query === undefined) {
        const holes = Array.from(
          { length: size },
          (_, i) => new Proxy({}, { get: (_target, name) => new Hole(String(name), i) }) as Given,
        );
        query = build(holes).compile();
        compiled.set(size, query);
      }
      await execute(on, query, ({ at, name }) => {
        const row = chunk[Math.min(at, chunk.length - 1)] as Readonly<Record<string, unknown>>;
        return row[name];
      });
    }
  };
}

async function execute<Row>(
  on: Runner,
  compiled: CompiledQuery<Row>,
  fill: (hole: Hole) => unknown,
): Promise<Row[]> {
  const holes = compiled.parameters;
  const parameters: unknown[] = [];
  for (let at = 0; at < holes.length; at++) {
    const hole = holes[at];
    parameters.push(hole instanceof Hole ? fill(hole) : hole);
  }
  const direct = directRuns.get(on);
  if (direct !== undefined) return direct(compiled.sql, parameters) as Row[];
  return (await on.executeQuery<Row>({ ...compiled, parameters })).rows;
}

/** Runs SQL of one engine alone, which kysely's builder does not know. */
export async function executeText<Row>(on: Runner, text: string, values: readonly unknown[]): Promise<Row[]> {
  const direct = directRuns.get(on);
  if (direct !== undefined) return direct(text, values) as Row[];
  const query: CompiledQuery<Row> = { ...CompiledQuery.raw(text, [...values]) };
  return (await on.executeQuery<Row>(query)).rows;
}
