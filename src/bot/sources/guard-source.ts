import { TransientFailure } from '../../digest/failure/failure.js';
import type { MailSource, SourceEvent } from '../../digest/ports/mail-source.js';
import { MINUTE_MS } from '../../digest/time/units.js';

export interface GuardOptions {
  /** The longest that a source may take to its next event. */
  readonly stallMs: number;
  readonly onEvent: (event: SourceEvent) => void;
}

/** A source that is watched: each event is told of, and one that hangs though it should not is left behind. */
export function guardSource(source: MailSource, { stallMs, onEvent }: GuardOptions): MailSource {
  return {
    name: source.name,
    async *read(request) {
      const events = source.read(request)[Symbol.asyncIterator]();
      let ended = false;
      try {
        for (;;) {
          const next = await within(events.next(), stallMs, source.name);
          if (next.done === true) {
            ended = true;
            return;
          }
          onEvent(next.value);
          yield next.value;
        }
      } finally {
        // Not awaited: what hangs would hang here again.
        if (!ended) void Promise.resolve(events.return?.()).catch(() => undefined);
      }
    },
  };
}

function within<T>(next: Promise<T>, waitMs: number, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const minutes = Math.round(waitMs / MINUTE_MS);
      reject(new TransientFailure('stalled', `Nothing has come of ${name} for ${minutes} min.`));
    }, waitMs);
    next.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
