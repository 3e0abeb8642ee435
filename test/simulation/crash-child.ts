import { setTimeout as wait } from 'node:timers/promises';
import { createDelivery } from '../../src/bot/deliver/delivery.js';
import { createTick } from '../../src/bot/deliver/tick.js';
import { openMailStore } from '../../src/bot/ingest/open-mail-store.js';
import { createLog } from '../../src/bot/operation/log.js';
import { createMetrics } from '../../src/bot/operation/metrics.js';
import { archiveUrl } from '../../src/digest/mail/archive-url.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { partActions, partView } from '../../src/digest/view/part-view.js';
import { askOverHttp } from '../fakes/memory-http.js';
import { createMemoryPlatform } from '../fakes/memory-platform.js';
import { PLATFORMS } from './platforms.js';

/** The bot's core in a separate process, until nothing is left to send: `DATABASE EPOCH_MS START_MS SPEED NAME=URL …`. */
const [path = '', epochMs, startMs, speed, ...urls] = process.argv.slice(2);
const now = () => Number(startMs) + (Date.now() - Number(epochMs)) * Number(speed);

const store = await openMailStore(`sqlite:${path}`, {
  catalog: emptyCatalog,
  archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
});
const log = createLog({ level: 'error', secrets: [] });
const platforms = urls.map((text) => {
  const [name, url = ''] = text.split('=') as [keyof typeof PLATFORMS, string];
  return createMemoryPlatform({ name, capabilities: PLATFORMS[name], ask: askOverHttp(url, 2000) });
});
const tick = createTick({
  chat: store.chat,
  catalog: emptyCatalog,
  fitsOn: (name: PlatformName) => (view, actions) =>
    platforms.find((platform) => platform.name === name)?.fits(view, actions) ?? true,
  now,
  yieldToEventLoop: () => wait(0),
  onError: (_, error) => log.error({ error }, 'digest.plan_failed'),
});
const delivery = createDelivery({
  outbox: store.chat.outbox,
  platforms,
  show: (content) => ({ view: partView(content), actions: partActions(content) }),
  now,
  sleep: (ms, signal) => wait(Math.min(ms, 200), undefined, { signal }).catch(() => undefined),
  random: Math.random,
  log,
  metrics: createMetrics(),
  concurrency: 4,
});
delivery.start();
for (;;) {
  const { due } = await tick.run();
  delivery.wake();
  const { waiting, sending, unclear } = await store.chat.outbox.depth();
  if (due === 0 && waiting + sending + unclear === 0) break;
  await wait(50);
}
await delivery.stop();
await store.close();
