import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsedMessageSchema } from '../../../src/digest/contract/parsed-message.js';
import { toParsedMessage } from '../../../src/digest/contract/to-parsed-message.js';
import type { Mail } from '../../../src/digest/mail/mail.js';
import type { Message } from '../../../src/digest/message/message.js';
import { understand } from '../../../src/digest/message/understand.js';
import { joinFacts } from '../../../src/digest/revision/join-facts.js';
import { finishes } from '../../lib/hang-guard.js';
import { hostileLines } from './hostile-lines.js';
import { DIFF, mail } from './mail.js';

const PATCH = `From: John Roe <john@example.org>

The x is wrong.

Fixes: 0123456789ab ("mm: add x")
Signed-off-by: John Roe <john@example.org>
---
v2: - better x

 mm/x.c | 3 ++-
 1 file changed, 2 insertions(+), 1 deletion(-)

${DIFF}`;

describe('understanding a patch', () => {
  const message = understand(
    mail({
      subject: '[PATCH v2 1/2] mm: fix x',
      text: PATCH,
      to: [{ name: '', email: 'A@Example.org' }],
      cc: [{ name: 'A', email: 'a@example.org' }],
    }),
  );

  it('finds author, sender, trailers, diff and letter', () => {
    expect(message).toMatchObject({
      kind: 'patch',
      author: { name: 'John Roe', email: 'john@example.org' },
      senderEmail: 'jane@example.org',
      recipients: ['a@example.org'],
      diff: { insertions: 2, deletions: 1 },
      letter: { diffstat: { files: 1 } },
    });
    expect(message.trailers.map((trailer) => trailer.kind)).toEqual(['Fixes', 'Signed-off-by']);
    expect(message.letter?.intro).toBe('The x is wrong.');
  });

  it('gives the facts that joining needs', () => {
    expect(joinFacts(message)).toMatchObject({
      title: 'mm: fix x',
      version: 2,
      index: 1,
      total: 2,
      hasDiff: true,
      patchId: message.diff?.patchId,
      bodyVersion: null,
    });
  });

  it('has the public shape', () => {
    const parsed = toParsedMessage(message);
    expect(parsedMessageSchema.parse(parsed)).toEqual(parsed);
    expect(parsed).toMatchObject({
      subject: '[PATCH v2 1/2] mm: fix x',
      title: 'mm: fix x',
      diffstat: { files: 1, insertions: 2, deletions: 1, paths: ['mm/x.c'] },
    });
  });
});

describe('understanding a mail', () => {
  it('counts a patch without diffstat from its diff', () => {
    expect(toParsedMessage(understand(mail({ text: `x\n---\n${DIFF}` }))).diffstat).toEqual({
      files: 1,
      insertions: 2,
      deletions: 1,
      paths: ['mm/x.c'],
    });
  });

  it('says nothing of a diff in a reply', () => {
    const message = understand(mail({ subject: 'Re: [PATCH] x', text: `Try:\n\n${DIFF}` }));
    expect(message).toMatchObject({ kind: 'reply', diff: null, letter: null });
    expect(toParsedMessage(message).diffstat).toBeNull();
  });

  it('takes the author from the text of posts alone', () => {
    const text = 'From: John Roe <john@example.org>\n\nReviewed-by: Jane Doe <jane@example.org>';
    expect(understand(mail({ subject: 'Re: [PATCH] x', text })).author.email).toBe('jane@example.org');
    expect(understand(mail({ subject: '[PATCH 0/2] x', text })).author.email).toBe('john@example.org');
  });

  it('reads the letter of an attached mail where the body is empty', () => {
    const text = `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: J <j@example.org>\nSubject: [PATCH] x\n\nThe letter.\n---\n${DIFF}`;
    const message = understand(
      mail({ text: '', attachments: [{ name: '0001-x.patch', type: 'text/x-patch', text }] }),
    );
    expect(message).toMatchObject({ kind: 'patch', letter: { intro: 'The letter.' } });
  });

  it('has an id where the mail has none', () => {
    const message = understand(mail({ messageId: null }));
    expect(message.id).toBe(`sha256:${'ab'.repeat(32)}`);
    expect(toParsedMessage(message)).toMatchObject({ messageId: null });
  });

  it('needs none of the headers that mail should have', () => {
    const bare = { messageId: null, subject: null, from: null, date: null, received: null };
    const message = understand(mail({ ...bare, text: DIFF }));
    expect(message).toMatchObject({ kind: 'patch', author: { name: '', email: '' }, subject: { title: '' } });
    expect(parsedMessageSchema.safeParse(toParsedMessage(message)).success).toBe(true);
  });

  it.each([
    [['p@x'], ['c@x'], ['c@x']],
    [['p@x', 'q@x'], [], ['q@x']],
    [
      ['p@x', 'c@x', 'q@x'],
      ['c@x', 'p@x'],
      ['c@x', 'p@x', 'q@x'],
    ],
  ])('keeps what several In-Reply-To name (M3): %j, %j', (inReplyTo, references, expected) => {
    const facts = joinFacts(understand(mail({ subject: 'Re: x', inReplyTo, references })));
    expect([facts.inReplyTo, facts.references]).toEqual(['p@x', expected]);
  });

  it('takes the change-id of the header where the text has none', () => {
    const headers = { 'x-change-id': '20240101-x-0123456789ab' };
    expect(joinFacts(understand(mail({ subject: '[PATCH 0/1] x', headers }))).changeId).toBe(
      '20240101-x-0123456789ab',
    );
    const text =
      'x\n\n---\nbase-commit: 0123456789012345678901234567890123456789\nchange-id: 20230101-y-0123456789ab\n';
    expect(joinFacts(understand(mail({ subject: '[PATCH 0/1] x', headers, text }))).changeId).toBe(
      '20230101-y-0123456789ab',
    );
  });

  it('names a version that the text alone speaks of', () => {
    const message = understand(mail({ subject: '[PATCH 0/2] x', text: 'The x.\n\nv2: - better x\n' }));
    expect(message.problems.map((problem) => problem.code)).toContain('version-in-body');
    expect(toParsedMessage(message)).toMatchObject({ version: 1, versionInferred: true });
    expect(joinFacts(message).bodyVersion).toBe(2);
  });

  it.each([
    ['syzbot+0123@syzkaller.appspotmail.com', 'syzbot', {}],
    ['patchwork-bot+netdevbpf@kernel.org', '', {}],
    ['tip-bot2@linutronix.de', 'tip-bot2 for Jane Doe', {}],
    ['pr-tracker-bot@kernel.org', '', {}],
    ['lkp@intel.com', 'kernel test robot', {}],
    ['x@example.org', 'X', { 'auto-submitted': 'auto-generated' }],
  ])('knows a bot: %s', (email, name, headers) => {
    expect(understand(mail({ from: { email, name }, headers })).bot).not.toBeNull();
  });

  it.each([
    ['jane@example.org', 'Jane Doe', {}],
    ['abbott@example.org', 'Laura Abbott', {}],
    ['x@example.org', 'X', { 'auto-submitted': 'no' }],
  ])('knows a person: %s', (email, name, headers) => {
    expect(understand(mail({ from: { email, name }, headers })).bot).toBeNull();
  });
});

describe('any mail', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '[PATCH 0/2] ',
          'Re: ',
          'v2: ',
          '\n',
          DIFF,
          PATCH,
          'From: a <b@c>\n',
          ' a | 2 +-\n',
          ' 1 file changed\n',
          'J (1):\n  x\n',
          '---\n',
          '> ',
          'change-id: x\n',
          'NAK\n',
          'x ',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );
  const person = fc.record({
    name: text,
    email: fc.oneof(fc.constantFrom('', 'a@b.c', 'devnull+a.b.c@kernel.org', 'l@vger.kernel.org'), text),
  });
  const ids = fc.array(fc.constantFrom('1@a', '2@a'), { maxLength: 3 });
  const anyMail: fc.Arbitrary<Mail> = fc.record({
    messageId: fc.option(fc.constantFrom('1@a', '2@a')),
    contentHash: fc.constant('00'),
    subject: fc.option(text),
    from: fc.option(person),
    sender: fc.option(person),
    replyTo: fc.array(person, { maxLength: 2 }),
    to: fc.array(person, { maxLength: 2 }),
    cc: fc.array(person, { maxLength: 2 }),
    date: fc.constantFrom(null, '2024-01-01T00:00:00Z'),
    received: fc.constantFrom(null, '2024-01-01T00:00:00Z'),
    lists: fc.constantFrom([], ['l@vger.kernel.org']),
    inReplyTo: ids,
    references: ids,
    headers: fc.dictionary(fc.constantFrom('x-change-id', 'x-original-from', 'auto-submitted'), text),
    text,
    attachments: fc.array(fc.record({ name: fc.option(text), type: fc.constant('text/x-patch'), text }), {
      maxLength: 2,
    }),
    size: fc.nat(),
    problems: fc.constant([]),
  });

  it('is understood without failing, and has the public shape', () => {
    fc.assert(
      fc.property(anyMail, (each) => {
        const message = understand(each);
        expect(parsedMessageSchema.safeParse(toParsedMessage(message)).success).toBe(true);
        expect(message.letter !== null).toBe(['cover', 'patch', 'pull'].includes(message.kind));
        if (message.diff !== null) expect(message.kind).toBe('patch');
        expect(JSON.stringify(joinFacts(message)).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it.each(hostileLines.map((line) => ({ of: line.slice(0, 12), line })))(
    'is understood where it is made of $of',
    ({ line }) => {
      const read = (subject: string, text: string) =>
        finishes(() => understand(mail({ subject, text, from: { name: line, email: line } })));
      expect(read(line, line).id).not.toBe('');
      expect(read('[PATCH 0/2] x', `x\n${line}`).kind).toBe('cover');
    },
  );
});

describe('the subject and author of a patch', () => {
  it.each<[string, string, string, Partial<Message['subject']>, string]>([
    [
      'the text wins over a subject that says nothing',
      'patch for you',
      'From: J Roe <roe@example.org>\nSubject: [PATCH v2] mm: y\n\n',
      { title: 'mm: y', version: 2 },
      'roe@example.org',
    ],
    [
      'in either order',
      '[PATCH 1/2] x',
      'Subject: mm: y\nFrom: J Roe <roe@example.org>\n\n',
      { title: 'mm: y', index: 1 },
      'roe@example.org',
    ],
    [
      'the tags of the mail stay',
      '[PATCH v3 1/2] short',
      'Subject: [PATCH] mm: long\n\n',
      { title: 'mm: long', version: 3, index: 1 },
      'jane@example.org',
    ],
    [
      'a line that a mailer broke is not the whole title',
      '[PATCH] mm: a long title',
      'Subject: [PATCH] mm: a long\ntitle\n\n',
      { title: 'mm: a long title' },
      'jane@example.org',
    ],
    [
      'a folded title',
      'x',
      'Subject: [PATCH] mm: a long\n title\n\n',
      { title: 'mm: a long title' },
      'jane@example.org',
    ],
    [
      'a sentence is no header',
      '[PATCH] x',
      'Subject: to change without notice\nas ever.\n\n',
      { title: 'x' },
      'jane@example.org',
    ],
    [
      'Mercurial',
      '[PATCH 1 of 2] x',
      '# HG changeset patch\n# User J Roe <roe@example.org>\n# Date 1717400000 0\n#      Mon Jun 03\n# Node ID 01\nx\n\nWhy.\n\n',
      { title: 'x' },
      'roe@example.org',
    ],
  ])('%s', (_name, subject, text, expected, email) => {
    const message = understand(mail({ subject, text: text + DIFF }));
    expect(message).toMatchObject({ kind: 'patch', subject: expected, author: { email } });
  });

  it('is its own where a patch is cut out of a discussion', () => {
    const text = `> It leaks.\n\n-- >8 --\nSubject: [PATCH] mm: y\n\nFix.\n\n${DIFF}`;
    const message = understand(mail({ subject: 'Re: [PATCH v7 3/9] x', text, inReplyTo: ['a@b'] }));
    expect(message).toMatchObject({ kind: 'patch', inAnswer: false, letter: { intro: 'Fix.' } });
    expect(message.subject).toMatchObject({
      title: 'mm: y',
      version: 1,
      index: null,
      raw: 'Re: [PATCH v7 3/9] x',
    });
  });

  it('leaves out the title that Mercurial repeats', () => {
    const text = `# HG changeset patch\n# User J <j@example.org>\nx\n\nWhy.\n\n${DIFF}`;
    expect(understand(mail({ subject: '[PATCH] x', text })).letter?.intro).toBe('Why.');
  });
});
