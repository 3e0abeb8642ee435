import type { UserError } from '../../digest/failure/failure.js';
import type { Log } from '../../digest/ports/log.js';
import type { Library } from '../library.js';
import { type HttpServer, serveHttp } from '../operation/http-server.js';
import { createMetrics } from '../operation/metrics.js';
import { minutely } from '../operation/minutely.js';
import { watchDatabase } from '../operation/watch-database.js';
import { pause } from '../pause.js';
import { untilEnd } from '../until-end.js';
import { warmUp } from '../warm-up.js';
import { createPages, proxied } from './create-pages.js';

export interface ServeSetting {
  readonly library: Library;
  readonly port: number;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called once it listens. */
  readonly onListening: (url: string) => Promise<void>;
}

/** Serves pages, feeds and the API until the process gets a signal to end. Throws UserError if the database was replaced. */
export async function servePages({ library, port, log, now, onListening }: ServeSetting): Promise<void> {
  const { store, config } = library;
  await warmUp(library, log);
  const http: HttpServer = await serveHttp({
    host: config.http.host,
    port,
    health: async () => {
      const trouble = store.trouble();
      const { received } = await store.freshness();
      return { problems: trouble === null ? [] : [trouble.message], facts: { newestMail: received } };
    },
    metrics: createMetrics({ processToo: true }),
    ...proxied(config),
  });
  http.mount('/', await createPages({ library, log, now, monotonicMs: () => performance.now() }));
  const stopping = new AbortController();
  const lost = new Promise<never>((_, reject) => {
    const onLost = (error: UserError) => reject(error);
    void watchDatabase({ store, signal: stopping.signal, sleep: pause, onLost });
  });
  lost.catch(() => undefined);
  // Mail is added beside it, and may come from lists that are new.
  const lists = minutely('lists', library.readLists, log);
  try {
    await onListening(http.url);
    await untilEnd(lost);
  } finally {
    stopping.abort();
    await lists.stop();
    await http.close();
  }
}
