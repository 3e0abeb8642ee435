import { type AtOnce, createAtOnce } from '../../../src/bot/deliver/at-once.js';
import { createDelivery, type Delivery } from '../../../src/bot/deliver/delivery.js';
import { createTick, type Tick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { formatFollow } from '../../../src/digest/follow/format-follow.js';
import { parseFollow } from '../../../src/digest/follow/parse-follow.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import type { ChatPlatform, PlatformCapabilities } from '../../../src/digest/ports/chat-platform.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { partActions, partView } from '../../../src/digest/view/part-view.js';
import { createMemoryChat, type MemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';
import { newDatabase } from '../../lib/database.js';

/** A database, a chat, all that plans and sends, and a clock that only moves when a test moves it. */
export interface Scene {
  readonly store: MailStore;
  readonly chat: MemoryChat;
  readonly platform: ChatPlatform;
  readonly tick: Tick;
  readonly atOnce: AtOnce;
  readonly delivery: Delivery;
  readonly metrics: ReturnType<typeof createMetrics>;
  iso(): string;
  pass(ms: number): void;
  /** A channel that follows something, as typed; returns its row. */
  follow(channel: string, ...texts: string[]): Promise<number>;
  /** A slot with so many parts at a channel; messages `NAME 0`, `NAME 1` … whose ledger keys are `NAME-0@example.org` … */
  plan(channel: string, name: string, parts: number, options?: { staleInMs?: number }): Promise<number>;
  /** Another process on the same database. */
  another(options?: { platforms?: readonly ChatPlatform[] }): Delivery;
  /** Each message in one line. */
  texts(channel?: string): string[];
  /** Sends all that is due. */
  deliver(): Promise<void>;
  /** Turns and time in small steps, until so much of it has passed. */
  run(forMs: number, stepMs?: number): Promise<void>;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-16T09:00:00Z');

export const searchable: PlatformCapabilities = { idempotentMs: 0, find: true, edit: true, threads: true };
export const idempotent: PlatformCapabilities = {
  idempotentMs: 5 * MINUTE,
  find: false,
  edit: true,
  threads: true,
};
export const neither: PlatformCapabilities = { idempotentMs: 0, find: false, edit: false, threads: true };

export const noticeOf = (text: string): PartContent => ({ kind: 'notice', version: 1, text, remedy: '' });

export async function makeScene(
  capabilities: PlatformCapabilities = searchable,
  startMs = START,
): Promise<Scene> {
  let nowMs = startMs;
  const store = await openMailStore(await newDatabase(), {
    catalog: emptyCatalog,
    archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
  });
  const chat = createMemoryChat({ now: () => nowMs, idempotentMs: capabilities.idempotentMs });
  const platform = createMemoryPlatform({ ask: async (request) => chat.ask(request), capabilities });
  const metrics = createMetrics();
  const another: Scene['another'] = ({ platforms = [platform] } = {}) =>
    createDelivery({
      outbox: store.chat.outbox,
      platforms,
      show: (content) => ({ view: partView(content), actions: partActions(content) }),
      now: () => nowMs,
      sleep: async () => undefined,
      random: () => 0.5,
      log: silentLog,
      metrics,
    });
  const delivery = another();
  const planning = {
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => platform.fits,
    now: () => nowMs,
    yieldToEventLoop: async () => undefined,
    onError: (_: unknown, error: unknown) => {
      throw error;
    },
  };
  const iso = () => toIso(nowMs);
  const ensure = (channel: string) =>
    store.chat.destinations.ensure(
      { platform: 'memory', tenant: 't1', address: channel, kind: 'channel' },
      { name: `#${channel}`, zone: 'UTC', setBy: 'ada', setByName: 'Ada', madeAt: iso() },
    );
  const deliver = async () => {
    while ((await delivery.turn()) > 0);
  };
  return {
    store,
    chat,
    platform,
    tick: createTick(planning),
    atOnce: createAtOnce(planning),
    delivery,
    metrics,
    iso,
    another,
    pass: (ms) => {
      nowMs += ms;
    },
    async follow(channel, ...texts) {
      const { id } = await ensure(channel);
      const follows = texts.map((text) => {
        const parsed = parseFollow(text, emptyCatalog());
        if (!parsed.ok) throw new Error(parsed.problem.message);
        const { follow } = parsed;
        return {
          tree: follow,
          words: formatFollow(follow),
          madeBy: 'ada',
          madeByName: 'Ada',
          madeAt: iso(),
        };
      });
      await store.chat.follows.add(id, follows);
      return id;
    },
    async plan(channel, name, parts, { staleInMs = 24 * HOUR } = {}) {
      const destination = await ensure(channel);
      const id = await store.chat.slots.plan({
        destination,
        kind: 'scheduled',
        due: iso(),
        staleAt: toIso(nowMs + staleInMs),
        digest: {
          window: { since: iso(), until: iso() },
          follows: [],
          groups: [],
          counts: { series: 0, versions: 0, discussed: 0, applied: 0, singlePatches: 0, replies: 0 },
        },
        parts: Array.from({ length: parts }, (_, i) => ({
          content: noticeOf(`${name} ${i}`),
          messageKeys: [`${name}-${i}@example.org`],
          mentions: [],
        })),
        cursorSeq: destination.cursorSeq + 10,
        upTo: destination.cursorSeq + 10,
        now: iso(),
      });
      if (id === null) throw new Error('not planned');
      return id;
    },
    texts: (channel) =>
      chat.log
        .filter((message) => channel === undefined || message.to.address === channel)
        .map((message) => message.body.text.trim().replaceAll('\n', ' ')),
    deliver,
    async run(forMs, stepMs = MINUTE) {
      for (let passed = 0; passed <= forMs; passed += stepMs) {
        await deliver();
        nowMs += stepMs;
      }
    },
  };
}
