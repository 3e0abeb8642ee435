import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/bot/config.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { createThreadFetch } from '../../../src/bot/sources/fetch-thread.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import {
  answers,
  breaksOff,
  type FakeAnswer,
  type FakeHttpServer,
  hangs,
  startFakeHttp,
} from '../../fakes/http-server.js';
import { newDatabase } from '../../lib/database.js';
import { makeChatScene, textOf } from '../commands/chat/chat-scene.js';

const FIRST = '20260301.1-1-ada@example.org';
const SECOND = '20260301.1-2-ada@example.org';

const inMbox = (id: string, n: number) =>
  [
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    'From: Ada Quill <ada@example.org>',
    'To: linux-mm@kvack.org',
    `Subject: [PATCH ${n}/2] mm: come when called, part ${n}`,
    'Date: Sun, 01 Mar 2026 09:00:00 +0000',
    `Message-ID: <${id}>`,
    ...(n > 1 ? [`In-Reply-To: <${FIRST}>`] : []),
    '',
    'Counts what was not counted.',
    '',
    // Much more than is cut off the end, so that the mail before it is whole.
    Array.from({ length: n > 1 ? 3000 : 1 }, (_, i) => `line ${i * 7919} ${i}`).join('\n'),
    '',
  ].join('\n');
const thread = gzipSync(inMbox(FIRST, 1) + inMbox(SECOND, 2));

let store: MailStore;
let server: FakeHttpServer | null = null;
beforeEach(async () => {
  const links = archiveUrl('https://lore.kernel.org/{list}/{id}/');
  const catalog = emptyCatalog();
  store = await openMailStore(await newDatabase(), { catalog: () => catalog, archiveUrl: links });
});
afterEach(async () => {
  await store.close();
  await server?.close();
  server = null;
});

async function fetcher(answer: FakeAnswer, waitMs = 20_000) {
  server = await startFakeHttp(answer);
  const read = readConfig({ ARCHIVE_URL: `${server.url}/{list}/{id}/` });
  if (!read.ok) throw new Error('the configuration is wrong');
  const fetchThread = createThreadFetch({
    config: read.config,
    settings: { userAgent: 'covernote/test' },
    now: () => Date.parse('2026-03-02T00:00:00Z'),
    writer: store,
    waitMs,
    monotonicMs: () => performance.now(),
  });
  if (fetchThread === null) throw new Error('nothing can be fetched');
  return fetchThread;
}

describe('fetching the thread of a link', () => {
  it('asks the list that the link names, and takes in what it has', async () => {
    const fetchThread = await fetcher(answers(200, thread));
    expect(await fetchThread(FIRST, { list: 'linux-mm', by: 'ada' })).toBe(true);
    expect(server?.requests).toEqual([`GET /linux-mm/${FIRST}/t.mbox.gz`]);
    expect(await store.seriesByMessage(SECOND)).not.toBeNull();
  });

  it('asks all lists where the link names none, or the one that it names has no such mail', async () => {
    const fetchThread = await fetcher((request, response) =>
      request.url?.startsWith('/all/') === true
        ? answers(200, thread)(request, response)
        : answers(404, 'Not Found')(request, response),
    );
    expect(await fetchThread(FIRST, { list: 'kvm', by: 'ada' })).toBe(true);
    expect(await fetchThread(FIRST, { list: null, by: 'ada' })).toBe(true);
    expect(server?.requests).toEqual([`kvm`, 'all', 'all'].map((list) => `GET /${list}/${FIRST}/t.mbox.gz`));
  });

  it('says so where no list has it', async () => {
    const fetchThread = await fetcher(answers(404, 'Not Found'));
    expect(await fetchThread(FIRST, { list: 'kvm', by: 'ada' })).toBe(false);
  });

  it.each([
    ['breaks off', breaksOff(thread.subarray(0, thread.length - 200)), 20_000],
    ['stays silent in the middle', hangs(thread.subarray(0, thread.length - 200)), 1_000],
  ])('keeps what had come whole where the answer %s, and fails for a retry', async (_, answer, waitMs) => {
    const fetchThread = await fetcher(answer, waitMs);
    await expect(fetchThread(FIRST, { list: null, by: 'ada' })).rejects.toMatchObject({
      name: 'TransientFailure',
    });
    expect(await store.seriesByMessage(FIRST)).not.toBeNull();
    expect(await store.seriesByMessage(SECOND)).toBeNull();
  });

  describe('for a person', () => {
    const id = (n: number) => `missing-${n}@example.org`;

    it('gets one at a time, so that others get theirs', async () => {
      const open: (() => void)[] = [];
      const fetchThread = await fetcher((request, response) => {
        open.push(() => void answers(404, 'Not Found')(request, response));
      });
      const first = fetchThread(id(1), { list: null, by: 'ada' });
      await expect(fetchThread(id(2), { list: null, by: 'ada' })).rejects.toMatchObject({
        code: 'busy',
        message: 'Another thread is being fetched for you.',
      });
      const same = fetchThread(id(1), { list: null, by: 'ada' });
      const others = ['ben', 'eve', 'tove'].map((by, n) => fetchThread(id(n + 3), { list: null, by }));
      await expect(fetchThread(id(9), { list: null, by: 'zoe' })).rejects.toMatchObject({ code: 'busy' });
      await expect.poll(() => open.length).toBe(4);
      for (const go of open) go();
      expect(await Promise.all([first, same, ...others])).toEqual([false, false, false, false, false]);
    });

    it('gets five in a minute, and learns when to try again', async () => {
      const fetchThread = await fetcher(answers(404, 'Not Found'));
      for (let n = 0; n < 5; n++) expect(await fetchThread(id(n), { list: null, by: 'ada' })).toBe(false);
      await expect(fetchThread(id(5), { list: null, by: 'ada' })).rejects.toMatchObject({
        code: 'too-many-fetches',
        remedy: expect.stringMatching(/^Try again in \d+ seconds?\.$/),
      });
      expect(await fetchThread(id(5), { list: null, by: 'ben' })).toBe(false);
    });
  });

  it('shows the card of a thread that broke off, and says that it is a part', async () => {
    const scene = await makeChatScene({
      examples: false,
      fetchThread: async (id, request) => {
        store = scene.store;
        return (await fetcher(breaksOff(thread.subarray(0, thread.length - 200))))(id, request);
      },
    });
    const { kind, view } = await scene.ask(`/series https://lore.kernel.org/linux-mm/${FIRST}/`);
    expect(kind).toBe('done');
    expect(textOf(view)).toContain('Only part of its thread could be fetched');
    expect(textOf(view)).toContain('come when called');
    expect(scene.bugs).toEqual([]);
  });
});
