import type { Mail } from '../../mail/mail.js';
import type { Subject } from '../../mail/subject/subject.js';
import type { StateClaim } from '../claim.js';
import { claim } from './make-claim.js';

/** `[pushed] c++: fix x`, `[COMMITTED 3/5] …`: GCC, GDB and glibc post what is already in, for the record. */
export function readAnnounced(mail: Mail, subject: Subject): StateClaim[] {
  if (subject.reply || !subject.pushed) return [];
  const by = mail.from ?? { name: '', email: '' };
  return [claim('announced', 'applied', by, 0.8, mail.subject ?? '')];
}
