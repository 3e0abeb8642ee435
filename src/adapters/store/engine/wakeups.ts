/** Tells other processes on the same database that there is something to do. It saves them a wait and nothing else: what is due they find anyway. */
export interface Wakeups {
  wake(): Promise<void>;
  /** Calls this whenever any process, this one too, has woken the others. */
  onWake(heard: () => void): void;
}

/** Of a database that one process alone uses. */
export const noWakeups: Wakeups = { wake: async () => undefined, onWake: () => undefined };
