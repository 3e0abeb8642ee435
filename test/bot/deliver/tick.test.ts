import { describe, expect, it } from 'vitest';
import { createTick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { openMemory, prepareAll, TWO_VERSIONS } from '../../adapters/store/written-mail.js';

const MADE = '2026-03-01T09:30:00Z';
const MAIL = '2026-03-02T10:10:00Z';
const address = { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' } as const;

/** A channel that follows linux-mm, with mail of the next day. */
async function aPlace(store: MailStore, schedule = 'daily at 9', now = MADE): Promise<number> {
  const made = await store.chat.destinations.ensure(address, {
    name: '#c',
    zone: 'UTC',
    setBy: 'u',
    setByName: 'Uta',
    madeAt: now,
  });
  await store.chat.follows.add(made.id, [
    {
      tree: { version: 1, where: { kind: 'list', list: 'linux-mm' }, bots: false },
      words: 'list:linux-mm',
      madeBy: 'u',
      madeByName: 'Uta',
      madeAt: now,
    },
  ]);
  const parsed = parseSchedule(schedule, { zone: 'UTC' });
  if (parsed.ok) await store.chat.destinations.update(made.id, { schedule: parsed.schedule }, now);
  return made.id;
}

function aTick(store: MailStore, clock: { now: string }) {
  const failures: unknown[] = [];
  const tick = createTick({
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: (platform) => (platform === 'memory' ? () => true : null),
    now: () => Date.parse(clock.now),
    yieldToEventLoop: async () => {},
    onError: (_, error) => failures.push(error),
  });
  return { tick, failures };
}

async function withMail(store: MailStore): Promise<void> {
  await store.ingestBatch(await prepareAll(TWO_VERSIONS), MAIL);
}

describe('a tick', () => {
  it('plans what is due once, and nothing before', async () => {
    const store = await openMemory();
    const id = await aPlace(store);
    await withMail(store);
    const clock = { now: '2026-03-02T08:59:00Z' };
    const { tick } = aTick(store, clock);
    expect(await tick.run()).toMatchObject({ due: 0 });
    clock.now = '2026-03-03T09:00:00Z';
    expect(await tick.run()).toEqual({ due: 1, planned: 1, empty: 0, lost: 0, failed: 0 });
    expect(await tick.run()).toMatchObject({ due: 0 });
    const slot = await store.chat.slots.last(id);
    expect(slot).toMatchObject({ due: '2026-03-03T09:00:00Z', kind: 'scheduled', state: 'open' });
    expect(slot?.digest.counts).toMatchObject({ series: 0, versions: 1, replies: 1 });
    await store.close();
  });

  it('merges what was missed into one, and says so', async () => {
    const store = await openMemory();
    await aPlace(store);
    await withMail(store);
    const clock = { now: '2026-03-05T11:00:00Z' };
    const { tick } = aTick(store, clock);
    const chat = store.chat;
    const plans: unknown[] = [];
    const watched = {
      ...chat,
      slots: {
        ...chat.slots,
        plan: async (slot: Parameters<typeof chat.slots.plan>[0]) => {
          plans.push(
            slot.due,
            slot.parts.map(({ content }) => (content.kind === 'headline' ? content.notes : [])),
          );
          return chat.slots.plan(slot);
        },
      },
    };
    const { tick: watching } = aTick({ ...store, chat: watched }, clock);
    await watching.run();
    expect(plans).toEqual(['2026-03-05T09:00:00Z', [['covernote was down: this covers 4 missed digests.']]]);
    expect(await tick.run()).toMatchObject({ due: 0 });
    await store.close();
  });

  it('lets one of two processes plan a slot', async () => {
    const store = await openMemory();
    await aPlace(store);
    await withMail(store);
    const clock = { now: '2026-03-03T09:00:00Z' };
    const reports = await Promise.all([aTick(store, clock).tick.run(), aTick(store, clock).tick.run()]);
    expect(reports.map(({ planned }) => planned).sort()).toEqual([0, 1]);
    await store.close();
  });

  it('leaves a paused place alone, and catches up when it goes on', async () => {
    const store = await openMemory();
    const id = await aPlace(store);
    await withMail(store);
    const clock = { now: '2026-03-04T10:00:00Z' };
    const { tick } = aTick(store, clock);
    await store.chat.destinations.update(id, { state: 'paused' }, MADE);
    expect(await tick.run()).toMatchObject({ due: 0 });
    await store.chat.destinations.update(id, { state: 'active' }, clock.now);
    expect(await tick.run()).toMatchObject({ due: 0 });
    clock.now = '2026-03-05T09:00:00Z';
    expect(await tick.run()).toMatchObject({ planned: 1 });
    expect((await store.chat.slots.last(id))?.digest.counts.versions).toBe(1);
    await store.close();
  });

  it('skips an empty digest, or says so where that is wished', async () => {
    const store = await openMemory();
    const id = await aPlace(store);
    const clock = { now: '2026-03-02T09:00:00Z' };
    const { tick } = aTick(store, clock);
    expect(await tick.run()).toMatchObject({ empty: 1 });
    expect(await store.chat.slots.last(id)).toMatchObject({ state: 'empty' });
    await store.chat.destinations.update(id, { empty: 'say' }, clock.now);
    clock.now = '2026-03-03T09:00:00Z';
    expect(await tick.run()).toMatchObject({ empty: 1 });
    expect(await store.chat.slots.last(id)).toMatchObject({ state: 'open' });
    await store.close();
  });

  it('shows what would come without writing, and posts it now on request', async () => {
    const store = await openMemory();
    await aPlace(store);
    await withMail(store);
    const clock = { now: '2026-03-02T12:00:00Z' };
    const { tick } = aTick(store, clock);
    const place = async () => {
      const found = await store.chat.destinations.byAddress(address);
      if (found === null) throw new Error('the place is gone');
      return found;
    };
    const before = await place();
    const preview = await tick.digestPreview(before);
    expect(preview.plan.digest.counts.versions).toBe(1);
    expect(preview.next?.due).toBe('2026-03-03T09:00:00Z');
    expect(await place()).toEqual(before);
    const results = await Promise.all([tick.digestNow(before), tick.digestNow(before)]);
    // Which of them reads before the other has written is not settled on a server.
    expect(results.filter(({ kind }) => kind === 'planned')).toHaveLength(1);
    expect((await tick.digestNow(await place())).kind).toBe('empty');
    expect((await place()).lastDue).toBe(before.lastDue);
    await store.close();
  });

  it('reaches back a day from the first follow, and no further', async () => {
    const store = await openMemory();
    await withMail(store);
    const clock = { now: '2026-03-03T09:00:00Z' };
    const id = await aPlace(store, '9', '2026-03-03T08:00:00Z');
    await aTick(store, clock).tick.run();
    // v1 was received two days before, v2 within the day.
    const items = (await store.chat.slots.last(id))?.digest.groups.flatMap((group) =>
      group.sections.flatMap((section) => section.items.map((item) => `${section.name} v${item.version}`)),
    );
    expect(items).toEqual(['New versions v2']);
    await store.close();
  });
});
