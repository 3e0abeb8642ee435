import { describe, expect, it } from 'vitest';
import { claimsOf } from '../claims/mail.js';

const bot = (name: string, email: string) => ({ name, email });

describe('patchwork-bot', () => {
  const from = bot('', 'patchwork-bot+frob@kernel.org');

  it('names tree, branch, who applied it and every patch, matched or not', () => {
    const text = `Hello:

This series was applied to frob/frob-next.git (main)
by Mai Ntainer <mai@example.org>:

On Tue, 12 Nov 2024 18:43:21 +0000 you wrote:
> This was applied to nothing.
>
> [...]

Here is the summary with links:
  - [frob-next,v2,1/3] frob: add wings
    https://git.kernel.org/frob/frob-next/c/13d8e05adf9d
  - [frob-next,v2,2/3] frob: flap
    (no matching commit)
  - [PATCHv2,03/03] frob: land
    https://git.kernel.org/frob/frob-next/c/59b8b32ac8d4

You are awesome, thank you!
-- 
Deet-doot-dot, I am a bot.
https://korg.docs.kernel.org/patchwork/pwbot.html
`;
    expect(claimsOf(text, { from })).toEqual([
      {
        says: 'applied',
        source: 'patchwork-bot',
        by: { name: 'Mai Ntainer', email: 'mai@example.org' },
        tree: 'frob/frob-next',
        branch: 'main',
        patches: [
          { index: 1, title: 'frob: add wings', commit: '13d8e05adf9d' },
          { index: 2, title: 'frob: flap', commit: null },
          { index: 3, title: 'frob: land', commit: '59b8b32ac8d4' },
        ],
        whole: false,
        confidence: 1,
        quote: 'This series was applied to frob/frob-next.git (main)',
      },
    ]);
  });

  it('reads the old form, which names nobody', () => {
    const text =
      'Hello:\n\nThis patch was applied to frob/frob.git (refs/heads/master):\n\nHere is the summary with links:\n  - frob: add wings\n    https://git.kernel.org/frob/frob/c/13d8e05adf9d\n';
    expect(claimsOf(text, { from })).toMatchObject([
      { tree: 'frob/frob', branch: 'master', by: from, patches: [{ index: null, title: 'frob: add wings' }] },
    ]);
  });

  it('is merged where the tree is that of Linus', () => {
    const text =
      'This pull request was applied to torvalds/linux.git (master)\nby Linus <linus@example.org>:\n';
    expect(claimsOf(text, { from })).toMatchObject([{ says: 'merged', whole: true }]);
  });

  it('is not believed from another address', () => {
    const text = 'Hello:\n\nThis series was applied to frob/frob.git (main)\nby X <x@example.org>:\n';
    expect(claimsOf(text).filter((claim) => claim.source === 'patchwork-bot')).toEqual([]);
  });
});

describe('b4 ty', () => {
  const quoted =
    'On Tue, 07 May 2024 10:00:01 -0700, Jane Doe wrote:\n> Teach frob to fly.\n> Applied, thanks!\n\n';

  it.each([
    ['Applied, thanks!', null, null],
    ['Applied to for-next, thanks!', null, 'for-next'],
    ['Merged, thanks!', null, null],
    [
      'Applied to\n\n   https://git.kernel.org/pub/scm/linux/kernel/git/frob/sound.git for-next\n\nThanks!',
      'frob/sound',
      'for-next',
    ],
    [
      'Applied to the frob.misc branch of the frob/frob.git tree.\nPatches should appear in linux-next soon.\n\ntree:   https://git.kernel.org/pub/scm/linux/kernel/git/frob/frob.git\nbranch: frob.misc',
      'frob/frob',
      'frob.misc',
    ],
  ])('reads the template %j', (sentence, tree, branch) => {
    const list =
      '\n\n[1/2] frob: add wings\n      commit: 8a565304927fbd28c9f028c492b5c1714002cbab\n[2/2] frob: flap\n      (no commit info)\n\nBest regards,\n-- \nMai\n';
    expect(claimsOf(quoted + sentence + list)).toMatchObject([
      {
        says: 'applied',
        source: 'b4-ty',
        tree,
        branch,
        patches: [
          { index: 1, title: 'frob: add wings', commit: '8a565304927fbd28c9f028c492b5c1714002cbab' },
          { index: 2, title: 'frob: flap', commit: null },
        ],
      },
    ]);
  });

  it('lists what was taken of a subset, by number', () => {
    const text =
      'Applied, thanks!\n\n[02/12] frob: add wings\n        commit: 8a565304927f\n[11/12] frob: a title that is so long that\n        it wraps\n        https://git.kernel.org/frob/frob/c/8a5653049270\n';
    const [claim] = claimsOf(text);
    expect(claim?.patches).toEqual([
      { index: 2, title: 'frob: add wings', commit: '8a565304927f' },
      { index: 11, title: 'frob: a title that is so long that it wraps', commit: '8a5653049270' },
    ]);
  });

  it('is no notice where somebody quotes one', () => {
    expect(
      claimsOf(
        '> Applied, thanks!\n>\n> [1/1] frob: add wings\n>       commit: 8a565304927f\n\nThis breaks my box.',
      ),
    ).toEqual([]);
  });
});

describe('tip-bot2 and irqchip-bot', () => {
  it.each([
    [
      '[tip: x86/urgent] x86/frob: Add wings',
      'The following commit has been merged into the x86/urgent branch of tip:',
      'tip',
      'x86/urgent',
    ],
    [
      '[irqchip: irq/irqchip-next] x86/frob: Add wings',
      'The following commit has been merged into the irq/irqchip-next branch of irqchip:',
      'irqchip',
      'irq/irqchip-next',
    ],
    ['[tip:sched/core] x86/frob: Add wings', '', 'tip', 'sched/core'],
  ])('%j names the branch and the commit', (subject, sentence, tree, branch) => {
    const text = `${sentence}\n\nCommit-ID:     8a565304927fbd28c9f028c492b5c1714002cbab\nGitweb:        https://git.kernel.org/tip/8a565304927f\nAuthor:        Jane Doe <jane@example.org>\nAuthorDate:    Tue, 07 May 2024 10:00:01 \nCommitter:     Mai Ntainer <mai@example.org>\n\nx86/frob: Add wings\n`;
    expect(
      claimsOf(text, { subject, from: bot('tip-bot2 for Jane Doe', 'tip-bot2@linutronix.de') }),
    ).toMatchObject([
      {
        says: 'applied',
        source: 'tip-bot',
        tree,
        branch,
        by: { name: 'Mai Ntainer', email: 'mai@example.org' },
        patches: [{ title: 'x86/frob: Add wings', author: { name: 'Jane Doe', email: 'jane@example.org' } }],
      },
    ]);
  });
});

describe('-mm', () => {
  const body = (reason: string) => `The patch titled
     Subject: mm/frob: teach it to fly without
     a wrapped title
${reason}

------------------------------------------------------
From: Jane Doe <jane@example.org>
Subject: mm/frob: teach it to fly without a wrapped title
`;

  it.each([
    ['+ mm-frob-fly.patch added to mm-unstable branch', 'applied', 'mm-unstable'],
    ['+ mm-frob-fly.patch added to -mm tree', 'applied', null],
    ['[merged mm-stable] mm-frob-fly.patch removed from -mm tree', 'applied', 'mm-stable'],
    ['[merged] mm-frob-fly.patch removed from -mm tree', 'merged', null],
    ['[folded-merged] mm-frob-fly.patch removed from -mm tree', 'applied', null],
    ['[nacked] mm-frob-fly.patch removed from -mm tree', 'rejected', null],
    ['[withdrawn] mm-frob-fly.patch removed from -mm tree', 'rejected', null],
    ['[to-be-updated] mm-frob-fly.patch removed from -mm tree', 'changes-requested', null],
    ['[obsolete] mm-frob-fly.patch removed from -mm tree', 'superseded', null],
  ])('%j is %s', (subject, says, branch) => {
    const rest = { subject, from: bot('Andrew Morton', 'akpm@linux-foundation.org') };
    expect(claimsOf(body('has been added to the -mm tree.'), rest)).toMatchObject([
      {
        says,
        source: 'mm',
        branch,
        patches: [
          {
            title: 'mm/frob: teach it to fly without a wrapped title',
            author: { name: 'Jane Doe', email: 'jane@example.org' },
          },
        ],
      },
    ]);
  });
});

it('reads -mm notices of 2008, whose reason is in words', () => {
  const text = `The patch titled
     mm/frob: second chance for flying
has been removed from the -mm tree.  Its filename was
     mm-frob-fly.patch

This patch was dropped because an updated version will be merged

------------------------------------------------------
Subject: mm/frob: second chance for flying
From: Jane Doe <jane@example.org>

Link: http://lkml.kernel.org/r/posted-1@example.org
`;
  const subject = '- mm-frob-fly.patch removed from -mm tree';
  expect(claimsOf(text, { subject, from: bot('', 'akpm@linux-foundation.org') })).toMatchObject([
    {
      says: 'changes-requested',
      patches: [
        {
          title: 'mm/frob: second chance for flying',
          author: { name: 'Jane Doe', email: 'jane@example.org' },
          messageId: 'posted-1@example.org',
        },
      ],
    },
  ]);
});

describe('stable', () => {
  it.each([
    ['Patch "frob: add wings" has been added to the 6.1-stable tree', 'frob: add wings', '6.1-stable'],
    [
      '[frob-list] Patch "frob: say "hello"\n twice" has been added to the 5.15-stable tree',
      'frob: say "hello" twice',
      '5.15-stable',
    ],
  ])('%j', (subject, title, branch) => {
    const text = 'This is a note to let you know…\n\nFrom: Jane Doe <jane@example.org>\n';
    expect(claimsOf(text, { subject, inReplyTo: [], references: [] })).toMatchObject([
      { says: 'applied', source: 'stable', tree: 'stable', branch, patches: [{ title }] },
    ]);
  });

  it('is no claim where the patch failed to apply', () => {
    const subject = 'FAILED: patch "[PATCH] frob: add wings" failed to apply to 6.1-stable tree';
    expect(claimsOf('The patch below does not apply to the 6.1-stable tree.', { subject })).toEqual([]);
  });
});

describe('pr-tracker-bot', () => {
  it('says that a pull request is merged', () => {
    const text =
      'The pull request you sent on Sat, 11 May 2024 08:02:55 -0600:\n\n> git://git.example.org/linux.git tags/for-6.10\n\nhas been merged into torvalds/linux.git:\nhttps://git.kernel.org/torvalds/c/9961a7859446\n\nThank you!\n';
    const rest = { subject: 'Re: [GIT PULL] frob for 6.10', from: bot('', 'pr-tracker-bot@kernel.org') };
    expect(claimsOf(text, rest)).toMatchObject([
      { says: 'merged', source: 'pr-tracker', tree: 'torvalds/linux', whole: true },
    ]);
  });
});

describe('notices of pushed commits', () => {
  const to = { inReplyTo: [], references: [] };
  const log = (title: string, author = 'Ada Quill <ada@example.org>') =>
    `commit 0123456789abcdef0123456789abcdef01234567\nAuthor: ${author}\nDate:   Mon Mar 2 09:00:00 2026 +0000\n\n    ${title}\n    \n    Why.\n`;
  const github = (branch: string, ...commits: readonly string[]) =>
    [`  Branch: refs/heads/${branch}`, '  Home:   https://github.com/frob/frob', ...commits].join('\n');
  const commit = (sha: string, title: string) =>
    `  Commit: ${sha}\n      https://github.com/frob/frob/commit/${sha}\n  Author: Ada Quill <ada@example.org>\n  Date:   2026-03-02 (Mon, 02 Mar 2026)\n\n  Changed paths:\n    M src/frob.c\n\n  Log Message:\n  -----------\n  ${title}\n\nWhy.\n\n`;
  const notice = (subject: string, text: string, from = bot('Mai', 'mai@example.org')) =>
    claimsOf(text, { ...to, subject, from }).map(({ says, source, tree, branch, patches }) => ({
      says,
      source,
      where: `${tree} ${branch}`,
      title: patches[0]?.title,
      author: patches[0]?.author?.email,
    }));
  const row = (where: string, title = 'frob: add wings') => ({
    says: 'applied',
    source: 'commit',
    where,
    title,
    author: 'ada@example.org',
  });

  it('of GitHub names each commit of a push', () => {
    const text = github(
      'master',
      commit('0123456789ab', 'frob: add wings'),
      commit('0123456789ac', 'frob: flap'),
    );
    expect(notice('[frob/frob] 012345: frob: add wings', text)).toEqual([
      row('frob/frob master'),
      row('frob/frob master', 'frob: flap'),
    ]);
  });

  it.each([
    ['of a hook is from who pushed', bot('Mai', 'mai@example.org'), 'Mai'],
    ['of GitHub is from the author of the newest commit', bot('Ada', 'noreply@github.com'), ''],
  ])('%s', (_, from, name) => {
    const text = github('master', commit('0123456789ab', 'frob: add wings'));
    expect(claimsOf(text, { ...to, subject: '[frob/frob] 012345: frob: add wings', from })[0]?.by.name).toBe(
      name,
    );
  });

  it.each<[string, string, string, string]>([
    [
      "Buildroot's",
      '[git commit branch/2024.02.x] frob: add wings',
      'commit: https://git.example.org/buildroot/commit/?id=0123456789ab\nbranch: https://git.example.org/buildroot/commit/?id=refs/heads/2024.02.x\n\nWhy.\n\nSigned-off-by: Ada Quill <ada@example.org>\nSigned-off-by: Mai <mai@example.org>\n---\n',
      'buildroot 2024.02.x',
    ],
    [
      "OpenEmbedded's",
      '[OE-core] branch kirkstone updated: frob: add wings',
      `This is an automated email from the git hooks/post-receive script.\n\nMai pushed a commit to branch kirkstone\nin repository openembedded-core.\n\n${log('frob: add wings')}`,
      'openembedded-core kirkstone',
    ],
    [
      "GCC's",
      '[gcc r15-1234] frob: add wings',
      `https://gcc.example.org/g:0123456789ab\n\n${log('frob: add wings')}`,
      'gcc master',
    ],
    [
      "GCC's of a release",
      '[gcc/releases/gcc-14] frob: add wings',
      `https://gcc.example.org/g:0123456789ab\n\n${log('frob: add wings')}`,
      'gcc releases/gcc-14',
    ],
    ["Xen's", '[xen staging] frob: add wings', log('frob: add wings'), 'xen staging'],
    [
      "FFmpeg's",
      '[FFmpeg-cvslog] frob: add wings',
      'ffmpeg | branch: master | Ada Quill <ada@example.org> | Mon Mar  2 09:00:00 2026 +0000| [0123456789ab] | committer: Mai\n\nfrob: add wings\n\n> http://git.example.org/gitweb/ffmpeg.git/?a=commit;h=0123456789ab\n---\n',
      'ffmpeg master',
    ],
    [
      "Gerrit's",
      'Change in frob/frob[master]: frob: add wings',
      'Mai has submitted this change. ( https://gerrit.example.org/c/frob/frob/+/1 )\n\nChange subject: frob: add wings\n\nGerrit-Project: frob/frob\nGerrit-Branch: master\nGerrit-Owner: Ada Quill <ada@example.org>\nGerrit-MessageType: merged\n',
      'frob/frob master',
    ],
  ])('%s is read', (_, subject, text, where) => {
    expect(notice(subject, text)).toEqual([row(where)]);
  });

  it("is merged where it is Linus's tree", () => {
    const head =
      'Gitweb:     https://git.kernel.org/torvalds/c/0123456789ab\nCommit:     0123456789ab\nParent:     0123456789ac\nRefname:    refs/heads/master\nAuthor:     Ada Quill <ada@example.org>\nAuthorDate: Mon Mar 2 09:00:00 2026 +0000\nCommitter:  Mai <mai@example.org>\n\n    frob: add wings\n';
    expect(notice('frob: add wings', head)).toEqual([{ ...row('torvalds/linux master'), says: 'merged' }]);
  });

  it.each<[string, string, string]>([
    [
      'a branch of a CI system',
      '[frob/frob] 012345: x',
      github('957841', commit('0123456789ab', 'frob: add wings')),
    ],
    [
      "somebody's branch",
      '[gcc(refs/users/ada/heads/work)] x',
      `https://gcc.example.org/g:0123456789ab\n\n${log('x')}`,
    ],
    ['a push that lists no commit', '[frob/frob] 012345: x', github('master')],
    [
      'a comment in Gerrit',
      'Change in frob[master]: x',
      'Gerrit-Project: frob\nGerrit-Branch: master\nGerrit-Owner: A <a@example.org>\nGerrit-MessageType: comment\n',
    ],
    [
      'a reply to one',
      'Re: [frob/frob] 012345: x',
      github('master', commit('0123456789ab', 'frob: add wings')),
    ],
  ])('is no notice: %s', (_, subject, text) => {
    expect(notice(subject, text).filter(({ source }) => source === 'commit')).toEqual([]);
  });

  it('is read for a hundred commits at most', () => {
    const many = Array.from({ length: 300 }, (_, at) => commit('0123456789ab', `frob: part ${at}`));
    expect(notice('[frob/frob] 012345: x', github('master', ...many))).toHaveLength(100);
  });
});
