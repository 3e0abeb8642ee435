import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClients } from '../../../src/adapters/slack/clients.js';
import { createSlackPlatform } from '../../../src/adapters/slack/platform.js';
import { createDelivery } from '../../../src/bot/deliver/delivery.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import type { Address, ChatPlatform, PlatformCapabilities } from '../../../src/digest/ports/chat-platform.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { createServerClock } from '../../../src/digest/time/server-clock.js';
import { connected } from '../../adapters/discord/setting.js';
import { channelAddress, fakeTokens, silentLog as slackLog } from '../../adapters/slack/slack-world.js';
import { createMemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';
import { memoryChannel } from '../../fakes/memory-world.js';
import { startFakeSlack } from '../../fakes/slack/fake-slack.js';
import { newDatabase } from '../../lib/database.js';
import { HOUR, MINUTE, noticeOf } from './scene.js';

/** A chat that loses its next answer to a message. */
interface Chat {
  readonly platform: ChatPlatform;
  readonly to: Address;
  loseAnswer(): void;
  /** How many messages are posted there. */
  standing(): number;
  close(): Promise<void>;
}

let store: MailStore;
beforeEach(async () => {
  store = await openMailStore(await newDatabase(), {
    catalog: emptyCatalog,
    archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
  });
});
afterEach(() => store.close());

const searchedOnly = (capabilities: PlatformCapabilities) => ({ ...capabilities, idempotentMs: 0 });

async function slackChat(knowsTime: boolean): Promise<Chat> {
  const fake = await startFakeSlack();
  const clock = createServerClock(() => performance.now());
  const clients = createClients(fakeTokens, { apiUrl: fake.apiUrl, timeoutMs: 1000, log: slackLog, clock });
  if (knowsTime) await (await clients.for('T0ONE')).auth.test();
  return {
    platform: createSlackPlatform(clients, clock),
    to: channelAddress,
    loseAnswer: () => fake.faults.failNext('chat.postMessage', { kind: 'lost' }),
    standing: () => fake.world.messages.length,
    close: () => fake.close(),
  };
}

async function discordChat(): Promise<Chat> {
  const { discord, fake, guildId, channelId, close } = await connected();
  const { platform } = discord;
  return {
    platform: { ...platform, capabilities: searchedOnly(platform.capabilities) },
    to: { platform: 'discord', tenant: guildId, address: channelId, kind: 'channel' },
    loseAnswer: () => fake.faults.arm('POST /channels/{channel_id}/messages', { kind: 'dropAfter' }),
    standing: () => fake.world.messages.filter((one) => one.nonce !== null).length,
    close,
  };
}

/** Delivers two messages, each answer lost, with our clock so far ahead of the chat's; `jumpMs`: it is set in between. */
async function deliver(chat: Chat, aheadMs: number, jumpMs = 0): Promise<void> {
  let nowMs = Date.now() + aheadMs;
  const made = { name: '#c', zone: 'UTC', setBy: 'ada', setByName: 'Ada', madeAt: toIso(nowMs) };
  const destination = await store.chat.destinations.ensure(chat.to, made);
  await store.chat.slots.plan({
    destination,
    kind: 'scheduled',
    due: toIso(nowMs),
    staleAt: toIso(nowMs + 24 * HOUR),
    digest: {
      window: { since: toIso(nowMs), until: toIso(nowMs) },
      follows: [],
      groups: [],
      counts: { series: 0, versions: 0, discussed: 0, applied: 0, singlePatches: 0, replies: 0 },
    },
    parts: [0, 1].map((part) => ({ content: noticeOf(`part ${part}`), messageKeys: [], mentions: [] })),
    cursorSeq: 0,
    upTo: 0,
    now: toIso(nowMs),
  });
  const delivery = createDelivery({
    outbox: store.chat.outbox,
    platforms: [chat.platform],
    show: ({ kind }) => ({
      view: { fallback: kind, blocks: [{ kind: 'paragraph', spans: [{ text: kind }] }] },
      actions: [],
    }),
    now: () => nowMs,
    sleep: async () => undefined,
    random: () => 0,
    log: silentLog,
    metrics: createMetrics(),
  });
  for (let part = 0; part < 2; part++) {
    chat.loseAnswer();
    for (let turn = 0; turn < (jumpMs === 0 ? 2 : 8); turn++) {
      await delivery.turn();
      nowMs += jumpMs === 0 ? MINUTE : HOUR / 2;
      if (part === 0 && turn === 0) nowMs += jumpMs;
    }
  }
  expect(await store.chat.outbox.depth()).toMatchObject({ waiting: 0, sending: 0, unclear: 0 });
  await chat.close();
}

describe.each([
  ['Slack', () => slackChat(true)],
  ['Slack, whose time is not known before the first message', () => slackChat(false)],
  ['Discord', discordChat],
])('where answers are lost, %s', (_, make) => {
  it.each([
    ['two hours ahead', 2 * HOUR],
    ['two hours behind', -2 * HOUR],
    ['right', 0],
  ])('gets each message once while our clock is %s', async (_words, aheadMs) => {
    const chat = await make();
    await deliver(chat, aheadMs);
    expect(chat.standing()).toBe(2);
  });
});

it.each([
  ['set right after the message', 2 * HOUR, -2 * HOUR],
  ['set wrong after the message', 0, 2 * HOUR],
])('posts each message once where our clock was %s', async (_, aheadMs, jumpMs) => {
  const memory = createMemoryChat({ now: Date.now, idempotentMs: 0 });
  const chat: Chat = {
    platform: createMemoryPlatform({
      ask: async (request) => memory.ask(request),
      capabilities: { idempotentMs: 0, find: true, edit: true, threads: true },
      time: Date.now,
    }),
    to: memoryChannel(),
    loseAnswer: () => memory.failNext('send', { kind: 'reply-lost' }),
    standing: () => memory.log.length,
    close: async () => undefined,
  };
  await deliver(chat, aheadMs, jumpMs);
  expect(chat.standing()).toBe(2);
});
