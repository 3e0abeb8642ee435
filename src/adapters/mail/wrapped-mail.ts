import type { Mail } from '../../digest/mail/mail.js';
import { stripListFooter } from './content-hash.js';
import type { MailParts } from './map-mail.js';

/**
 * The mail that a list wrapped as an attachment, so that it passes DMARC (Mailman's "Wrap Message"): it is the only part beside the list's
 * footer. null if the mail has text of its own.
 */
export function wrappedMail(parts: MailParts): Uint8Array | null {
  const mails = parts.attached.filter(({ type }) => type === 'message/rfc822');
  const [only] = mails;
  if (only === undefined || mails.length > 1 || parts.attached.length > 2) return null;
  const own = stripListFooter(`\n${parts.text}`).trim();
  return own === '' && parts.html.trim() === '' ? only.bytes : null;
}

/** Headers by which a list passes a mail on; all else is the sender's. */
const LIST_HEADERS = ['list-id', 'x-mailing-list', 'precedence'];

/**
 * The wrapped mail as its sender wrote it, with the lists and the time of its wrapper; null if it is another mail, which someone
 * passed on: its id or its subject would be the same.
 */
export function withoutWrapper(outer: Mail, inner: Mail): Mail | null {
  const sameId = inner.messageId !== null && inner.messageId === outer.messageId;
  const subject = inner.subject?.trim() ?? '';
  const sameSubject = subject !== '' && (outer.subject?.trim() ?? '').endsWith(subject);
  const isByList = outer.from !== null && outer.lists.includes(outer.from.email.toLowerCase());
  if (inner.from === null || !(sameId || (sameSubject && isByList))) return null;
  const listHeaders = Object.fromEntries(
    LIST_HEADERS.flatMap((name) => (outer.headers[name] === undefined ? [] : [[name, outer.headers[name]]])),
  );
  return {
    ...inner,
    // What answers to it on the list may name either; the sender's own is known on other lists too.
    messageId: inner.messageId ?? outer.messageId,
    date: inner.date ?? outer.date,
    received: outer.received,
    lists: outer.lists,
    inReplyTo: inner.inReplyTo.length > 0 ? inner.inReplyTo : outer.inReplyTo,
    references: inner.references.length > 0 ? inner.references : outer.references,
    headers: { ...inner.headers, ...listHeaders },
    size: outer.size,
    problems: inner.problems.filter(({ code }) => code !== 'message-id-missing' || outer.messageId === null),
  };
}
