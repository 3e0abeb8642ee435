import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDelivery } from '../../../src/bot/deliver/delivery.js';
import { createTick, type Tick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { DEFAULT_LAYOUT } from '../../../src/digest/plan/layout.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import { openMemory, prepareAll } from '../../adapters/store/written-mail.js';
import { createMemoryChat, type MemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';

const HOUR = 3_600_000;
const address = { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' } as const;
const LISTS = ['linux-mm', 'kvm'];

let store: MailStore;
let chat: MemoryChat;
let tick: Tick;
let nowMs: number;
let turn: () => Promise<void>;

beforeEach(async () => {
  nowMs = Date.parse('2026-03-01T09:30:00Z');
  store = await openMemory();
  const made = { name: '#c', zone: 'UTC', setBy: 'uta', setByName: 'Uta', madeAt: toIso(nowMs) };
  const { id } = await store.chat.destinations.ensure(address, made);
  await store.chat.destinations.update(
    id,
    { layout: { ...DEFAULT_LAYOUT, threads: 'subsystem' } },
    toIso(nowMs),
  );
  await store.chat.follows.add(
    id,
    LISTS.map((list) => ({
      tree: { version: 1 as const, where: { kind: 'list' as const, list }, bots: false },
      words: `list:${list}`,
      madeBy: 'uta',
      madeByName: 'Uta',
      madeAt: toIso(nowMs),
    })),
  );
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

/** Six more series on each list, and a digest that is requested. */
async function digest(name: string): Promise<void> {
  nowMs += HOUR;
  const date = toIso(nowMs);
  const mails = LISTS.flatMap((list) =>
    Array.from({ length: 6 }, (_, i) =>
      [0, 1].map((n) => ({
        id: `${name}-${list}-${i}-${n}@example.org`,
        subject: `[PATCH ${n}/1] ${list}: ${name} thing ${i}`,
        list: `${list}@example.org`,
        date,
      })),
    ).flat(),
  );
  await store.ingestBatch(await prepareAll(mails), date);
  nowMs += HOUR;
  const destination = await store.chat.destinations.byAddress(address);
  if (destination === null) throw new Error('no destination');
  await tick.digestNow(destination);
  await turn();
}

/** The subsystem that a headline is about. */
const headed = (text: string) => /\b(mm|kvm): \d/.exec(text)?.[1];

/** Which subsystems have a headline, each with the number of messages below it. */
const threads = () =>
  chat.log
    .filter(({ under, to }) => under === null && to.address === 'c')
    .map(({ messageId, body }) => [
      headed(body.text),
      chat.log.filter(({ under }) => under === messageId).length,
    ]);

it('posts a headline a subsystem, each with its details below it', async () => {
  await digest('one');
  expect(threads()).toEqual([
    ['kvm', 1],
    ['mm', 1],
  ]);
  const [, kvmDetails, , mmDetails] = chat.log;
  expect(mmDetails?.body.text).toContain('linux-mm: one thing 5');
  expect(kvmDetails?.body.text).toContain('kvm: one thing 5');
});

it('posts each headline alone where threads are forbidden, and says so in each', async () => {
  chat.setFaults((request) =>
    request.op === 'send' && request.under !== null ? { kind: 'forbidden' } : null,
  );
  await digest('one');
  expect(threads()).toEqual([
    ['kvm', 0],
    ['mm', 0],
  ]);
  const headlines = chat.log.filter(({ to }) => to.address === 'c');
  for (const { body } of headlines)
    expect(body.text).toContain('The details could not be posted in a thread');
  chat.setFaults(() => null);
  await digest('two');
  expect(threads()).toEqual([
    ['kvm', 1],
    ['mm', 1],
    ['kvm', 1],
    ['mm', 1],
  ]);
});

it('takes the subsystem whose headline was wrong into the next digest, and the others not', async () => {
  chat.setFaults((request) =>
    request.op === 'send' && request.under === null && headed(request.body.text) === 'kvm'
      ? { kind: 'invalid' }
      : null,
  );
  await digest('one');
  expect(threads()).toEqual([['mm', 1]]);
  chat.setFaults(() => null);
  await digest('two');
  const texts = chat.log.map(({ body }) => body.text).join('\n');
  for (const list of LISTS)
    for (const name of ['one', 'two'])
      expect(texts.split(`${list}: ${name} thing 0`).length - 1, `${list} ${name}`).toBeGreaterThanOrEqual(1);
  expect(threads().map(([list]) => list)).toEqual(['mm', 'kvm', 'mm']);
});
