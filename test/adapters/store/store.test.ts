import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { PreparedMail } from '../../../src/adapters/store/prepared-mail.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { onPostgres, tries } from '../../lib/database.js';
import {
  describing,
  documentsOf,
  NOW,
  openMemory,
  prepare,
  prepareAll,
  TWO_VERSIONS,
  type Written,
  writeMail,
} from './written-mail.js';

const open: MailStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

async function fresh(mails: readonly PreparedMail[] = []): Promise<MailStore> {
  const store = await openMemory();
  open.push(store);
  if (mails.length > 0) await store.ingestBatch(mails, NOW);
  return store;
}

const holding = async (mails: readonly Written[]) => fresh(await prepareAll(mails));

describe('storing mail', () => {
  it('joins the versions of a series and counts what is here', async () => {
    const store = await holding(TWO_VERSIONS);
    expect(await store.counts()).toEqual({ messages: 7, revisions: 2, series: 1, copies: 7 });
    const series = await store.seriesByMessage('v1-2@example.org');
    expect(series?.revisions.map((revision) => [revision.version, revision.received])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(series?.latest).toBe('v2-0@example.org');
    expect(series?.replies).toBe(1);
  });

  it('is changed by nothing when the same mail comes again', async () => {
    const mails = await prepareAll(TWO_VERSIONS);
    const store = await fresh(mails);
    const before = await documentsOf(store);
    const counts = await store.ingestBatch(mails, NOW);
    expect(counts).toEqual({ fresh: 0, known: 7, copies: 0, series: 0, reused: [], abandoned: [] });
    expect(await documentsOf(store)).toEqual(before);
    expect((await store.storedCopies(mails.map((mail) => mail.copyHash))).size).toBe(mails.length);
  });

  it('keeps a copy on a second list as one more list of the same message', async () => {
    const store = await holding([{ id: 'a@example.org', list: 'linux-mm@example.org' }]);
    const counts = await store.ingestBatch(
      [await prepare(writeMail({ id: 'a@example.org', list: 'kvm@example.org' }))],
      NOW,
    );
    expect(counts).toMatchObject({ fresh: 0, known: 1, copies: 1, series: 1 });
    expect(await store.counts()).toMatchObject({ messages: 1, copies: 2 });
    const series = await store.seriesByMessage('a@example.org');
    expect([...(series?.lists ?? [])].sort()).toEqual(['kvm@example.org', 'linux-mm@example.org']);
  });

  it.each([
    ['the honest one first', [0, 1]],
    ['the honest one last', [1, 0]],
  ])('shows the mail that was received first where two carry one Message-ID (%s)', async (_, order) => {
    const mails = await prepareAll([
      { id: 'a@example.org', subject: '[PATCH] mm: the honest one', received: '2026-03-01T00:00:00Z' },
      {
        id: 'a@example.org',
        subject: '[PATCH] mm: the other one',
        received: '2026-03-02T00:00:00Z',
        from: 'Eve <eve@example.org>',
      },
    ]);
    const store = await fresh();
    const reused = [];
    for (const i of order) reused.push((await store.ingestBatch([mails[i] as PreparedMail], NOW)).reused);
    // The second one is named.
    expect(reused).toEqual([[], ['test']]);
    expect((await store.seriesByMessage('a@example.org'))?.title).toBe('mm: the honest one');
    expect((await store.counts()).messages).toBe(1);
    const kept = await store.kept(0, 10);
    expect(kept).toHaveLength(2);
  });

  it('knows mail without a Message-ID by its content', async () => {
    const store = await holding([{ id: null }, { id: null, list: 'kvm@example.org' }]);
    expect(await store.counts()).toMatchObject({ messages: 1, copies: 2, series: 1 });
    for await (const series of store.allSeries()) expect(series.latest).toBeNull();
  });

  it('takes what the source knows before what the mail says', async () => {
    const store = await fresh([
      await prepare(writeMail({ id: 'a@example.org', received: null }), {
        list: 'kvm@example.org',
        receivedAt: '2026-03-05T00:00:00Z',
      }),
    ]);
    expect((await store.freshness()).received).toBe('2026-03-05T00:00:00Z');
    expect((await store.seriesByMessage('a@example.org'))?.lists).toContain('kvm@example.org');
  });
});

describe('the subsystems of what is here', () => {
  it('are named once each, a list that is none by its own name', async () => {
    const lists = [
      'parts@lists.example.org',
      'kvm@vger.kernel.org',
      'parts@lists.example.org',
      'bolts@lists.example.org',
    ];
    const store = await holding(
      lists.map((list, i) => ({ id: `l-${i}@example.org`, subject: `[PATCH] count the ${i} screws`, list })),
    );
    const slugs = await store.subsystemSlugs();
    expect(slugs).toEqual([...new Set(slugs)].sort());
    expect(slugs).toEqual(expect.arrayContaining(['bolts', 'kvm', 'parts']));
    const counted = await store.subsystemCounts();
    expect(slugs).toEqual(counted.map(({ slug }) => slug).sort());
  });

  it('are none where nothing is here', async () => {
    expect(await (await fresh()).subsystemSlugs()).toEqual([]);
  });
});

describe('the order of arrival', () => {
  it('changes nothing, however mail is shuffled, cut into batches and doubled', async () => {
    const written: Written[] = [
      ...TWO_VERSIONS,
      { id: 'v1-0@example.org', subject: '[PATCH 0/2] forged', received: '2026-03-09T00:00:00Z' },
      { ...(TWO_VERSIONS[0] as Written), list: 'kvm@example.org', received: '2026-03-01T09:59:00Z' },
      { ...(TWO_VERSIONS[5] as Written), list: 'lkml@example.org' },
      { id: 'alone@example.org', subject: '[PATCH] kvm: something else', from: 'Cy <cy@example.org>' },
      { id: null, subject: '[PATCH] without an id', received: null },
    ];
    const mails = await prepareAll(written);
    const expected = await documentsOf(await fresh(mails));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...mails, ...mails.slice(0, 4)], { minLength: mails.length + 4 }),
        fc.integer({ min: 1, max: 16 }),
        async (shuffled, size) => {
          const store = await openMemory();
          for (let i = 0; i < shuffled.length; i += size)
            await store.ingestBatch(shuffled.slice(i, i + size), NOW);
          expect(await documentsOf(store)).toEqual(expected);
          await store.close();
        },
      ),
      { numRuns: tries(40) },
    );
  });
});

describe('activity', () => {
  it('tells what was received in a window: from its first second on, up to its last', async () => {
    const store = await holding(TWO_VERSIONS);
    const [first] = await store.activity({ since: '2026-03-01T10:00:00Z', until: '2026-03-02T10:00:00Z' });
    expect(first?.arrived).toEqual(['v1-0@example.org']);
    expect(first?.replies).toEqual({ count: 1, people: 1, messageIds: ['review@example.org'] });
    const [second] = await store.activity({ since: '2026-03-02T10:00:00Z', until: '2026-03-03T00:00:00Z' });
    expect(second?.arrived).toEqual(['v2-0@example.org']);
    expect(second?.replies.count).toBe(0);
    expect(await store.activity({ since: '2026-03-04T00:00:00Z', until: '2026-03-05T00:00:00Z' })).toEqual(
      [],
    );
  });
});

describe('a correction', () => {
  it('takes two postings apart, and puts them together again', async () => {
    const store = await holding(TWO_VERSIONS);
    const pair = { a: 'v1-0@example.org', b: 'v2-0@example.org' };
    await store.correct({ kind: 'unlink', ...pair }, 'ada', NOW);
    expect((await store.counts()).series).toBe(2);
    await store.correct({ kind: 'link', a: pair.b, b: pair.a }, 'ada', NOW);
    expect((await store.counts()).series).toBe(1);
    expect(await store.corrections()).toMatchObject([{ kind: 'link', by: 'ada' }]);
  });

  it('joins what nothing else joins, and holds for mail that comes later', async () => {
    const one = { id: 'one@example.org', subject: '[PATCH 1/1] kvm: walk the page tables' };
    const other = {
      id: 'other@example.org',
      subject: '[PATCH 1/1] x86: speed up the walk of nested tables',
      from: 'Cy <cy@example.net>',
      date: '2026-06-02T09:00:00Z',
      body: 'Something else altogether.\n\n---\n a.c | 1 +\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1,2 @@\n a\n+b\n',
    };
    const store = await holding([one]);
    await store.correct({ kind: 'link', a: one.id, b: other.id }, 'ada', NOW);
    await store.ingestBatch(await prepareAll([other]), NOW);
    expect((await store.counts()).series).toBe(1);
  });
});

describe.skipIf(onPostgres)('a copy of the database', () => {
  it('can be made while it is open, and opened', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'covernote-'));
    const store = await holding(TWO_VERSIONS);
    await store.mark('demo', '1');
    await store.backup(join(folder, 'copy.db'));
    const copy = await openMailStore(join(folder, 'copy.db'), describing);
    expect(await documentsOf(copy)).toEqual(await documentsOf(store));
    expect([await copy.markOf('demo'), await copy.markOf('other')]).toEqual(['1', null]);
    await copy.close();
    rmSync(folder, { recursive: true });
  });
});
