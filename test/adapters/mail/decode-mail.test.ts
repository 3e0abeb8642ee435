import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import type { Mail } from '../../../src/digest/mail/mail.js';

const HEAD =
  'From: Alice Example <alice@example.org>\nDate: Mon, 9 Dec 2019 12:19:30 -0800\nMessage-Id: <a@x.org>\n';

function decode(raw: string): Promise<Mail> {
  return decodeMail(Buffer.from(raw, 'latin1'));
}

async function codes(raw: string): Promise<string[]> {
  return (await decode(raw)).problems.map(({ code }) => code);
}

describe('decodeMail', () => {
  it('reads the fields of a mail', async () => {
    const mail = await decode(
      [
        'Received: from a by b; Mon,  9 Dec 2019 20:19:47 +0000 (UTC)',
        'From: =?utf-8?q?Bj=C3=B6rn?= <Bjorn@example.org>',
        'Sender: kvm-owner@vger.kernel.org',
        'Reply-To: list@example.org',
        'To: Alice <alice@example.org>,',
        '\tbob@example.org',
        'CC: kvm@vger.kernel.org',
        'Subject: [PATCH v8 00/26] mm/gup: track pages;',
        '\t=?utf-8?b?QmrD?=',
        ' =?utf-8?b?tnJu?=',
        'DATE: Mon,  9 Dec 2019 12:19:30 -0800',
        'Message-Id: <a@x.org>',
        'In-Reply-To: <r@x.org>',
        'References: <q@x.org> <yes>',
        ' <r@x.org>',
        'List-ID: <kvm.vger.kernel.org>',
        'MIME-Version: 1.0',
        'X-Mailer: git-send-email 2.24.0',
        'MIME-Version: 1.0',
        '',
        'Hello,',
        'world',
        '',
      ].join('\r\n'),
    );
    expect(mail).toMatchObject({
      messageId: 'a@x.org',
      subject: '[PATCH v8 00/26] mm/gup: track pages; Björn',
      from: { name: 'Björn', email: 'Bjorn@example.org' },
      sender: { name: '', email: 'kvm-owner@vger.kernel.org' },
      replyTo: [{ name: '', email: 'list@example.org' }],
      to: [
        { name: 'Alice', email: 'alice@example.org' },
        { name: '', email: 'bob@example.org' },
      ],
      cc: [{ name: '', email: 'kvm@vger.kernel.org' }],
      date: '2019-12-09T20:19:30Z',
      received: '2019-12-09T20:19:47Z',
      lists: ['kvm@vger.kernel.org'],
      inReplyTo: ['r@x.org'],
      references: ['q@x.org', 'r@x.org'],
      headers: { 'x-mailer': 'git-send-email 2.24.0', 'list-id': '<kvm.vger.kernel.org>' },
      text: 'Hello,\nworld\n',
      attachments: [],
      problems: [],
    });
  });

  it.each([
    ['no header at all', 'text only', ['no-headers', 'from-missing', 'message-id-missing', 'date-missing']],
    ['no Message-ID', `${HEAD.replace(/Message-Id.*\n/, '')}\n`, ['message-id-missing']],
    ['an id that is no key', `${HEAD.replace('a@x.org', 'yes')}\n`, ['message-id-invalid']],
    ['two ids', `${HEAD}Message-ID: <b@x.org>\n\n`, ['message-id-repeated']],
    ['the same id twice', `${HEAD}Message-ID: <a@x.org>\n\n`, []],
    [
      'From and Subject that are empty',
      'From:\nSubject:\nDate: Mon, 9 Dec 2019 12:19:30 -0800\nMessage-Id: <a@x.org>\n\n',
      ['from-missing'],
    ],
    ['an empty date', `${HEAD.replace(/Date: .*/, 'Date:')}\n`, ['date-invalid']],
    ['a date that lies', `${HEAD.replace('2019', '71685')}\n`, ['date-invalid']],
    ['HTML alone', `${HEAD}Content-Type: text/html\n\n<p>a</p>`, ['html-only']],
    ['NUL', `${HEAD}\na\0b`, ['nul-bytes']],
    ['a text over 2 MB', `${HEAD}\n${'a\n'.repeat(1_100_000)}`, ['text-too-large']],
    ['a mail over 25 MB', `${HEAD}Content-Type: image/png\n\n${'a'.repeat(26 * 1024 * 1024)}`, ['too-large']],
    [
      'a header of its body over 64 KB',
      `${HEAD}Content-Type: multipart/mixed; boundary=b\nContent-Long: ${'a'.repeat(70_000)}\n\n--b\n\nx\n--b--\n`,
      ['parser-refused'],
    ],
  ])('names what did not add up: %s', async (_, raw, expected) => {
    expect(await codes(raw)).toEqual(expected);
  });

  it('uses the first of two ids, the first subject, the first date', async () => {
    const mail = await decode(
      `${HEAD}Subject: one\nMessage-ID: <b@x.org>\nSubject: two\nDate: Fri, 1 Jan 2010 00:00:00 +0000\n\n`,
    );
    expect(mail).toMatchObject({ messageId: 'a@x.org', subject: 'one', date: '2019-12-09T20:19:30Z' });
  });

  const many = Array.from({ length: 40 }, (_, at) => `${'r'.repeat(50)}${at}@x.org`);

  it.each<[string, string, string[], string[]]>([
    ['`y` for an id (M3)', 'In-Reply-To: y\nReferences: <p@x.org>\n', [], ['p@x.org']],
    ['`<n>` for an id (M3)', 'In-Reply-To: <n>\n', [], []],
    [
      'several headers of one name (M3)',
      'In-Reply-To: <p@x.org>\nReferences: <c@x.org>\nIn-Reply-To: <q@x.org> <r@x.org>\nReferences: <d@x.org>\n',
      ['p@x.org', 'q@x.org', 'r@x.org'],
      ['c@x.org', 'd@x.org'],
    ],
    [
      'its own id and the address of its sender (M3)',
      'In-Reply-To: <a@x.org>\nReferences: <a@x.org> <alice@example.org> <p@x.org>\n',
      [],
      ['p@x.org'],
    ],
    ['2,400 characters on one line (M4)', `References: <${many.join('> <')}>\n`, [], many],
    ['2,400 characters on folded lines (M4)', `References: <${many.join('>\n <')}>\n`, [], many],
  ])('answers to what it names with %s', async (_, header, inReplyTo, references) => {
    expect(await decode(`${HEAD}${header}\nb`)).toMatchObject({ inReplyTo, references, problems: [] });
  });

  it('needs no To header', async () => {
    expect(await decode(`${HEAD}List-Id: <kvm.vger.kernel.org>\n\nb`)).toMatchObject({
      to: [],
      cc: [],
      lists: ['kvm@vger.kernel.org'],
      problems: [],
    });
  });

  it('tells the clock of the sender from that of the list, though it runs years ahead', async () => {
    const received = 'Received: from a by b; Mon, 9 Dec 2019 20:19:47 +0000\n';
    expect(await decode(`${received}${HEAD.replace('2019', '2038')}\nb`)).toMatchObject({
      date: '2038-12-09T20:19:30Z',
      received: '2019-12-09T20:19:47Z',
    });
  });

  it('takes no X-Face for an encoded word', async () => {
    const face = 'X-Face: =?"3>@J=?z{?;?q?=+\n  =?utf-8?b?\\"_\n';
    expect(await decode(`${face}${HEAD}Subject: [PATCH] x\n\nb`)).toMatchObject({
      subject: '[PATCH] x',
      from: { name: 'Alice Example', email: 'alice@example.org' },
      text: 'b',
      problems: [],
    });
  });

  it('makes the text of HTML where there is nothing else', async () => {
    const html = '<html><body><p>Fine.</p><p>Acked-by: J &lt;j@example.org&gt;</p></body></html>';
    expect(await decode(`${HEAD}Content-Type: text/html\n\n${html}`)).toMatchObject({
      text: 'Fine.\n\nAcked-by: J <j@example.org>',
      problems: [{ code: 'html-only' }],
    });
  });

  it.each([
    ['absent', '', null],
    ['empty', 'Subject:\n', ''],
    ['raw UTF-8', 'Subject: gr\xc3\xbc\xc3\x9fe\n', 'grüße'],
    ['raw Latin-1', 'Subject: gr\xfc\xdfe\n', 'grüße'],
    ['raw GBK, as the body says', 'Subject: \xd6\xd0x\nContent-Type: text/plain; charset=GBK\n', '中x'],
    ['raw GBK, by its looks', 'Subject: \xd6\xd0\xce\xc4 patch\n', '中文 patch'],
    ['NUL inside', 'Subject: a\0b\n', 'ab'],
    ['a hidden line break', 'Subject: =?utf-8?q?a=0D=0ABcc:_x?=\n', 'a Bcc: x'],
  ])('takes a subject that is %s', async (_, header, expected) => {
    expect((await decode(`${HEAD}${header}\nbody`)).subject).toBe(expected);
  });

  it.each([
    ['declared UTF-8 that is none', 'text/plain; charset=utf-8', '8bit', 'gr\xfc\xdfe', 'grüße'],
    ['nothing declared', 'text/plain', '8bit', 'gr\xc3\xbc\xc3\x9fe', 'grüße'],
    ['an unknown charset', 'text/plain; charset="a\0b"', '8bit', 'gr\xfc\xdfe', 'grüße'],
    [
      'Latin-1 in quoted-printable',
      'text/plain; charset=iso-8859-1',
      'quoted-printable',
      'gr=FC=\n=DFe',
      'grüße',
    ],
    ['wrong UTF-8 in base64', 'text/plain; charset=utf-8', 'base64', 'Z3L832U=', 'grüße'],
    ['a real replacement character', 'text/plain; charset=utf-8', '8bit', 'a\xef\xbf\xbdb', 'a\ufffdb'],
    ['GBK', 'text/plain; charset=gb2312', '8bit', '\xd6\xd0\xce\xc4', '中文'],
    ['CR alone', 'text/plain', '7bit', 'a\rb', 'a\nb'],
    [
      'format=flowed, whose quotes stay apart',
      'text/plain; format=flowed',
      '7bit',
      '> a \n> b \nc',
      '> a \n> b \nc',
    ],
    ['a quoted From', 'text/plain', '7bit', 'a\n>From b', 'a\n>From b'],
  ])('decodes a text with %s', async (_, type, encoding, body, expected) => {
    const mail = await decode(
      `${HEAD}Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`,
    );
    expect(mail.text).toBe(expected);
  });

  const multipart = (...parts: string[]): string =>
    `${HEAD}Content-Type: multipart/mixed; boundary="b b"\n\npreamble\n${parts.map((part) => `--b b\n${part}\n`).join('')}--b b--\n`;
  const PATCH = 'diff --git a/x b/x\n';

  it.each([
    ['text/x-patch', 'Content-Type: text/x-patch; name=a.patch\n', 'a.patch'],
    [
      'text/x-diff inline',
      'Content-Type: text/x-diff\nContent-Disposition: inline; filename=a.diff\n',
      'a.diff',
    ],
    [
      'octet-stream',
      'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="a.patch"\n',
      'a.patch',
    ],
    [
      'text/plain attached',
      'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n',
      'a.txt',
    ],
  ])('keeps an attached patch apart: %s', async (_, header, name) => {
    const mail = await decode(multipart('\nsee below', `${header}\n${PATCH}`));
    expect(mail.text).toBe('see below');
    expect(mail.attachments).toMatchObject([{ name, text: PATCH }]);
  });

  it('leaves pictures, signatures and other bytes out', async () => {
    const part = (type: string): string =>
      `Content-Type: ${type}\nContent-Disposition: attachment; filename=x.bin\n\nx`;
    const mail = await decode(
      multipart(
        '\na',
        part('image/png'),
        part('application/octet-stream'),
        part('application/pgp-signature'),
      ),
    );
    expect(mail.attachments).toEqual([]);
  });

  it.each(['attachment', 'inline'])(
    'does not take an attached mail (%s) for the mail',
    async (disposition) => {
      const inner = 'From: Zoe <zoe@example.org>\nSubject: inner\nMessage-ID: <inner@x>\n\ninner text';
      const mail = await decode(
        multipart(
          '\nouter text',
          `Content-Type: message/rfc822\nContent-Disposition: ${disposition}\n\n${inner}`,
        ),
      );
      expect(mail).toMatchObject({
        messageId: 'a@x.org',
        from: { email: 'alice@example.org' },
        text: 'outer text',
      });
      expect(mail.attachments).toMatchObject([{ type: 'message/rfc822', text: inner }]);
    },
  );

  it('prefers the plain half of an alternative, however deep', async () => {
    const alternative =
      'Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/html\n\n<b>a</b>\n--c\n\na\n--c--\n';
    expect(await decode(multipart(alternative))).toMatchObject({ text: 'a', problems: [] });
  });

  it('reads what is signed: the text, the attached patch, not the signature', async () => {
    const raw = `${HEAD}Content-Type: multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary=s

--s
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: text/plain

hello
--m
Content-Type: text/x-patch; name=a.patch

${PATCH}
--m--

--s
Content-Type: application/pgp-signature; name=signature.asc
Content-Disposition: attachment; filename=signature.asc

-----BEGIN PGP SIGNATURE-----
--s--
`;
    const mail = await decode(raw);
    expect(mail).toMatchObject({ text: 'hello', problems: [] });
    expect(mail.attachments).toMatchObject([{ name: 'a.patch', text: PATCH }]);
  });

  it('reads 500 nested multiparts', async () => {
    const nested = Array.from(
      { length: 500 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`,
    ).join('');
    expect((await decode(`${HEAD}${nested}\nhello`)).text).toBe('hello');
  });

  it('reads what the parser refuses: 10,000 Received headers, too many parts', async () => {
    const received = 'Received: from a by b; Mon, 9 Dec 2019 20:19:47 +0000\n'.repeat(10_000);
    expect(await decode(`${received}${HEAD}\nhello`)).toMatchObject({ messageId: 'a@x.org', text: 'hello' });
    const parts = await decode(
      multipart(...Array.from({ length: 900 }, () => 'Content-Type: text/x-patch\n\nx')),
    );
    expect(parts).toMatchObject({ messageId: 'a@x.org', attachments: { length: 50 } });
  });

  it.each([
    [
      'blanks in quoted-printable',
      `${HEAD}Content-Transfer-Encoding: quoted-printable\n\n${' '.repeat(1_000_000)}x`,
    ],
    ['colons in To', `${HEAD}To: ${'a:'.repeat(450_000)}\n\nx`],
    ['nested lists in HTML', `${HEAD}Content-Type: text/html\n\n${'<ul><li>'.repeat(100_000)}`],
    ['scripts without end', `${HEAD}Content-Type: text/html\n\n${'<script>'.repeat(100_000)}`],
    ['encoded words', `${HEAD}Subject: ${'=?utf-8?q?'.repeat(90_000)}\n\nx`],
  ])('is not held up by a megabyte of %s', async (_, raw) => {
    // The test's own time-out is the guard: decoding is asynchronous, and quadratic on a megabyte would take hours.
    expect((await decode(raw)).messageId).toBe('a@x.org');
  });

  it('reads a mail whose lines end in CR, or in CR CR LF', async () => {
    const raw = `${HEAD}Subject: a\n\nb\nc`;
    for (const end of ['\r', '\r\r\n']) {
      expect(await decode(raw.replaceAll('\n', end))).toMatchObject({
        messageId: 'a@x.org',
        subject: 'a',
        text: 'b\nc',
      });
    }
  });

  it('is not fooled by names of object members', async () => {
    const mail = await decode(
      `__proto__: x\nconstructor: y\nList-__proto__: z\n${HEAD}Content-Type: text/plain; charset=constructor\n\nb`,
    );
    expect(mail).toMatchObject({ messageId: 'a@x.org', text: 'b' });
  });

  const piece = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      '\n',
      '\n\n',
      '\r\n',
      '\0',
      '--b\n',
      '--b--\n',
      'From: ',
      'To: <',
      'Subject: =?utf-8?b?',
      '?=',
      'Date: ',
      'References: <',
    ),
    fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b\n',
      'Content-Type: text/html; charset=',
      'Content-Type: message/rfc822\n',
    ),
    fc.constantFrom(
      'Content-Transfer-Encoding: base64\n',
      'Content-Disposition: attachment; filename*0*=',
      'Message-ID: <',
    ),
  );

  it('never throws, whatever the bytes, and says the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.array(piece).map((all) => Buffer.from(all.join(''))),
        ),
        async (raw) => {
          const mail = await decodeMail(raw);
          expect(mail.contentHash).toMatch(/^[0-9a-f]{64}$/);
          expect(mail.text).not.toMatch(/[\0\r]/);
          expect(mail.messageId ?? 'a@b').toMatch(/^[^<>\s]*@[^<>\s]*$/);
          for (const id of [...mail.references, ...mail.inReplyTo]) expect(id).toMatch(/^[^<>]*@[^<>]*$/);
          expect(await decodeMail(raw)).toEqual(mail);
        },
      ),
      { numRuns: 300 },
    );
  });
});
