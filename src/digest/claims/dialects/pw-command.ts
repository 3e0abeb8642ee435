import type { Mail } from '../../mail/mail.js';
import type { ClaimSays, StateClaim } from '../claim.js';
import { unquotedLines } from '../own-text.js';
import { claim } from './make-claim.js';

/**
 * nipa's commands. Patchwork knows more states than we do: `awaiting-upstream` and `not-applicable` mean that
 * someone else handles it, so it stays under review; `defer` closes it until it is posted again.
 */
const COMMANDS: Readonly<Record<string, ClaimSays>> = {
  accept: 'applied',
  accepted: 'applied',
  au: 'open',
  'awaiting-upstream': 'open',
  reject: 'rejected',
  rejected: 'rejected',
  cr: 'changes-requested',
  'changes-requested': 'changes-requested',
  defer: 'changes-requested',
  deferred: 'changes-requested',
  nap: 'open',
  'not-applicable': 'open',
  nac: 'open',
  'need-ack': 'open',
  'needs-ack': 'open',
  'needs ack': 'open',
  ur: 'open',
  'under-review': 'open',
  new: 'open',
};

/** `pw-bot: cr` at the start of a line, usually below the signature; the last one of a mail counts. */
export function readPwCommand(mail: Mail): StateClaim[] {
  // Most mail holds none: splitting every patch into lines would cost more than everything else.
  if (!/pw-bot:/i.test(mail.text)) return [];
  let found: StateClaim[] = [];
  for (const line of unquotedLines(mail.text)) {
    if (!line.slice(0, 7).toLowerCase().startsWith('pw-bot:')) continue;
    const says = COMMANDS[line.slice(7).trim().toLowerCase()];
    if (says === undefined) continue;
    const by = mail.from ?? { name: '', email: '' };
    // The command moves the whole series in patchwork, whichever patch it answers to.
    found = [claim('pw-bot', says, by, 0.95, line, { whole: true })];
  }
  return found;
}
