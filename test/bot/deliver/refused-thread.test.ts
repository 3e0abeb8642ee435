import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDelivery } from '../../../src/bot/deliver/delivery.js';
import { sendNow } from '../../../src/bot/deliver/send-now.js';
import { createTick, type Tick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import { openMemory, prepareAll } from '../../adapters/store/written-mail.js';
import { createMemoryChat, type MemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';

const HOUR = 3_600_000;
const address = { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' } as const;

let store: MailStore;
let chat: MemoryChat;
let tick: Tick;
let nowMs: number;
let turn: () => Promise<unknown>;

beforeEach(async () => {
  nowMs = Date.parse('2026-03-01T09:30:00Z');
  store = await openMemory();
  const made = await store.chat.destinations.ensure(address, {
    name: '#c',
    zone: 'UTC',
    setBy: 'uta',
    setByName: 'Uta',
    madeAt: toIso(nowMs),
  });
  await store.chat.follows.add(made.id, [
    {
      tree: { version: 1, where: { kind: 'list', list: 'linux-mm' }, bots: false },
      words: 'list:linux-mm',
      madeBy: 'uta',
      madeByName: 'Uta',
      madeAt: toIso(nowMs),
    },
  ]);
  chat = createMemoryChat({ now: () => nowMs, idempotentMs: 0 });
  const platform = createMemoryPlatform({
    ask: async (request) => chat.ask(request),
    capabilities: { idempotentMs: 0, find: true, edit: true, threads: true },
  });
  tick = createTick({
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => platform.fits,
    now: () => nowMs,
    yieldToEventLoop: async () => {},
    onError: (_, error) => {
      throw error;
    },
  });
  const delivery = createDelivery({
    outbox: store.chat.outbox,
    platforms: [platform],
    show: (content) => ({ view: partView(content), actions: partActions(content) }),
    now: () => nowMs,
    sleep: async () => undefined,
    random: () => 0.5,
    log: silentLog,
    metrics: createMetrics(),
  });
  turn = async () => {
    for (let i = 0; i < 20; i++) {
      while ((await delivery.turn()) > 0);
      nowMs += 60_000;
    }
  };
});
afterEach(() => store.close());

/** Ten more series, and a digest that is requested; answers with what the request is told. */
async function digest(name: string) {
  nowMs += HOUR;
  const mails = Array.from({ length: 10 }, (_, i) => ({
    id: `${name}-${i}-1@example.org`,
    subject: `[PATCH 1/1] mm: ${name} thing ${i}`,
    date: toIso(nowMs),
  }));
  const covers = mails.map(({ id, subject, date }) => ({
    id: id.replace('-1@', '-0@'),
    subject: subject.replace('1/1', '0/1'),
    date,
  }));
  await store.ingestBatch(await prepareAll([...covers, ...mails]), toIso(nowMs));
  nowMs += HOUR;
  const destination = await store.chat.destinations.byAddress(address);
  if (destination === null) throw new Error('no destination');
  const planned = await tick.digestNow(destination);
  await turn();
  const { slots } = store.chat;
  return sendNow(planned, { slots, destinationId: destination.id, sleep: async () => undefined });
}

const headlines = () => chat.log.filter(({ under, to }) => under === null && to.address === 'c');
const PROMISE = 'Details are in the thread';
const NO_THREAD = 'The details could not be posted in a thread: `/digest last` shows them.';

it.each(['forbidden', 'gone', 'invalid'] as const)(
  'is not promised by a headline that stands alone (%s), and no headline is posted twice',
  async (kind) => {
    chat.setFaults((request) => (request.op === 'send' && request.under !== null ? { kind } : null));
    for (const name of ['one', 'two', 'three', 'four', 'five']) await digest(name);
    expect(headlines()).toHaveLength(5);
    for (const [i, { body }] of headlines().entries()) {
      expect(body.text).not.toContain(PROMISE);
      expect(body.text).toContain(NO_THREAD);
      expect(body.text).toContain('10 new series');
      const name = ['one', 'two', 'three', 'four', 'five'][i] ?? '';
      expect(body.text).toContain(`mm: ${name} thing`);
    }
    expect(await store.chat.destinations.byAddress(address)).toMatchObject({ state: 'active' });
  },
);

it('is pointed to again once its details are there', async () => {
  chat.setFaults((request) =>
    request.op === 'send' && request.under !== null ? { kind: 'forbidden' } : null,
  );
  const refused = await digest('one');
  expect(refused).toMatchObject({ kind: 'planned', refused: 'c is forbidden. Invite covernote again.' });
  expect(headlines()[0]?.body.text).toContain(NO_THREAD);
  chat.setFaults(() => null);
  expect(await digest('two')).not.toHaveProperty('refused');
  expect(headlines().map(({ body }) => body.text.includes(PROMISE))).toEqual([true, true]);
  expect(chat.log.filter(({ under }) => under === headlines()[0]?.messageId)).toHaveLength(1);
});

it('gets its details with the next digest of a week that is a moment late', async () => {
  let isRefused = true;
  chat.setFaults((request) =>
    isRefused && request.op === 'send' && request.under !== null ? { kind: 'forbidden' } : null,
  );
  await digest('one');
  isRefused = false;
  nowMs += 7 * 24 * HOUR;
  await digest('two');
  expect(chat.log.filter(({ under }) => under === headlines()[0]?.messageId)).toHaveLength(1);
});

it('says to the person who asks for a digest that the place refuses it', async () => {
  chat.setStanding('c', 'forbidden');
  expect(await digest('one')).toMatchObject({ refused: 'c is forbidden. Invite covernote again.' });
});

it('waits as long as the chat asks after a storm of refused calls, and no longer', async () => {
  let storm = true;
  chat.setFaults(({ op }) => (storm && op === 'send' ? { kind: 'rate-limited', delayMs: 5_000 } : null));
  await digest('one');
  storm = false;
  const due = await store.chat.outbox.nextDue();
  expect(Date.parse(due ?? '') - nowMs).toBeLessThanOrEqual(8_000);
});
