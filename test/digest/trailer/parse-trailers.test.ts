import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrailers } from '../../../src/digest/trailer/parse-trailers.js';
import { finishesOnAll } from '../../lib/hang-guard.js';
import { hostileLines } from '../message/hostile-lines.js';

/** kind, name, address */
type Found = readonly [string, string, string];

function found(text: string, place: 'letter' | 'reply' = 'reply'): Found[] {
  return parseTrailers(text, place).map(({ kind, name, email }) => [kind, name, email]);
}

const JANE: Found = ['Reviewed-by', 'Jane Doe', 'jane@example.org'];

describe('a trailer in a reply', () => {
  it.each<[string, string, Found[]]>([
    ['is on a line of its own', 'Looks good.\n\nReviewed-by: Jane Doe <jane@example.org>\n', [JANE]],
    ['may be indented a little', '  Reviewed-by: Jane Doe <jane@example.org>', [JANE]],
    ['may be indented by a tab', '\tReviewed-by: Jane Doe <jane@example.org>', [JANE]],
    [
      'T1 is not a quoted one',
      '> Reviewed-by: Jane Doe <jane@example.org>\n> > Acked-by: J <j@example.org>',
      [],
    ],
    ['T1 is between quotes', '> + foo();\n\nReviewed-by: Jane Doe <jane@example.org>\n\n> + bar();', [JANE]],
    [
      'T7 comes with mailto junk',
      'Reviewed-by: Jane Doe <jane@example.org<mailto:jane@example.org>>',
      [JANE],
    ],
    ['T7 comes as a mailto link', 'Reviewed-by: Jane Doe <mailto:jane@example.org>', [JANE]],
    ...[
      '<jane at example.org>',
      '<jane (at) example (dot) org>',
      '<jane [at] example.org>',
      '<jane@...>',
      '<jane(a)example.org>',
    ].map((hidden): [string, string, Found[]] => [
      `has an address that an archive has hidden: ${hidden}`,
      `Reviewed-by: Jane Doe ${hidden}`,
      [['Reviewed-by', 'Jane Doe', '']],
    ]),
    ['not: words between angles', 'Reviewed-by: Jane Doe <look at that thing>', []],
    ['T8 is wrapped before the address', 'Reviewed-by: Jane Doe\n<jane@example.org>', [JANE]],
    ['T8 is wrapped behind the colon', 'Reviewed-by:\nJane Doe <jane@example.org>', [JANE]],
    ['T8 is wrapped within the name', 'Reviewed-by: Jane\nDoe <jane@example.org>', [JANE]],
    ['T8 is wrapped within a quoted name', 'Reviewed-by: "Jane\nDoe" <jane@example.org>', [JANE]],
    ['T8 not: two people', 'Reviewed-by: Bob Builder\nJane Doe <jane@example.org>', []],
    ['T8 not: a tag below', 'Reviewed-by: Bob\nReviewed-by: Jane Doe <jane@example.org>', [JANE]],
    [
      'T10 has brackets in the name',
      'Acked-by: Jane (Example) Doe <jane@example.org>',
      [['Acked-by', 'Jane (Example) Doe', 'jane@example.org']],
    ],
    [
      'T10 has a quoted name with a comma',
      'Acked-by: "Doe, Jane" <jane@example.org>',
      [['Acked-by', 'Doe, Jane', 'jane@example.org']],
    ],
    [
      'T10 has a bare name with a comma',
      'Acked-by: Doe, Jane <jane@example.org>',
      [['Acked-by', 'Doe, Jane', 'jane@example.org']],
    ],
    [
      'T10 has a quote within the name',
      `Acked-by: Jane "JD" O'Doe <jane@example.org>`,
      [['Acked-by', `Jane "JD" O'Doe`, 'jane@example.org']],
    ],
    ['T11 has a bare address', 'Tested-by: jane@example.org', [['Tested-by', '', 'jane@example.org']]],
    [
      'T11 has a bare address in brackets',
      'Tested-by: <jane@example.org>',
      [['Tested-by', '', 'jane@example.org']],
    ],
    [
      'T12 has a name beyond ASCII',
      'Reviewed-by: Radim Krčmář <r@example.org>',
      [['Reviewed-by', 'Radim Krčmář', 'r@example.org']],
    ],
    [
      'T12 has a Chinese name',
      'Reviewed-by: 王小明 <w@example.org>',
      [['Reviewed-by', '王小明', 'w@example.org']],
    ],
    ['T13 is not prose', 'Please add my Reviewed-by when resending.\nReviewed-by when resending: sure', []],
    ['T13 is not a sentence with a colon', 'Caused by: jane@example.org said so', []],
    ['T14 is not a question', 'Fixes: ?\nFixes: which commit', []],
    ['T15 is not below the signature', 'ok\n-- \nReviewed-by: Jane Doe <jane@example.org>', []],
    ['T15 is above the signature', 'Reviewed-by: Jane Doe <jane@example.org>\n-- \nJane', [JANE]],
    [
      'T15 not: `--` without blank is no signature',
      'a\n--\nReviewed-by: Jane Doe <jane@example.org>',
      [JANE],
    ],
    [
      'M10 is above the footer of a mailman, or below a line of its kind',
      `____\nReviewed-by: Jane Doe <jane@example.org>\n${'_'.repeat(47)}\nwidgets mailing list\nwidgets@example.org`,
      [JANE],
    ],
    ['T16 is in lower case', 'reviewed-by: Jane Doe <jane@example.org>', [JANE]],
    ['T16 is in odd case', 'REVIEWED-By: Jane Doe <jane@example.org>', [JANE]],
    ['T16 has a blank in its kind', 'Reviewed By: Jane Doe <jane@example.org>', [JANE]],
    ['T16 is misspelled', 'Reviwed-by: Jane Doe <jane@example.org>', [JANE]],
    ['T20 is not conditional', 'With that fixed, Reviewed-by: Jane Doe <jane@example.org>', []],
    [
      'T20 is granted on the line below the condition',
      'With that fixed,\nReviewed-by: Jane Doe <jane@example.org>',
      [JANE],
    ],
    ['T20 is not kept back by "otherwise"', 'Otherwise, Reviewed-by: Jane Doe <jane@example.org>', []],
    ['follows a word of praise', 'LGTM. Reviewed-by: Jane Doe <jane@example.org>', [JANE]],
    ['follows more praise', 'Looks good to me, Reviewed-by: Jane Doe <jane@example.org>', [JANE]],
    [
      'is two in one',
      'Reviewed and Tested by: Jane Doe <jane@example.org>',
      [['Reviewed-and-tested-by', 'Jane Doe', 'jane@example.org']],
    ],
    ['needs an address', 'Reviewed-by: Jane Doe\nAcked-by: me', []],
    [
      'is no header of the mail that is answered',
      'From: Jane <jane@example.org>\nCc: x@example.org\nTo: y@example.org\nDate: today\nSubject: x',
      [],
    ],
    [
      'is not in the copy below',
      'ok\n\n-----Original Message-----\nReviewed-by: Jane Doe <jane@example.org>',
      [],
    ],
    ['is not in a diff', 'try this:\ndiff --git a/x b/x\nReviewed-by: Jane Doe <jane@example.org>', []],
    ['is not in a commit that is shown', '    Reviewed-by: Jane Doe <jane@example.org>', []],
    [
      'is next to others',
      'Reviewed-by: Jane Doe <jane@example.org>\nTested-by: Jane Doe <jane@example.org>',
      [JANE, ['Tested-by', 'Jane Doe', 'jane@example.org']],
    ],
    ['is no contact line', 'Email: jane@example.org\nPhone: 1234567\nUnsubscribe: x@example.org', []],
  ])('%s', (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['Nacked-by: Jane Doe <jane@example.org>', ['Nacked-by', 'Jane Doe', 'jane@example.org']],
    ['NAKed-by: Jane Doe <jane@example.org>', ['Nacked-by', 'Jane Doe', 'jane@example.org']],
    ['Nack-by: Jane Doe <jane@example.org>', ['Nacked-by', 'Jane Doe', 'jane@example.org']],
    ['Nacked-by', ['Nacked-by', '', '']],
    ['NAK', ['Nacked-by', '', '']],
    ['nack.', ['Nacked-by', '', '']],
    ['NACK, this breaks userspace.', ['Nacked-by', '', '']],
    ['Big NAK!', ['Nacked-by', '', '']],
    ['NAK from me for the reasons above', ['Nacked-by', '', '']],
  ])('may be a no: %s', (line, expected) => {
    expect(found(`> + foo();\n\n${line}\n`)).toEqual([expected]);
  });

  it.each([
    'NAK packets are dropped here',
    'I would not NAK this',
    '> NAK',
    'nackered',
    'Should we NACK it?',
    'nack the irq first',
  ])('reads no no into: %s', (line) => {
    expect(found(line)).toEqual([]);
  });
});

describe('a trailer in a letter', () => {
  it.each<[string, string, Found[]]>([
    [
      'names people by address',
      'Signed-off-by: Jane Doe <jane@example.org>',
      [['Signed-off-by', 'Jane Doe', 'jane@example.org']],
    ],
    [
      'names people without an address',
      'Suggested-by: Jane Doe\nAssisted-by: Some Tool',
      [
        ['Suggested-by', 'Jane Doe', ''],
        ['Assisted-by', 'Some Tool', ''],
      ],
    ],
    [
      'says whom to copy',
      'Cc: Jane Doe <jane@example.org>\nCC: stable@example.org',
      [
        ['Cc', 'Jane Doe', 'jane@example.org'],
        ['Cc', '', 'stable@example.org'],
      ],
    ],
    [
      'links',
      'Link: https://lore.kernel.org/r/1@example.org\nCloses: https://bugs.example.org/1',
      [
        ['Link', '', ''],
        ['Closes', '', ''],
      ],
    ],
    ['does not link to prose', 'Link: see below', []],
    ['names a commit', 'Fixes: 0123456789ab ("mm: x")', [['Fixes', '', '']]],
    ['does not name a short one', 'Fixes: 12ab', []],
    [
      'is not a base',
      `base-commit: ${'0'.repeat(40)}\nchange-id: 20240101-x-0123456789ab\nprerequisite-patch-id: ${'0'.repeat(40)}`,
      [],
    ],
    ['is not in prose', 'Reviewed-by: everybody who was at the conference and had an opinion about it', []],
    [
      'keeps the order of the letter',
      'Cc: a@example.org\nSigned-off-by: B <b@example.org>\nCc: c@example.org',
      [
        ['Cc', '', 'a@example.org'],
        ['Signed-off-by', 'B', 'b@example.org'],
        ['Cc', '', 'c@example.org'],
      ],
    ],
    [
      'is not below the signature',
      'Cc: a@example.org\n-- \nCc: b@example.org',
      [['Cc', '', 'a@example.org']],
    ],
  ])('%s', (_name, text, expected) => {
    expect(found(text, 'letter')).toEqual(expected);
  });

  it.each([
    [
      'T8 a wrapped Fixes',
      'Fixes: 0123456789ab ("mm: a long title that\ngoes on")',
      '0123456789ab ("mm: a long title that goes on")',
    ],
    ['T9 a note on the line', 'Cc: stable@example.org # v6.1+', 'stable@example.org # v6.1+'],
    [
      'T9 a note in brackets',
      'Acked-by: J <j@example.org> [for the x86 bits]',
      'J <j@example.org> [for the x86 bits]',
    ],
    [
      'T9 a note on the next line',
      'Signed-off-by: J <j@example.org>\n[jane: rebased]',
      'J <j@example.org> [jane: rebased]',
    ],
    ['T9 not: a footnote', 'Acked-by: J <j@example.org>\n[1] https://example.org', 'J <j@example.org>'],
    ['a link on the next line', 'Link:\nhttps://example.org/1', 'https://example.org/1'],
  ])('keeps all of its value: %s', (_name, text, value) => {
    expect(parseTrailers(text, 'letter').map((trailer) => trailer.value)).toEqual([value]);
  });
});

describe('any text', () => {
  const words = fc.constantFrom(
    'Reviewed-by',
    ':',
    ' ',
    '\n',
    '<',
    '>',
    'j@example.org',
    '"',
    'Fixes: ',
    '0123456789',
    '(',
    '[x]',
    '-- ',
    '> ',
    'NAK',
    'é',
  );
  it('is read without failing; every trailer has a kind and a value', () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }),
        fc.constantFrom('letter' as const, 'reply' as const),
        (parts, place) => {
          for (const trailer of parseTrailers(parts.join(''), place)) {
            expect(trailer.kind).toMatch(/^[A-Z][a-zA-Z-]*$/);
            expect(trailer.value).not.toBe('');
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('yields nothing once it is quoted', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const quoted = parts
          .join('')
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n');
        expect(parseTrailers(quoted, 'reply')).toEqual([]);
      }),
    );
  });

  it('is read in linear time', () => {
    finishesOnAll(hostileLines, (text) => parseTrailers(text, 'reply'));
    // Each line might begin the mail that is answered; that it is quoted shows at the end alone.
    const attributions = `Yes.\n${'On Monday Jane wrote:\n'.repeat(400_000)}> quoted\n`;
    finishesOnAll([attributions], (text) => parseTrailers(text, 'reply'));
    finishesOnAll(
      hostileLines.map((line) => `Acked-by: ${line}`),
      (text) => parseTrailers(text, 'letter'),
    );
  });
});

describe('a tag that is written with other characters', () => {
  it.each([
    '\u200bReviewed-by: Jane Doe <jane@example.org>',
    '\ufeffReviewed-by: Jane Doe <jane@example.org>',
    'Reviewed\u00ad-by\u200d: Jane Doe <jane@example.org>',
    'Reviewed-by：Jane Doe <jane@example.org>',
    'Reviewed-by：Jane Doe ＜jane@example.org＞',
    'Reviewed‑by: Jane Doe <jane@example.org>',
    'Reviewed–by: Jane Doe <jane@example.org>',
    '**Reviewed-by:** Jane Doe <jane@example.org>',
    '*Reviewed-by*: Jane Doe <jane@example.org>',
  ])('%j is given', (line) => {
    expect(found(`Fine.\n\n${line}\n`)).toEqual([JANE]);
  });
});

describe('the mail that an answer has below it without quote marks', () => {
  const TAG = 'Reviewed-by: Jane Doe <jane@example.org>\n';
  const HEADERS =
    'From: Ada <ada@example.org>\nSent: Monday, June 3, 2024 10:00 AM\nTo: Jane <jane@example.org>\nSubject: Re: x\n';
  it.each([
    ['Outlook', `________________________________\n${HEADERS}`],
    ['Outlook without its bar', HEADERS],
    [
      'Outlook in German',
      'Von: Ada <ada@example.org>\nGesendet: Montag, 3. Juni 2024 10:00\nAn: Jane\nBetreff: AW: x\n',
    ],
    [
      'Outlook in Chinese',
      '发件人: Ada <ada@example.org>\n发送时间: 2024年6月3日 10:00\n收件人: Jane\n主题: x\n',
    ],
    ['bold headers', '*From:* Ada\n*Date:* Monday\n*To:* Jane\n'],
    ['a line that says so', '-----Original Message-----\nFrom: Ada\n'],
    ['the same in French', "-----Message d'origine-----\nDe : Ada\n"],
    ['QQ', '------------------ 原始邮件 ------------------\n'],
    ['QQ as HTML', '------------------&nbsp;原始邮件&nbsp;------------------\n'],
    ['the time first', 'Date: Mon, 3 Jun 2024 10:00\nFrom: Ada\nTo: Jane\nSubject: Re: x\n'],
    ['Outlook with one header', '________________________________________\nFrom: Ada\n\n'],
    ['Apple', 'Begin forwarded message:\n'],
    ['an attribution', 'On Monday, Ada Quill <ada@example.org> wrote:\n'],
    ['a German one', 'Am Montag schrieb Ada Quill:\n'],
    ['a Danish one', 'Den man. 2. mar. 2026 kl. 10.00 skrev Ada Quill <ada@example.org>:\n'],
    ['a Polish one', 'pon., 2 mar 2026 o 10:00 Ada Quill <ada@example.org> napisał(a):\n'],
    ['a Korean one', '2026년 3월 2일 (월), Ada Quill <ada@example.org>님이 작성:\n'],
    [
      'Turkish headers',
      'Kimden: Ada <ada@example.org>\nGönderildi: 2 Mart 2026 10:00\nKime: Jane\nKonu: x\n',
    ],
    [
      'Brazilian headers',
      'De: Ada <ada@example.org>\nEnviada em: segunda-feira, 2 de março\nPara: Jane\nAssunto: x\n',
    ],
  ])('gives none of its tags: %s', (_name, above) => {
    expect(found(`No, not yet.\n\n${above}\nMay I add this?\n\n${TAG}`)).toEqual([]);
  });

  it.each([
    ['an attribution whose quote was cut', `On Monday, Ada Quill wrote:\n\n${TAG}`],
    ['an attribution over quotes', `Hi,\n\nOn Monday, Ada Quill wrote:\n> x\n\n${TAG}`],
    ['From: alone', `From: Ada Quill <ada@example.org>\n\n> x\n\n${TAG}`],
    ['a sentence', `From: the top, this is fine.\nDate: today\n\n${TAG}`],
    ['a date', `Date: today\n\n${TAG}`],
    ['a date and a sentence', `Fine.\n\nDate: today\nFrom: the top, this is fine.\n\n${TAG}`],
    ['a ruler', `Some thoughts.\n________________________________\n\n${TAG}`],
  ])('is not begun by %s', (_name, text) => {
    expect(found(text)).toEqual([JANE]);
  });
});
