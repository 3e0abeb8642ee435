import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../../digest/failure/failure.js';

const cursorSchema = z.object({
  /** The latest received time of what was read, in seconds since 1970. */
  at: z.int().min(0),
  /** Mails of the overlap, and those with times in the future: a short hash of the id, and its time. */
  seen: z.array(z.tuple([z.string(), z.int()])),
  /** The archive's newest commit when the feed was last read to its end: as long as it is that, there is nothing new. */
  head: z.object({ epoch: z.int().min(0), commit: z.string() }).nullable(),
});

export type HttpCursor = z.infer<typeof cursorSchema>;

/** Reads a stored cursor. Throws UserError where it is none of ours. */
export function readHttpCursor(text: string): HttpCursor {
  try {
    return cursorSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(
      'bad-cursor',
      `The place where reading over HTTP had stopped cannot be understood: ${text.slice(0, 100)}`,
      'Forget the place of this source; it is then read again from its beginning, and nothing is stored twice.',
      { cause },
    );
  }
}

/** Of a Message-ID, for `seen`. */
export function shortHash(messageId: string): string {
  return createHash('sha256').update(messageId).digest('base64url').slice(0, 10);
}
