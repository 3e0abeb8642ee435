import type { Mail } from '../../src/digest/mail/mail.js';

/** A mail that says plainly that patches were applied, found without the rules that are measured. */
export type NoticeKind = 'patchwork-bot' | 'b4-ty' | 'applied-thanks';

const VERB = '(?:applied|queued(?: up)?|merged|picked(?: it| this)? up|pulled|pushed)';
const AFTER = new RegExp(
  `^(?:and |all |all now |now )?${VERB}\\b[^?>]{0,60}\\b(?:thanks|thank you|thx)\\b`,
  'i',
);
const BEFORE = new RegExp(`^(?:thanks|thank you|ok|great)[,.!]? {1,2}${VERB}\\b`, 'i');
const ALONE = new RegExp(`^${VERB}(?: now)?[.!]? {0,2}(?:thanks[.!]?)?$`, 'i');

/** What kind of notice a mail is; null for all other mail. Crude on purpose: one unquoted line decides. */
export function noticeKind(mail: Mail): NoticeKind | null {
  const from = (mail.from?.email ?? '').toLowerCase();
  if (from.startsWith('patchwork-bot')) return 'patchwork-bot';
  if (mail.messageId?.includes('b4-ty@')) return 'b4-ty';
  if (!/^re:/i.test(mail.subject ?? '')) return null;
  const lines = mail.text.split('\n').slice(0, 400);
  const own = lines.map((line) => line.slice(0, 200).trim()).filter((line) => !line.startsWith('>'));
  return own.some((line) => AFTER.test(line) || BEFORE.test(line) || ALONE.test(line))
    ? 'applied-thanks'
    : null;
}
