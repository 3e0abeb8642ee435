import { createHash } from 'node:crypto';
import type { MailOrigin } from './prepared-mail.js';

/** Identifies one copy of a mail as a source gave it: 16 bytes over list, time of receipt and the mail itself. */
export function copyHash(raw: Uint8Array, origin: Pick<MailOrigin, 'list' | 'receivedAt'>): Buffer {
  return createHash('sha256')
    .update(`${origin.list ?? ''}\0${origin.receivedAt ?? ''}\0`)
    .update(raw)
    .digest()
    .subarray(0, 16);
}
