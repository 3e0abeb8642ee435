import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idsInQuery } from '../../../src/adapters/store/ids-in-query.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { wordsOf } from '../../../src/digest/search/words.js';
import { editDistance } from '../../../src/digest/text/edit-distance.js';
import { diff, NOW, openMemory, prepareAll, TWO_VERSIONS, type Written } from './written-mail.js';

const LIBRARY: readonly Written[] = [
  ...TWO_VERSIONS,
  {
    id: 'pfn@example.org',
    subject: '[PATCH v5 1/1] media: stop using follow_pfn',
    from: 'Daniëlle Exämple <dani@media.example.net>',
    date: '2026-01-05T00:00:00Z',
  },
  {
    id: 'fix-old@example.org',
    subject: '[PATCH] kvm: fix the counters',
    from: 'Cy <cy@example.com>',
    date: '2025-01-01T00:00:00Z',
    body: `Old.\n\n${diff('a.c')}`,
  },
  {
    id: 'fix-new@example.org',
    subject: '[PATCH] s390: fix a race',
    from: 'Di <di@example.com>',
    date: '2026-02-01T00:00:00Z',
    body: `New.\n\n${diff('b.c')}`,
  },
  {
    id: '20260301.rework-1-abc123@example.org',
    subject: '[PATCH 0/1] block: rework',
    from: 'Ed <ed@example.com>',
    date: '2026-03-01T00:00:00Z',
    body: 'A rework.\n\nEd (1):\n  block: fix nothing\n',
  },
];

let store: MailStore;
beforeAll(async () => {
  store = await openMemory();
  await store.ingestBatch(await prepareAll(LIBRARY), NOW);
});
afterAll(() => store.close());

const titles = async (query: string) => (await store.search(query, 10)).map((hit) => hit.series.title);
const GUP = 'mm/gup: track FOLL_PIN pages';
const PFN = 'media: stop using follow_pfn';

describe('a question finds series', () => {
  it.each([
    ['foll_pin', GUP, 'a word of the title'],
    ['FOLL_PIN', GUP, 'in any case'],
    ['oll_pi', GUP, 'a part of a word'],
    ['foll', GUP, 'the beginning of words, the newest series first'],
    ['ollow_', PFN, 'the middle of a word'],
    ['fol_pin', GUP, 'a letter left out'],
    ['folow_pfn', PFN, 'a letter left out of a longer word'],
    ['foll_ipn', GUP, 'two letters swapped'],
    ['pages track', GUP, 'words in another order'],
    ['mm/gup: track FOLL_PIN pages', GUP, 'the whole title'],
    ['Ada Example', GUP, 'the author'],
    ['ada@example.org', GUP, 'the author’s address'],
    ['danielle exampel', PFN, 'a name without its accents, misspelt'],
    ['gup_fast', GUP, 'a patch title'],
    ['ada counting', GUP, 'words of which one is the author, one in a patch title'],
    ['v1-2@example.org', GUP, 'a patch’s Message-ID'],
    ['<review@example.org>', GUP, 'a reply’s Message-ID in angle brackets'],
    ['https://lore.kernel.org/linux-mm/v1-1@example.org/T/#u', GUP, 'a link to an archive'],
    ['https://lore.kernel.org/r/v1-1%40example.org', GUP, 'a link with an escaped id'],
    ['https://patchwork.kernel.org/project/linux-mm/patch/v2-1@example.org/', GUP, 'a link to patchwork'],
    ['see https://lore.kernel.org/all/pfn@example.org/, please', PFN, 'a link within a sentence'],
    ['20260301.rework-1', 'block: rework', 'the beginning of a Message-ID'],
  ])('%j finds %j (%s)', async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });

  it('puts titles before patch titles, and the newest first among equals', async () => {
    expect(await titles('fix')).toEqual(['s390: fix a race', 'kvm: fix the counters', 'block: rework']);
  });

  it('by its own id', async () => {
    const series = await store.seriesByMessage('pfn@example.org');
    expect(await titles(series?.id ?? '')).toEqual([PFN]);
    expect((await store.seriesById(series?.id ?? ''))?.title).toBe(PFN);
  });

  it('finds nothing where no word fits, and names what comes near', async () => {
    expect(await titles('quantum tunnelling pages')).toEqual([]);
    expect((await store.nearest('quantum tunnelling pages', 5)).map((hit) => hit.series.title)).toEqual([
      GUP,
    ]);
    expect(await store.nearest('zzzz', 5)).toEqual([]);
  });

  it('gives as many as are requested, and none for nothing', async () => {
    expect(await store.search('fix', 1)).toHaveLength(1);
    expect(await store.search('fix', 0)).toEqual([]);
    expect(await store.search('', 10)).toEqual([]);
    expect(await store.search(' "*^ -:() ', 10)).toEqual([]);
  });
});

describe('the text of a question', () => {
  const syntax = fc.constantFrom(
    '"',
    "'",
    '*',
    '^',
    '-',
    '+',
    ':',
    '(',
    ')',
    '{',
    '}',
    ' AND ',
    ' OR ',
    ' NOT ',
    'NEAR(',
    'title:',
    'fix',
    'mm',
    '\0',
    '%',
    '@',
  );
  it('is never syntax', async () => {
    const query = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(syntax, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        expect(Array.isArray(await store.search(text, 5))).toBe(true);
        expect(Array.isArray(await store.nearest(text, 5))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a', ' ', '@', '<', '%', '/', 'ä', '"', '_'])('may be 100,000 times %j', async (piece) => {
    expect(Array.isArray(await store.search(piece.repeat(100_000), 5))).toBe(true);
  });
});

describe('words', () => {
  it.each([
    ['mm/gup: track FOLL_PIN', ['mm', 'gup', 'track', 'foll_pin']],
    ['Björn Töpel <b@example.org>', ['bjorn', 'topel', 'b', 'example', 'org']],
    ['内核 io-uring 6.1', ['内核', 'io', 'uring', '6', '1']],
    ['"*^', []],
  ])('of %j are %j', (text, words) => expect(wordsOf(text)).toEqual(words));

  it.each([
    ['foll_pin', 'fol_pin', 1],
    ['foll_pin', 'foll_ipn', 1],
    ['kvm', 'mmu', 3],
    ['same', 'same', 0],
  ])('%s and %s are %d apart', (a, b, distance) => expect(editDistance(a, b, 2)).toBe(distance));
});

describe('ids in a question', () => {
  it.each([
    ['a@b', ['a@b']],
    ['<a@b>, <c@d>', ['a@b', 'c@d']],
    ['https://lore.kernel.org/all/a@b/#t', ['a@b']],
    ['msgid:a@b', ['a@b']],
    ['https://x.example/%zz@b/', ['%zz@b']],
    ['no id @ all', []],
  ])('%j are %j', (query, ids) => expect(idsInQuery(query)).toEqual(ids));
});
