import type { Store } from '../../adapters/store/store.js';
import type { UserError } from '../../digest/failure/failure.js';

const EVERY_MS = 10_000;

export interface WatchSetting {
  readonly store: Pick<Store, 'trouble'>;
  readonly signal: AbortSignal;
  /** Resolves after this time, or as soon as the signal is given. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** The file is no longer ours: all that would be written is lost, so the bot must end. */
  readonly onLost: (error: UserError) => void;
}

/**
 * Notices a database that was deleted or replaced while the bot runs, also where no mail comes in. A full disk is no reason to end:
 * health reports it, and reading resumes once there is room. Resolves when the signal ends; never rejects.
 */
export async function watchDatabase({ store, signal, sleep, onLost }: WatchSetting): Promise<void> {
  while (!signal.aborted) {
    const trouble = store.trouble();
    if (trouble?.code === 'database-replaced') return onLost(trouble);
    await sleep(EVERY_MS, signal);
  }
}
