import type { Mail } from '../../mail/mail.js';
import type { StateClaim } from '../claim.js';
import { claim } from './make-claim.js';

/** pr-tracker-bot: `The pull request you sent on …` … `has been merged into torvalds/linux.git:`. */
export function readPrTracker(mail: Mail): StateClaim[] {
  if (!(mail.from?.email ?? '').toLowerCase().includes('pr-tracker-bot')) return [];
  const lines = mail.text.split('\n', 100).map((line) => line.slice(0, 500));
  const line = lines.find((line) => line.startsWith('has been merged into '));
  if (line === undefined) return [];
  const where = line.slice(21).trim().replace(/:$/, '');
  const tree = where.endsWith('.git') ? where.slice(0, -4) : where;
  const by = mail.from ?? { name: '', email: '' };
  return [claim('pr-tracker', 'merged', by, 1, line, { tree, whole: true })];
}
