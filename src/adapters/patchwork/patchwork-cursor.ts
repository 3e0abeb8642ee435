import { z } from 'zod';

/** The moment of the last event that was read, and which events of that moment were: the server's `since` takes it in again. */
const cursorSchema = z.object({ v: z.literal(1), at: z.string(), ids: z.array(z.number()) });

export type PatchworkCursor = Omit<z.infer<typeof cursorSchema>, 'v'>;

/** Null where there is none, or it is another source's: then it is a first reading. */
export function readPatchworkCursor(text: string | null): PatchworkCursor | null {
  if (text === null) return null;
  try {
    const { at, ids } = cursorSchema.parse(JSON.parse(text));
    return { at, ids };
  } catch {
    return null;
  }
}

export function writePatchworkCursor(cursor: PatchworkCursor): string {
  return JSON.stringify({ v: 1, ...cursor });
}

/** The cursor after one more event. */
export function after(cursor: PatchworkCursor | null, event: { id: number; date: string }): PatchworkCursor {
  const same = cursor !== null && cursor.at === event.date;
  return { at: event.date, ids: same ? [...cursor.ids, event.id] : [event.id] };
}
