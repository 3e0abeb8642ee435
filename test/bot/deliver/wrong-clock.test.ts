import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDelivery } from '../../../src/bot/deliver/delivery.js';
import { createTick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { createClockWatch } from '../../../src/bot/operation/clock-watch.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import { openMemory, prepareAll } from '../../adapters/store/written-mail.js';
import { createMemoryChat, type MemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';
import { HOUR, MINUTE } from './scene.js';

const DAY = 24 * HOUR;
const START = Date.parse('2026-03-01T09:30:00Z');
const address = { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' } as const;

/** The true time, and how far our clock is from it. */
let trueMs: number;
let wrongMs: number;
let store: MailStore;
let chat: MemoryChat;
beforeEach(async () => {
  trueMs = START;
  wrongMs = 0;
  store = await openMemory();
  chat = createMemoryChat({ now: () => trueMs, idempotentMs: 0 });
});
afterEach(() => store.close());
const now = () => trueMs + wrongMs;

/** A process, as the bot runs it: each minute the clock is checked, what is due is planned, and then sent. */
function begin() {
  const platform = createMemoryPlatform({
    ask: async (request) => chat.ask(request),
    capabilities: { idempotentMs: 0, find: true, edit: true, threads: true },
  });
  const watch = createClockWatch({ store, chats: () => [platform], now, log: silentLog });
  const tick = createTick({
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => () => true,
    now,
    yieldToEventLoop: async () => undefined,
    onError: (_, error) => {
      throw error;
    },
  });
  const delivery = createDelivery({
    outbox: store.chat.outbox,
    platforms: [platform],
    show: (content) => ({ view: partView(content), actions: partActions(content) }),
    now,
    sleep: async () => undefined,
    random: () => 0,
    log: silentLog,
    metrics: createMetrics(),
  });
  return {
    watch,
    async minute() {
      await watch.check();
      await tick.run();
      while ((await delivery.turn()) > 0);
    },
  };
}

async function follow(): Promise<void> {
  const made = await store.chat.destinations.ensure(address, {
    name: '#c',
    zone: 'UTC',
    setBy: 'u',
    setByName: 'Uta',
    madeAt: toIso(now()),
  });
  const tree = { version: 1, where: { kind: 'list', list: 'linux-mm' }, bots: false } as const;
  await store.chat.follows.add(made.id, [
    { tree, words: 'list:linux-mm', madeBy: 'u', madeByName: 'Uta', madeAt: toIso(now()) },
  ]);
  const parsed = parseSchedule('daily at 9', { zone: 'UTC' });
  if (!parsed.ok) throw new Error('no schedule');
  await store.chat.destinations.update(made.id, { schedule: parsed.schedule }, toIso(now()));
}

/** A patch that the list had at this moment, and that comes here now. */
async function mail(name: string): Promise<void> {
  const date = toIso(trueMs - MINUTE);
  const id = `${name}@example.org`;
  const subject = (part: number) => `[PATCH ${part}/1] mm: teach ${name}`;
  const mails = await prepareAll([
    { id, subject: subject(0), date, body: 'It is taught.\n' },
    { id: `1-${id}`, subject: subject(1), date, inReplyTo: id },
  ]);
  await store.ingestBatch(mails, toIso(now()));
}

const at = (iso: string): void => {
  trueMs = Date.parse(iso);
};
const texts = () =>
  chat.log.map(
    ({ at: posted, body }) => `${posted.slice(0, 16)} ${/teach (\w+)/.exec(body.text)?.[1] ?? ''}`,
  );

it.each([
  ['while covernote runs', false],
  ['before it starts again', true],
])(
  'sends digests from the next day on after a run 400 days ahead that was set right %s, and loses and repeats nothing',
  async (_, restarts) => {
    await follow();
    let process = begin();
    await process.minute();
    await mail('before');
    wrongMs = 400 * DAY;
    await process.minute();
    at('2026-03-01T10:00:00Z');
    await mail('during');
    await process.minute();
    wrongMs = 0;
    if (restarts) process = begin();
    at('2026-03-01T11:00:00Z');
    await process.minute();
    expect(process.watch.health().facts).toMatchObject({ clockCorrectedAt: '2026-03-01T11:00:00Z' });
    expect((await store.chat.destinations.byAddress(address))?.lastDue).toBe('2026-03-01T11:00:00Z');
    await mail('after');
    at('2026-03-02T09:00:00Z');
    await process.minute();
    at('2026-03-03T09:00:00Z');
    await mail('later');
    await process.minute();
    expect(
      chat.log.flatMap(({ body }) => [...body.text.matchAll(/teach (\w+)/g)].map(([, name]) => name)).sort(),
    ).toEqual(['after', 'before', 'during', 'later']);
    expect(texts().map((text) => text.slice(0, 16))).toEqual([
      '2026-03-01T09:30',
      '2026-03-02T09:00',
      '2026-03-03T09:00',
    ]);
  },
);

it('does not lose the slot that was planned ahead of time when its day really comes', async () => {
  await follow();
  const process = begin();
  await process.minute();
  wrongMs = 2 * DAY;
  await mail('ahead');
  at('2026-03-01T10:00:00Z');
  await process.minute();
  wrongMs = 0;
  for (const day of ['02', '03', '04']) {
    at(`2026-03-${day}T08:50:00Z`);
    await process.minute();
    await mail(`day${day}`);
    at(`2026-03-${day}T09:00:00Z`);
    await process.minute();
  }
  expect(texts()).toEqual([
    '2026-03-01T10:00 ahead',
    '2026-03-02T09:00 day02',
    '2026-03-03T09:00 day03',
    '2026-03-04T09:00 day04',
  ]);
});

it('says that the clock is wrong while a chat tells another time, and corrects nothing by it', async () => {
  const watch = createClockWatch({
    store,
    chats: () => [{ name: 'slack', time: () => trueMs }],
    now,
    log: silentLog,
  });
  wrongMs = 2 * HOUR;
  await watch.check();
  expect(watch.health().problems).toEqual([
    "The clock of this computer is 2 hours ahead of Slack's: digests come at the wrong time. Set it right (NTP).",
  ]);
  wrongMs = -DAY * 3;
  expect(watch.health().problems[0]).toContain("3 days behind Slack's");
  wrongMs = 4 * MINUTE;
  expect(watch.health().problems).toEqual([]);
});

it('says that the clock is behind where newer mail has come', async () => {
  await follow();
  await mail('now');
  wrongMs = -400 * DAY;
  const { watch } = begin();
  await watch.check();
  expect(watch.health().problems).toEqual([
    'The clock of this computer is behind: mail was received later than it says it is now. Set it right (NTP).',
  ]);
  expect((await store.chat.destinations.byAddress(address))?.lastDue).toBe(toIso(START));
});
