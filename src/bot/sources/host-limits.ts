/** Gives out connections to hosts: at most a fixed number to each at a time, in the order of the requests. */
export interface HostLimits {
  /** Resolves with a function that releases the connection; null if the signal was aborted first. Without a host: immediately. */
  take(host: string | null, signal: AbortSignal): Promise<(() => void) | null>;
  /** Whether another source waits for a connection to that host. */
  hasWaiting(host: string | null): boolean;
}

export function createHostLimits(perHost: number): HostLimits {
  const hosts = new Map<string, { used: number; waiting: (() => void)[] }>();
  const at = (host: string) => {
    const found = hosts.get(host) ?? { used: 0, waiting: [] };
    hosts.set(host, found);
    return found;
  };
  const giveBack = (host: string): (() => void) => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const { waiting } = at(host);
      const next = waiting.shift();
      // Passed to the next in line, the connection stays in use.
      if (next === undefined) at(host).used--;
      else next();
    };
  };
  return {
    hasWaiting: (host) => host !== null && at(host).waiting.length > 0,
    take(host, signal) {
      if (signal.aborted) return Promise.resolve(null);
      if (host === null) return Promise.resolve(() => undefined);
      const place = at(host);
      if (place.used < perHost) {
        place.used++;
        return Promise.resolve(giveBack(host));
      }
      return new Promise((resolve) => {
        const turn = () => {
          signal.removeEventListener('abort', ended);
          resolve(giveBack(host));
        };
        const ended = () => {
          place.waiting.splice(place.waiting.indexOf(turn), 1);
          resolve(null);
        };
        place.waiting.push(turn);
        signal.addEventListener('abort', ended, { once: true });
      });
    },
  };
}
