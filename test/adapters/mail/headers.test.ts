import { describe, expect, it } from 'vitest';
import { parseAddresses, parseMailbox } from '../../../src/adapters/mail/addresses.js';
import { decodeBytes } from '../../../src/adapters/mail/charset.js';
import { contentHash, stripListFooter } from '../../../src/adapters/mail/content-hash.js';
import { decodeWords } from '../../../src/adapters/mail/encoded-words.js';
import { htmlToPlainText } from '../../../src/adapters/mail/html-text.js';
import { parseParameters } from '../../../src/adapters/mail/leaf-parts.js';
import { isListAddress, listsOf } from '../../../src/adapters/mail/lists.js';
import { parseMessageId, parseReferences } from '../../../src/adapters/mail/message-ids.js';
import { parseMailDate, receivedDate } from '../../../src/digest/mail/mail-date.js';
import { finishesOnAll } from '../../lib/hang-guard.js';

describe('a date', () => {
  it.each([
    ['Mon,  9 Dec 2019 12:19:30 -0800', '2019-12-09T20:19:30Z'],
    ['Mon, 09 Dec 2019 20:19:30 +0000 (UTC)', '2019-12-09T20:19:30Z'],
    ['9 Dec 2019 20:19 GMT', '2019-12-09T20:19:00Z'],
    ['Mon Dec  9 20:19:30 2019', '2019-12-09T20:19:30Z'],
    ['Mon Dec  9 20:19:30 PST 2019', '2019-12-10T04:19:30Z'],
    ['Monday, 09-Dec-19 20:19:30 EST', '2019-12-10T01:19:30Z'],
    ['Mon, 9 Dec 2019 20:19:30 +05:30', '2019-12-09T14:49:30Z'],
    ['Sat, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59Z'],
    ['Fri, 01 Jan 99 00:00:00 +0000', '1999-01-01T00:00:00Z'],
    ['Sat, 01 Jan 00 00:00:00 +0000', '2000-01-01T00:00:00Z'],
    ['Sat, 01 Jan 100 00:00:00 +0000', '2000-01-01T00:00:00Z'],
    ['Thu, 29 Feb 2024 10:00:00 +1400', '2024-02-28T20:00:00Z'],
    ['Thu, 31 Dec 2099 23:59:59 +0000', '2099-12-31T23:59:59Z'],
  ])('%s is %s', (value, expected) => {
    expect(parseMailDate(value)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    'Mon, 9 Dec 2019 20:19:30 --500',
    'Mon, 9 Dec 2019 20:19:30 +1',
    'Mon, 9 Dec 2019 20:19:30 +0480',
    'Mon, 9 Dec 2019 20:19:30 +1500',
    'Mon, 9 Dec 2019 20:19:30 -9900',
    'Mon, 9 Dec 71685 20:19:30 +0000',
    'Fri, 1 Jan 1904 00:00:00 +0000',
    'Fri, 1 Jan 2100 00:00:00 +0000',
    'Wed, 31 Dec 1969 23:59:59 +0000',
    'Mon, 30 Feb 2019 20:19:30 +0000',
    'Mon, 29 Feb 2019 20:19:30 +0000',
    'Mon, 0 Dec 2019 20:19:30 +0000',
    'Mon, 9 Dec 2019 24:19:30 +0000',
    'Mon, 9 Dec 2019',
    'Mon, 9 Foo 2019 20:19:30 +0000',
  ])('is none: %s', (value) => {
    expect(parseMailDate(value)).toBeNull();
  });

  it('of arrival is that of the first Received header that can be read', () => {
    expect(
      receivedDate([
        'Received: from a by b',
        'Received: from a by b; not a date',
        'Received: from a (x; y)\r\n\tby b;\r\n Mon,  9 Dec 2019 20:19:47 +0000 (UTC)',
        'Received: from a by b; Mon, 9 Dec 2019 20:00:00 +0000',
      ]),
    ).toBe('2019-12-09T20:19:47Z');
  });
});

describe('encoded words', () => {
  it.each([
    ['plain', 'plain'],
    ['=?utf-8?b?UmFkaW0gS3LEjW3DocWZ?=', 'Radim Krčmář'],
    ['=?utf-8?q?a_b?= =?utf-8?q?c?=', 'a bc'],
    ['=?utf-8?q?a?= b =?utf-8?q?c?=', 'a b c'],
    ['=?utf-8?b?QmrD?= =?utf-8?b?tnJu?= T', 'Björn T'],
    ['=?UTF-8?Q?Bj=C3?= =?utf-8?b?tnJu?=', 'Björn'],
    ['=?iso-8859-1?q?T=F6pel?= =?utf-8?q?_=C3=B6?=', 'Töpel ö'],
    ['=?utf-8*de?q?T=C3=B6pel?=', 'Töpel'],
    ['=?gb2312?B?1tDOxA==?=', '中文'],
    ['=?iso-2022-jp?b?GyRCJDMbKEI=?=', 'こ'],
    ['=?x-unknown?q?T=C3=B6pel?=', 'Töpel'],
    ['=?utf-8?q?T=F6pel?=', 'Töpel'],
    ['=?utf-8?q?what??=', 'what?'],
    ['=?utf-8?b?YQ==YQ==?=', 'aa'],
    ['=?utf-8?x?abc?=', '=?utf-8?x?abc?='],
    ['=?utf-8?q?never ends', '=?utf-8?q?never ends'],
    ['=?"3>@J=?z{?;?q?=+', '=?"3>@J=?z{?;?q?=+'],
  ])('%s', (value, expected) => {
    expect(decodeWords(value)).toBe(expected);
  });
});

describe('bytes are decoded', () => {
  it.each([
    ['as declared', 'T\xf6pel', 'iso-8859-1', 'Töpel'],
    ['as UTF-8 where nothing is declared', 'T\xc3\xb6pel', null, 'Töpel'],
    ['as UTF-8 under ASCII', 'T\xc3\xb6pel', 'us-ascii', 'Töpel'],
    ['as windows-1252 where they are no UTF-8', 'T\xf6pel \x80', 'utf-8', 'Töpel €'],
    ['under a charset that nobody knows', 'T\xc3\xb6pel', 'x-nothing', 'Töpel'],
    ['under a name with NUL', 'T\xf6pel', 'ut\0f', 'Töpel'],
    ['as Chinese where they come in pairs', '\xd6\xd0\xce\xc4', null, '中文'],
    ['as Chinese under its old name', '\xd6\xd0', 'cp936', '中'],
  ])('%s', (_, bytes, charset, expected) => {
    expect(decodeBytes(Buffer.from(bytes, 'latin1'), charset)).toBe(expected);
  });
});

describe('addresses', () => {
  it.each([
    ['a@x.org', [['', 'a@x.org']]],
    [
      'Alice <a@x.org>, b@x.org',
      [
        ['Alice', 'a@x.org'],
        ['', 'b@x.org'],
      ],
    ],
    ['"Example, Alice" <a@x.org>', [['Example, Alice', 'a@x.org']]],
    ['"Al \\"Ace\\" Example" <a@x.org>', [['Al "Ace" Example', 'a@x.org']]],
    ['a@x.org (Alice (the elder))', [['Alice (the elder)', 'a@x.org']]],
    ['=?utf-8?q?Bj=C3=B6rn?= <b@x.org>', [['Björn', 'b@x.org']]],
    ['undisclosed-recipients:;', []],
    [
      'friends: a@x.org, b@x.org;',
      [
        ['', 'a@x.org'],
        ['', 'b@x.org'],
      ],
    ],
    ['"open list:IO_URING" <io@x.org>', [['open list:IO_URING', 'io@x.org']]],
    ['open list <io@x.org>', [['open list', 'io@x.org']]],
    ['alice at x.org (Alice)', [['Alice', 'alice@x.org']]],
    ['<mailto:a@x.org>', [['', 'a@x.org']]],
    ['Alice a@x.org', [['Alice', 'a@x.org']]],
    ['MAILER-DAEMON', [['MAILER-DAEMON', '']]],
    ['"unclosed <a@x.org>', [['unclosed', 'a@x.org']]],
    ['Alice <a@x.org', [['Alice', 'a@x.org']]],
  ])('%s', (value, expected) => {
    expect(parseAddresses(value).map(({ name, email }) => [name, email])).toEqual(expected);
  });

  it('of one mailbox whose comma was not quoted', () => {
    expect(parseMailbox('Example, Alice <a@x.org>')).toEqual({ name: 'Example, Alice', email: 'a@x.org' });
  });
});

describe('a Message-ID', () => {
  it.each([
    ['<a@x.org>', 'a@x.org'],
    ['<a@x.org> (added by postmaster@x.org)', 'a@x.org'],
    ['a@x.org', 'a@x.org'],
    ['<long\tpart @x.org>', 'longpart@x.org'],
    ['<a/b%2F+c@x.org/>', 'a/b%2F+c@x.org/'],
    [`<${'a'.repeat(300)}@x.org>`, `${'a'.repeat(300)}@x.org`],
    [`<${'a'.repeat(1000)}@x.org>`, null],
    ['<yes>', null],
    ['', null],
    ['<<script>alert(1)</script>@x.org>', null],
    ['<"><script>alert(1)</script>@x.org>', null],
  ])('%s', (value, expected) => {
    expect(parseMessageId(value)).toBe(expected);
  });

  it.each([
    ['<a@x> <b@x>', ['a@x', 'b@x']],
    ['<a@x>\t<a@x><b@x>', ['a@x', 'b@x']],
    ['<yes> y n', []],
    ['y', []],
    ['<a@x> <own@x> <alice@example.org>', ['a@x']],
    ['Your message of "Mon, 9 Dec" <a@x>', ['a@x']],
    ['Your message to alice@example.org of Monday', []],
    ['a@x b@x', ['a@x', 'b@x']],
    ['<a@x <b@x>', ['b@x']],
  ])('as a reference: %s', (value, expected) => {
    expect(parseReferences([value], 'own@x', [{ name: '', email: 'Alice@example.org' }])).toEqual(expected);
  });
});

describe('lists', () => {
  it.each([
    ['<kvm.vger.kernel.org>', '', 'kvm@vger.kernel.org'],
    ['"KVM development" <KVM.vger.kernel.org>', '', 'kvm@vger.kernel.org'],
    ['io-uring.vger.kernel.org', '', 'io-uring@vger.kernel.org'],
    ['<u-boot.v2.lists.example.org>', 'u-boot.v2@lists.example.org', 'u-boot.v2@lists.example.org'],
    ['<kvm@vger.kernel.org>', '', 'kvm@vger.kernel.org'],
    ['<nonsense>', 'kvm@vger.kernel.org', 'kvm@vger.kernel.org'],
  ])('List-Id %s', (listId, to, expected) => {
    expect(listsOf([listId], [], [{ name: '', email: to }])).toEqual([expected]);
  });

  it.each([
    [
      'X-Mailing-List names the address',
      [],
      ['kvm@vger.kernel.org'],
      'x@lists.linux.dev',
      ['kvm@vger.kernel.org'],
    ],
    ['else those among the recipients', [], [], 'Linux-MM@kvack.org', ['linux-mm@kvack.org']],
    ['a person is none', [], [], 'alice@kernel.org', []],
  ])('%s', (_, listIds, marked, to, expected) => {
    expect(listsOf(listIds, marked, [{ name: '', email: to }])).toEqual(expected);
  });

  it.each([
    ['kvm@vger.kernel.org', true],
    ['e1000-devel@lists.sourceforge.net', true],
    ['syzkaller@googlegroups.com', true],
    ['devel@edk2.groups.io', true],
    ['dm-devel@redhat.com', true],
    ['alice@redhat.com', false],
    ['alice@gmail.com', false],
    ['majordomo@vger.kernel.org', false],
    ['kvm-owner@vger.kernel.org', false],
    ['kvm+subscribe@vger.kernel.org', false],
    ['lists+io-uring@lfdr.de', false],
  ])('%s: %s', (email, expected) => {
    expect(isListAddress(email)).toBe(expected);
  });
});

describe('the content hash', () => {
  const content = {
    fromEmail: 'a@x.org',
    date: '2019-12-09T20:19:30Z',
    subject: '[PATCH] a',
    text: 'a\nb\n',
  };

  it.each([
    ['white space at line ends', { text: 'a  \nb\t\n\n\n' }],
    ['the case of the address', { fromEmail: 'A@X.org' }],
    ['folds in the subject', { subject: '[PATCH]  a ' }],
    ["vger's footer", { text: 'a\nb\n--\nTo unsubscribe from this list: send the line "unsubscribe kvm"\n' }],
    [
      "mailman's footer",
      { text: `a\nb\n${'_'.repeat(47)}\nwidgets mailing list\nwidgets@lists.example.org\n` },
    ],
    [
      "Google's footer",
      { text: 'a\nb\n\n-- \nYou received this message because you are subscribed to the group.\n' },
    ],
  ])('does not see %s', (_, change) => {
    expect(contentHash({ ...content, ...change })).toBe(contentHash(content));
  });

  it.each([{ text: 'a\n b\n' }, { date: '' }, { subject: '[PATCH] b' }, { fromEmail: 'b@x.org' }])(
    'sees %o',
    (change) => {
      expect(contentHash({ ...content, ...change })).not.toBe(contentHash(content));
    },
  );

  it('leaves a sentence about unsubscribing alone', () => {
    const text = 'a\nTo unsubscribe from this list is easy\n';
    expect(stripListFooter(text)).toBe(text);
  });
});

describe('HTML becomes text', () => {
  it.each([
    ['<p>a</p><p>b<br>c</p>', 'a\n\nb\nc'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['a &lt;b&gt; &amp; &#252;&#xfc;&unknown;&constructor;', 'a <b> & üü&unknown;&constructor;'],
    ['<style>x{}</style><script>1<2</script>a', 'a'],
    ['<ul><li>a</li><li>b</li></ul>', '* a\n* b'],
    ['x<blockquote>a<br>b</blockquote>y', 'x\n>\n> a\n> b\n\ny'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['1 < 2 <!-- no --> > 0', '1 < 2 > 0'],
    ['a <b', 'a '],
  ])('%s', (html, expected) => {
    expect(htmlToPlainText(html)).toBe(expected);
  });
});

it('parameters may be quoted and hold semicolons', () => {
  const { value, parameters } = parseParameters(
    'Multipart/Mixed; boundary="a;b\\"c"; charset=UTF-8; charset=x',
  );
  expect(value).toBe('multipart/mixed');
  expect([...parameters]).toEqual([
    ['boundary', 'a;b"c'],
    ['charset', 'UTF-8'],
  ]);
});

describe('no line of 100,000 characters takes long', () => {
  const lines = [
    ' ',
    '<',
    '>',
    '(',
    '"',
    ',',
    ':',
    ';',
    'a',
    'a ',
    '@',
    'a@',
    '=?',
    '=?utf-8?q?',
    '=?a?b?c?=',
    '-',
    '1:',
    '\\',
    '<p>',
    '<script>',
    '<!--',
    '&#',
    '.',
    'a=b;',
    '<a@b> ',
  ].map((piece) => piece.repeat(Math.ceil(100_000 / piece.length)));
  const readers: [string, (line: string) => unknown][] = [
    ['parseAddresses', parseAddresses],
    ['decodeWords', decodeWords],
    ['parseMailDate', parseMailDate],
    ['parseMessageId', parseMessageId],
    ['parseReferences', (line) => parseReferences([line], null, [])],
    ['parseParameters', parseParameters],
    ['htmlToPlainText', htmlToPlainText],
    ['stripListFooter', stripListFooter],
    ['listsOf', (line) => listsOf([line], [line], [{ name: '', email: line }])],
    ['decodeBytes', (line) => decodeBytes(Buffer.from(line), line)],
  ];

  it.each(readers)('%s', (_, read) => {
    finishesOnAll(lines, read);
  });
});
