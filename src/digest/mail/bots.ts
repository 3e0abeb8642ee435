import type { Address, Mail } from './mail.js';

/** Addresses of programs that write to kernel lists, lower case, by their local part or whole. */
const BOTS: readonly RegExp[] = [
  /^patchwork-bot\b/,
  /^tip-bot2?@/,
  /^syzbot\b/,
  /^syzkaller/,
  /^lkp@intel\.com$/,
  /^oliver\.sang@intel\.com$/,
  /^pr-tracker-bot@/,
  /^patchwork@/,
  /^(?:no-?reply|do-?not-?reply)\b/,
  /^bugzilla-daemon\b/,
  /^bugbot@/,
  /^buildbot\b/,
  /^(?:kernelci|bot)@kernelci\.org$/,
  /^robh\+?bot@/,
  /^sashiko\b/,
  /^kernel-?test-?robot\b/,
  /^patchew\b/,
  /^(?:ci|ci_notify|bpf-ci|ci-bot|buildd|jenkins)[+_-]?\w*@/,
  /^bot\+/,
  /^nvmf-ci\b/,
  /^autobuild\b/,
];

const BOT_NAMES =
  /^(?:kernel test robot|patchwork-bot|syzbot|tip-bot2?|patchwork|kernelci(?:\.org)? bot|rob herring \(bot\)|bugzilla|sashiko)/i;

/** Whether a known program wrote the mail. `Auto-Submitted` tells the others, but for holiday notes, which say auto-replied. */
export function isBot(mail: Mail, sender: Address): boolean {
  const email = sender.email.toLowerCase();
  if (BOTS.some((bot) => bot.test(email)) || BOT_NAMES.test(sender.name)) return true;
  if (mail.headers['x-patchwork-bot'] !== undefined || mail.headers['robot-id'] !== undefined) return true;
  const submitted = mail.headers['auto-submitted']?.trim().toLowerCase() ?? 'no';
  return submitted.startsWith('auto-');
}
