import { describe, expect, it } from 'vitest';
import type { Mail } from '../../../src/digest/mail/mail.js';
import { understand } from '../../../src/digest/message/understand.js';
import { DIFF, mail } from './mail.js';

const ANSWERS = { inReplyTo: ['0@example.org'], references: ['0@example.org'] };
const LISTING =
  'Jane Doe (2):\n  mm: a\n  mm: b\n\n mm/x.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n';
const PULL =
  'The following changes since commit 0123456789ab:\n\n  Linux 6.1 (2022-12-11)\n\nare available in the Git repository at:\n\n  https://git.example.org/x.git tags/y\n';

const SIGNED = 'Signed-off-by: Jane Doe <jane@example.org>\n';
const HASH = '0123456789'.repeat(4);
const PASTED = `From ${HASH} Mon Sep 17 00:00:00 2001\nFrom: Jane Doe <jane@example.org>\nSubject: [PATCH] mm: y\n`;

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
    [
      'reply',
      'an answer without Re: above a quoted patch',
      '[PATCH 2/2] x',
      {
        text: 'Hi Ada,\n\nIs it needed?\n\n> Signed-off-by: A <a@example.org>\n> ---\n>  x.c | 3 +++\n',
        ...ANSWERS,
      },
    ],
    [
      'patch',
      'a numbered patch without its diff that quotes what was said',
      '[PATCH 2/2] x',
      {
        text: 'As Mai said:\n\n> it is slow\n\nSigned-off-by: A <a@example.org>\n---\n',
        from: { name: 'A', email: 'a@example.org' },
        ...ANSWERS,
      },
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
    [
      'other',
      "FreeBSD's notice of a commit",
      'git: 0123456789ab - main - frob: x',
      {
        text: `The branch main has been updated by ada:\n\nURL: https://example.org/src/?id=0123\n\n${DIFF}`,
      },
    ],
    [
      'other',
      "Mesa's notice of a commit",
      'Mesa (main): frob: x',
      { text: `Module: Mesa\nBranch: main\nCommit: ${'0123456789'.repeat(4)}\n\nAuthor: A\n\n${DIFF}` },
    ],
    [
      'other',
      "OpenWrt's notice of a commit",
      '[openwrt/openwrt] frob: x',
      { text: `ada pushed a commit to openwrt/openwrt.git, branch main:\n\n${DIFF}` },
    ],
    [
      'other',
      "PostgreSQL's notice of a commit",
      'pgsql: Fix x',
      { text: `Fix x.\n\nBranch\n------\nmaster\n\nDetails\n-------\nhttps://example.org/1\n\n${LISTING}` },
    ],
    [
      'other',
      "Subversion's notice of a commit",
      'svn commit: r1 - head',
      { text: `Author: ada\nNew Revision: 1\n\nLog:\n  x\n\n${DIFF}` },
    ],
    [
      'other',
      "Gerrit's notice of a change",
      'Change in frob[main]: x',
      {
        text: `Ada uploaded. ( https://example.org/c/frob/+/1 )\n\nChange subject: x\n......\n\n${DIFF}`,
      },
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
      'pull',
      'a request that carries its diff',
      '[GIT PULL] x86 fixes',
      { text: `Please pull.\n\n${LISTING}\n${DIFF}` },
    ],
    ['pull', 'an untagged request with its diff', 'mm fixes for 6.2', { text: `${PULL}\n${DIFF}` }],
    ['patch', 'an empty commit of a series', '[PATCH 1/2] x', { text: `Nothing.\n\n${SIGNED}`, ...ANSWERS }],
    ['patch', 'a patch too large for the list', '[PATCH] x', { text: `See there.\n\n${SIGNED}---\n` }],
    [
      'reply',
      "a tag that is not the sender's",
      '[PATCH 1/2] x',
      { text: SIGNED.replace(/Jane/g, 'John').replace('jane@', 'john@'), ...ANSWERS },
    ],
    [
      'patch',
      'a new version marked as a reply',
      'Re: [PATCH v2] x',
      { text: `Take the lock.\n\n${SIGNED}---\n${DIFF}`, ...ANSWERS },
    ],
    [
      'patch',
      'a new version with a ChangeLog',
      'Re: [PATCH v2] x',
      { text: `gcc/ChangeLog:\n\n\t* x.cc (f): Fix.\n\n${DIFF}`, ...ANSWERS },
    ],
    [
      'reply',
      'a signed sketch below quotes',
      'Re: [PATCH v2] x',
      { text: `> Why?\n\nSo:\n\n${SIGNED}---\n${DIFF}`, ...ANSWERS },
    ],
    [
      'reply',
      'a sketch that answers a cover',
      'Re: [PATCH 0/2] x',
      { text: `${SIGNED}---\n${DIFF}`, ...ANSWERS },
    ],
    [
      'patch',
      'a patch below scissors',
      'Re: a leak?',
      { text: `> It leaks.\n\nSo:\n\n-- >8 --\nSubject: [PATCH] mm: y\n\n${SIGNED}---\n${DIFF}`, ...ANSWERS },
    ],
    [
      'patch',
      'a version below scissors',
      'Re: [PATCH v2] x',
      { text: `> It leaks.\n\n--- 8< ---\nFix.\n\n${SIGNED}\n${DIFF}`, ...ANSWERS },
    ],
    [
      'patch',
      'a patch pasted whole',
      'Re: [PATCH 2/3] x',
      { text: `> It leaks.\n\nSo:\n\n${PASTED}\n${SIGNED}---\n${DIFF}`, ...ANSWERS },
    ],
    [
      'reply',
      'a preparation below scissors',
      'Re: [PATCH 2/3] x',
      { text: `> Hm.\n\n------>8------\nFirst.\n\n${SIGNED}\n${DIFF}`, ...ANSWERS },
    ],
    [
      'reply',
      'a sketch below scissors',
      'Re: [PATCH] x',
      { text: `Like this?\n\n-- >8 --\n${DIFF}`, ...ANSWERS },
    ],
    [
      'reply',
      'a quoted patch below scissors',
      'Re: [PATCH] x',
      { text: `-- >8 --\n> ${SIGNED}\n${DIFF}`, ...ANSWERS },
    ],
    ['patch', 'what its author has pushed', '[pushed] x', { text: DIFF }],
    [
      'other',
      "Buildroot's commit",
      '[git commit] x',
      { text: `commit: https://git.example.org/1\nbranch: https://git.example.org/2\n\n${DIFF}` },
    ],
    [
      'other',
      "GCC's commit",
      '[gcc r15-1] x',
      {
        text: `https://gcc.example.org/g:0123456789ab\n\ncommit r15-1: ${HASH}\nAuthor: J <j@example.org>\n\n${DIFF}`,
      },
    ],
    [
      'other',
      "GitHub's push",
      '[qemu/qemu] 0123ab: x',
      { text: `  Branch: refs/heads/master\n  Home:   https://github.com/x/y\n  Commit: ${HASH}\n\n${DIFF}` },
    ],
    [
      'other',
      "git's own hook",
      '[oe-core] 01/02: x',
      { text: `This is an automated email from the git hooks/post-receive script.\n\n${DIFF}` },
    ],
    [
      'other',
      'a commit piped into mail',
      '[xen staging] x',
      { text: `commit ${HASH}\nAuthor:     J <j@example.org>\nAuthorDate: Mon Jun 3\n\n${DIFF}` },
    ],
    [
      'patch',
      'a patch that shows a commit first',
      '[PATCH] x',
      { text: `commit ${HASH}\nAuthor:     J <j@example.org>\nAuthorDate: Mon\n\n${DIFF}` },
    ],
    ['other', 'a release with its diff', '[ANNOUNCE] x 1.2', { text: `${LISTING}\n${DIFF}` }],
    ['other', 'a stable release', 'Linux 6.9.1', { text: `${LISTING}\n${DIFF}` }],
    [
      'other',
      "a tree's list of commits",
      'Demo Linux 6.5',
      { text: 'Jane Doe (2):\n      mm: a\n      mm: b\n' },
    ],
    [
      'other',
      'a merge in linux-next',
      'linux-next: manual merge of the a tree with the b tree',
      { text: DIFF },
    ],
    ['other', "a list's digest", 'Demo Digest, Vol 1, Issue 2', { text: DIFF }],
    [
      'other',
      'several mails in one',
      'Bundle',
      { text: '', attachments: [1, 2].map(() => ({ name: null, type: 'message/rfc822', text: DIFF })) },
    ],
    ['other', 'a question that shows a diff', 'mm: is this right?', { text: DIFF }],
    ['other', 'a bug report that shows a diff', '[BUG REPORT] mm: x', { text: DIFF }],
    ['other', "Mozilla's forward", '[Fwd: [PATCH] x]', { text: DIFF }],
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
