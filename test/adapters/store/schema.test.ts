import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/adapters/store/store.js';
import { newDatabase } from '../../lib/database.js';

const FILES = ['schema.ts', 'source-schema.ts', 'quarantine-schema.ts', 'chat/chat-schema.ts'];

const text = FILES.map((file) =>
  readFileSync(new URL(`../../../src/adapters/store/${file}`, import.meta.url), 'utf8'),
)
  .join('\n')
  .replace(/\/\*\*[\s\S]*?\*\//g, '');

/** Names of the fields of an interface's body. */
function fieldsOf(body: string): string[] {
  return [...body.matchAll(/(?:^|[;{\n])\s*(\w+)\??:/g)].map((match) => match[1] ?? '').sort();
}

const bodies = new Map(
  [...text.matchAll(/interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/g)].map(([, name = '', body = '']) => [
    name,
    body,
  ]),
);

/** Each table with its columns, as kysely is given them. */
const declared = new Map(
  ['Tables', 'ChatTables', 'SourceTables', 'QuarantineTables'].flatMap((name) =>
    [...(bodies.get(name) ?? '').matchAll(/^ {2}(\w+): (?:(\w+)|(\{[^}]*\}));$/gm)].map(
      ([, table = '', row, inline]) => [
        table,
        fieldsOf(row === undefined ? (inline ?? '') : (bodies.get(row) ?? '')),
      ],
    ),
  ),
);

const store = await openStore(await newDatabase());
const found = await store.tables.db.introspection.getTables();
afterAll(() => store.close());

/** A column that is declared takes a migration; what is left of its way (the statement that writes it) fails by its name. */
describe('the schema that kysely is given', () => {
  it('is read by this test', () => {
    expect(declared.size).toBeGreaterThan(20);
    expect(declared.get('message')).toContain('author_email');
  });

  it.each([...declared])('has the columns that the migrations make: %s', (table, columns) => {
    const made = found.find(({ name }) => name === table)?.columns.map(({ name }) => name);
    expect(made?.sort(), `src/adapters/store/migrations: ${table}`).toEqual(columns);
  });
});
