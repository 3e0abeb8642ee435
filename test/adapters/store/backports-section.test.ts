import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it } from 'vitest';
import { up } from '../../../src/adapters/store/migrations/0021-backports-section.js';

it.each([
  ['{}', '{}'],
  [
    '{"form":"full","sections":["series","versions","discussed","applied"],"order":"size"}',
    '{"form":"full","sections":["series","versions","discussed","applied","backports"],"order":"size"}',
  ],
  ['{"sections":["series","applied","waiting"]}', '{"sections":["series","applied","backports","waiting"]}'],
  ['{"sections":["series","versions"]}', '{"sections":["series","backports","versions"]}'],
  ['{"sections":["versions","applied"]}', '{"sections":["versions","applied"]}'],
  ['{"sections":["waiting"]}', '{"sections":["waiting"]}'],
])('a place that shows new series goes on to show backports: %s', async (before, after) => {
  const sqlite = new Sqlite(':memory:');
  sqlite.exec('create table destination (layout text not null)');
  sqlite.prepare('insert into destination values (?)').run(before);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  await up(db);
  await up(db);
  expect(sqlite.prepare('select layout from destination').pluck().get()).toBe(after);
  await db.destroy();
});
