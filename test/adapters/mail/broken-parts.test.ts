import { describe, expect, it } from 'vitest';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';

const HEAD =
  'From: Ada Quill <ada@example.org>\nDate: Mon, 9 Dec 2019 12:19:30 -0800\nMessage-Id: <a@example.org>\nSubject: [PATCH] x\n';
const TEXT = 'The words.\n\nSigned-off-by: Ada Quill <ada@example.org>\n';

async function read(raw: string | Buffer) {
  const { text, problems, attachments } = await decodeMail(
    Buffer.isBuffer(raw) ? raw : Buffer.from(raw, 'latin1'),
  );
  return { text: text.trimEnd(), codes: problems.map(({ code }) => code), attachments };
}

describe('a mail whose parts are not where its header says', () => {
  const multipart = (type: string) => `${HEAD}MIME-Version: 1.0\nContent-Type: ${type}\n`;
  it.each<[string, string]>([
    [
      'signed, and the parts are gone',
      `${multipart('multipart/signed; protocol="application/pgp-signature"; boundary="b"')}\n${TEXT}`,
    ],
    ['alternative', `${multipart('multipart/alternative; boundary=b')}\n${TEXT}`],
    ['no boundary is named', `${multipart('multipart/mixed')}\n${TEXT}`],
    [
      'another boundary is named than is used',
      `${multipart('multipart/mixed; boundary=b')}\n--c\nContent-Type: text/plain\n\n${TEXT}\n--c--\n`,
    ],
    [
      'the inner parts are gone',
      `${multipart('multipart/mixed; boundary=o')}\n--o\nContent-Type: multipart/alternative; boundary=i\n\n${TEXT}\n--o--\n`,
    ],
    ['only the end of the parts is left', `${multipart('multipart/mixed; boundary=b')}\n${TEXT}\n--b--\n`],
    [
      'the text is before the only part, a signature',
      `${multipart('multipart/signed; boundary=b')}\n${TEXT}\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n`,
    ],
    [
      'in base64',
      `${multipart('multipart/mixed; boundary=b')}Content-Transfer-Encoding: base64\n\n${Buffer.from(TEXT).toString('base64')}\n`,
    ],
  ])('is read as the text that is there: %s', async (_name, raw) => {
    expect(await read(raw)).toMatchObject({ text: TEXT.trimEnd(), codes: ['parts-not-found'] });
  });

  it('is not given the words that MIME puts before the parts', async () => {
    const raw = `${multipart('multipart/mixed; boundary=b')}\nThis is a multi-part message in MIME format.\n--b\nContent-Type: image/png\n\nx\n--b--\n`;
    expect(await read(raw)).toMatchObject({ text: '', codes: [] });
  });
});

describe('headers that do not end', () => {
  it.each<[string, string, string]>([
    [
      'at the first part',
      `${HEAD}Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\n hello\n--b\nContent-Type: text/plain\n\nThe words.\n--b--\n`,
      'The words.',
    ],
    [
      'at the text',
      `${HEAD}The words, and\nmore: words.\n\nAnd more.\n`,
      'The words, and\nmore: words.\n\nAnd more.',
    ],
    ['at a title', `${HEAD}mm: fix the thing\n\nWords.\n`, 'Words.'],
  ])('are ended %s', async (_name, raw, text) => {
    expect((await read(raw)).text).toBe(text);
  });

  it('go on past a line that is broken, where headers follow', async () => {
    const mail = await decodeMail(Buffer.from(`Subject: [PATCH] a long\ntitle\n${HEAD}\nThe words.\n`));
    expect(mail).toMatchObject({ messageId: 'a@example.org', text: 'The words.\n' });
  });
});

describe('text in seven bits of which no header tells', () => {
  it.each<[string, string, string]>([
    ['Japanese', '\x1b$B;3ED\x1b(B <y@example.org>', '山田 <y@example.org>'],
    ['Japanese, old', '\x1b$@;3ED\x1b(J', '山田'],
    ['Korean', '\x1b$)C\x0e1h\x0f', '김'.normalize()],
    ['colours of a terminal', '\x1b[31mred\x1b[0m', '\x1b[31mred\x1b[0m'],
  ])('%s', async (_name, written, text) => {
    expect((await read(`${HEAD}\n${written}\n`)).text).toBe(text);
  });

  it('is read in a part too', async () => {
    const raw = `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\x1b$B;3ED\x1b(B\n--b--\n`;
    expect((await read(raw)).text).toBe('山田');
  });
});

/** A value of ASN.1: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const length =
    bytes.length < 128 ? Buffer.of(bytes.length) : Buffer.of(0x82, bytes.length >> 8, bytes.length & 255);
  return Buffer.concat([Buffer.of(tag), length, bytes]);
}

const unended = (tag: number, ...content: Buffer[]) =>
  Buffer.concat([Buffer.of(tag, 0x80), ...content, Buffer.of(0, 0)]);
const id = (hex: string) => der(6, Buffer.from(hex, 'hex'));
const SIGNED = '2a864886f70d010702';
const DATA = '2a864886f70d010701';

describe('an opaque signature', () => {
  const entity = `Content-Type: text/plain; charset=utf-8\r\n\r\n${TEXT.replaceAll('\n', '\r\n')}`;
  const signedData = (octets: Buffer, type = SIGNED) =>
    der(
      0x30,
      id(type),
      der(0xa0, der(0x30, der(2, Buffer.of(1)), der(0x31), der(0x30, id(DATA), der(0xa0, octets)))),
    );
  const opaque = (bytes: Buffer) =>
    `${HEAD}Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n`;
  const octets = der(4, Buffer.from(entity));

  it.each<[string, Buffer]>([
    ['of known lengths', signedData(octets)],
    [
      'of unknown lengths, in pieces',
      unended(
        0x30,
        id(SIGNED),
        unended(
          0xa0,
          unended(
            0x30,
            der(2, Buffer.of(1)),
            der(0x31),
            unended(
              0x30,
              id(DATA),
              unended(
                0xa0,
                unended(
                  0x24,
                  der(4, Buffer.from(entity.slice(0, 40))),
                  der(4, Buffer.from(entity.slice(40))),
                ),
              ),
            ),
          ),
        ),
      ),
    ],
    ['around another', signedData(der(4, Buffer.from(opaque(signedData(octets)).slice(HEAD.length))))],
  ])('is read: %s', async (_name, bytes) => {
    expect(await read(opaque(bytes))).toMatchObject({ text: TEXT.trimEnd(), codes: [] });
  });

  it.each<[string, Buffer]>([
    ['encrypted', signedData(octets, '2a864886f70d010703')],
    ['cut off', signedData(octets).subarray(0, 60)],
    ['empty', Buffer.alloc(0)],
    ['nested without end', Buffer.concat(Array.from({ length: 5000 }, () => Buffer.of(0x30, 0x80)))],
  ])('is named where it stays closed: %s', async (_name, bytes) => {
    expect(await read(opaque(bytes))).toMatchObject({ text: '', codes: ['encrypted'] });
  });
});

describe('a mail within a mail', () => {
  const inner = `From: Ada Quill <ada@example.org>\nSubject: [PATCH v2 1/3] x\nDate: Mon, 3 Jun 2024 10:00:00 +0000\nMessage-ID: <w@example.org>\n\n${TEXT}`;
  const wrapper = (headers: string, own = '') =>
    `From: Ada Quill via Demo <demo@lists.example.org>\nList-Id: <demo.lists.example.org>\n${headers}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n` +
    `${own === '' ? '' : `--b\nContent-Type: text/plain\n\n${own}\n`}--b\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n${inner}\n` +
    '--b\nContent-Type: text/plain\nContent-Disposition: inline\n\n_______________________________________________\nDemo mailing list\nDemo@lists.example.org\n--b--\n';

  it.each([
    ['with its id', 'Subject: [PATCH v2 1/3] x\nMessage-ID: <w@example.org>\n'],
    ['with an id of the list', 'Subject: [Demo] [PATCH v2 1/3] x\nMessage-ID: <l@lists.example.org>\n'],
  ])('is the one that the list wrapped: %s', async (_name, headers) => {
    expect(await decodeMail(Buffer.from(wrapper(headers)))).toMatchObject({
      messageId: 'w@example.org',
      from: { email: 'ada@example.org' },
      subject: '[PATCH v2 1/3] x',
      date: '2024-06-03T10:00:00Z',
      lists: ['demo@lists.example.org'],
      text: expect.stringContaining('Signed-off-by: Ada Quill'),
      attachments: [],
    });
  });

  it.each([
    ['another subject', wrapper('Subject: look at this\nMessage-ID: <l@lists.example.org>\n')],
    [
      'words of its own',
      wrapper('Subject: [PATCH v2 1/3] x\nMessage-ID: <w@example.org>\n', 'What do you think?'),
    ],
  ])('is an attachment where the outer one has %s', async (_name, raw) => {
    expect(await decodeMail(Buffer.from(raw))).toMatchObject({
      from: { email: 'demo@lists.example.org' },
      attachments: [{ type: 'message/rfc822' }],
    });
  });

  it('is none of its own where a digest has several', async () => {
    const raw = `${HEAD}Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nToday\n\n--o\nContent-Type: multipart/digest; boundary=i\n\n--i\n\n${inner}\n--i\n\n${inner}\n--i--\n--o--\n`;
    const { text, attachments, codes } = await read(raw);
    expect(text).toBe('Today');
    expect(attachments).toHaveLength(2);
    expect(codes).toEqual(['several-mails']);
  });
});

describe('a file in the text (uuencode)', () => {
  const patch = 'diff --git a/x b/x\n';
  // `d`, 18 characters and a line feed: uuencoded by hand of nothing but this text.
  const line = (bytes: Buffer) => {
    const six = (value: number) => String.fromCharCode((value & 63) + 32);
    let written = six(bytes.length);
    for (let at = 0; at < bytes.length; at += 3) {
      const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      written += six(bits >> 18) + six(bits >> 12) + six(bits >> 6) + six(bits);
    }
    return written;
  };

  it.each([
    ['with its blanks', line(Buffer.from(patch))],
    ['with accents', line(Buffer.from(patch)).replaceAll(' ', '`')],
    ['with blanks cut off', line(Buffer.from(patch)).trimEnd()],
  ])('is an attachment: %s', async (_name, encoded) => {
    const { text, attachments } = await read(`${HEAD}\nSee:\n\nbegin 644 x.patch\n${encoded}\n\x60\nend\n`);
    expect(attachments).toEqual([{ name: 'x.patch', type: 'application/octet-stream', text: patch }]);
    expect(text).toBe('See:');
  });

  it('is an attachment where the line of no bytes is blank', async () => {
    const { attachments } = await read(`${HEAD}\nbegin 755 x.patch\n${line(Buffer.from(patch))}\n \nend\n`);
    expect(attachments).toMatchObject([{ name: 'x.patch', text: patch }]);
  });

  it.each(['begin 644 of these\nand end\n', 'begin 644 x.patch\nend\n', 'begin at the end\n'])(
    'is not prose: %s',
    async (words) => {
      expect(await read(`${HEAD}\n${words}`)).toMatchObject({ text: words.trimEnd(), attachments: [] });
    },
  );
});

describe('encoded words in a text', () => {
  it.each([
    ['From: =?UTF-8?q?J=C3=BCrgen=20Bach?= <j@example.org>', 'From: Jürgen Bach <j@example.org>'],
    ['Subject: =?UTF-8?q?J=C3=BCr?=\n =?UTF-8?q?gen?=', 'Subject: Jürgen'],
    ['Reviewed-by: =?UTF-8?q?J=C3=BCrgen?= <j@example.org>', 'Reviewed-by: Jürgen <j@example.org>'],
    ['Mail says =?UTF-8?q?J=C3=BCrgen?= there.', 'Mail says =?UTF-8?q?J=C3=BCrgen?= there.'],
  ])('%s', async (written, text) => {
    expect((await read(`${HEAD}\n${written}\n`)).text).toBe(text);
  });
});
