import { copyHash } from '../../adapters/store/copy-hash.js';
import type { Store } from '../../adapters/store/store.js';
import type { MailParser } from './mail-parser.js';
import { beginReading, endReading } from './rules-mark.js';
import { createParser } from './worker-parser.js';

export interface ReindexCounts {
  /** Messages that were read again. */
  readonly messages: number;
  /** Series that there are now. */
  readonly series: number;
}

export interface ReindexOptions {
  /** Messages read again, of all. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly now?: () => string;
  readonly parser?: MailParser;
  readonly batchSize?: number;
}

const BATCH = 300;

/**
 * Derives everything again from the raw mail: after the parser learned something, or with another MAINTAINERS. Goes on where a
 * run before it was stopped; questions are answered meanwhile.
 */
export async function reindex(store: Store, options: ReindexOptions = {}): Promise<ReindexCounts> {
  const parser = options.parser ?? createParser();
  try {
    const messages = await readAgain(store, parser, options);
    return { messages, series: (await store.counts()).series };
  } finally {
    if (options.parser === undefined) await parser.close();
  }
}

async function readAgain(
  store: Store,
  parser: MailParser,
  { onProgress, now = isoNow, batchSize = BATCH }: ReindexOptions,
): Promise<number> {
  const total = (await store.counts()).messages;
  await beginReading(store);
  let after = await store.reindexCursor();
  let done = 0;
  // The next batch is read while this one is stored.
  let next = await readBatch(store, parser, after, batchSize);
  while (next.length > 0) {
    const batch = next;
    after = Math.max(...batch.map((mail) => mail.messageId));
    const reading = readBatch(store, parser, after, batchSize);
    reading.catch(() => undefined);
    await store.replaceBatch(batch, now());
    done += new Set(batch.map((mail) => mail.messageId)).size;
    onProgress?.({ done: Math.min(done, total), total });
    next = await reading;
  }
  await endReading(store);
  return done;
}

async function readBatch(store: Store, parser: MailParser, after: number, messages: number) {
  const kept = await store.kept(after, messages);
  const whole = kept.flatMap(({ raw, ...rest }) => (raw === null ? [] : [{ raw, ...rest }]));
  const outcomes = await parser.parse(
    whole.map(({ raw, origin, where }) => ({
      raw,
      origin,
      where,
      copyHash: copyHash(raw, origin),
      // It is stored already.
      compress: false,
    })),
  );
  const read = new Map(whole.map(({ rawId }, i) => [rawId, outcomes[i]]));
  return kept.map(({ messageId, rawId }) => {
    const outcome = read.get(rawId);
    return { messageId, rawId, mail: outcome?.kind === 'read' ? outcome.mail : null };
  });
}

function isoNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
