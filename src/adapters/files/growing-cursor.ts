import { z } from 'zod';
import { UserError } from '../../digest/failure/failure.js';

const placeSchema = z.object({
  /** The file's inode: another one means that it was rotated. */
  inode: z.number(),
  /** What is before this byte was read. */
  offset: z.int().min(0),
  /** Where the mail begins that was read last: it may turn out to have been unfinished. */
  lastAt: z.int().min(0),
  /** A hash of the bytes just before `offset`: other bytes mean that the file was rewritten. */
  tail: z.string(),
});
export type MboxPlace = z.infer<typeof placeSchema>;

const cursorSchema = z.object({
  /** By path below the source's own; '' for a source that is one file. */
  mboxes: z.record(z.string(), placeSchema),
  /** Files that changed before were read, those that are read whole: inode change time in milliseconds since 1970. */
  changed: z.number(),
  /** What was read of those that changed about then: a name, and when it changed. */
  recent: z.array(z.tuple([z.string(), z.number()])),
  /** The first reading left alone what was received before (ISO UTC); null: nothing. */
  since: z.string().nullable().default(null),
  /** The first reading was not at its end yet. */
  isFirst: z.boolean().default(false),
});

/** How far files that grow were read. */
export type GrowingCursor = z.infer<typeof cursorSchema>;

/** Reads a stored cursor; null: the first reading begins, with its own `since`. Throws UserError if it is none of ours. */
export function readGrowingCursor(text: string | null, since: string | null): GrowingCursor {
  if (text === null) return { mboxes: {}, changed: 0, recent: [], since, isFirst: true };
  try {
    return cursorSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(
      'bad-cursor',
      `The saved position in this source is not valid: ${text.slice(0, 100)}`,
      'Forget the place of this source; it is then read again from its beginning, and nothing is stored twice.',
      { cause },
    );
  }
}
