import { describe, expect, it } from 'vitest';
import type { Mail } from '../../../src/digest/mail/mail.js';
import { understand } from '../../../src/digest/message/understand.js';
import { DIFF, mail } from './mail.js';

const ANSWERS = { inReplyTo: ['0@example.org'], references: ['0@example.org'] };
const LISTING =
  'Jane Doe (2):\n  mm: a\n  mm: b\n\n mm/x.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n';
const PULL =
  'The following changes since commit 0123456789ab:\n\n  Linux 6.1 (2022-12-11)\n\nare available in the Git repository at:\n\n  https://git.example.org/x.git tags/y\n';

describe('a mail is', () => {
  it.each<[string, string, string, Partial<Mail>]>([
    ['cover', '0/N', '[PATCH 0/2] x', { text: LISTING }],
    ['cover', '0/1', '[PATCH 0/1] x', { text: 'One.' }],
    [
      'cover',
      '0/N of a later version, in reply to the first',
      '[PATCH v2 0/2] x',
      { text: LISTING, ...ANSWERS },
    ],
    [
      'cover',
      '0/N that carries tags of earlier versions',
      '[PATCH v2 0/2] x',
      { text: `${LISTING}\nReviewed-by: J <j@example.org>\n`, ...ANSWERS },
    ],
    ['cover', '0/N with a diff between versions', '[PATCH v2 0/2] x', { text: `Changes:\n${DIFF}` }],
    ['cover', 'a pull request that counts', '[PULL 00/23] x', { text: PULL }],
    ['cover', 'an uncounted letter with a shortlog', 'support the x', { text: LISTING }],
    ['cover', 'a patch set without a counter', '[PATCHSET v2] x', { text: 'Words.' }],
    ['cover', 'RFC in a group before PATCHES', '[RFC][PATCHES] x', { text: 'Words.' }],
    ['cover', 'a listing without a subject', '', { subject: null, text: LISTING }],
    ['patch', 'a diff', '[PATCH] x', { text: DIFF }],
    ['patch', 'a diff without any tag', 'mm: x', { text: DIFF }],
    ['patch', 'an unmarked diff in reply (G14)', 'mm: x', { text: DIFF, ...ANSWERS }],
    ['patch', 'n/N in reply to its cover', '[PATCH 1/2] x', { text: DIFF, ...ANSWERS }],
    ['patch', 'n/N whose diff was lost', '[PATCH 1/2] x', { text: `x\n---\n${LISTING}`, ...ANSWERS }],
    [
      'patch',
      'an attached diff',
      '[PATCH] x',
      { text: 'See there.', attachments: [{ name: 'x.patch', type: 'text/x-patch', text: DIFF }] },
    ],
    [
      'patch',
      'a mode alone',
      '[PATCH] x',
      { text: 'x\n---\ndiff --git a/x b/x\nold mode 100644\nnew mode 100755\n' },
    ],
    ['patch', 'n/N of a pull request', '[PULL 01/23] x', { text: DIFF, ...ANSWERS }],
    [
      'patch',
      'a patch that a robot made',
      '[PATCH] x',
      { text: DIFF, from: { name: 'kernel test robot', email: 'lkp@intel.com' }, ...ANSWERS },
    ],
    ['reply', 'Re:', 'Re: [PATCH] x', { text: 'ok' }],
    ['reply', 'Re: with a diff', 'Re: [PATCH] x', { text: DIFF, ...ANSWERS }],
    ['reply', 'a mail that quotes a patch (G30)', 'Re: [PATCH] x', { text: DIFF.replaceAll(/^/gm, '> ') }],
    [
      'reply',
      'a review without Re: (T2)',
      '[PATCH 1/2] x',
      { text: 'Reviewed-by: J <j@example.org>\n', ...ANSWERS },
    ],
    [
      'reply',
      'an answer to a cover without Re:',
      '[PATCH v7 0/2] x',
      { text: 'On Monday, Jane wrote:\n> x\n\nI was cursed.\n', ...ANSWERS },
    ],
    [
      'reply',
      'a review of a cover without Re:',
      '[PATCH v7 0/2] x',
      { text: 'Acked-by: J <j@example.org>\n', ...ANSWERS },
    ],
    ['reply', 'a new subject in a thread', 'y (was: x)', { text: 'Words.', ...ANSWERS }],
    [
      'reply',
      'a diff for the test bot',
      'test',
      { text: `#syz test: https://git.example.org/x.git main\n\n${DIFF}`, ...ANSWERS },
    ],
    [
      'reply',
      "tip-bot's notice",
      '[tip: x86/urgent] x86: x',
      { text: DIFF, from: { name: 'tip-bot2 for Jane', email: 'tip-bot2@linutronix.de' }, ...ANSWERS },
    ],
    ['other', "a patch queue's notice", '[merged] mm-x.patch removed from -mm tree', { text: DIFF }],
    ['other', 'a stable notice', 'Patch "mm: x" has been added to the 6.1-stable tree', { text: DIFF }],
    [
      'other',
      'a stable failure',
      'FAILED: Patch "mm: x" failed to apply to 5.15-stable tree',
      { text: DIFF },
    ],
    ['other', 'a bug report', '[bug report] mm: x', { text: 'Words.' }],
    [
      'other',
      "a fuzzer's report",
      '[syzbot] [mm?] WARNING in x',
      { text: 'Words.', from: { name: 'syzbot', email: 'syzbot+1@syzkaller.appspotmail.com' } },
    ],
    ['other', 'a question', '[RFC] what about x', { text: 'Words.' }],
    ['other', 'a forward', 'Fwd: [PATCH] x', { text: DIFF }],
    ['reply', 'a forward within a thread', 'Fwd: [PATCH] x', { text: DIFF, ...ANSWERS }],
    ['pull', 'a tagged request', '[GIT PULL] mm fixes', { text: PULL }],
    ['pull', 'an untagged request', 'mm fixes for 6.2', { text: PULL }],
    ['pull', 'one of several requests', '[GIT PULL 1/3] mm fixes', { text: PULL }],
    ['reply', 'an answer to a request', 'Re: [GIT PULL] mm fixes', { text: PULL }],
    [
      'patch',
      'a title that speaks of adding to something',
      '[PATCH] mm: stats added to procfs',
      { text: DIFF },
    ],
  ])('%s: %s', (kind, _name, subject, parts) => {
    expect(understand(mail({ subject, ...parts })).kind).toBe(kind);
  });
});
