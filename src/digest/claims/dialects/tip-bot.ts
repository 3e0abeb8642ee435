import type { Mail } from '../../mail/mail.js';
import type { Subject } from '../../mail/subject/subject.js';
import type { StateClaim } from '../claim.js';
import { claim } from './make-claim.js';
import { namedPatch, readAddress } from './named-patch.js';

/**
 * tip-bot2 and irqchip-bot: one mail for each commit, subject `[tip: x86/urgent] title`, `The following commit has been
 * merged into the x86/urgent branch of tip:` (older mails lack that line), `Commit-ID:`, `Author:`.
 */
export function readTipBot(mail: Mail, subject: Subject): StateClaim[] {
  const raw = mail.subject ?? '';
  if (!/^\[(tip|irqchip): ?\S/.test(raw)) return [];
  const branch = raw.slice(raw.indexOf(':') + 1, raw.indexOf(']')).trim();
  const tree = raw.startsWith('[tip') ? 'tip' : 'irqchip';
  const lines = mail.text.split('\n', 300).map((line) => line.slice(0, 500));
  const commit = headOf(lines, 'commit-id');
  if (commit === null || branch === '') return [];
  const line = lines.find((line) => line.includes('has been merged into')) ?? raw;
  const author = readAddress(headOf(lines, 'author'));
  const by = readAddress(headOf(lines, 'committer')) ?? mail.from ?? { name: '', email: '' };
  const title = raw.slice(raw.indexOf(']') + 1).trim() || subject.title;
  const patch = namedPatch(lines, title, author, commit.split(' ')[0] ?? null);
  return [claim('tip-bot', 'applied', by, 1, line, { tree, branch, patches: [patch] })];
}

function headOf(lines: readonly string[], name: string): string | null {
  const line = lines.find((candidate) => candidate.toLowerCase().startsWith(`${name}:`));
  const value = line?.slice(name.length + 1).trim() ?? '';
  return value === '' ? null : value;
}
