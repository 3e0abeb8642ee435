import type { Store } from '../../adapters/store/store.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Reads mail; where the user ends that (Ctrl-C, a supervisor's SIGTERM), no mail is to blame for the end of the process. */
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
