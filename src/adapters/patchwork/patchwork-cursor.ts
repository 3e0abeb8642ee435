import { z } from 'zod';

/** From which moment on to ask for events, and which of those from then on were read already: `since` takes that moment in. */
const cursorSchema = z.object({ v: z.literal(1), at: z.string(), ids: z.array(z.number()) });

export type PatchworkCursor = Omit<z.infer<typeof cursorSchema>, 'v'>;

/**
 * An event has the time at which patchwork created it, but is visible only when its transaction ends: a mail that takes long to parse
 * appears after later ones. So events that were created up to this long before the last one are requested again.
 */
const OVERLAP_MS = 60_000;

/** Before the first event of any patchwork. */
export const BEGINNING = '1970-01-01T00:00:00Z';

/** Null if there is none, or it is another source's: then it is a first reading. */
export function readPatchworkCursor(text: string | null): PatchworkCursor | null {
  if (text === null) return null;
  try {
    const { at, ids } = cursorSchema.parse(JSON.parse(text));
    return Number.isNaN(Date.parse(at)) ? null : { at, ids };
  } catch {
    return null;
  }
}

/** How far the events were read. */
export interface EventPlace {
  has(id: number): boolean;
  /** It was seen, now or before; `date`: ISO UTC. `isRead`: something is read of it, so it must not be read again. */
  mark(event: { readonly id: number; readonly date: string }, isRead: boolean): void;
  /** All up to the event that was marked last has been yielded. */
  cursor(): string;
}

/** Continues from a cursor. Remembers no more than the events of the overlap. */
export function createEventPlace({ at, ids }: PatchworkCursor): EventPlace {
  let fromMs = Date.parse(at);
  let from = at;
  let lastMs = fromMs;
  const seen = new Map(ids.map((id) => [id, fromMs]));
  return {
    has: (id) => seen.has(id),
    mark({ id, date }, isRead) {
      const ms = Date.parse(date);
      if (isRead) seen.set(id, ms);
      lastMs = Math.max(lastMs, ms);
    },
    cursor() {
      if (lastMs - OVERLAP_MS > fromMs) {
        fromMs = lastMs - OVERLAP_MS;
        from = new Date(fromMs).toISOString();
        for (const [id, ms] of seen) if (ms < fromMs) seen.delete(id);
      }
      return JSON.stringify({ v: 1, at: from, ids: [...seen.keys()] });
    },
  };
}
