import type { BotSetting } from '../../digest/mail/bots.js';
import { RULES_VERSION } from '../../digest/rules-version.js';
import { toIso } from '../../digest/time/iso.js';
import { type Careful, keyOf, readCarefully } from './careful.js';
import type { MailParser } from './mail-parser.js';
import type { MailStore } from './mail-store.js';
import { createCarefulReindex } from './reindex-carefully.js';
import { type RetryCounts, retryQuarantined } from './retry-quarantined.js';
import { beginReading, endReading } from './rules-mark.js';
import { createParser } from './worker-parser.js';

export interface ReindexCounts {
  /** Messages that were read again. */
  readonly messages: number;
  /** Series that there are now. */
  readonly series: number;
  readonly quarantine: RetryCounts;
}

export interface ReindexOptions {
  /** Messages read again, of all. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly now?: () => string;
  readonly parser?: MailParser;
  /** Programs that configuration adds, where no parser is given. */
  readonly bots?: readonly BotSetting[];
  readonly batchSize?: number;
  /** Only the mails in quarantine. */
  readonly quarantinedOnly?: boolean;
}

const BATCH = 300;
const isoNow = () => toIso(Date.now());

/**
 * Derives everything again from the raw mail: after the parser learned something, or with another MAINTAINERS. Continues where a
 * run before it was stopped; questions are answered meanwhile. Mails in quarantine are tried again, one at a time.
 */
export async function reindex(store: MailStore, options: ReindexOptions = {}): Promise<ReindexCounts> {
  const { now = isoNow, quarantinedOnly = false } = options;
  const parser = options.parser ?? createParser({ bots: options.bots ?? [] });
  let careful: Careful | null = null;
  try {
    careful = await readCarefully({ store, now });
    const attempt = await store.readings.quarantine.beginRetry(String(RULES_VERSION));
    const messages = quarantinedOnly ? 0 : await readAgain({ store, parser, careful, attempt, now }, options);
    const quarantine = await retryQuarantined({ store, parser, careful, attempt, now });
    await store.readings.quarantine.endRetry();
    return { messages, series: (await store.counts()).series, quarantine };
  } finally {
    await careful?.end();
    if (options.parser === undefined) await parser.close();
  }
}

interface Reading {
  readonly store: MailStore;
  readonly parser: MailParser;
  readonly careful: Careful;
  /** See Quarantine.beginRetry. */
  readonly attempt: number;
  readonly now: () => string;
}

async function readAgain(
  { store, parser, careful, attempt, now }: Reading,
  { onProgress, batchSize = BATCH }: ReindexOptions,
): Promise<number> {
  const total = (await store.counts()).messages;
  await beginReading(store);
  let after = await store.reindexCursor();
  let done = 0;
  const tried = (await store.readings.quarantine.all()).filter(({ triedIn }) => triedIn >= attempt);
  const triedKeys = new Set(tried.map(({ hash }) => keyOf(hash)));
  const wasTried = (hash: Uint8Array) => triedKeys.size > 0 && triedKeys.has(keyOf(hash));
  const again = createCarefulReindex({ store, parser, careful, wasTried, now });
  // The next batch is read while this one is stored.
  let next = await again.read(after, batchSize);
  while (next.kept.length > 0) {
    const batch = next;
    after = Math.max(...batch.kept.map((mail) => mail.rowId));
    const reading = again.read(after, batchSize);
    reading.catch(() => undefined);
    await again.replace(batch);
    done += new Set(batch.kept.map((mail) => mail.rowId)).size;
    onProgress?.({ done: Math.min(done, total), total });
    next = await reading;
  }
  await endReading(store);
  return done;
}
