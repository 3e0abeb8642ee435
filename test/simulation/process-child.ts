import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { whileAlone } from '../../src/adapters/store/engine/locks.js';
import { createDelivery } from '../../src/bot/deliver/delivery.js';
import { createTick } from '../../src/bot/deliver/tick.js';
import { inlineParser } from '../../src/bot/ingest/inline-parser.js';
import { openMailStore } from '../../src/bot/ingest/open-mail-store.js';
import { takeSecondChances } from '../../src/bot/ingest/retry-quarantined.js';
import { createLog } from '../../src/bot/operation/log.js';
import { createMetrics } from '../../src/bot/operation/metrics.js';
import { pause } from '../../src/bot/pause.js';
import { followSources } from '../../src/bot/sources/follow-sources.js';
import { archiveUrl } from '../../src/digest/mail/archive-url.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { partView } from '../../src/digest/view/part-view.js';
import { askOverHttp } from '../fakes/memory-http.js';
import { createMemoryPlatform } from '../fakes/memory-platform.js';
import { PLATFORMS } from './platforms.js';

/** One of several processes of a bot, until it is killed or gets a signal to end: `DATABASE EPOCH_MS START_MS SPEED SOURCE_URL NAME=URL …`. */
const [url = '', epochMs, startMs, speed, sourceUrl = '', ...chats] = process.argv.slice(2);
/** Of the bot's clock, for a day: a mail that was read when two processes were killed. */
const SECOND_CHANCE_MS = 300_000;
const now = () => Number(startMs) + (Date.now() - Number(epochMs)) * Number(speed);

const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
// Without those who watch it, it would run on.
process.once('disconnect', () => process.exit());
// Listening must not keep it from ending by itself.
process.channel?.unref();

// The server may be away for a moment while a process starts.
const store = await (async () => {
  for (;;)
    try {
      return await openMailStore(url, {
        catalog: emptyCatalog,
        archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
      });
    } catch {
      await wait(100);
    }
})();
const log = createLog({ level: 'fatal', secrets: [] });
const platforms = chats.map((text) => {
  const [name, at = ''] = text.split('=') as [keyof typeof PLATFORMS, string];
  return createMemoryPlatform({ name, capabilities: PLATFORMS[name], ask: askOverHttp(at, 2000) });
});
const tick = createTick({
  chat: store.chat,
  catalog: emptyCatalog,
  fitsOn: (name: PlatformName) => (view) =>
    platforms.find((platform) => platform.name === name)?.fits(view, []) ?? true,
  now,
  yieldToEventLoop: () => wait(0),
  onError: () => undefined,
});
const delivery = createDelivery({
  outbox: store.chat.outbox,
  platforms,
  show: (content) => ({ view: partView(content), actions: [] }),
  now,
  sleep: (ms, signal) => pause(Math.min(ms, 200), signal),
  random: Math.random,
  log,
  metrics: createMetrics(),
  concurrency: 4,
  locks: store.locks,
});
store.wakeups.onWake(() => delivery.wake());
delivery.start();

const parser = inlineParser();
const following = followSources({
  sources: [
    {
      name: 'list',
      transport: { scheme: 'test', form: '', does: '', intervalMs: 100, host: () => null, open: openSource },
      host: null,
      isLive: true,
      open: openSource,
    },
  ],
  store,
  settings: { folder: '.', userAgent: 'test', stdin: Readable.from([]), now },
  signal: ending.signal,
  nowMs: now,
  random: Math.random,
  sleep: (ms, signal) => pause(Math.min(ms, 200), signal),
  parser,
  batchSize: 8,
});
const retrying = (async () => {
  while (!ending.signal.aborted) {
    await whileAlone(store.locks, 'second chances', () =>
      takeSecondChances({ store, parser, nowMs: now, signal: ending.signal }, SECOND_CHANCE_MS),
    ).catch(() => undefined);
    await pause(500, ending.signal);
  }
})();

/** Mails of an archive, by their numbers: each mail is on a separate line, in base64. */
function openSource() {
  return {
    name: 'list',
    async *read({ cursor }: { readonly cursor: string | null } = { cursor: null }) {
      const after = Number(cursor ?? '0');
      const lines = (await (await fetch(`${sourceUrl}?after=${after}`)).text()).split('\n').filter(Boolean);
      for (const [i, line] of lines.entries()) {
        const raw = Buffer.from(line, 'base64');
        yield {
          kind: 'mail' as const,
          raw,
          receivedAt: null,
          list: null,
          where: `list, mail ${after + i}`,
          problems: [],
        };
        if (i % 5 === 4) yield { kind: 'cursor' as const, cursor: String(after + i + 1) };
      }
      yield { kind: 'cursor' as const, cursor: String(after + lines.length) };
    },
  };
}

process.send?.('begun');
while (!ending.signal.aborted) {
  await whileAlone(store.locks, 'tick', async () => {
    await tick.run();
    return true;
  })
    .then(() => store.wakeups.wake())
    .catch(() => undefined);
  await pause(50, ending.signal);
}
await delivery.stop();
await Promise.all([following, retrying]);
await store.close();
