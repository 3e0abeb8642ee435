import type { Mail } from '../../mail/mail.js';
import type { StateClaim, StateName } from '../claim.js';
import { unquotedLines } from '../own-text.js';
import { claim } from './make-claim.js';

/**
 * nipa's commands. Patchwork knows more states than we do: `awaiting-upstream` and `not-applicable` mean that
 * somebody else handles it, so it stays under review; `defer` closes it until it is posted again.
 */
const COMMANDS: Readonly<Record<string, StateName>> = {
  accept: 'applied',
  accepted: 'applied',
  au: 'under-review',
  'awaiting-upstream': 'under-review',
  reject: 'rejected',
  rejected: 'rejected',
  cr: 'changes-requested',
  'changes-requested': 'changes-requested',
  defer: 'changes-requested',
  deferred: 'changes-requested',
  nap: 'under-review',
  'not-applicable': 'under-review',
  nac: 'under-review',
  'need-ack': 'under-review',
  'needs-ack': 'under-review',
  'needs ack': 'under-review',
  ur: 'under-review',
  'under-review': 'under-review',
  new: 'new',
};

/** `pw-bot: cr` at the start of a line, mostly below the signature; the last one of a mail counts. */
export function readPwCommand(mail: Mail): StateClaim[] {
  // Most mail holds none: splitting every patch into lines would cost more than all the rest.
  if (!/pw-bot:/i.test(mail.text)) return [];
  let found: StateClaim[] = [];
  for (const line of unquotedLines(mail.text)) {
    if (!line.slice(0, 7).toLowerCase().startsWith('pw-bot:')) continue;
    const state = COMMANDS[line.slice(7).trim().toLowerCase()];
    if (state === undefined) continue;
    const by = mail.from ?? { name: '', email: '' };
    // The command moves the whole series in patchwork, whichever patch it answers to.
    found = [claim('pw-bot', state, by, 0.95, line, { whole: true })];
  }
  return found;
}
