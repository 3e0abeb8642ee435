import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import type { Follow } from '../../../src/digest/follow/follow.js';
import { DEFAULT_LAYOUT } from '../../../src/digest/plan/layout.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { openMemory, prepareAll, type Written } from '../../adapters/store/written-mail.js';

const MADE = '2026-03-01T09:30:00Z';
const address = { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' } as const;
const LIST: Follow['where'] = { kind: 'list', list: 'linux-mm' };
const STALE: Follow['where'] = { kind: 'state', state: 'stale' };

let store: MailStore;
let clock: string;
const failures: unknown[] = [];

beforeEach(async () => {
  store = await openMemory();
});
afterEach(async () => {
  expect(failures.splice(0)).toEqual([]);
  await store.close();
});

async function aPlace(
  follows: readonly Follow['where'][],
  { schedule = 'daily at 9', waits = true }: { schedule?: string; waits?: boolean } = {},
): Promise<number> {
  const made = await store.chat.destinations.ensure(address, {
    name: '#c',
    zone: 'UTC',
    setBy: 'u',
    setByName: 'Uta',
    madeAt: MADE,
  });
  await store.chat.follows.add(
    made.id,
    follows.map((where, i) => ({
      tree: { version: 1, where, bots: false },
      words: `follow ${i}`,
      madeBy: 'u',
      madeByName: 'Uta',
      madeAt: MADE,
    })),
  );
  const parsed = parseSchedule(schedule, { zone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const sections = [...DEFAULT_LAYOUT.sections, ...(waits ? (['waiting'] as const) : [])];
  await store.chat.destinations.update(
    made.id,
    { schedule: parsed.schedule, layout: { ...DEFAULT_LAYOUT, sections } },
    MADE,
  );
  return made.id;
}

async function arrive(mail: Written & { date: string }): Promise<void> {
  await store.ingestBatch(await prepareAll([{ list: 'linux-mm@kvack.org', ...mail }]), mail.date);
}

/** Ticks at nine on each of some days of March, and says what each digest holds: `06 Waiting: waits for …`. */
async function days(id: number, from: number, to: number): Promise<string[]> {
  const tick = createTick({
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => () => true,
    now: () => Date.parse(clock),
    yieldToEventLoop: async () => {},
    onError: (_, error) => failures.push(error),
  });
  const posted: string[] = [];
  for (let day = from; day <= to; day++) {
    clock = new Date(Date.UTC(2026, 2, day, 9)).toISOString().replace('.000', '');
    if ((await tick.run()).planned === 0) continue;
    const slot = await store.chat.slots.last(id);
    for (const { sections } of slot?.digest.groups ?? [])
      for (const { name, items } of sections)
        for (const item of items)
          posted.push(`${clock.slice(5, 10)} ${name}: ${item.stateText ?? item.title}`);
  }
  return posted;
}

const PATCH = { id: 'p@example.org', subject: '[PATCH] mm: fix a thing', date: '2026-03-02T08:00:00Z' };

describe('the section of what waits', () => {
  it('names a series once for each time that it begins to wait', async () => {
    const id = await aPlace([LIST, { kind: 'kind', is: 'single' }]);
    await arrive(PATCH);
    expect(await days(id, 2, 9)).toEqual([
      '03-02 New series: mm: fix a thing',
      '03-05 Waiting: waits for a first answer, 3 days',
    ]);
    await arrive({
      id: 'r@example.org',
      subject: 'Re: [PATCH] mm: fix a thing',
      from: 'Bob Stone <bob@example.org>',
      inReplyTo: 'p@example.org',
      date: '2026-03-10T08:00:00Z',
      body: 'Please use tabs and resend.',
    });
    expect(await days(id, 10, 20)).toEqual([
      expect.stringContaining('03-10 Discussed'),
      '03-17 Waiting: waits for its author, 7 days',
    ]);
    await arrive({
      ...PATCH,
      id: 'p2@example.org',
      subject: '[PATCH v2] mm: fix a thing',
      date: '2026-03-21T08:00:00Z',
    });
    expect(await days(id, 21, 31)).toEqual([
      expect.stringContaining('03-21 New versions'),
      '03-24 Waiting: waits for a first answer, 3 days',
    ]);
  });

  it('is left out unless the place chose it', async () => {
    const id = await aPlace([LIST, { kind: 'kind', is: 'single' }], { waits: false });
    await arrive(PATCH);
    expect(await days(id, 2, 9)).toEqual(['03-02 New series: mm: fix a thing']);
  });

  it('lists all that waits each week in a weekly digest', async () => {
    const id = await aPlace([LIST, { kind: 'kind', is: 'single' }], { schedule: 'mon at 9' });
    await arrive({ ...PATCH, date: '2026-03-03T08:00:00Z' });
    expect(await days(id, 3, 23)).toEqual([
      '03-03 New series: mm: fix a thing',
      '03-09 Waiting: waits for a first answer, 6 days',
      '03-16 Waiting: waits for a first answer, 13 days',
      '03-23 Waiting: waits for a first answer, 20 days',
    ]);
  });

  it('leaves out what the place snoozed, until that ends, and what it mutes', async () => {
    const id = await aPlace([LIST]);
    await arrive(PATCH);
    await store.chat.snoozes.set(
      address,
      {
        messageKey: 'p@example.org',
        title: 't',
        endsWith: 'date',
        until: '2026-03-08T09:00:00Z',
        revisions: 1,
        replies: 0,
      },
      MADE,
    );
    expect(await days(id, 3, 12)).toEqual(['03-08 Waiting: waits for a first answer, 6 days']);
  });

  it('tells again what went stale unsent', async () => {
    const id = await aPlace([LIST]);
    await arrive(PATCH);
    expect(await days(id, 3, 5)).toEqual(['03-05 Waiting: waits for a first answer, 3 days']);
    const parts = (await store.chat.ledger.partsReporting(['p@example.org'])).map(({ outboxId }) => outboxId);
    // The first reported the patch, the last that it waits.
    expect(parts).toHaveLength(2);
    await store.chat.requeue(parts.slice(-1));
    expect(await days(id, 6, 8)).toEqual(['03-06 Waiting: waits for a first answer, 4 days']);
  });
});

describe('a follow of state:stale', () => {
  it('reports a series once, when it becomes stale', async () => {
    const id = await aPlace([STALE], { waits: false });
    await arrive({ ...PATCH, date: '2026-03-02T08:00:00Z' });
    // 90 days after the 2nd of March is the 31st of May; days of March go on counting.
    expect(await days(id, 3, 120)).toEqual(['05-31 Waiting: stale: no mail for 90 days']);
  });

  it('says nothing of what was stale before', async () => {
    await arrive({ ...PATCH, date: '2025-11-02T08:00:00Z' });
    const id = await aPlace([STALE], { waits: false });
    expect(await days(id, 2, 20)).toEqual([]);
  });
});
