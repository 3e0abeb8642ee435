import { z } from 'zod';
import { quarantineStatusSchema, sourceAuditSchema, sourceStatusSchema } from '../view/source-status.js';

/** `sources --json`: the status of each source. */
export const sourcesAnswerSchema = z.object({
  sources: z.array(sourceStatusSchema),
  /** With `--audit` or `--fill`. */
  audits: z.array(sourceAuditSchema),
  quarantine: quarantineStatusSchema,
});
