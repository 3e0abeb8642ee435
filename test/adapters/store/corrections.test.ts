import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import type { Correction } from '../../../src/digest/series/group.js';
import { tries } from '../../lib/database.js';
import { documentsOf, NOW, openMemory, prepareAll, TWO_VERSIONS, type Written } from './written-mail.js';

/** Other work, in two versions. */
const OTHER: readonly Written[] = [1, 2].map((version) => ({
  id: `other-${version}@example.org`,
  subject: `[PATCH v${version} 1/1] kvm: walk the nested page tables faster`,
  from: 'Cy <cy@example.net>',
  date: `2026-03-0${version}T15:00:00Z`,
}));

const MAILS = [...TWO_VERSIONS, ...OTHER];

const V1 = 'v1-0@example.org';
const V2 = 'v2-0@example.org';

/** The members of each series. */
async function partition(store: MailStore): Promise<string[]> {
  const found: string[] = [];
  for await (const series of store.allSeries())
    found.push(series.revisions.map((revision) => revision.id.split('@')[0]).join(' '));
  return found.sort();
}

async function correct(store: MailStore, corrections: readonly Correction[]): Promise<void> {
  for (const correction of corrections) await store.correct(correction, 'ada', NOW);
}

describe('corrections', () => {
  const cases: [string, Correction[], string[]][] = [
    ['none', [], ['other-1 other-2', 'v1-0 v2-0']],
    [
      'a link of two works',
      [{ kind: 'link', a: V2, b: 'other-1@example.org' }],
      ['v1-0 other-1 v2-0 other-2'],
    ],
    ['an unlink', [{ kind: 'unlink', a: V1, b: V2 }], ['other-1 other-2', 'v1-0', 'v2-0']],
    [
      'an unlink, and a link elsewhere',
      [
        { kind: 'unlink', a: V1, b: V2 },
        { kind: 'link', a: V1, b: 'other-2@example.org' },
      ],
      ['v1-0 other-1 other-2', 'v2-0'],
    ],
    [
      'a link that is taken back by another member of the postings',
      [
        { kind: 'link', a: V1, b: 'other-1@example.org' },
        { kind: 'unlink', a: 'v1-2@example.org', b: 'other-1@example.org' },
      ],
      ['other-1 other-2', 'v1-0 v2-0'],
    ],
  ];

  it.each(cases)('part and join what is here: %s', async (_, corrections, expected) => {
    const store = await openMemory();
    await store.ingestBatch(await prepareAll(MAILS), NOW);
    await correct(store, corrections);
    expect(await partition(store)).toEqual(expected);
    await store.close();
  });

  it('mean the same whenever they are made, and in whatever order mail comes', async () => {
    const mails = await prepareAll(MAILS);
    for (const [, corrections] of cases) {
      const whole = await openMemory();
      await whole.ingestBatch(mails, NOW);
      await correct(whole, corrections);
      const expected = await documentsOf(whole);
      await whole.close();
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(mails, { minLength: mails.length }),
          fc.integer({ min: 1, max: 9 }),
          fc.integer({ min: 0, max: 9 }),
          async (shuffled, size, when) => {
            const store = await openMemory();
            for (let i = 0; i < shuffled.length; i += size) {
              if (i <= when && when < i + size) await correct(store, corrections);
              await store.ingestBatch(shuffled.slice(i, i + size), NOW);
            }
            if (when >= shuffled.length) await correct(store, corrections);
            expect(await documentsOf(store)).toEqual(expected);
            await store.close();
          },
        ),
        { numRuns: tries(8) },
      );
    }
  });

  it('are kept once a pair, the newest last', async () => {
    const store = await openMemory();
    await correct(store, [
      { kind: 'link', a: V1, b: V2 },
      { kind: 'unlink', a: V1, b: 'other-1@example.org' },
      { kind: 'unlink', a: V2, b: V1 },
    ]);
    expect((await store.corrections()).map(({ kind, a, b }) => [kind, a, b])).toEqual([
      ['unlink', 'other-1@example.org', V1],
      ['unlink', V1, V2],
    ]);
    await store.close();
  });
});
