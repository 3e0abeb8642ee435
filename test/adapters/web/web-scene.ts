import { fileURLToPath } from 'node:url';
import type { Limits } from '../../../src/adapters/web/guard.js';
import { createNameableCatalog, readCatalog } from '../../../src/bot/catalog.js';
import { readConfig } from '../../../src/bot/config.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { type HttpServer, serveHttp } from '../../../src/bot/operation/http-server.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { createPages, proxied } from '../../../src/bot/public/create-pages.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import type { Log } from '../../../src/digest/ports/log.js';
import { makeChatScene, NOW } from '../../bot/commands/chat/chat-scene.js';
import type { Written } from '../store/written-mail.js';

const MAINTAINERS = fileURLToPath(new URL('../../../examples/MAINTAINERS', import.meta.url));

export interface WebScene {
  readonly url: string;
  readonly store: MailStore;
  /** Errors that were logged. */
  readonly bugs: unknown[];
  add(mails: readonly Written[]): Promise<void>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  text(path: string): Promise<string>;
  close(): Promise<void>;
}

/** Pages over the mail in examples/ (or none), in the morning after its newest mail, served on loopback. */
export async function makeWebScene({
  examples = true,
  env = {},
  limits,
}: {
  readonly examples?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
} = {}): Promise<WebScene> {
  const scene = await makeChatScene({ examples });
  const read = readConfig(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { config } = read;
  const catalog = readCatalog(MAINTAINERS);
  const links = archiveUrl(config.archiveUrl);
  const nameable = createNameableCatalog(scene.store, () => catalog);
  await nameable.readLists();
  const library = {
    store: scene.store,
    catalog: nameable.catalog(),
    readLists: nameable.readLists,
    archiveUrl: links,
    config,
    isDemo: false,
  };
  const bugs: unknown[] = [];
  const quiet = () => undefined;
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (fields) => bugs.push(fields) };
  const http: HttpServer = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    health: async () => ({ problems: [], facts: {} }),
    metrics: createMetrics(),
    ...proxied(config),
  });
  const clock = { now: () => Date.parse(NOW), monotonicMs: () => performance.now() };
  http.mount('/', await createPages({ library, log, ...clock, limits: { keptMs: 0, ...limits } }));
  return {
    url: http.url,
    store: scene.store,
    bugs,
    add: scene.add,
    get: (path, headers = {}) => fetch(http.url + path, { headers, redirect: 'manual' }),
    text: async (path) => (await fetch(http.url + path)).text(),
    async close() {
      await http.close();
      await scene.store.close();
    },
  };
}
