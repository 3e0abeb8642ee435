import { whileAlone } from '../../adapters/store/engine/locks.js';
import type { Log } from '../../digest/ports/log.js';
import { HOUR_MS } from '../../digest/time/iso.js';
import type { MailParser } from '../ingest/mail-parser.js';
import type { MailStore } from '../ingest/mail-store.js';
import { takeSecondChances } from '../ingest/retry-quarantined.js';

export interface SecondChanceSetting {
  readonly store: MailStore;
  readonly parser: MailParser;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Resolves after this time, or as soon as the signal is given. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
}

/** Every hour, in one of the processes, looks for quarantined mail that is due for another try. Never rejects. */
export async function retryOnceLater(setting: SecondChanceSetting): Promise<void> {
  const { store, signal, sleep, log } = setting;
  while (!signal.aborted) {
    // New mail that waits is read first.
    await sleep(HOUR_MS, signal);
    if (signal.aborted) return;
    await whileAlone(store.locks, 'second chances', async () => {
      const { tried, read } = await takeSecondChances(setting);
      if (tried > 0) log.info({ tried, read }, 'quarantine.retried');
    }).catch((error: unknown) => log.error({ error }, 'quarantine.retry_failed'));
  }
}
