import { describe, expect, it } from 'vitest';
import type { Attachment, Mail } from '../../../src/digest/mail/mail.js';
import { readAttachedPatches } from '../../../src/digest/message/attached-patches.js';
import { understand } from '../../../src/digest/message/understand.js';
import { joinFacts } from '../../../src/digest/revision/join-facts.js';
import { DIFF, mail } from './mail.js';

/** A file of `git format-patch`, or a diff alone where there is no subject. */
function file(
  name: string | null,
  subject: string | null = null,
  from = 'Jane Doe <jane@example.org>',
): Attachment {
  const head =
    subject === null
      ? ''
      : `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: ${from}\nSubject: ${subject}\n\nExplain it.\n---\n mm/x.c | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)\n\n`;
  return { name, type: 'text/x-patch', text: head + DIFF };
}
const read = (...files: readonly Attachment[]) => {
  const found = readAttachedPatches(files);
  return (
    found && {
      titles: found.patches.map(({ title }) => title),
      version: found.version,
      formatted: found.formatted,
    }
  );
};

describe('the files of a mail', () => {
  it.each([
    ['v2-0001-mm-count-pages.patch', 2, true],
    ['v12-0003-mm-count-pages.patch.txt', 12, true],
    ['v3.1-0001-mm-count-pages.patch', 3.1, true],
    ['v3_0001_mm_count_pages.patch', 3, true],
    ['v4-mm-count-pages.patch', 4, false],
    ['mm_count_pages_v4.diff', 4, false],
    ['0001-mm-count-pages.patch', null, false],
    ['v9999999999-0001-x.patch', null, false],
  ])('says in its name %s which version it is', (name, version, formatted) => {
    expect(read(file(name, '[PATCH] mm: count pages'))).toEqual({
      titles: ['mm: count pages'],
      version,
      formatted,
    });
  });

  it.each([
    ['a diff alone', file('x.diff')],
    ['a diff without a name', file(null)],
    ['one that PostgreSQL’s builders should leave alone', file('v2-0001-x.nocfbot.patch', '[PATCH v2] x')],
    ['a fixup by its name', file('v2-0002-fixup-x.patch', '[PATCH v2 2/2] x')],
    ['a fixup by its title', file('v2-0002-x.patch', '[PATCH v2 2/2] fixup! x')],
    ['what changed between versions', file('v1-to-v2.diff')],
    ['what changed since', file('x-v2-delta.diff')],
    ['an interface with a version', file('cgroup-v2.diff')],
    ['a protocol with a version', file('nfs-v4.patch')],
    ['a log', { name: 'v2-0001-x.txt', type: 'text/plain', text: 'ok 1\n' }],
    ['an attached mail', { ...file('v2-0001-x.patch', '[PATCH v2] x'), type: 'message/rfc822' }],
  ])('are no posting: %s', (_, one) => {
    expect(read(one)).toBeNull();
  });

  it('are read in the order of their numbers, each number once, the highest version alone', () => {
    const files = [
      file('v2-0002-b.patch', '[PATCH v2 2/2] mm: b'),
      file('v1-0003-old.patch', '[PATCH 3/3] mm: old'),
      file('v2-0001-a.patch', '[PATCH v2 1/2] mm: a'),
      file('v2-0001-a-for-stable.patch', '[PATCH stable v2 1/2] mm: a'),
      file('reproduce.diff'),
    ];
    expect(read(...files)).toEqual({ titles: ['mm: a', 'mm: b'], version: 2, formatted: true });
  });

  it('take their titles from their names if they have no headers', () => {
    expect(read(file('0001-mm-count-pages.patch'), file('0002-mm-free-them.patch'))).toMatchObject({
      titles: ['mm count pages', 'mm free them'],
      version: null,
    });
  });

  it('are no more than are kept of one mail', () => {
    const files = Array.from({ length: 400 }, (_, at) => file(`${String(at).padStart(4, '0')}-x.patch`));
    expect(read(...files)?.titles).toHaveLength(50);
  });
});

describe('a mail with patches as files', () => {
  const answer = (subject: string, files: readonly Attachment[], parts: Partial<Mail> = {}) =>
    understand(
      mail({
        subject,
        text: '> Why?\n\nSee there.\n',
        attachments: files,
        inReplyTo: ['1@example.org'],
        ...parts,
      }),
    );

  it.each([
    ['v2 of a thread without tags', 'Re: Count the pages', [file('v2-0001-mm-count-pages.patch')], 2, null],
    ['v3 of what is v2', 'Re: [PATCH v2] mm: x', [file('v3-0001-mm-x.patch')], 3, null],
    ['v4 of one patch of several', 'Re: [PATCH v3 2/5] mm: x', [file('v4-0002-mm-x.patch')], 4, 2],
    [
      'one patch, below the letter',
      'Re: [PATCH v3 0/5] mm',
      [file('v4-0002-x.patch', '[PATCH v4 2/5] mm: x')],
      4,
      2,
    ],
    [
      'a version in the header alone',
      'Re: [PATCH] mm: x',
      [file('0001-mm-x.patch', '[PATCH v2] mm: x')],
      2,
      null,
    ],
    [
      'the sender’s commit under the same title',
      'Re: [PATCH] mm: x',
      [file('0001-mm-x.patch', '[PATCH] mm: x')],
      1,
      null,
    ],
    ['several', 'Re: [PATCH 1/2] mm: x', [file('v2-0001-x.patch'), file('v2-0002-y.patch')], 2, null],
  ])('may post in a reply: %s', (_, subject, files, version, index) => {
    const message = answer(subject, files);
    expect([message.kind, message.inAnswer, message.subject.version, message.subject.index]).toEqual([
      'patch',
      true,
      version,
      index,
    ]);
    expect(joinFacts(message).files?.patches).toHaveLength(files.length);
  });

  it.each([
    ['a diff alone', 'Re: [PATCH] mm: x', [file('x.diff')]],
    [
      'a commit with another title',
      'Re: [PATCH] mm: x',
      [file('0001-y.patch', '[PATCH] mm: wake the reader')],
    ],
    [
      'a commit by someone else',
      'Re: [PATCH] mm: x',
      [file('0001-x.patch', '[PATCH] mm: x', 'Bo Lind <bo@example.org>')],
    ],
    [
      'commits without a version',
      'Re: [PATCH] mm: x',
      [file('0001-x.patch', '[PATCH 1/2] mm: x'), file('0002-y.patch', '[PATCH 2/2] mm: y')],
    ],
    ['a commit in a thread that posts none', 'Re: Crash in mm: x', [file('0001-x.patch', '[PATCH] mm: x')]],
    ['one patch below a letter that does not say which', 'Re: [PATCH v2 0/5] mm', [file('v3-0002-x.patch')]],
    ['an older version, sent along', 'Re: [PATCH v2] mm: x', [file('v1-0001-mm-x.patch')]],
    ['what is passed on', 'Fwd: Re: [PATCH] mm: x', [file('v2-0001-mm-x.patch')]],
    ['what answers a request to pull', 'Re: [GIT PULL] mm', [file('v2-0001-mm-x.patch')]],
  ])('post nothing in a reply: %s', (_, subject, files) => {
    expect(answer(subject, files).kind).toBe('reply');
  });

  it('are described by the commit, not by what is said above it', () => {
    const { letter, trailers } = answer(
      'Re: [PATCH] mm: x',
      [file('v2-0001-mm-x.patch', '[PATCH v2] mm: x')],
      {
        text: '> Why?\n\nBecause.\n\nReviewed-by: Jane Doe <jane@example.org>\n',
      },
    );
    expect(letter?.intro).toBe('Explain it.');
    expect(trailers).toHaveLength(1);
  });

  it('count the lines of all files, and not those of the first alone', () => {
    const files = [file('0001-a.patch', '[PATCH 1/2] mm: a'), file('0002-b.patch', '[PATCH 2/2] mm: b')];
    for (const text of ['See there.\n', '']) {
      const message = understand(mail({ subject: '[PATCH] mm: count', text, attachments: files }));
      expect(message).toMatchObject({
        kind: 'patch',
        diff: { insertions: 4, deletions: 2 },
        letter: { diffstat: null },
      });
    }
  });

  it.each<[string, string, string, readonly (number | null)[]]>([
    ['are above the files', 'Thanks.\n\nChanges in v2:\n- take the lock\n', 'v2-0001-mm-x.patch', [2]],
    ['are given for each version', 'v2:\n- take the lock\n\nv1:\n- first\n', 'v2-0001-mm-x.patch', [2, 1]],
    ['are quoted', '> Changes in v2:\n> - take the lock\n\nSee v3.\n', 'v3-0001-mm-x.patch', []],
    ['are those of an older version', 'Changes in v2:\n- take the lock\n', 'v3-0001-mm-x.patch', []],
    ['are in a sentence', 'v2 takes the lock, and has tests.\n', 'v2-0001-mm-x.patch', []],
  ])('changes that %s', (_, text, name, versions) => {
    const { letter } = answer('Re: [PATCH] mm: x', [file(name)], { text });
    expect(letter?.changelog.map(({ version }) => version)).toEqual(versions);
  });

  it('bear the tags of their commits, each its own, which a proposal gives to no one', () => {
    const withTag = (name: string, subject: string, tag: string): Attachment => {
      const { text, ...rest } = file(name, subject);
      return { ...rest, text: text.replace('Explain it.\n', `Explain it.\n\n${tag}\n`) };
    };
    const files = [
      withTag('v2-0001-a.patch', '[PATCH v2 1/2] mm: a', 'Reviewed-by: Bo <bo@example.org>'),
      withTag('v2-0002-b.patch', '[PATCH v2 2/2] mm: b', 'Signed-off-by: Jane Doe <jane@example.org>'),
    ];
    const several = joinFacts(answer('Re: [PATCH] mm: a', files));
    expect(several.trailers).toEqual([]);
    expect(several.files?.patches.map(({ trailers }) => trailers?.map(({ kind }) => kind))).toEqual([
      ['Reviewed-by'],
      undefined,
    ]);
    const single = understand(
      mail({ subject: '[PATCH] mm: a', text: 'See there.\n', attachments: [files[0] as Attachment] }),
    );
    expect(single.trailers.map(({ kind }) => kind)).toEqual(['Reviewed-by']);
  });

  it('leave a cover letter one, and a program’s mail a reply', () => {
    const files = [file('v2-0001-mm-x.patch')];
    expect(understand(mail({ subject: '[PATCH 0/2] mm', attachments: files }))).toMatchObject({
      kind: 'cover',
      files: null,
    });
    expect(
      answer('Re: [PATCH] mm: x', files, {
        from: { name: 'syzbot', email: 'syzbot@syzkaller.appspotmail.com' },
      }).kind,
    ).toBe('reply');
  });
});
