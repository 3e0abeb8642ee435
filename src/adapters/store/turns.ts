/** Lets work run together, or one piece of it alone. First come, first served: neither kind waits forever. */
export interface Turns {
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Runs once everything before it has ended; what comes after waits. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly isAlone: boolean;
  readonly begin: () => void;
}

export function createTurns(): Turns {
  const queue: Waiting[] = [];
  let together = 0;
  let alone = false;
  const admit = (): void => {
    for (let first = queue[0]; first !== undefined && !alone; first = queue[0]) {
      if (first.isAlone && together > 0) return;
      queue.shift();
      if (first.isAlone) alone = true;
      else together++;
      first.begin();
    }
  };
  const enter = (isAlone: boolean): Promise<void> =>
    new Promise((begin) => {
      queue.push({ isAlone, begin });
      admit();
    });
  return {
    async together(work) {
      // The usual case costs no turn of the event loop.
      if (queue.length === 0 && !alone) together++;
      else await enter(false);
      try {
        return await work();
      } finally {
        together--;
        admit();
      }
    },
    async alone(work) {
      await enter(true);
      try {
        return await work();
      } finally {
        alone = false;
        admit();
      }
    },
  };
}
