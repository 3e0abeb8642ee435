import { z } from 'zod';

/** `sources --json`: how each live source fares. Times are ISO UTC; null is what is not known. */

const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** '' where only time helps. */
  remedy: z.string(),
  at: z.string(),
});

const sourceAnswerSchema = z.object({
  name: z.string(),
  /** `new`: never read. `failing`: the last reading failed. `file`: read whole, not followed. */
  state: z.enum(['new', 'fine', 'failing', 'file']),
  /** Seconds since it was last read to its end. */
  lagSeconds: z.number().nullable(),
  /** What was left to read when it was last heard of, in units of the source. */
  behind: z.number().nullable(),
  lastSuccess: z.string().nullable(),
  lastAttempt: z.string().nullable(),
  lastMail: z.string().nullable(),
  nextAttempt: z.string().nullable(),
  failures: z.number(),
  error: failureSchema.nullable(),
  /** Over the last seven days. */
  mailsPerDay: z.number(),
  /** Mails that it has and the database has not, when that was last looked at with `--audit`. */
  holes: z.object({ count: z.number(), at: z.string() }).nullable(),
  /** Mails that are not read any more: they ended or stalled reading twice. */
  quarantined: z.number(),
});

/** Mails in quarantine, whatever their source; oldest first. */
const quarantineAnswerSchema = z.object({
  count: z.number(),
  /** The first 100. */
  mails: z.array(
    z.object({
      /** Hex, of the mail as its source gave it. */
      hash: z.string(),
      source: z.string(),
      where: z.string(),
      /** It ended the process or the reader, stalled it, or covernote failed on it. */
      reason: z.enum(['killed', 'stalled', 'failed']),
      detail: z.string(),
      at: z.string(),
    }),
  ),
});

const sourceAuditSchema = z.object({
  name: z.string(),
  /** Mails that the source lists; null where it cannot tell, or could not now. */
  listed: z.number().nullable(),
  /** The first 100 that are not here. */
  missing: z.array(z.string()),
  holes: z.number().nullable(),
  /** With `--fill`: how many of them are here now. */
  filled: z.number().nullable(),
  problem: z.string().nullable(),
});

export const sourcesAnswerSchema = z.object({
  sources: z.array(sourceAnswerSchema),
  /** With `--audit` or `--fill`. */
  audits: z.array(sourceAuditSchema),
  quarantine: quarantineAnswerSchema,
});
