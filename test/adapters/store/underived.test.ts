import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import type { Describing } from '../../../src/bot/ingest/planning.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import {
  describing,
  describingWith,
  documentsOf,
  NOW,
  openMemory,
  prepareAll,
  TWO_VERSIONS,
  type Written,
} from './written-mail.js';

let folder: string;
let url: string;
const open: MailStore[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-underived-'));
  url = `sqlite:${join(folder, 'a.db')}`;
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

async function opened(how: Describing = describing): Promise<MailStore> {
  const store = await openMailStore(url, how);
  open.push(store);
  return store;
}

async function closed(store: MailStore): Promise<void> {
  open.splice(open.indexOf(store), 1);
  await store.close();
}

/** The database gives up in the middle of deriving, as where the process ends. */
const interrupted: Describing = {
  ...describing,
  catalog: () => {
    throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
  },
};

const OTHER: Written = {
  id: 'other@example.org',
  subject: '[PATCH] net: count packets',
  from: 'Bo <bo@example.org>',
};

async function expected(mails: readonly Written[]): Promise<Map<string, string>> {
  const memory = await openMemory();
  await memory.ingestBatch(await prepareAll(mails), NOW);
  const documents = await documentsOf(memory);
  await memory.close();
  return documents;
}

describe('mail that was stored and not yet derived', () => {
  it('is derived at the next start, and delivered only then', async () => {
    const first = await opened(interrupted);
    await expect(first.ingestBatch(await prepareAll(TWO_VERSIONS), NOW)).rejects.toThrow();
    expect(await first.counts()).toMatchObject({ messages: 7, series: 0 });
    expect(await first.chat.touched.lastSeq()).toBe(0);
    await closed(first);
    const next = await opened();
    expect(await next.resume(NOW)).toEqual([]);
    expect(await documentsOf(next)).toEqual(await expected(TWO_VERSIONS));
    expect(await next.chat.touched.lastSeq()).toBe(7);
  });

  it('holds back the delivery of nothing that came before it', async () => {
    const whole = await opened();
    await whole.ingestBatch(await prepareAll([OTHER]), NOW);
    await closed(whole);
    const first = await opened(interrupted);
    await expect(first.ingestBatch(await prepareAll(TWO_VERSIONS), NOW)).rejects.toThrow();
    expect(await first.chat.touched.lastSeq()).toBe(1);
  });

  it('is left to the process that stores it, unless it has waited for minutes', async () => {
    const first = await opened(interrupted);
    const other = await opened();
    await other.resume(NOW);
    await expect(first.ingestBatch(await prepareAll(TWO_VERSIONS), NOW)).rejects.toThrow();
    await other.resume('2026-03-03T00:01:00Z');
    expect((await other.counts()).series).toBe(0);
    await other.resume('2026-03-03T00:05:00Z');
    expect(await documentsOf(other)).toEqual(await expected(TWO_VERSIONS));
  });

  it('is given up where the process ended over it twice', async () => {
    const first = await opened(interrupted);
    await expect(first.ingestBatch(await prepareAll([OTHER]), NOW)).rejects.toThrow();
    await closed(first);
    const second = await opened(interrupted);
    await expect(second.resume(NOW)).rejects.toThrow();
    await closed(second);
    const third = await opened();
    expect(await third.resume(NOW)).toMatchObject([{ where: 'other@example.org', code: 'derive-timeout' }]);
    expect(await third.resume(NOW)).toEqual([]);
    expect(await third.chat.touched.lastSeq()).toBe(1);
  });
});

describe('mail that cannot be derived', () => {
  const failing = describingWith('other@example.org', () => {
    throw new Error('a bug');
  });

  it('is named and left, and all other mail of its batch is derived', async () => {
    const store = await opened(failing);
    const { abandoned } = await store.ingestBatch(await prepareAll([OTHER, ...TWO_VERSIONS]), NOW);
    expect(abandoned).toEqual([{ where: 'other@example.org', code: 'derive-failed', detail: 'a bug' }]);
    expect(await documentsOf(store)).toEqual(await expected(TWO_VERSIONS));
    expect(await store.chat.touched.lastSeq()).toBe(8);
  });

  it('takes nothing twice from what is derived one by one', async () => {
    const talk: Written[] = ['a', 'b', 'c'].map((name) => ({
      id: `${name}@example.org`,
      inReplyTo: 'v2-1@example.org',
      subject: 'Re: [PATCH v2 1/2] mm/gup: factor out page counting',
      from: 'Ben Reviewer <ben@example.org>',
      body: 'Why?\n',
    }));
    const store = await opened(failing);
    await store.ingestBatch(await prepareAll([OTHER, ...TWO_VERSIONS, ...talk]), NOW);
    expect(await documentsOf(store)).toEqual(await expected([...TWO_VERSIONS, ...talk]));
  });

  it('is not tried again with each reply, but when everything is read again', async () => {
    const store = await opened(failing);
    await store.ingestBatch(await prepareAll([OTHER]), NOW);
    const reply: Written = {
      id: 'reply@example.org',
      inReplyTo: 'other@example.org',
      subject: 'Re: [PATCH] net: count packets',
      body: 'Why?\n',
    };
    expect((await store.ingestBatch(await prepareAll([reply]), NOW)).abandoned).toEqual([]);
    await closed(store);
    const next = await opened();
    await reindex(next, { parser: inlineParser(), now: () => NOW });
    expect(await documentsOf(next)).toEqual(await expected([OTHER, reply]));
  });
});

describe('deriving', () => {
  it('applies the rules without the write lock', async () => {
    const other = new Sqlite(join(folder, 'a.db'), { timeout: 0 });
    const taken = new Set<string>();
    const store = await opened({
      ...describing,
      onStep(step) {
        // Throws where the lock is held.
        other.exec('begin immediate; commit');
        taken.add(step);
      },
    });
    await store.ingestBatch(await prepareAll(TWO_VERSIONS), NOW);
    other.close();
    expect([...taken]).toEqual(['assemble', 'link', 'describe']);
    expect(await documentsOf(store)).toEqual(await expected(TWO_VERSIONS));
  });

  it('is done again where another process changed something meanwhile, at last under the lock', async () => {
    const other = new Sqlite(join(folder, 'a.db'), { timeout: 0 });
    let assembled = 0;
    const store = await opened({
      ...describing,
      onStep(step) {
        if (step !== 'assemble') return;
        assembled++;
        try {
          other.exec("update meta set value = value + 1 where name = 'derived generation'");
        } catch {
          // It is under the lock now.
        }
      },
    });
    await store.ingestBatch(await prepareAll(TWO_VERSIONS.slice(0, 3)), NOW);
    other.close();
    expect(assembled).toBe(3);
    expect(await documentsOf(store)).toEqual(await expected(TWO_VERSIONS.slice(0, 3)));
  });
});
