import { describe, expect, it } from 'vitest';
import type { PreparedMail } from '../../../src/adapters/store/prepared-mail.js';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { manySeries, sourceOf } from '../../bot/ingest/fake-source.js';
import { newDatabase } from '../../lib/database.js';
import { describing, documentsOf, NOW, prepareAll, type Written } from './written-mail.js';

const options = { parser: inlineParser(), now: () => NOW };

async function storeWith(mails: readonly Written[]) {
  const store = await openMailStore(await newDatabase(), describing);
  await ingest(sourceOf(mails), store, options);
  return store;
}

/** Series 2 is a first version, series 3 its second: of each, mail 0 is the cover, 1 to 3 patches, 4 and 5 replies. */
const mails = manySeries(8);

describe('taking mail out', () => {
  it.each([
    ['a reply with a review', ['2-4@example.org']],
    ['a patch', ['2-2@example.org']],
    ['a cover', ['3-0@example.org']],
    ['a posting and all that answers it', [0, 1, 2, 3, 4, 5].map((n) => `3-${n}@example.org`)],
    ['one series of many', [0, 1, 2, 3, 4, 5].map((n) => `5-${n}@example.org`)],
    ['all there is', mails.map(({ id }) => id ?? '')],
    ['what is not here', ['nobody@example.org']],
  ])('%s leaves what there would be without it', async (_, gone) => {
    const store = await storeWith(mails);
    const here = mails.filter(({ id }) => gone.includes(id ?? '')).length;
    expect(await store.remove(gone)).toBe(here);
    const without = await storeWith(mails.filter(({ id }) => !gone.includes(id ?? '')));
    expect(await documentsOf(store)).toEqual(await documentsOf(without));
    expect((await store.counts()).messages).toBe(mails.length - here);
    for (const id of gone) expect(await store.seriesByMessage(id)).toBeNull();
    // It may come again, and then it is here as if it had never gone.
    const counts = await ingest(sourceOf(mails), store, options);
    expect(counts).toMatchObject({ new: here, known: mails.length - here });
    expect(await documentsOf(store)).toEqual(await documentsOf(await storeWith(mails)));
  });

  it('lets it in again over each of its lists', async () => {
    const copies: Written[] = ['kvm@example.org', 'linux-mm@example.org'].map((list) => ({
      id: 'a@example.org',
      list,
    }));
    const store = await storeWith(copies);
    await store.remove(['a@example.org']);
    for (const copy of [...copies].reverse())
      expect(await ingest(sourceOf([copy]), store, options)).toMatchObject({ read: 1 });
    expect((await store.counts()).copies).toBe(2);
    expect((await store.seriesByMessage('a@example.org'))?.lists).toEqual([
      'kvm@example.org',
      'linux-mm@example.org',
    ]);
  });

  it('hands no new mail what was about to be written of the old one', async () => {
    const [old, fresh] = await prepareAll([
      { id: 'old@example.org', list: 'kvm@example.org' },
      { id: 'new@example.org', list: 'linux-mm@example.org' },
    ]);
    const store = await openMailStore(await newDatabase(), describing);
    await store.ingestBatch([old as PreparedMail], NOW);
    const read = (await store.kept(0, 10)).map(({ rowId, rawId }) => ({
      rowId,
      rawId,
      mail: old ?? null,
    }));
    await store.remove(['old@example.org']);
    await store.ingestBatch([fresh as PreparedMail], NOW);
    // Nor its number: something may still refer to it.
    expect((await store.kept(0, 10)).map(({ rowId }) => rowId)).not.toContain(read[0]?.rowId);
    await store.replaceBatch(read, NOW);
    expect((await store.seriesByMessage('new@example.org'))?.lists).toEqual(['linux-mm@example.org']);
    expect(await store.counts()).toMatchObject({ messages: 1, copies: 1 });
  });
});
