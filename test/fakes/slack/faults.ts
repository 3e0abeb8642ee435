/** How the fake treats the next call of a method. */
export type Fault =
  /** HTTP 429, with `Retry-After` where there is one. */
  | { readonly kind: 'http-429'; readonly retryAfterSec: number | null }
  /** HTTP 200 with `ok: false`. */
  | { readonly kind: 'error'; readonly error: string; readonly more?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'http-500' }
  /** The connection ends before anything is done. */
  | { readonly kind: 'before' }
  /** It is done, and the connection ends before the reply. */
  | { readonly kind: 'lost' }
  /** It is done, and no reply comes. */
  | { readonly kind: 'slow' }
  /** A proxy's page with status 200. */
  | { readonly kind: 'page' };

export interface Faults {
  /** The next `times` calls of a method, or of `*`, fail so. */
  failNext(method: string, fault: Fault, times?: number): void;
  take(method: string): Fault | null;
  clear(): void;
}

/** Faults on demand, first asked first served. */
export function createFaults(): Faults {
  let waiting: { method: string; fault: Fault; left: number }[] = [];
  return {
    failNext(method, fault, times = 1) {
      waiting.push({ method, fault, left: times });
    },
    take(method) {
      const found = waiting.find((one) => one.method === method || one.method === '*');
      if (found === undefined) return null;
      found.left--;
      if (found.left === 0) waiting = waiting.filter((one) => one !== found);
      return found.fault;
    },
    clear() {
      waiting = [];
    },
  };
}
