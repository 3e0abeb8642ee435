import type { Mail } from '../mail/mail.js';
import type { Subject } from '../mail/subject/subject.js';
import type { StateClaim } from './claim.js';
import { readB4Ty } from './dialects/b4-ty.js';
import { readMm } from './dialects/mm.js';
import { readPatchworkBot } from './dialects/patchwork-bot.js';
import { readPerson } from './dialects/person.js';
import { readPrTracker } from './dialects/pr-tracker.js';
import { readPwCommand } from './dialects/pw-command.js';
import { readStable } from './dialects/stable.js';
import { readTipBot } from './dialects/tip-bot.js';

/** Bots that write prose about applying patches and never apply one. */
const IDLE_BOTS = [
  'syzbot',
  'lkp@intel.com',
  'kernel test robot',
  'oliver.sang@intel.com',
  'kernelci',
  'patchwork-bot',
  'pr-tracker-bot',
  'tip-bot',
];

/**
 * What one mail says about the state of a posting, from its own text alone, whoever wrote it. Whether it counts is
 * decided where the posting and the people are known (`decideState`). Quotes and questions yield nothing.
 *
 * A bot's notice is read as that alone; a person's mail may hold a command (`pw-bot: cr`) and a sentence, and then the
 * command wins over a sentence for the same state.
 */
export function readClaims(mail: Mail, subject: Subject): StateClaim[] {
  for (const claims of [
    readPatchworkBot(mail),
    readTipBot(mail, subject),
    readMm(mail),
    readStable(mail),
    readPrTracker(mail),
  ]) {
    if (claims.length > 0) return claims;
  }
  const from = `${mail.from?.name ?? ''} ${mail.from?.email ?? ''}`.toLowerCase();
  if (IDLE_BOTS.some((bot) => from.includes(bot))) return [];
  const command = readPwCommand(mail);
  const notice = readB4Ty(mail);
  if (notice.length > 0) return [...notice, ...command];
  const said = readPerson(mail, subject).filter((claim) =>
    command.every((other) => other.state !== claim.state),
  );
  return [...said, ...command];
}
