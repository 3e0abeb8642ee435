import { afterEach, beforeEach, expect, it } from 'vitest';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { newDatabase } from '../../lib/database.js';
import { describing, documentsOf, NOW, prepare, writeMail } from './written-mail.js';

let store: MailStore;
beforeEach(async () => {
  store = await openMailStore(await newDatabase(), describing);
  await store.ingestBatch(
    [
      await prepare(
        writeMail({ id: 'old@example.org', date: '2026-01-01T09:00:00Z', subject: '[PATCH] mm: old' }),
      ),
      await prepare(
        writeMail({ id: 'new@example.org', date: '2026-03-01T09:00:00Z', subject: '[PATCH] mm: new' }),
      ),
    ],
    NOW,
  );
});
afterEach(() => store.close());

const bodies = async () =>
  (await store.kept(0, 100)).filter((mail) => mail.raw !== null).map((mail) => mail.where);

it('drops the bodies of old mail, once, and nothing else', async () => {
  const before = await documentsOf(store);
  const seq = await store.chat.touched.lastSeq();
  expect(await store.dropBodies('2026-02-01T00:00:00Z')).toBe(1);
  expect(await store.dropBodies('2026-02-01T00:00:00Z')).toBe(0);
  expect(await bodies()).toEqual(['new@example.org']);
  expect(await documentsOf(store)).toEqual(before);
  expect(await store.chat.touched.lastSeq()).toBe(seq);
  expect((await store.counts()).messages).toBe(2);
});

it('goes on with what became old since, and with what was old when it came', async () => {
  await store.dropBodies('2026-02-01T00:00:00Z');
  await store.ingestBatch(
    [await prepare(writeMail({ id: 'late@example.org', date: '2025-12-01T09:00:00Z' }))],
    NOW,
  );
  expect(await store.dropBodies('2026-02-02T00:00:00Z')).toBe(1);
  expect(await store.dropBodies('2026-04-01T00:00:00Z')).toBe(1);
  expect(await bodies()).toEqual([]);
});

it('leaves what was understood of a mail as it is when everything is read again', async () => {
  const before = await documentsOf(store);
  await store.dropBodies('2026-02-01T00:00:00Z');
  await reindex(store, { parser: inlineParser(), now: () => NOW });
  expect(await documentsOf(store)).toEqual(before);
});

it('takes no mail for new whose body was dropped', async () => {
  await store.dropBodies('2026-02-01T00:00:00Z');
  const again = await prepare(
    writeMail({
      id: 'old@example.org',
      date: '2026-01-01T09:00:00Z',
      subject: '[PATCH] mm: old',
    }),
  );
  expect(await store.ingestBatch([again], NOW)).toMatchObject({ fresh: 0, known: 1 });
});
