/** Work that one process does for all: a lock in the database, which passes to another when this process ends, however it ends. */
export interface Locks {
  /** Takes the lock of a name; null if another process has it. Throws TransientFailure if the database cannot be reached. */
  tryTake(name: string): Promise<Lock | null>;
}

export interface Lock {
  /** Aborted where the lock was lost: the connection that holds it is gone, and another process may have it by now. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Of a database that one process alone uses. */
export const ownLocks: Locks = {
  tryTake: async () => ({ lost: new AbortController().signal, release: async () => undefined }),
};

/** Does something while no other process does it; null if one does. */
export async function whileAlone<T>(locks: Locks, name: string, work: () => Promise<T>): Promise<T | null> {
  const lock = await locks.tryTake(name);
  if (lock === null) return null;
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
