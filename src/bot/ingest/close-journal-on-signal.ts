import type { Store } from '../../adapters/store/store.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `read`. A signal (Ctrl-C, a supervisor's SIGTERM) closes the journal before the process ends, so that no mail is blamed for the end. */
export async function closeJournalOnSignal<T>(
  { readings }: Pick<Store, 'readings'>,
  read: () => Promise<T>,
): Promise<T> {
  const end = (signal: NodeJS.Signals): void => {
    stop();
    void readings.journal
      .close()
      .catch(() => undefined)
      .finally(() => process.kill(process.pid, signal));
  };
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await read();
  } finally {
    stop();
  }
}
