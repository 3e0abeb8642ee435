import { inspect } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailStore } from '../../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../../src/bot/ingest/open-mail-store.js';
import { writeMail as storeMail } from '../../../../src/bot/ingest/write-mail.js';
import { newBareDatabase, newDatabase, onPostgres } from '../../../lib/database.js';
import {
  describing,
  documentsOf,
  NOW,
  openMemory,
  prepareAll,
  TWO_VERSIONS,
  type Written,
} from '../written-mail.js';

const open: MailStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

async function opened(url: string): Promise<MailStore> {
  const store = await openMailStore(url, describing);
  open.push(store);
  return store;
}

const failureOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new Error('nothing failed');
    },
    (error: Error) => error,
  );

/** Ends the server's side of every connection to the database but that of this store's next statement. */
async function disconnect(from: MailStore, application: string): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query like ${application}`.execute(
    from.tables.db,
  );
}

/** Waits until something holds, however long that takes. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const mailOf = (n: number): Written => ({
  id: `${n}@example.org`,
  subject: `[PATCH] net: count packets of ${n}`,
});

describe.skipIf(!onPostgres)('PostgreSQL (COVERNOTE_TEST_POSTGRES names a server)', () => {
  let url: string;
  beforeEach(async () => {
    url = await newDatabase();
  });

  describe('seq is the order of commits', () => {
    it('so that a tick which has passed a seq misses none below it that commits later', async () => {
      const [slow, fast, reader] = [await opened(url), await opened(url), await opened(url)];
      const [first, second] = await prepareAll([mailOf(1), mailOf(2)]);
      let inserted: () => void = () => undefined;
      const isInserted = new Promise<void>((resolve) => {
        inserted = resolve;
      });
      let commit: () => void = () => undefined;
      const mayCommit = new Promise<void>((resolve) => {
        commit = resolve;
      });
      // One process has inserted its mail, and takes its time before it commits.
      const slowly = slow.tables.inTransaction(async (on) => {
        await storeMail(on, first === undefined ? [] : [first], NOW);
        inserted();
        await mayCommit;
      });
      await isInserted;
      let isStored = false;
      const quickly = fast.ingestBatch(second === undefined ? [] : [second], NOW).then(() => {
        isStored = true;
      });
      const isWaiting = async () => {
        const { rows } = await sql`select from pg_locks where locktype = 'advisory' and not granted`.execute(
          reader.tables.db,
        );
        return rows.length > 0;
      };
      await until(async () => isStored || (await isWaiting()));
      const seen: number[] = [];
      let cursor = 0;
      const tick = async () => {
        const upTo = await reader.chat.touched.lastSeq();
        const { rows } = await sql<{ message_id: number }>`
          select message_id from copy where seq > ${cursor} and seq <= ${upTo} order by seq`.execute(
          reader.tables.db,
        );
        seen.push(...rows.map((row) => row.message_id));
        cursor = upTo;
      };
      await tick();
      commit();
      await Promise.all([slowly, quickly]);
      await tick();
      expect(seen.sort()).toEqual([1, 2]);
    });

    it('while two processes read the same mail, which gives what one alone gives', async () => {
      const written: Written[] = [...TWO_VERSIONS, ...Array.from({ length: 40 }, (_, n) => mailOf(n))];
      const mails = await prepareAll(written);
      const [one, other] = [await opened(url), await opened(url)];
      const readAll = async (store: MailStore, order: typeof mails) => {
        for (let from = 0; from < order.length; from += 5)
          await store.ingestBatch(order.slice(from, from + 5), NOW);
      };
      await Promise.all([readAll(one, mails), readAll(other, [...mails].reverse())]);
      const alone = await openMemory();
      await readAll(alone, mails);
      expect(await documentsOf(one)).toEqual(await documentsOf(alone));
      expect(await one.counts()).toEqual(await alone.counts());
      await alone.close();
    });
  });

  describe('locks that a process holds for all', () => {
    it('are held by one at a time, and given to another when they are released', async () => {
      const [one, other] = [await opened(url), await opened(url)];
      const lock = await one.locks.tryTake('source kvm');
      expect(lock).not.toBeNull();
      expect(await other.locks.tryTake('source kvm')).toBeNull();
      expect(
        await one.locks.tryTake('source kvm'),
        'not even by another part of the same process',
      ).toBeNull();
      expect(await other.locks.tryTake('source mm')).not.toBeNull();
      await lock?.release();
      expect(await other.locks.tryTake('source kvm')).not.toBeNull();
    });

    it('are lost with the connection that holds them, which the holder learns', async () => {
      const [one, other] = [await opened(url), await opened(url)];
      const lock = await one.locks.tryTake('source kvm');
      await disconnect(other, '%pg_try_advisory_lock%');
      await until(() => lock?.lost.aborted === true);
      await until(async () => (await other.locks.tryTake('source kvm')) !== null);
      expect(await one.locks.tryTake('source kvm')).toBeNull();
    });
  });

  describe('notes of what is being read', () => {
    const record = { hashes: [Buffer.alloc(16, 1), Buffer.alloc(16, 2)], alone: null };

    it('are left to the next process by one that ends, and by none that lives', async () => {
      const [one, other] = [await opened(url), await opened(url)];
      const done = await one.readings.journal.begin({ ...record, hashes: [Buffer.alloc(16, 9)] });
      done();
      await one.readings.journal.begin(record);
      expect(await other.readings.journal.orphans()).toEqual([]);
      await disconnect(other, '%into reading%');
      await until(async () => {
        const [left] = await other.readings.journal.orphans();
        if (left === undefined) return false;
        expect(left.records).toEqual([record]);
        // Several sources of a process look at the same time.
        expect(await other.readings.journal.orphans()).toEqual([]);
        await left.forget();
        return true;
      });
      expect(await (await opened(url)).readings.journal.orphans()).toEqual([]);
    });

    it('are gone after a process that ended as it should', async () => {
      const one = await opened(url);
      await one.readings.journal.begin(record);
      await one.close();
      open.splice(open.indexOf(one), 1);
      expect(await (await opened(url)).readings.journal.orphans()).toEqual([]);
    });
  });

  describe('failures', () => {
    it('that a user can fix are in words', async () => {
      const missing = new URL(url);
      missing.pathname = '/covernote_no_such_database';
      expect(await failureOf(openMailStore(missing.href, describing))).toMatchObject({
        name: 'UserError',
        code: 'database-missing',
        remedy: expect.stringContaining('createdb'),
      });
    });

    it('that a retry fixes are such, and over with the next statement', async () => {
      const store = await opened(url);
      const other = await opened(url);
      await store.counts();
      await disconnect(other, '%');
      await until(async () => {
        const failure = await store.counts().then(
          () => null,
          (error: Error) => error,
        );
        if (failure !== null)
          expect(failure).toMatchObject({ name: 'TransientFailure', code: 'database-unreachable' });
        return failure === null;
      });
      expect(store.trouble()).toBeNull();
    });

    it('never hold a password', async () => {
      const wrong = 'postgres://ada:hunter%4022@127.0.0.1:1/mail?connect_timeout=1';
      const failure = await failureOf(openMailStore(wrong, describing));
      expect(failure).toMatchObject({
        code: 'database-unreachable',
        message: expect.stringContaining('ada@127.0.0.1'),
      });
      expect(inspect(failure, { depth: 10, showHidden: true })).not.toMatch(/hunter/);
    });
  });

  it('is refused where another program, or a newer covernote, has its tables there', async () => {
    const bare = await newBareDatabase();
    const store = await opened(await newDatabase());
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(
      store.tables.db,
    );
    expect(
      await failureOf(
        openMailStore(bare, describing)
          .then((made) => made.close())
          .then(() => opened(bare))
          .then(async (made) => {
            await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(
              made.tables.db,
            );
            return openMailStore(bare, describing);
          }),
      ),
    ).toMatchObject({ code: 'database-newer' });
    const foreign = await newBareDatabase();
    const made = await opened(foreign);
    await sql`drop table kysely_migration`.execute(made.tables.db);
    expect(await failureOf(openMailStore(foreign, describing))).toMatchObject({ code: 'database-foreign' });
  });

  it('can be made by several processes at once', async () => {
    const bare = await newBareDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => opened(bare)));
    expect(await Promise.all(stores.map(async (store) => (await store.counts()).messages))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('is checked for all that covernote needs of it', async () => {
    const store = await opened(url);
    expect(await store.check(Date.now())).toEqual([
      expect.stringMatching(/^PostgreSQL \d+/),
      expect.stringMatching(/^pg_trgm \d/),
      expect.stringMatching(/^\d+\.\d ms away$/),
    ]);
    expect(await failureOf(store.check(Date.now() + 3_600_000))).toMatchObject({ code: 'database-clock' });
    expect(await failureOf(store.backup('x'))).toMatchObject({ remedy: expect.stringContaining('pg_dump') });
  });

  it('is emptied where the examples make room for mail', async () => {
    const store = await openMailStore(url, describing);
    await store.ingestBatch(await prepareAll(TWO_VERSIONS), NOW);
    await store.erase();
    const empty = await opened(url);
    expect(await empty.counts()).toEqual({ messages: 0, revisions: 0, series: 0, copies: 0 });
    await empty.ingestBatch(await prepareAll(TWO_VERSIONS), NOW);
    expect((await empty.counts()).series).toBe(1);
  });
});

it.skipIf(!onPostgres)(
  'keeps short what its indexes of words have not sorted in: each search would read it',
  async () => {
    const store = await openMemory();
    open.push(store);
    const { rows } = await sql<{ name: string; options: string }>`
    select indexrelid::regclass::text as name, coalesce(array_to_string(reloptions, ','), '') as options
    from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
    where amname = 'gin' order by name`.execute(store.tables.db);
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toEqual({ ...row, options: 'gin_pending_list_limit=64' });
  },
);

it('stores text that PostgreSQL has no place for as it is on SQLite: NULs, halves of characters, long ids', async () => {
  const store = await opened(await newDatabase());
  const hostile: Written[] = [
    { id: 'a\0b@example.org', subject: '[PATCH] mm: zero\0 bytes \ud800 in it' },
    { id: `${'長'.repeat(400)}@example.org`, subject: '[PATCH] mm: a long id' },
    { id: 'reply@example.org', subject: 'Re: [PATCH] mm: zero', inReplyTo: 'a\0b@example.org' },
    {
      id: 'listed@example.org',
      subject: '[PATCH] mm: a long list',
      list: `${'x'.repeat(9_000)}@lists.example.org`,
    },
  ];
  await store.ingestBatch(await prepareAll(hostile), NOW);
  expect((await store.counts()).messages).toBe(4);
  expect((await store.search('zero\0 bytes', 5)).length).toBeGreaterThan(0);
  expect(await store.search("it's \\ 'quoted' & | ! <-> :* %_", 5)).toEqual([]);
});
