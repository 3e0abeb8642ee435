import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWithMailparser } from '../../../src/adapters/mail/decode-mail.js';
import { splitHeaders } from '../../../src/adapters/mail/header-fields.js';
import { readPlainText } from '../../../src/adapters/mail/plain-text.js';
import { finishes } from '../../lib/hang-guard.js';

function read(mail: string | Buffer): string | null {
  const bytes = Buffer.from(mail);
  const { lines, bodyStart } = splitHeaders(bytes);
  return readPlainText(lines, bytes.subarray(bodyStart));
}

/**
 * What is read is read alike; left to the parser are bytes that are no UTF-8. Raw 8-bit bytes in quoted-printable are the one case in
 * which the parser makes nonsense of a mail (`😀` becomes `=\0`): it gets the same text without them.
 */
async function expectSame(given: Buffer): Promise<void> {
  let mail = given;
  const head = given.toString('latin1');
  if (/quoted-printable/i.test(head)) {
    // Encoded bytes beside it may be no UTF-8 (`=aa`): those are left to the parser.
    for (const letter of /iso-8859-1/i.test(head) ? [] : ['😀', 'ü'])
      if (given.includes(letter)) expect(read(given) ?? letter).toContain(letter);
    mail = Buffer.from(given.toString('latin1').replace(/[\x80-\xff]+/g, '?'), 'latin1');
  }
  const text = read(mail);
  const parsed = (await parseWithMailparser(mail)).text ?? '';
  if (text === null) expect(parsed).toMatch(/\uFFFD/);
  else expect(text).toBe(parsed);
}

const TYPES = [
  '',
  'Content-Type: text/plain\n',
  'Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n',
  'Content-Type: text/plain;\n\tcharset="us-ascii"\nContent-Transfer-Encoding: 7BIT\n',
  'Content-Type: text/plain; charset=utf-8; format=fixed; delsp=no\n',
  'Content-Type: TEXT/PLAIN; charset="utf-8"\nContent-Disposition: inline\nContent-Language: en-US\n',
  'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n',
  'Content-Transfer-Encoding: Quoted-Printable\n',
  'Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n',
  'Content-Type: text/plain; charset="ISO-8859-1"\nContent-Transfer-Encoding: quoted-printable\n',
];

describe('a mail that is nothing but text', () => {
  it.each(TYPES)('is read as the mail parser reads it: %j', async (type) => {
    for (const body of [
      'one\ntwo\n',
      'no line end',
      '',
      '\n\n',
      'grün — 1\r\n\r\n--\r\nx\r',
      ' \tx\n--b\n--b--\n',
      'soft=\r\t\nand = \r\n\r =\r \r\n==\n\n=4=\n1=',
    ]) {
      const mail = Buffer.from(`MIME-Version: 1.0\n${type}\n${body}`);
      await expectSame(mail);
    }
  });

  it('is read as the mail parser reads it in base64', async () => {
    const lines = (text: string, lineEnd: string) =>
      (
        Buffer.from(text)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      )
        .map((line) => line + lineEnd)
        .join('');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', 'ü', '\n', '\r\n', ' ', '=') }),
        fc.constantFrom('\n', '\r\n', '', '\n\n'),
        async (text, lineEnd) => {
          const type = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n';
          const mail = `MIME-Version: 1.0\n${type}\n${lines(text, lineEnd)}`;
          expect(read(mail)).not.toBeNull();
          await expectSame(Buffer.from(mail));
        },
      ),
    );
  });

  it('is read as the mail parser reads it, whatever the text', async () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\r\n',
      '\r',
      '--',
      '=',
      '=20',
      '=C3=BC',
      '=4',
      '1',
      '=\n',
      '= \r\n',
      '=3D',
      '=g1',
      '\t',
      'ü',
      '😀',
      '>',
      'From ',
      ':',
      '.',
      '\0',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TYPES),
        fc.array(piece, { maxLength: 40 }),
        async (type, pieces) => {
          const mail = Buffer.from(`MIME-Version: 1.0\n${type}\n${pieces.join('')}`);
          await expectSame(mail);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is left to the mail parser', () => {
  it.each([
    ['another charset', 'Content-Type: text/plain; charset=iso-8859-15\n'],
    ['base64 with something below it', 'Content-Transfer-Encoding: base64\n\nZGFz\n--\nlist'],
    ['an encoding that is none', 'Content-Transfer-Encoding: x-uuencode\n'],
    ['two charsets', 'Content-Type: text/plain; charset=iso-8859-1; charset=utf-8\n'],
    ['several parts', 'Content-Type: multipart/mixed; boundary=b\n'],
    ['HTML', 'Content-Type: text/html; charset=utf-8\n'],
    ['an attachment', 'Content-Type: text/plain\nContent-Disposition: attachment; filename=a.patch\n'],
    ['a text with a name', 'Content-Type: text/plain; name="a.txt"\n'],
    ['a header given twice', 'Content-Type: text/plain\nContent-Type: text/plain; charset=utf-8\n'],
  ])('%s', (_, type) => {
    expect(read(`MIME-Version: 1.0\n${type}\ntext\n`)).toBeNull();
  });

  it('bytes that are nothing in their charset', () => {
    const latin = 'Content-Type: text/plain; charset=iso-8859-1\n\ngr\x81n\n';
    expect(read(Buffer.from(latin, 'latin1'))).toBeNull();
    expect(read(Buffer.from('Content-Type: text/plain; charset=utf-8\n\ngr\xfcn\n', 'latin1'))).toBeNull();
  });

  it('costs no time on a long header', () => {
    finishes(() => {
      for (const junk of [' ', '; ', ';charset="', '\t;', 'x'])
        read(`Content-Type: text/plain;${junk.repeat(100_000)}\n\ntext\n`);
    });
  });
});
