import { z } from 'zod';

/**
 * How far each mailbox was read: UIDs rise and are never given twice as long as UIDVALIDITY stays (RFC 3501, 2.3.1.1). An archive
 * spreads a list over slices (`….kvm.0`, `….kvm.1`), so there may be several.
 */
const cursorSchema = z.object({
  v: z.literal(1),
  mailboxes: z.record(z.string(), z.object({ validity: z.string(), uid: z.number().int().min(0) })),
});

export type ImapCursor = z.infer<typeof cursorSchema>['mailboxes'];

/** The places that a cursor tells; none where it is null or of another kind. */
export function readImapCursor(cursor: string | null): ImapCursor {
  if (cursor === null) return {};
  try {
    return cursorSchema.parse(JSON.parse(cursor)).mailboxes;
  } catch {
    // Another source's, or damaged: reading everything again loses nothing.
    return {};
  }
}

export function writeImapCursor(mailboxes: ImapCursor): string {
  return JSON.stringify({ v: 1, mailboxes });
}
