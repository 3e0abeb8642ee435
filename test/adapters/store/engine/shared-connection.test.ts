import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedConnection } from '../../../../src/adapters/store/engine/shared-connection.js';
import { sqliteSql } from '../../../../src/adapters/store/engine/sqlite-sql.js';
import type { MailStore } from '../../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../../src/bot/ingest/open-mail-store.js';
import { describing, NOW, prepareAll, TWO_VERSIONS } from '../written-mail.js';

let folder: string;
let store: MailStore;
let other: Sqlite.Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-lock-'));
  store = await openMailStore(`sqlite:${join(folder, 'a.db')}`, describing);
  other = new Sqlite(join(folder, 'a.db'), { timeout: 0 });
});
afterEach(async () => {
  other.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** `true` once it is done. */
function watched(work: Promise<unknown>): { readonly work: Promise<unknown>; done: boolean } {
  const state = { work, done: false };
  work.then(
    () => {
      state.done = true;
    },
    () => undefined,
  );
  return state;
}

describe('while another connection holds the write lock', () => {
  it('a transaction waits, and questions over the same connection are answered', async () => {
    other.exec('begin immediate');
    const mails = await prepareAll(TWO_VERSIONS);
    const writing = watched(store.ingestBatch(mails, NOW));
    await sleep(30);
    expect(await store.counts()).toMatchObject({ messages: 0 });
    expect(await store.search('gup', 5)).toEqual([]);
    expect(writing.done).toBe(false);
    other.exec('commit');
    await writing.work;
    expect(await store.counts()).toMatchObject({ messages: 7, series: 1 });
  });

  it('a single write waits as well', async () => {
    other.exec('begin immediate');
    const writing = watched(store.mark('a', 'b'));
    await sleep(30);
    expect(await store.markOf('a')).toBeNull();
    expect(writing.done).toBe(false);
    other.exec('commit');
    await writing.work;
    expect(await store.markOf('a')).toBe('b');
  });

  it('a write fails once it has waited for as long as it may', async () => {
    other.exec('begin immediate');
    const sqlite = new Sqlite(join(folder, 'a.db'), { timeout: 0 });
    const run = (text: string) => void sqlite.exec(text);
    const connection = {
      execute: () => ({ rows: [] }),
      begin: () => run('begin immediate'),
      commit: () => run('commit'),
      rollback: () => run('rollback'),
      inTransaction: () => sqlite.inTransaction,
      close: () => void sqlite.close(),
    };
    const db = new Kysely<{ meta: { name: string; value: string } }>({
      dialect: sharedConnection(connection, sqliteSql, 20),
    });
    const work = db.transaction().execute((on) => on.deleteFrom('meta').execute());
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await db.destroy();
  });
});

it('keeps the connection to a transaction until it ends', async () => {
  const seen: unknown[] = [];
  const transaction = store.chat.inTransaction(async () => {
    await sleep(20);
    seen.push('transaction');
  });
  await sleep(1);
  await store.mark('a', 'b');
  seen.push('mark');
  await transaction;
  expect(seen).toEqual(['transaction', 'mark']);
});
