import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PreparedMail } from '../../../src/adapters/store/prepared-mail.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { newDatabase, tries } from '../../lib/database.js';
import { describing, documentsOf, NOW, prepareAll, TWO_VERSIONS, type Written } from './written-mail.js';

const at = (minute: number) => `2026-03-02T11:${String(minute).padStart(2, '0')}:00Z`;
const reply = (id: number, to: string, from: string, body: string): Written => ({
  id: `r${id}@example.org`,
  subject: 'Re: [PATCH v2 1/2] mm/gup: factor out page counting',
  from,
  date: at(id),
  inReplyTo: to,
  body: `${body}\n`,
});
const ADA = 'Ada Example <ada@example.org>';
const BEN = 'Ben Reviewer <ben@example.org>';
const KIM = 'Kim Keeper <kim@example.org>';
const ROBOT = 'kernel test robot <lkp@intel.com>';
const TESTED = 'kernel test robot noticed the following build warnings:\n\n  a.c:1: warning: no\n';

/** Talk below both versions: the author's, others', tags, decisions, a robot, and answers to mails that never came. */
const TALK: readonly Written[] = [
  reply(1, 'v2-1@example.org', ADA, 'I forgot to say why.'),
  reply(2, 'r1@example.org', BEN, 'Why?'),
  reply(3, 'r2@example.org', ADA, 'As it says.'),
  reply(4, 'r3@example.org', BEN, 'Reviewed-by: Ben Reviewer <ben@example.org>'),
  reply(5, 'v1-2@example.org', KIM, 'See v2.'),
  reply(6, 'missing@example.org', KIM, 'Is this here?'),
  reply(7, 'r6@example.org', BEN, 'No.'),
  reply(8, 'v2-0@example.org', KIM, 'Applied, thanks!'),
  reply(9, 'r8@example.org', ROBOT, 'It builds.'),
  reply(10, 'r8@example.org', ADA, 'Thanks.'),
  reply(11, 'v2-2@example.org', KIM, 'Acked-by: Kim Keeper <kim@example.org>'),
];

async function derived(batches: readonly (readonly PreparedMail[])[], how = describing) {
  const store = await openMailStore(await newDatabase(), how);
  for (const batch of batches) await store.ingestBatch(batch, NOW);
  const documents = await documentsOf(store);
  const held = await Promise.all(TALK.map(({ id }) => store.seriesByMessage(id ?? '')));
  await store.close();
  return { documents, held: held.map((series) => series?.id ?? null) };
}

describe('replies', () => {
  it('come to the same one by one, together and in any order', { timeout: 120_000 }, async () => {
    const mails = await prepareAll([...TWO_VERSIONS, ...TALK]);
    const whole = await derived([mails]);
    const order = fc.shuffledSubarray([...mails.keys()], { minLength: mails.length });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 6 }), async (places, size) => {
        const shuffled = places.flatMap((place) => mails[place] ?? []);
        const batches = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, i) =>
          shuffled.slice(i * size, (i + 1) * size),
        );
        expect(await derived(batches)).toEqual(whole);
      }),
      { numRuns: tries(25) },
    );
  });

  it('are known by who wrote them and which posting they answer', async () => {
    const store = await openMailStore(await newDatabase(), describing);
    await store.ingestBatch(await prepareAll([...TWO_VERSIONS, ...TALK]), NOW);
    const series = await store.seriesByMessage('v2-0@example.org');
    const answered = async (...emails: readonly string[]) =>
      [...(await store.answeredPostings([series?.id ?? ''], emails))].sort();
    const [v1, v2] = (series?.revisions ?? []).map(({ id }) => id);
    expect(await answered('ada@example.org')).toEqual([v2]);
    expect(await answered('Ada+kernel@example.org')).toEqual([v2]);
    expect(await answered('kim@example.org', 'cy@example.org')).toEqual([v1, v2]);
    expect(await answered('cy@example.org')).toEqual([]);
    await store.close();
  });

  it('are looked up for who wrote last, programs aside', async () => {
    const store = await openMailStore(await newDatabase(), describing);
    await store.ingestBatch(await prepareAll([...TWO_VERSIONS, ...TALK]), NOW);
    const { id = '' } = (await store.seriesByMessage('v2-0@example.org')) ?? {};
    await store.ingestBatch(
      await prepareAll([
        reply(20, 'r10@example.org', KIM, 'You are welcome.'),
        reply(21, 'r20@example.org', ROBOT, 'It boots.'),
      ]),
      NOW,
    );
    const by = { name: 'Kim Keeper', email: 'kim@example.org' };
    expect(await store.lastReplies([id, 'other'])).toEqual(
      new Map([[id, { id: 'r20@example.org', by, at: at(20) }]]),
    );
    expect(await store.lastReplies([])).toEqual(new Map());
    await store.close();
  });

  it('are placed without their thread being read again, and counted without the series being described again', async () => {
    let [assembled, described] = [0, 0];
    const store = await openMailStore(await newDatabase(), {
      ...describing,
      onStep(step) {
        if (step === 'assemble') assembled++;
        if (step === 'describe') described++;
      },
    });
    await store.ingestBatch(await prepareAll([...TWO_VERSIONS, ...TALK]), NOW);
    [assembled, described] = [0, 0];
    const before = await store.seriesByMessage('v2-0@example.org');
    await store.ingestBatch(await prepareAll([reply(20, 'r10@example.org', KIM, 'You are welcome.')]), NOW);
    const after = await store.seriesByMessage('r20@example.org');
    expect([assembled, described]).toEqual([0, 0]);
    const replies = (before?.replies ?? 0) + 1;
    expect(after).toEqual({ ...before, replies, updated: at(20), heardAt: at(20) });
    await store.ingestBatch(await prepareAll([reply(21, 'r20@example.org', ROBOT, 'It boots.')]), NOW);
    expect([assembled, described]).toEqual([0, 0]);
    expect(await store.seriesByMessage('r21@example.org')).toEqual({ ...after, updated: at(21) });
    await store.ingestBatch(
      await prepareAll([reply(22, 'r20@example.org', KIM, 'Tested-by: Kim Keeper <kim@example.org>')]),
      NOW,
    );
    expect([assembled, described]).toEqual([0, 1]);
    expect(await store.seriesByMessage('r22@example.org')).toMatchObject({ heardAt: at(22) });
    await store.ingestBatch(await prepareAll([reply(23, 'r20@example.org', ROBOT, TESTED)]), NOW);
    expect([assembled, described]).toEqual([0, 2]);
    const series = await store.seriesByMessage('r23@example.org');
    expect(series).toMatchObject({ updated: at(23), heardAt: at(22) });
    await store.close();
  });
});
