import type { Attachment } from '../../digest/mail/mail.js';
import type { AttachedPart } from './attached-part.js';
import { decodeBytes } from './charset.js';
import { MAX_ATTACHMENT_LENGTH, MAX_ATTACHMENTS } from './limits.js';
import { unpackGzipped } from './unpack-gzipped.js';

/** Types under which people attach patches besides text/*; the name must say so then. */
const PATCH_NAME = /\.(?:patch|diff|mbox|txt)$/i;

function isTextual({ type, name }: AttachedPart): boolean {
  if (type === 'text/html') return false;
  if (type.startsWith('text/') || type === 'message/rfc822') return true;
  if (type === 'application/x-patch' || type === 'application/x-diff') return true;
  return type.startsWith('application/') && name !== null && PATCH_NAME.test(name);
}

/**
 * The textual attachments of a mail, decoded, LF line ends, NUL removed: patches (text/x-patch,
 * text/x-diff, octet-stream named *.patch or *.diff, each also gzipped), attached mails, logs. Pictures, signatures
 * and HTML are left out.
 */
export function decodeAttachments(parts: readonly AttachedPart[]): Attachment[] {
  return unpackGzipped(parts)
    .filter(isTextual)
    .slice(0, MAX_ATTACHMENTS)
    .map((part) => ({
      name: part.name,
      type: part.type,
      text: decodeBytes(part.bytes.subarray(0, MAX_ATTACHMENT_LENGTH), part.charset)
        .replace(/\r\n?/g, '\n')
        .replaceAll('\0', ''),
    }));
}
