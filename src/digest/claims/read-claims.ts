import type { Mail } from '../mail/mail.js';
import type { Subject } from '../mail/subject/subject.js';
import type { StateClaim } from './claim.js';
import { readAnnounced } from './dialects/announced.js';
import { readB4Ty } from './dialects/b4-ty.js';
import { readCommitNotice } from './dialects/commit-notice.js';
import { readMm } from './dialects/mm.js';
import { readPatchworkBot } from './dialects/patchwork-bot.js';
import { readPerson } from './dialects/person.js';
import { readPrTracker } from './dialects/pr-tracker.js';
import { readPwCommand } from './dialects/pw-command.js';
import { readStable } from './dialects/stable.js';
import { readTipBot } from './dialects/tip-bot.js';

/**
 * What one mail says about the state of a posting, from its own text alone, whoever wrote it. Whether it counts is
 * decided where the posting and the people are known (`decideState`). Quotes and questions yield nothing.
 *
 * A program's notice (`bot`) is read only as a notice; a person's mail may hold a command (`pw-bot: cr`) and a sentence, and then the
 * command wins over a sentence for the same state.
 */
export function readClaims(mail: Mail, subject: Subject, bot = false): StateClaim[] {
  for (const claims of [
    readPatchworkBot(mail),
    readTipBot(mail, subject),
    readMm(mail),
    readStable(mail),
    readPrTracker(mail),
    readCommitNotice(mail, subject),
  ]) {
    if (claims.length > 0) return claims;
  }
  if (isFailure(mail)) return [];
  // Programs write prose about applying patches: only their lists of commits are read.
  if (bot) return readB4Ty(mail);
  const announced = readAnnounced(mail, subject);
  if (announced.length > 0) return announced;
  const command = readPwCommand(mail);
  const notice = readB4Ty(mail);
  if (notice.length > 0) return [...notice, ...command];
  const written = readPerson(mail, subject).filter((claim) =>
    command.every((other) => other.says !== claim.says),
  );
  return [...written, ...command];
}

/** `FAILED: patch "title" failed to apply to 6.1-stable tree`: a notice of what is in Linus's tree, not about a posting. */
function isFailure(mail: Mail): boolean {
  return /^failed: patch "/i.test(mail.subject ?? '');
}
