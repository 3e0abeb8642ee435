import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { expandBody } from '../../../src/adapters/store/raw-body.js';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Makes a database as the first version kept it: documents in the message's row, bodies deflated, no chats and no live sources. */
function asFirstVersion(path: string): void {
  const sqlite = new Sqlite(path);
  sqlite.function('deflated', (body) => deflateRawSync(expandBody(body as Buffer), { level: 2 }));
  sqlite.pragma('foreign_keys = OFF');
  const later = [
    '0003-chat',
    '0004-source',
    '0005-documents-apart',
    '0006-posting-facts',
    '0007-quarantine',
    '0008-underived',
    '0009-written-summaries',
    '0010-search-heads',
    '0012-place-layout',
    '0013-at-once',
    '0014-short-pending-lists',
    '0015-people',
    '0016-titles-by-age',
    '0017-replies-by-age',
    '0018-second-chances',
    '0019-pulls-by-age',
    '0020-pull-keys',
    '0021-backports-section',
  ];
  const known = sqlite.prepare<[], string>('select name from kysely_migration order by name').pluck().all();
  expect(known).toEqual(expect.arrayContaining(later));
  sqlite.exec(`
    alter table message add column facts text not null default '';
    alter table message add column parsed text not null default '';
    update message set (facts, parsed) = (
      select facts, json_patch(coalesce(posting, '{"summary":null,"letter":null}'), json_object('id', key, 'messageId', key, 'trailers', json('[]')))
      from message_document where message_id = message.id);
    update raw set body = deflated(body);
    alter table copy_hash drop column message_id;
    drop index message_target;
    create index message_target on message (target_id);
    alter table message drop column speaks;
    drop table series_heads;
    drop table series_head;
    drop table series_words;
    create virtual table series_words using fts5(title, people, patches,
      content='', contentless_delete=1, detail=column, tokenize="ascii tokenchars '_'");
    delete from kysely_migration where name in (${later.map((name) => `'${name}'`).join(', ')});
  `);
  const kept = ['message', 'raw', 'copy', 'revision', 'series', 'correction', 'meta', 'word', 'kysely'];
  const tables = sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all()
    .filter((name) => name === 'message_document' || !kept.some((start) => name.startsWith(start)))
    .filter((name) => !/^(?:cluster|link|search|title)_/.test(name));
  for (const table of tables) sqlite.exec(`drop table if exists "${table}"`);
  sqlite.close();
}

/** The kinds that lack something, with how many have it. */
function countsOf(path: string): unknown[] {
  const sqlite = new Sqlite(path);
  const rows = sqlite
    .prepare(
      `select kind, count(posting) as placed from message join message_document on message_id = id
       group by kind having count(posting) < count(*)`,
    )
    .all();
  sqlite.close();
  return rows;
}

it('opens a database of the first version, and knows and reads again all that was in it', async () => {
  const db = join(folder, 'first.db');
  await cli(['ingest', 'examples/mail', '--db', db]);
  const before = (await cli(['series', '--all', '--json', '--db', db])).stdout;
  expect(before).toContain('FOLL_PIN');
  asFirstVersion(db);
  expect((await cli(['series', '--all', '--json', '--db', db])).stdout).toBe(before);
  expect((await cli(['series', 'foll_p', '--json', '--db', db])).stdout).toContain('FOLL_PIN');
  expect(countsOf(db)).toEqual([{ kind: 'reply', placed: 0 }]);
  expect((await cli(['reindex', '--db', db])).status).toBe(0);
  expect(countsOf(db)).toEqual([{ kind: 'reply', placed: 0 }]);
  expect((await cli(['series', '--all', '--json', '--db', db])).stdout).toBe(before);
});

it('upgrades all of a database or nothing', async () => {
  const db = join(folder, 'half.db');
  await cli(['ingest', 'examples/mail', '--db', db]);
  const before = (await cli(['series', '--all', '--json', '--db', db])).stdout;
  asFirstVersion(db);
  const change = (text: string) => {
    const sqlite = new Sqlite(db);
    sqlite.exec(text);
    const made = sqlite.prepare('select name from kysely_migration order by name').pluck().all();
    sqlite.close();
    return made;
  };
  // In the way of the last step.
  const old = change('create table document (x)');
  expect((await cli(['series', '--all', '--db', db])).status).toBe(1);
  expect(change('drop table document')).toEqual(old);
  expect((await cli(['series', '--all', '--json', '--db', db])).stdout).toBe(before);
});
