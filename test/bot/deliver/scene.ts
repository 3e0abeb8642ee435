import { createDelivery, type Delivery } from '../../../src/bot/deliver/delivery.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { silentLog } from '../../../src/bot/operation/log.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import type { ChatPlatform, PlatformCapabilities } from '../../../src/digest/ports/chat-platform.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { createMemoryChat, type MemoryChat } from '../../fakes/memory-chat.js';
import { createMemoryPlatform } from '../../fakes/memory-platform.js';
import { newDatabase } from '../../lib/database.js';

/** A database, a chat and a clock that stands until a test moves it. */
export interface Scene {
  readonly store: MailStore;
  readonly chat: MemoryChat;
  readonly delivery: Delivery;
  readonly metrics: ReturnType<typeof createMetrics>;
  iso(): string;
  pass(ms: number): void;
  /** A slot with so many parts at a channel; messages `NAME 0`, `NAME 1` … whose ledger keys are `NAME-0@example.org` … */
  plan(channel: string, name: string, parts: number, said?: { staleInMs?: number }): Promise<number>;
  /** Another process on the same database. */
  another(said?: { platforms?: readonly ChatPlatform[] }): Delivery;
  texts(channel?: string): string[];
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

export async function makeScene(capabilities: PlatformCapabilities = searchable): Promise<Scene> {
  let nowMs = START;
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
      show: (content) => {
        const text = content.kind === 'notice' ? `${content.text} ${content.remedy}` : content.kind;
        return { view: { fallback: text, blocks: [{ kind: 'paragraph', spans: [{ text }] }] }, actions: [] };
      },
      now: () => nowMs,
      sleep: async () => undefined,
      random: () => 0.5,
      log: silentLog,
      metrics,
    });
  const delivery = another();
  const iso = () => toIso(nowMs);
  return {
    store,
    chat,
    delivery,
    metrics,
    iso,
    another,
    pass: (ms) => {
      nowMs += ms;
    },
    async plan(channel, name, parts, { staleInMs = 24 * HOUR } = {}) {
      const made = { name: `#${channel}`, zone: 'UTC', setBy: 'ada', setByName: 'Ada', madeAt: iso() };
      const { chat: tables } = store;
      const destination = await tables.destinations.ensure(
        { platform: 'memory', tenant: 't1', address: channel, kind: 'channel' },
        made,
      );
      const id = await tables.slots.plan({
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
        .map((message) => message.body.text.trim()),
    async run(forMs, stepMs = MINUTE) {
      for (let passed = 0; passed <= forMs; passed += stepMs) {
        while ((await delivery.turn()) > 0);
        nowMs += stepMs;
      }
    },
  };
}
