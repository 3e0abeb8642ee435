import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Found } from '../../../src/adapters/files/found.js';
import { mboxSplitter } from '../../../src/adapters/files/mbox-splitter.js';
import { hasSeparatorForm, isSeparator } from '../../../src/adapters/files/separator.js';

const RD = 'From mboxrd@z Thu Jan  1 00:00:00 1970';
const PLAIN = 'From alice@example.org Mon Dec  9 20:19:30 2019';

function split(text: string | Buffer, sizes: readonly number[] = []): Found[] {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  const splitter = mboxSplitter();
  const found: Found[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? 1);
    found.push(...splitter.push(Buffer.from(bytes.subarray(at, at + size))));
    at += size;
  }
  return [...found, ...splitter.end()];
}

function texts(found: readonly Found[]): string[] {
  return found.map((one) =>
    one.kind === 'mail' ? Buffer.from(one.raw).toString() : `skipped: ${one.problem.code}`,
  );
}

describe('a line that parts two mails', () => {
  it.each([
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    'From patchwork Mon Dec  9 20:19:30 2019',
    'From MAILER-DAEMON Fri Jul  8 12:08:34 2011',
    'From 74ccede1234567890abcdef1234567890abcdef1 Mon Sep 17 00:00:00 2001',
    'From joe at example.org  Mon Dec  9 20:19 2019',
    'From alice@example.org Mon Dec  9 20:19:30 PST 2019',
    'From alice@example.org Mon, 9 Dec 2019 20:19:30 +0100',
    'From  Mon Dec  9 20:19:30 2019',
  ])('%s', (line) => {
    expect(hasSeparatorForm(line)).toBe(true);
  });

  it.each([
    'From here on the cogs turn',
    'From v4 on, see Mon Dec 9',
    'From: alice@example.org',
    'From alice@example.org',
    'From the talk we had last week with all of you there on Mon Dec  9 20:19:30 2019',
    `From ${'x '.repeat(300)}Mon Dec  9 20:19:30 2019`,
  ])('is not: %s', (line) => {
    expect(hasSeparatorForm(line)).toBe(false);
  });

  it.each([
    ['a header, no blank line before', { next: 'Subject: x', afterBlank: false }, true],
    ['prose', { next: 'he wrote', afterBlank: true }, false],
    ['the end of the file', { next: null, afterBlank: true }, true],
    ['an empty line, no blank line before', { next: '', afterBlank: false }, false],
  ])('counts only where the next line fits: %s', (_, place, expected) => {
    expect(isSeparator({ line: PLAIN, ...place })).toBe(expected);
  });
});

describe('how a message was quoted is inferred from itself', () => {
  it.each([
    ['mboxrd by its separator', RD, '>From a\n>>From b\n', 'From a\n>From b\n'],
    ['mboxrd: `>>From ` deeper than what is around', PLAIN, 'text\n>>From b\n', 'text\n>From b\n'],
    ['mboxo: a bare line was quoted', PLAIN, 'text\n>From b\n', 'text\nFrom b\n'],
    ["mboxo: a reply's own quote stays", PLAIN, '>a\n>From b\n>c\n', '>a\n>From b\n>c\n'],
    ["mboxo: a reply's own deeper quote stays", PLAIN, '>>a\n>>From b\n', '>>a\n>>From b\n'],
    [
      'not quoted at all: a bare From line in the body',
      PLAIN,
      'From b on\n>From c\n',
      'From b on\n>From c\n',
    ],
    ['headers are left alone', RD, '', ''],
  ])('%s', (_, separator, body, expected) => {
    expect(texts(split(`${separator}\nSubject: x\n\n${body}\n`))).toEqual([`Subject: x\n\n${expected}`]);
  });

  it('differs from message to message in one file', () => {
    const found = split(`${RD}\nSubject: a\n\n>>From x\n\n${PLAIN}\nSubject: b\n\n>>y\n>>From x\n\n`);
    expect(texts(found)).toEqual(['Subject: a\n\n>From x\n', 'Subject: b\n\n>>y\n>>From x\n']);
  });
});

describe('mboxSplitter', () => {
  it('reads CRLF as LF', () => {
    const text = `${PLAIN}\nSubject: a\n\nb\n\n${PLAIN}\nSubject: c\n\nd\n\n`;
    expect(split(text.replaceAll('\n', '\r\n'))).toEqual(split(text));
  });

  it.each([
    ['inside the headers', `${PLAIN}\nSubject: a\nDate: Mo`, 'the file ends inside the headers of this mail'],
    ['inside the body', `${PLAIN}\nSubject: a\n\nbo`, 'the file ends inside this mail'],
  ])('names a last mail that is cut %s', (_, text, detail) => {
    expect(
      split(`${PLAIN}\nSubject: whole\n\nyes\n\n${text}`).map(
        (found) => found.kind === 'mail' && found.problems,
      ),
    ).toEqual([[], [{ code: 'truncated', detail }]]);
  });

  it('names NUL bytes', () => {
    expect(split(`${PLAIN}\nSubject: a\n\nx\0y\n\n`)).toMatchObject([{ problems: [{ code: 'nul-bytes' }] }]);
  });

  it('skips what is before the first separator', () => {
    expect(texts(split(`junk\n\n${PLAIN}\nSubject: a\n\nb\n`))).toEqual([
      'skipped: not-mail',
      'Subject: a\n\nb\n',
    ]);
  });

  it('keeps 25 MB of a larger mail and reads on', () => {
    const found = split(
      `${PLAIN}\nSubject: a\n\n${'x'.repeat(99)}\n`.padEnd(26 * 1024 * 1024, 'y') +
        `\n\n${PLAIN}\nSubject: b\n\nc\n`,
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ problems: [{ code: 'too-large' }] });
    expect(texts(found)[1]).toBe('Subject: b\n\nc\n');
  });

  const line = fc.oneof(
    fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n\0]/g, '')),
    fc.constantFrom('', 'From ', '>From x', '>>From y', RD, `>${PLAIN}`, PLAIN, '```', 'Subject: x'),
  );
  const bodies = fc.array(
    fc.array(line, { maxLength: 8 }).map((lines) => lines.map((text) => `${text}\n`).join('')),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const join = (mails: readonly string[]): string =>
    mails.map((mail) => `${RD}\n${mail.replace(/^(>*From )/gm, '>$1')}\n`).join('');

  it('gives back any mails that were joined as mboxrd', () => {
    fc.assert(
      fc.property(bodies, (texted) => {
        const mails = texted.map((body) => `Subject: x\n\n${body}`);
        expect(texts(split(join(mails)))).toEqual(mails);
      }),
    );
  });

  it('finds the same whatever the length of chunks', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(bodies, sizes, (texted, lengths) => {
        const text = texted.map((body) => `${PLAIN}\r\nSubject: x\n\n${body}\n`).join('');
        expect(split(text, lengths)).toEqual(split(text));
      }),
      // Found once by chance: a blank line between two separators, the chunk ending in it.
      { examples: [[[`${PLAIN}\n\n${PLAIN}\n`], [1]]] },
    );
  });

  it.each([
    ['two separators with an empty line between them', `${PLAIN}\n\n${PLAIN}\nSubject: b\n\n`],
    ['two separators with an empty line of CRLF between them', `${PLAIN}\r\n\r\n${PLAIN}\r\n\r\n`],
    ['three separators', `${PLAIN}\n\n${PLAIN}\n\n${PLAIN}\n\n`],
    ['a separator with blanks up to the longest and beyond', `${PLAIN}${' '.repeat(600)}\nSubject: x\n\n`],
    ['a separator of the longest length', `${PLAIN.padEnd(500)}\r\nSubject: x\n\ny\n`],
  ])('finds the same in chunks of every length: %s', (_, rest) => {
    const text = `${PLAIN}\nSubject: a\n\nb\n\n${rest}`;
    for (const size of [1, 2, 3, 4, 5, 6, 7, 50, 499, 500, 501, 503])
      expect(split(text, [size])).toEqual(split(text));
  });

  it('holds no more of a line that looks like a separator and does not end than a separator may have', () => {
    const splitter = mboxSplitter();
    splitter.push(Buffer.from(`${PLAIN}\nSubject: a\n\n\n${PLAIN}`));
    for (let i = 0; i < 2000; i++) splitter.push(Buffer.alloc(64 * 1024, ' '));
    const found = [...splitter.push(Buffer.from(`\n\n${PLAIN}\nSubject: b\n\nc\n`)), ...splitter.end()];
    expect(texts(found)[1]).toBe('Subject: b\n\nc\n');
  });

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void split(Buffer.from(bytes), [3])));
  });
});

describe('a mailbox whose writer does not quote (mboxcl2)', () => {
  const body = `Reasons.\n\n${PLAIN}\nFrom: Bob\nSubject: a mail in the text\n\ntext\n`;
  const next = `${PLAIN}\nSubject: second\n\nok\n`;
  const box = (length: number | string, separator = PLAIN) =>
    `${separator}\nSubject: first\nContent-Length: ${length}\n\n${body}\n${next}`;

  it.each([[[]], [[1]], [[7, 64]]])(
    'has the mails that their Content-Length tells of, in chunks of %j',
    (sizes) => {
      const found = texts(split(box(body.length), sizes));
      expect(found).toHaveLength(2);
      expect(found[0]).toContain('a mail in the text');
    },
  );

  it('ends with the file', () => {
    expect(split(`${PLAIN}\nSubject: first\nContent-Length: ${body.length}\n\n${body}`)).toHaveLength(1);
  });

  it.each([
    ['wrong', box(body.length - 3)],
    ['beyond the end', box(100_000)],
    ['no number', box('many')],
    ['of the sender, in an archive that quotes', box(body.length, RD)],
  ])('is cut at its separators where a length is %s', (_name, text) => {
    expect(split(text)).toHaveLength(3);
  });

  it('is not believed any more after three wrong ones', () => {
    expect(split(box(5).repeat(3) + box(body.length))).toHaveLength(12);
  });
});
