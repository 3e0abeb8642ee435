import type { StateClaim } from '../../../src/digest/claims/claim.js';
import { readClaims } from '../../../src/digest/claims/read-claims.js';
import type { Mail } from '../../../src/digest/mail/mail.js';
import { parseSubject } from '../../../src/digest/mail/subject/parse-subject.js';

/** A reply by a maintainer, as far as its words matter. */
export function mailOf(text: string, rest: Partial<Mail> = {}): Mail {
  return {
    messageId: 'reply-1@example.org',
    contentHash: '0'.repeat(64),
    subject: 'Re: [PATCH 0/3] frob: teach it to fly',
    from: { name: 'Mai Ntainer', email: 'mai@example.org' },
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    date: '2024-05-02T10:00:00Z',
    received: '2024-05-02T10:00:05Z',
    lists: [],
    inReplyTo: ['cover@example.org'],
    references: ['cover@example.org'],
    headers: {},
    text,
    attachments: [],
    size: text.length,
    problems: [],
    ...rest,
  };
}

export function claimsOf(text: string, rest: Partial<Mail> = {}): StateClaim[] {
  const mail = mailOf(text, rest);
  return readClaims(mail, parseSubject(mail.subject));
}

/** What the claims come to, for tables: `applied`, `rejected`; '' if the mail proves nothing. */
export function statesOf(text: string, rest: Partial<Mail> = {}): string {
  return claimsOf(text, rest)
    .map((claim) => claim.says)
    .join(' ');
}
