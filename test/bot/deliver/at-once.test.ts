import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AtOnce, createAtOnce } from '../../../src/bot/deliver/at-once.js';
import { createDelivery } from '../../../src/bot/deliver/delivery.js';
import { markStaleMessages } from '../../../src/bot/deliver/mark-stale-messages.js';
import { createTick, type Tick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { formatFollow } from '../../../src/digest/follow/format-follow.js';
import { parseFollow } from '../../../src/digest/follow/parse-follow.js';
import { layoutSchema } from '../../../src/digest/plan/layout.js';
import type { ChatPlatform } from '../../../src/digest/ports/chat-platform.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import { openMemory, prepareAll, type Written } from '../../adapters/store/written-mail.js';
import { createMemoryChat, type MemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';

const MINUTE = 60_000;
const address = { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' } as const;

let store: MailStore;
let chat: MemoryChat;
let tick: Tick;
let atOnce: AtOnce;
let nowMs: number;
let destinationId: number;
let deliver: () => Promise<void>;
/** Labels that edits set, and whether messages are posted without setting theirs. */
let relabelled: (string | null)[];
let labelsFail: boolean;

beforeEach(async () => {
  nowMs = Date.parse('2026-03-02T10:00:00Z');
  store = await openMemory();
  destinationId = (
    await store.chat.destinations.ensure(address, {
      name: '#c',
      zone: 'UTC',
      setBy: 'uta',
      setByName: 'Uta',
      madeAt: toIso(nowMs),
    })
  ).id;
  const daily = parseSchedule('daily at 9', { zone: 'UTC' });
  if (!daily.ok) throw new Error('no schedule');
  await store.chat.destinations.update(destinationId, { schedule: daily.schedule }, toIso(nowMs));
  chat = createMemoryChat({ now: () => nowMs, idempotentMs: 0 });
  const memory = createMemoryPlatform({
    ask: async (request) => chat.ask(request),
    capabilities: { idempotentMs: 0, find: true, edit: true, threads: true },
  });
  relabelled = [];
  labelsFail = false;
  const platform: ChatPlatform = {
    ...memory,
    async send(post) {
      const outcome = await memory.send(post);
      return outcome.kind === 'sent' && labelsFail ? { ...outcome, unlabelled: true } : outcome;
    },
    edit(change) {
      relabelled.push(change.topic?.label ?? null);
      return memory.edit(change);
    },
  };
  const planning = {
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => platform.fits,
    now: () => nowMs,
    yieldToEventLoop: async () => {},
    onError: (_: unknown, error: unknown) => {
      throw error;
    },
  };
  tick = createTick(planning);
  atOnce = createAtOnce(planning);
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
  deliver = async () => {
    while ((await delivery.turn()) > 0);
  };
  await markStaleMessages({ store, now: () => nowMs });
});
afterEach(() => store.close());

async function follow(...texts: string[]): Promise<void> {
  const made = { madeBy: 'uta', madeByName: 'Uta', madeAt: toIso(nowMs) };
  for (const text of texts) {
    const parsed = parseFollow(text, emptyCatalog());
    if (!parsed.ok) throw new Error(parsed.problem.message);
    await store.chat.follows.add(destinationId, [
      { tree: parsed.follow, words: formatFollow(parsed.follow), ...made },
    ]);
  }
}

/** Mail that comes now; then a minute's work. */
async function come(...mails: Written[]): Promise<void> {
  const date = toIso(nowMs);
  await store.ingestBatch(await prepareAll(mails.map((mail) => ({ date, ...mail }))), date);
  await beat();
}

/** What the process does each minute. */
async function beat(): Promise<void> {
  nowMs += MINUTE;
  await markStaleMessages({ store, now: () => nowMs });
  await atOnce.run();
  await tick.run();
  await deliver();
}

/** On to a time of day. */
async function until(time: string): Promise<void> {
  const day = toIso(nowMs).slice(0, 10);
  nowMs = Date.parse(`${day}T${time}:00Z`);
  if (nowMs - MINUTE < Date.parse(`${day}T00:00:00Z`)) throw new Error('backwards');
  await beat();
}

/** A series of one patch and its cover. */
const series = (name: string, version = 1): Written[] => {
  const tag = version === 1 ? 'PATCH' : `PATCH v${version}`;
  const id = (n: number) => `${name}-v${version}-${n}@example.org`;
  return [
    { id: id(0), subject: `[${tag} 0/1] mm: rework ${name}`, body: `This reworks ${name}.\n` },
    { id: id(1), subject: `[${tag} 1/1] mm: ${name} step`, inReplyTo: id(0) },
  ];
};

const reply = (name: string, n: number, body: string, to = `${name}-v1-0@example.org`): Written => ({
  id: `${name}-re${n}@example.org`,
  from: 'Bo Reviewer <bo@example.org>',
  subject: `Re: [PATCH 0/1] mm: rework ${name}`,
  inReplyTo: to,
  body,
});

/** What stands: `root: …` in the channel, `m1: …` below that message. */
const standing = () =>
  chat.log.map(({ under, body }) => `${under ?? 'root'}: ${body.text.split('\n').join(' | ')}`);

it('posts a series when it is whole, and all later news in its thread, each once', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  await come(reply('apple', 1, 'Reviewed-by: Bo Reviewer <bo@example.org>\n'));
  await come(reply('apple', 2, 'I have a question.\n'));
  await come(...series('apple', 2));
  await beat();
  expect(standing()).toEqual([
    'root: ### New series in mm | mm: rework apple |   superseded by v2 · Ada Example · 1 patch +1 −1',
    'm1: Reviewed-by: Bo Reviewer (patch 1) | v1: mm: rework apple',
    'm1: 1 reply | v1: mm: rework apple',
    'm1: ### New version in mm | mm: rework apple |   v2 by Ada Example · 1 patch +1 −1',
  ]);
  await until('23:00');
  nowMs += 10 * 60 * MINUTE;
  await beat();
  expect(chat.log).toHaveLength(4);
});

/** What a program reports of the patch of a version. */
const report = (name: string, n: number, from: string, body: string, version = 1): Written => ({
  ...reply(name, 100 + n, body, `${name}-v${version}-1@example.org`),
  from,
});

it('posts what a program found: that something fails, and that it passes again, each once', async () => {
  const robot = 'kernel test robot <lkp@intel.com>';
  const errors = 'kernel test robot noticed the following build errors:\n\n  a.c:1: error: no\n';
  const warnings = 'kernel test robot noticed the following build warnings:\n\n  a.c:1: warning: no\n';
  const ci = 'KernelCI <bot@kernelci.org>';
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  await come(report('apple', 1, ci, 'All tests passed.\n'));
  await come(report('apple', 2, robot, warnings));
  expect(standing()).toHaveLength(1);
  await come(report('apple', 3, robot, errors));
  await come(report('apple', 4, ci, '3 tests failed.\n'));
  await come(report('apple', 5, ci, 'All tests passed.\n'));
  await come(...series('apple', 2));
  await come(report('apple', 6, ci, 'All tests passed.\n', 2));
  await beat();
  expect(standing().slice(1)).toEqual([
    'm1: kernel test robot: the build fails (patch 1) | v1: mm: rework apple',
    'm1: KernelCI: CI fails (patch 1) | v1: mm: rework apple',
    'm1: KernelCI: CI passes again (patch 1) | v1: mm: rework apple',
    'm1: ### New version in mm | mm: rework apple |   v2 by Ada Example · 1 patch +1 −1',
  ]);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log).toHaveLength(5);
});

it('posts no verdict where a place wants no talk', async () => {
  await follow('list:linux-mm@example.org when:now');
  const layout = layoutSchema.parse({ sections: ['series', 'versions', 'applied'] });
  await store.chat.destinations.update(destinationId, { layout }, toIso(nowMs));
  await come(...series('apple'));
  await come(report('apple', 1, 'KernelCI <bot@kernelci.org>', '3 tests failed.\n'));
  expect(chat.log).toHaveLength(1);
});

it('sets by an edit the label of a post that could not be set when its message was posted', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  labelsFail = true;
  await come(reply('apple', 1, 'I have a question.\n'));
  expect(relabelled).toEqual(['under review']);
  expect(standing()).toHaveLength(2);
  await beat();
  expect(relabelled).toHaveLength(1);
});

it('waits until a posting is whole or quiet', async () => {
  await follow('list:linux-mm@example.org when:now');
  const [cover, patch] = series('apple');
  if (cover === undefined || patch === undefined) throw new Error('no mail');
  await come(cover);
  for (let passed = 0; passed < 28; passed++) await beat();
  expect(standing()).toEqual([]);
  await beat();
  await beat();
  expect(standing()).toHaveLength(1);
  await come(patch);
  expect(standing()).toHaveLength(1);
});

it.each<[string, string[], number, number]>([
  ['what a follow wants with the digest', ['list:linux-mm@example.org'], 0, 1],
  [
    'what both kinds of follow want',
    ['list:linux-mm@example.org', 'list:linux-mm@example.org when:now'],
    1,
    0,
  ],
  ['what is wanted at once alone', ['list:linux-mm@example.org when:now'], 1, 0],
  ['what is not wanted at all', ['list:netdev when:now'], 0, 0],
])('tells once %s', async (_, follows, atOnceCount, inDigest) => {
  await follow(...follows);
  await come(...series('apple'));
  expect(chat.log).toHaveLength(atOnceCount);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log).toHaveLength(atOnceCount + inDigest);
});

it('leaves single patches to be counted by the digest, unless they are asked for', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come({ id: 's@example.org', subject: '[PATCH] mm: a single thing' });
  expect(standing()).toEqual([]);
  await follow('list:linux-mm@example.org kind:single when:now');
  await come({ id: 't@example.org', subject: '[PATCH] mm: another single thing' });
  expect(standing()).toHaveLength(1);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log.at(-1)?.body.text).toContain('a single thing');
});

it('posts nothing of what is muted, nor while digests are paused; that comes with the next digest', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'), ...series('pear'));
  await store.chat.mutes.add(destinationId, {
    messageKey: 'apple-v1-0@example.org',
    title: 'apple',
    madeBy: 'uta',
    madeByName: 'Uta',
    madeAt: toIso(nowMs),
  });
  await come(reply('apple', 1, 'A question.\n'), ...series('apple', 2));
  expect(standing()).toHaveLength(2);
  await store.chat.destinations.update(destinationId, { state: 'paused' }, toIso(nowMs));
  await come(...series('plum'), reply('pear', 1, 'A question.\n'));
  await store.chat.destinations.update(destinationId, { state: 'active' }, toIso(nowMs));
  await beat();
  expect(standing()).toHaveLength(2);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  const digest = chat.log.at(-1)?.body.text ?? '';
  expect(digest).toContain('plum');
  expect(digest).toContain('pear');
  expect(digest).not.toContain('apple');
});

it('posts so many messages an hour, what matters most first, and leaves the rest to the digest', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...Array.from({ length: 40 }, (_, i) => series(`thing${i}x`)).flat());
  expect(chat.log).toHaveLength(30);
  await come(...series('apple'));
  expect(chat.log).toHaveLength(30);
  nowMs += 60 * MINUTE;
  await come(...series('pear'));
  expect(chat.log).toHaveLength(31);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log[31]?.body.text).toContain('11 new series');
  expect(chat.log[31]?.body.text).toContain(
    '11 of these were not posted at once (at most 30 messages an hour).',
  );
});

it('posts nothing in quiet hours, by the clocks of the place; the next digest says so', async () => {
  await follow('list:linux-mm@example.org when:now');
  const layout = layoutSchema.parse({ quiet: { from: '22:00', to: '07:00' }, limit: 5 });
  await store.chat.destinations.update(destinationId, { layout, zone: 'America/New_York' }, toIso(nowMs));
  await come(...series('apple'));
  await until('14:00');
  await come(...series('pear'));
  expect(standing()).toEqual([expect.stringContaining('rework pear')]);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  const digest = chat.log[1]?.body.text ?? '';
  expect(digest).toContain('rework apple');
  expect(digest).toContain(
    'One of these was not posted at once (quiet hours 22:00–07:00, at most 5 messages an hour).',
  );
});

it('tells in the digest of a failure that came in quiet hours, though nothing else did', async () => {
  await follow('list:linux-mm@example.org when:now');
  const layout = layoutSchema.parse({ quiet: { from: '22:00', to: '07:00' } });
  await store.chat.destinations.update(destinationId, { layout }, toIso(nowMs));
  await come(...series('apple'));
  expect(standing()).toHaveLength(1);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  await until('23:00');
  await come(report('apple', 1, 'KernelCI <bot@kernelci.org>', '3 tests failed.\n'));
  expect(chat.log).toHaveLength(1);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log.at(-1)?.body.text).toContain('rework apple');
  expect(chat.log).toHaveLength(2);
});

it('tells what was held back of a series together with its next news', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  await store.chat.destinations.update(destinationId, { state: 'paused' }, toIso(nowMs));
  await come(...series('apple', 2));
  await store.chat.destinations.update(destinationId, { state: 'active' }, toIso(nowMs));
  await come(reply('apple', 1, 'A question.\n', 'apple-v2-0@example.org'));
  expect(standing()[1]).toMatch(/^m1: ### New version in mm .*1 reply/);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log).toHaveLength(2);
});

it.each([
  ['the message that stands for a series was deleted', 'gone'],
  ['a message is refused', 'forbidden'],
] as const)('leaves it to the digest where %s', async (_, kind) => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  chat.failNext('send', { kind });
  await come(reply('apple', 1, 'A question.\n'));
  expect(chat.log).toHaveLength(1);
  await come(reply('apple', 2, 'Another.\n'));
  // What was refused is told with it, in a thread of its own where the old one is gone.
  expect(chat.log[1]?.body.text).toContain('2 replies');
  expect(chat.log[1]?.under).toBe(kind === 'gone' ? null : 'm1');
  await until('23:00');
  nowMs += 10 * 60 * MINUTE;
  await beat();
  expect(chat.log).toHaveLength(2);
  expect((await store.chat.destinations.byId(destinationId))?.failedSlots).toBe(0);
});

it('leaves what could not be sent within an hour to the digest, with what was to go below it', async () => {
  await follow('list:linux-mm@example.org when:now');
  chat.setFaults(({ op }) => (op === 'send' ? { kind: 'rate-limited', delayMs: 60_000 } : null));
  await come(...series('apple'));
  await come(reply('apple', 1, 'A question.\n'));
  for (let passed = 0; passed < 70; passed += 10) {
    nowMs += 9 * MINUTE;
    await beat();
  }
  chat.setFaults(() => null);
  await come(...series('pear'));
  expect(standing()).toEqual([expect.stringContaining('rework pear')]);
  nowMs += 24 * 60 * MINUTE;
  await beat();
  expect(chat.log.at(-1)?.body.text).toContain('rework apple');
  expect(chat.log.at(-1)?.body.text).not.toContain('pear');
});
