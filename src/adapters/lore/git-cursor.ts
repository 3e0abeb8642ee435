import { z } from 'zod';
import { UserError } from '../../digest/failure/failure.js';
import { OBJECT_ID } from './git-refs.js';

const cursorSchema = z.object({
  epoch: z.int().min(0).max(100_000),
  /** The last commit whose mail was yielded; null if the epoch had none. */
  commit: z.string().regex(OBJECT_ID).nullable(),
});

/** How far a list was read: an epoch and a commit in it. */
export type GitCursor = z.infer<typeof cursorSchema>;

/** Reads a stored cursor. Throws UserError if it is none of ours. */
export function readGitCursor(text: string): GitCursor {
  try {
    return cursorSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(
      'bad-cursor',
      `The saved position in this git source is not valid: ${text.slice(0, 100)}`,
      'Forget the place of this source; it is then read again from its beginning, and nothing is stored twice.',
      { cause },
    );
  }
}

export function writeGitCursor({ epoch, commit }: GitCursor): string {
  return JSON.stringify({ epoch, commit });
}
