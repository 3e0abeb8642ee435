import { z } from 'zod';

const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** '' if only time helps. */
  remedy: z.string(),
  at: z.string(),
});

/** The status of a source. Times are ISO UTC; null: unknown. */
export const sourceStatusSchema = z.object({
  name: z.string(),
  /** `new`: never read. `failing`: the last reading failed. `file`: read whole, not followed. */
  state: z.enum(['new', 'fine', 'failing', 'file']),
  /** Seconds since it was last read to its end. */
  lagSeconds: z.number().nullable(),
  /** What was left to read when it last reported, in units of the source. */
  behind: z.number().nullable(),
  lastSuccess: z.string().nullable(),
  lastAttempt: z.string().nullable(),
  lastMail: z.string().nullable(),
  nextAttempt: z.string().nullable(),
  failures: z.number(),
  error: failureSchema.nullable(),
  /** Over the last seven days. */
  mailsPerDay: z.number(),
  /** Mails that the source has and the database lacks, at the last `--audit`. */
  holes: z.object({ count: z.number(), at: z.string() }).nullable(),
  /** Mails that are no longer read: they ended or stalled reading twice. */
  quarantined: z.number(),
});

/** Mails in quarantine, whatever their source; oldest first. */
export const quarantineStatusSchema = z.object({
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

/** What an audit of a source found. */
export const sourceAuditSchema = z.object({
  name: z.string(),
  /** Mails that the source lists; null if it cannot say. */
  listed: z.number().nullable(),
  /** The first 100 that are not here. */
  missing: z.array(z.string()),
  holes: z.number().nullable(),
  /** With `--fill`: how many of them are here now. */
  filled: z.number().nullable(),
  problem: z.string().nullable(),
});

export type SourceStatus = Readonly<z.infer<typeof sourceStatusSchema>>;
export type QuarantineStatus = Readonly<z.infer<typeof quarantineStatusSchema>>;
export type SourceAudit = Readonly<z.infer<typeof sourceAuditSchema>>;
