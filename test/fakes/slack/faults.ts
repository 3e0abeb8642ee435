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
  /** It is done, and the reply comes late. */
  | { readonly kind: 'late'; readonly ms: number }
  /** It is done, and no reply comes. */
  | { readonly kind: 'slow' }
  /** A proxy's page with status 200. */
  | { readonly kind: 'page' };

type Args = Readonly<Record<string, unknown>>;
type Matches = (args: Args) => boolean;

export interface Faults {
  /** The next `times` calls of a method, or of `*`, fail so; of those alone whose arguments match. */
  failNext(method: string, fault: Fault, times?: number, matches?: Matches): void;
  take(method: string, args: Args): Fault | null;
  clear(): void;
}

/** Faults on demand, first come, first served. */
export function createFaults(): Faults {
  let waiting: { method: string; fault: Fault; left: number; matches: Matches }[] = [];
  return {
    failNext(method, fault, times = 1, matches = () => true) {
      waiting.push({ method, fault, left: times, matches });
    },
    take(method, args) {
      const found = waiting.find((one) => (one.method === method || one.method === '*') && one.matches(args));
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
