import { expandOrNull } from '../../adapters/store/raw-body.js';
import type { Careful } from './careful.js';
import { createCarefulWriter } from './careful-writer.js';
import type { MailParser } from './mail-parser.js';
import type { MailStore } from './mail-store.js';

/** What became of the mails in quarantine. */
export interface RetryCounts {
  readonly tried: number;
  /** Of those: read now. */
  readonly read: number;
  /** Still in quarantine. */
  readonly left: number;
}

export interface RetrySetting {
  readonly store: MailStore;
  readonly parser: MailParser;
  readonly careful: Careful;
  /** See Quarantine.beginRetry. */
  readonly attempt: number;
  /** ISO UTC. */
  readonly now: () => string;
}

/** Reads the mails in quarantine again, each by itself and once in an attempt, even where that ends the process. */
export async function retryQuarantined(setting: RetrySetting): Promise<RetryCounts> {
  const { store, parser, careful, attempt, now } = setting;
  const { quarantine } = store.readings;
  let tried = 0;
  let read = 0;
  for (const { hash, source, where, isKept, triedIn } of await quarantine.all()) {
    if (triedIn >= attempt) continue;
    const kept = isKept ? await quarantine.mail(hash) : null;
    const raw = kept === null ? null : expandOrNull(kept.body);
    if (kept === null || raw === null) {
      // A stored message is read again with all the others. What could not be kept is read when its source gives it again.
      if ((await store.storedCopies([hash])).size === 0) await quarantine.acquit([hash]);
      continue;
    }
    tried++;
    const writer = createCarefulWriter({ careful, parser, store, source, now });
    const { fresh, known } = await writer.readAlone({
      raw,
      origin: kept.origin,
      where,
      copyHash: hash,
      compress: true,
    });
    read += fresh + known;
  }
  // What was read has left it now.
  await careful.end();
  return { tried, read, left: await quarantine.count() };
}
