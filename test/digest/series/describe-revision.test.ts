import { describe, expect, it } from 'vitest';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import { KNOWN_BOTS } from '../../../src/digest/mail/bots.js';
import { understand } from '../../../src/digest/message/understand.js';
import { joinFacts } from '../../../src/digest/revision/join-facts.js';
import { describeSeries } from '../../../src/digest/series/describe.js';
import { postingFacts } from '../../../src/digest/series/read-posting.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { readAuthority } from '../../../src/digest/state/authority.js';
import { buildCatalog } from '../../../src/digest/subsystem/catalog.js';
import { joinAtOnce } from '../revision/incremental-join.js';

interface Posting {
  readonly version: number;
  readonly letter: string;
  readonly titles: readonly string[];
}

const DAY = 24 * 3600 * 1000;
const diff = (lines: number) =>
  `---\n mm/zone.c | ${lines} +\n\ndiff --git a/mm/zone.c b/mm/zone.c\n--- a/mm/zone.c\n+++ b/mm/zone.c\n@@ -1,0 +1,${lines} @@\n${'+lock\n'.repeat(lines)}`;

/** The mails of one posting: its cover and a patch for each title. */
function mailsOf({ version, letter, titles }: Posting): string[] {
  const tag = (index: number) => `[PATCH ${version > 1 ? `v${version} ` : ''}${index}/${titles.length}]`;
  const date = new Date(Date.UTC(2026, 0, 5) + version * DAY).toUTCString();
  const head = (index: number, title: string) =>
    `From: Ada Example <ada@example.org>\nDate: ${date}\nMessage-ID: <${version}.${index}@example.org>\n${index > 0 ? `In-Reply-To: <${version}.0@example.org>\n` : ''}To: zone@lists.example.org\nSubject: ${tag(index)} ${title}\n\n`;
  const shortlog = `Ada Example (${titles.length}):\n${titles.map((title) => `  ${title}`).join('\n')}\n\n`;
  return [
    `${head(0, 'mm: rework the zone lock')}${letter}\n\n${shortlog}`,
    ...titles.map((title, at) => `${head(at + 1, title)}The lock is taken early.\n${diff(version + at)}`),
  ];
}

async function revisionsOf(...postings: Posting[]): Promise<readonly RevisionRecord[]> {
  return (await seriesOf(postings.flatMap(mailsOf))).revisions;
}

async function seriesOf(mails: readonly string[]): Promise<SeriesRecord> {
  const messages = await Promise.all(
    mails.map(async (raw) => understand(await decodeMail(Buffer.from(raw)))),
  );
  const facts = messages.map((message) => joinFacts(message));
  const { series } = joinAtOnce(facts);
  expect(series).toHaveLength(1);
  const material = {
    group: series[0] as (typeof series)[0],
    messages: new Map(
      messages.flatMap((message) => {
        const posting = postingFacts(message);
        return posting === null ? [] : [[message.id, posting] as const];
      }),
    ),
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    targets: new Map<string, string>(),
    catalog: buildCatalog([]),
    authority: readAuthority(),
    bots: KNOWN_BOTS,
    archiveUrl: (id: string) => `https://lore.example.org/zone/${id}/`,
  };
  return describeSeries(material);
}

const WHAT =
  'Currently every allocation takes one global lock, which stalls machines with many nodes. This series splits the lock per node.';
const TITLES = ['mm/zone: split the lock', 'mm: take it early'];
const IDLE = 'Hi all,\n\nThanks,\nAda';

describe('the summary of a posting whose letter says nothing', () => {
  it('is what the patches are called', async () => {
    const [only] = await revisionsOf({ version: 1, letter: IDLE, titles: TITLES });
    expect(only?.summary).toBe('2 patches: split the lock; take it early');
  });

  it('is the summary of an earlier letter', async () => {
    const [first, second] = await revisionsOf(
      { version: 1, letter: WHAT, titles: TITLES },
      { version: 2, letter: IDLE, titles: TITLES },
    );
    expect(first?.summary).toContain('splits the lock per node');
    expect(second?.summary).toBe(first?.summary);
  });

  it('does not take the titles of an earlier version for its letter’s summary', async () => {
    const [, second] = await revisionsOf(
      { version: 1, letter: IDLE, titles: TITLES },
      { version: 2, letter: IDLE, titles: [...TITLES, 'mm: free pages'] },
    );
    expect(second?.summary).toBe('3 patches: split the lock; take it early; free pages');
  });
});

describe('what changed where the letter says only bookkeeping', () => {
  it('is what comparing the patches shows', async () => {
    const [first, second] = await revisionsOf(
      { version: 1, letter: WHAT, titles: TITLES },
      {
        version: 2,
        letter: `${WHAT}\n\nChanges in v2:\n- Rebased on linux-next\n- Collected tags`,
        titles: [...TITLES, 'mm: free pages'],
      },
    );
    expect(first?.changed).toBeNull();
    expect(second?.changed).toBe('1 patch added (mm: free pages), 2 of 3 reworked');
  });
});

describe('a posting within a thread', () => {
  const mail = (subject: string, refs: readonly string[] = []) =>
    `From: Ada Example <ada@example.org>\nDate: Mon, 05 Jan 2026 08:00:00 +0000\nMessage-ID: <one@example.org>\n${refs.length === 0 ? '' : `In-Reply-To: <${refs.at(-1)}>\nReferences: ${refs.map((ref) => `<${ref}>`).join(' ')}\n`}To: zone@lists.example.org\nSubject: ${subject}\n\nThe lock is taken early.\n${diff(2)}`;

  it.each([
    [
      '[PATCH] mm: take the lock late',
      ['cover@example.org', 'answer@example.org'],
      true,
      'answer@example.org',
    ],
    [
      '[PATCH 16/18 v2] mm: take the lock late',
      ['cover@example.org', '16@example.org'],
      true,
      '16@example.org',
    ],
    ['[PATCH v2] mm: take the lock late', ['cover@example.org', '1@example.org'], false, '1@example.org'],
    ['[PATCH 2/3] mm: take the lock late', ['cover@example.org'], false, 'cover@example.org'],
    ['[PATCH 2/3] mm: take the lock late', [], false, null],
  ] as const)('%s below %j is a proposal: %s', async (subject, refs, proposal, below) => {
    const one = await seriesOf([mail(subject, refs)]);
    expect([one.proposal ?? false, one.revisions[0]?.below ?? null]).toEqual([proposal, below]);
  });

  it.each([
    ['[PATCH WIP] mm: take the lock late', true],
    ['[PATCH 1/4 POC] mm: take the lock late', true],
    ['[DO NOT MERGE PATCH] mm: take the lock late', true],
    ['[PATCH] mm: take the lock late (WIP)', true],
    ['[PATCH] mm: take the lock late', false],
    ['[PATCH] mm: take the draft lock late', false],
  ])('%s is unfinished: %s', async (subject, unfinished) => {
    expect((await seriesOf([mail(subject)])).unfinished ?? false).toBe(unfinished);
  });
});
