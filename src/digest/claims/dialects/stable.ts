import type { Mail } from '../../mail/mail.js';
import type { StateClaim } from '../claim.js';
import { claim } from './make-claim.js';
import { namedPatch, readFrom } from './named-patch.js';

/** `Patch "title" has been added to the 6.1-stable tree`: the title folds over lines, a list tag may be before. */
export function readStable(mail: Mail): StateClaim[] {
  const raw = (mail.subject ?? '').split(/\s/).filter(Boolean).join(' ');
  const open = raw.indexOf('Patch "');
  const shut = raw.lastIndexOf('" has been added to the ');
  if (open < 0 || shut < open || open > 40 || !raw.endsWith(' tree')) return [];
  const branch = raw.slice(shut + 24, -5).trim();
  const title = raw.slice(open + 7, shut).trim();
  const lines = mail.text.split('\n', 200).map((line) => line.slice(0, 500));
  const patch = namedPatch(lines, title, readFrom(lines));
  const by = mail.from ?? { name: '', email: '' };
  return [claim('stable', 'applied', by, 0.95, raw, { tree: 'stable', branch, patches: [patch] })];
}
