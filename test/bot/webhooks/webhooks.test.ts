import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebhooks, webhookAddress } from '../../../src/adapters/webhook/create-webhooks.js';
import { createDelivery, type Delivery } from '../../../src/bot/deliver/delivery.js';
import { createTick, type Tick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { keepWebhooks } from '../../../src/bot/webhooks/keep-webhooks.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import { diff, openMemory, prepare, writeMail } from '../../adapters/store/written-mail.js';
import { type Behaviour, receiveWebhooks, type WebhookReceiver } from '../../fakes/webhook-receiver.js';

const SECRET = Buffer.alloc(32, 7).toString('base64');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-03-02T08:10:00Z');

let receiver: WebhookReceiver;
let store: MailStore;
let nowMs: number;
/** Short only where a receiver hangs: a machine may be busy. */
let timeoutMs: number;
let tick: Tick;
let delivery: Delivery;
const now = () => nowMs;

const keep = (...hooks: readonly (readonly [string, ...string[]])[]) =>
  keepWebhooks({
    hooks: hooks.map(([path, ...follows]) => ({ url: receiver.url + path, follows })),
    chat: store.chat,
    catalog: emptyCatalog,
    now,
  });

beforeEach(async () => {
  nowMs = START;
  timeoutMs = 10_000;
  receiver = await receiveWebhooks(SECRET);
  store = await openMemory();
  const urls = ['/a', '/b'].map((path) => receiver.url + path);
  const platform = createWebhooks({
    urls,
    keys: [Buffer.from(SECRET, 'base64')],
    version: '0',
    now,
    get timeoutMs() {
      return timeoutMs;
    },
  });
  const { chat } = store;
  tick = createTick({
    chat,
    catalog: emptyCatalog,
    fitsOn: () => platform.fits,
    now,
    yieldToEventLoop: async () => undefined,
    onError: (_, error) => {
      throw error;
    },
  });
  delivery = createDelivery({
    outbox: chat.outbox,
    platforms: [platform],
    show: (content) => ({ view: partView(content), actions: partActions(content) }),
    now,
    sleep: async () => undefined,
    random: () => 0.5,
    log: silentLog,
    metrics: createMetrics(),
  });
});
afterEach(async () => {
  await store.close();
  await receiver.close();
});

const add = async (id: string) => {
  const mail = {
    id: `${id}@example.org`,
    date: toIso(nowMs),
    received: toIso(nowMs),
    subject: `[PATCH] mm: mend ${id}`,
  };
  await store.ingestBatch([await prepare(writeMail({ ...mail, body: `Why.\n\n${diff()}` }))], toIso(nowMs));
};
/** Time in steps of five minutes, with a tick and a turn of delivery in each. */
const run = async (forMs: number) => {
  for (let passed = 0; passed < forMs; passed += 5 * MINUTE) {
    nowMs += 5 * MINUTE;
    await tick.run();
    while ((await delivery.turn()) > 0);
  }
};
/** Which patches came, in order. */
const arrived = (path = '/a') =>
  receiver.kept
    .filter((one) => one.path === path)
    .flatMap(({ body }) => [...body.text.matchAll(/mm: mend (\w+)/g)].map(([, id]) => id));
const PATCHES = 'list:linux-mm@example.org kind:single';
const stateOf = async (path = '/a') =>
  (await store.chat.destinations.byAddress(webhookAddress(receiver.url + path)))?.state;

it('posts each hour what is new, once, as text and as data', async () => {
  await keep(['/a', PATCHES]);
  await add('one');
  await run(2 * HOUR);
  await add('two');
  await run(3 * HOUR);
  expect(receiver.faults).toEqual([]);
  expect(arrived()).toEqual(['one', 'two']);
  const [first] = receiver.kept;
  expect(first?.body.content).toMatchObject({ kind: 'headline', details: 0 });
  expect(JSON.stringify(first?.body.content)).toContain('"messageId":"one@example.org"');
});

describe('a receiver that', () => {
  const flaky: readonly (readonly [string, readonly Behaviour[]])[] = [
    [
      'fails inside',
      [
        { kind: 'status', status: 500 },
        { kind: 'status', status: 502, keeps: true },
      ],
    ],
    ['asks to wait', [{ kind: 'status', status: 429, headers: { 'retry-after': '600' } }]],
    [
      'hangs before it stores',
      [
        { kind: 'hang', keeps: false },
        { kind: 'hang', keeps: false },
      ],
    ],
    [
      'hangs when it has stored',
      [
        { kind: 'hang', keeps: true },
        { kind: 'hang', keeps: true },
      ],
    ],
    [
      'breaks off',
      [
        { kind: 'reset', keeps: true },
        { kind: 'reset', keeps: false },
      ],
    ],
  ];
  it.each(flaky)('%s gets each message once, by its id', async (_, next) => {
    if (next.some(({ kind }) => kind === 'hang')) timeoutMs = 400;
    await keep(['/a', PATCHES]);
    await add('one');
    receiver.next.push(...next);
    await run(2 * HOUR);
    await add('two');
    await run(2 * HOUR);
    expect(receiver.next).toEqual([]);
    expect(arrived()).toEqual(['one', 'two']);
    expect(receiver.requests.length).toBeGreaterThanOrEqual(2 + next.length);
    expect(receiver.faults).toEqual([]);
  });

  it('refuses for two hours gets it with the digest after', async () => {
    await keep(['/a', PATCHES]);
    await add('one');
    receiver.next.push({ kind: 'status', status: 401 }, { kind: 'status', status: 404 });
    await run(4 * HOUR);
    expect(arrived()).toEqual(['one']);
    expect(await stateOf()).toBe('active');
  });

  it('refuses three digests gets no more, until covernote is started again', async () => {
    await keep(['/a', PATCHES]);
    await add('one');
    receiver.next.push(...Array.from({ length: 3 }, () => ({ kind: 'status', status: 401 }) as const));
    await run(6 * HOUR);
    expect([await stateOf(), receiver.requests.length]).toEqual(['broken', 3]);
    await keep(['/a', PATCHES]);
    await run(2 * HOUR);
    expect(arrived()).toEqual(['one']);
  });
});

describe('the configuration', () => {
  it('decides what each gets, and who gets nothing more', async () => {
    await keep(
      ['/a', 'list:kvm@example.org kind:single'],
      ['/b', PATCHES, 'list:kvm@example.org kind:single'],
    );
    await add('one');
    await run(2 * HOUR);
    expect([arrived('/a'), arrived('/b')]).toEqual([[], ['one']]);
    await keep(['/a', PATCHES]);
    await add('two');
    await run(2 * HOUR);
    expect([arrived('/a'), arrived('/b'), await stateOf('/b')]).toEqual([['two'], ['one'], 'paused']);
    // What came meanwhile is caught up with.
    await keep(['/a', PATCHES], ['/b', PATCHES]);
    await run(2 * HOUR);
    expect(arrived('/b')).toEqual(['one', 'two']);
  });

  it('changes nothing when it is applied again, by another process too', async () => {
    await Promise.all([keep(['/a', PATCHES]), keep(['/a', PATCHES])]);
    await add('one');
    await run(2 * HOUR);
    await keep(['/a', PATCHES]);
    await run(2 * HOUR);
    expect(arrived()).toEqual(['one']);
    expect(await store.chat.destinations.all('webhook')).toHaveLength(1);
  });

  it('is refused where a follow is wrong, and holds no URL in the database', async () => {
    await expect(keep(['/a', 'kind:nonsense'])).rejects.toThrow(/^WEBHOOKS: /);
    await keep(['/a', PATCHES]);
    const places = await store.chat.destinations.all('webhook');
    expect(JSON.stringify(places)).not.toContain('/a');
  });
});
