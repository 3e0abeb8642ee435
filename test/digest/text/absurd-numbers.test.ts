import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import { htmlToPlainText } from '../../../src/adapters/mail/html-text.js';
import { countOut, namedIndexes, words } from '../../../src/digest/claims/patch-numbers.js';
import { readClaims } from '../../../src/digest/claims/read-claims.js';
import { withReviewScopes } from '../../../src/digest/claims/review-scope.js';
import { toParsedMessage } from '../../../src/digest/contract/to-parsed-message.js';
import { mentionIn } from '../../../src/digest/letter/mention.js';
import { parseLetter } from '../../../src/digest/letter/parse-letter.js';
import { parseMailDate, receivedDate } from '../../../src/digest/mail/mail-date.js';
import { parseSubject } from '../../../src/digest/mail/subject/parse-subject.js';
import { understand } from '../../../src/digest/message/understand.js';
import { parseDiff } from '../../../src/digest/patch/parse-diff.js';
import { joinFacts } from '../../../src/digest/revision/join-facts.js';
import { splitVersions } from '../../../src/digest/series/version-name.js';
import { revisionStates } from '../../../src/digest/state/decide-state.js';
import { parseTrailers } from '../../../src/digest/trailer/parse-trailers.js';
import { mail } from '../message/mail.js';
import { mai, revisionOf, settingOf } from '../state/facts.js';

/** Beyond every bound that a number of a mail has. */
const BEYOND = [
  '4294967296',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '99999999999999999999',
  '1'.repeat(25),
  '9'.repeat(1_000),
];
const ABSURD = [
  '0',
  '-1',
  '00000000000000000001',
  '2147483648',
  '1e21',
  '1e309',
  'NaN',
  '٣',
  '9'.repeat(10_000),
  ...BEYOND,
];

const subject = (text: string) => {
  const { version, index, total } = parseSubject(text);
  return [version, index, total];
};
const letter = (text: string, total: number | null = null) =>
  parseLetter(text, { version: 1, total, kind: 'cover' });
const titled = (title: string) => parseSubject(title);
const claimed = (text: string, parts = {}) =>
  readClaims(mail({ subject: 'Re: [PATCH] x', text, ...parts }), titled('Re: [PATCH] x')).map(({ patches }) =>
    patches.map(({ index }) => index),
  );
const scoped = (line: string) => {
  const text = `For patch ${line}:\nReviewed-by: Bo Lind <bo@example.org>\n`;
  return withReviewScopes(text, parseTrailers(text, 'reply')).map(({ scope }) => scope?.indexes ?? null);
};
const B4 = '\n      commit: 0123456789abcdef0123456789abcdef01234567\n';
const bot = { from: { name: '', email: 'patchwork-bot+x@kernel.org' } };

/** One row for each place where a number of a mail is parsed: what `2` becomes, and what a number that cannot be becomes. */
const PLACES: readonly (readonly [
  place: string,
  read: (n: string) => unknown,
  ofTwo: unknown,
  ofBeyond: unknown,
])[] = [
  ['a version tag', (n) => subject(`[PATCH v${n}] x`), [2, null, null], [1, null, null]],
  ['a version in words', (n) => subject(`[PATCH take ${n}] x`), [2, null, null], [1, null, null]],
  ['a glued version', (n) => subject(`[PATCHv${n} 1/3] x`), [2, 1, 3], [1, 1, 3]],
  ['a version behind a counter', (n) => subject(`[PATCH 1/3v${n}] x`), [2, 1, 3], [1, null, null]],
  ['a replaced patch’s version', (n) => subject(`[PATCH v5.${n}] x`), [5.2, null, null], [1, null, null]],
  ['the index of a counter', (n) => subject(`[PATCH ${n}/3] x`), [1, 2, 3], [1, null, null]],
  ['the total of a counter', (n) => subject(`[PATCH 1/${n}] x`), [1, 1, 2], [1, null, null]],
  ['a counter in words', (n) => subject(`[PATCH 1 of ${n}] x`), [1, 1, 2], [1, null, null]],
  ['a counter of three', (n) => subject(`[PATCH 1/2/${n}] x`), [1, 2, 2], [1, null, null]],
  ['a counter outside the tags', (n) => subject(`[PATCH] 1/${n}: x`), [1, 1, 2], [1, null, null]],
  ['a counter at the end', (n) => subject(`[PATCH] x (1/${n})`), [1, 1, 2], [1, null, null]],
  ['a version in front of the title', (n) => subject(`[PATCH] v${n}: x`), [2, null, null], [1, null, null]],
  ['a version at the end', (n) => subject(`[PATCH] x (v${n})`), [2, null, null], [1, null, null]],
  ['a version of an untagged title', (n) => subject(`some title (v${n})`), [2, null, null], [1, null, null]],
  [
    'a changelog’s version',
    (n) => letter(`x\n\nChanges in v${n}:\n- y\n`).changelog.map((e) => e.version),
    [2],
    [],
  ],
  ['a changelog’s since', (n) => letter(`x\n\nv1 -> v${n}:\n- y\n`).changelog.map((e) => e.version), [2], []],
  ['a shortlog’s count', (n) => letter(`x\n\nJane (${n}):\n  a\n  b\n`).shortlog.length, 2, 0],
  ['a list of patches', (n) => letter(`x\n\n[PATCH 1/${n}] a\n[PATCH ${n}/2] b\n`, 2).shortlog.length, 2, 0],
  [
    'a diffstat’s files',
    (n) =>
      letter(`x\n\n a.c | 1 +\n b.c | 1 -\n ${n} files changed, 1 insertion(+), 1 deletion(-)\n`).diffstat
        ?.files ?? null,
    2,
    null,
  ],
  [
    'a diffstat’s insertions',
    (n) => letter(`x\n\n a.c | 2 ++\n 1 file changed, ${n} insertions(+)\n`).diffstat?.insertions ?? null,
    2,
    null,
  ],
  [
    'a diffstat’s row',
    (n) =>
      letter(`x\n\n a.c | ${n} ++\n 1 file changed, 2 insertions(+)\n`).diffstat?.rows.map(
        (row) => row.changes,
      ),
    [2],
    [],
  ],
  ['a version before a link', (n) => mentionIn(`Link to v${n}: `)?.version ?? null, 2, null],
  [
    'the lines of a hunk',
    (n) => parseDiff(`--- a/x.c\n+++ b/x.c\n@@ -1,${n} +1,${n} @@\n a\n-b\n+c\n`)?.insertions,
    1,
    0,
  ],
  [
    'the place of a hunk',
    (n) => parseDiff(`--- a/x.c\n+++ b/x.c\n@@ -${n},2 +${n},2 @@\n a\n-b\n+c\n`)?.insertions,
    1,
    0,
  ],
  ['the number of a patch in prose', (n) => namedIndexes(words(`In patch ${n} the lock`)), [2], []],
  ['a range of patches', (n) => countOut(`1-${n}`), [1, 2], []],
  ['a list of patches in prose', (n) => countOut(`1,${n}`), [1, 2], [1]],
  ['the first so many patches', (n) => namedIndexes(words(`the first ${n} patches`)), [1, 2], []],
  ['the patches that a tag is for', (n) => scoped(n), [[2]], [null]],
  ['b4’s list', (n) => claimed(`Applied, thanks!\n\n[${n}/3] x${B4}`), [[2]], [[]]],
  [
    'patchwork’s list',
    (n) =>
      claimed(
        `This series was applied to a/b.git (main)\n\nHere is the summary with links:\n  - [${n}/3] x\n    https://git.kernel.org/a/c/0123456789ab\n`,
        bot,
      ),
    [[2]],
    [[null]],
  ],
  ['the day of a date', (n) => parseMailDate(`${n} Jan 2024 10:00:00 +0000`), '2024-01-02T10:00:00Z', null],
  ['the year of a date', (n) => parseMailDate(`Mon, 1 Jan ${n} 10:00:00 +0000`), null, null],
  ['the hour of a date', (n) => parseMailDate(`1 Jan 2024 ${n}:00:00 +0000`), '2024-01-01T02:00:00Z', null],
  [
    'the second of a date',
    (n) => parseMailDate(`1 Jan 2024 10:00:0${n} +0000`),
    '2024-01-01T10:00:02Z',
    null,
  ],
  ['the zone of a date', (n) => parseMailDate(`1 Jan 2024 10:00:00 +020${n}`), '2024-01-01T07:58:00Z', null],
  [
    'the date of a hop',
    (n) => receivedDate([`by x; ${n} Jan 2024 10:00:00 +0000`]),
    '2024-01-02T10:00:00Z',
    null,
  ],
  ['a character in HTML', (n) => htmlToPlainText(`a&#6${n};b`), 'a>b', expect.not.stringContaining('>')],
  [
    'a version in a question',
    (n) => splitVersions(`foll_pin v${n}`).names.map((one) => one.version),
    [2],
    [],
  ],
];

describe('a number of a mail', () => {
  it.each(PLACES)(
    'as %s is read where it can be, and unknown where it cannot',
    (_, read, ofTwo, ofBeyond) => {
      expect(read('2')).toEqual(ofTwo);
      for (const n of BEYOND) expect([n.slice(0, 30), read(n)]).toEqual([n.slice(0, 30), ofBeyond]);
    },
  );

  it.each(PLACES)('as %s makes nothing large, whatever it is', (_, read) => {
    for (const n of ABSURD) {
      const result = JSON.stringify(read(n)) ?? '';
      // A number that is kept as text stays as long as it was.
      expect(result.length).toBeLessThan(2_000 + 2 * n.length);
      expect(largestIn(JSON.parse(result || 'null'))).toBeLessThanOrEqual(999_999_999);
    }
  });

  it.each(ABSURD)('%s in the parameters of a MIME part leaves the text as it is', async (n) => {
    const header = `text/plain; charset*${n}=utf-8; name*0*=a; name*${n}*=utf-8''b; boundary*${n}=x`;
    const { text } = await decodeMail(Buffer.from(`From: a@example.org\nContent-Type: ${header}\n\nhello\n`));
    expect(text).toBe('hello\n');
  });

  it('counts the applied patches of a posting of 9,999 without listing them', () => {
    const huge = { ...revisionOf(1, 3, '2024-05-01T10:00:00Z'), total: 9_999 };
    const setting = settingOf(
      [huge],
      [{ to: 'v1-0', by: mai, at: '2024-05-02T10:00:00Z', claims: [{ whole: true }] }],
    );
    expect([...revisionStates(setting).values()][0]).toMatchObject({
      name: 'applied',
      applied: { patches: 9_999, total: 9_999 },
    });
  });

  it('names none where one sentence names thousands of patches', () => {
    const ranges = Array.from({ length: 70 }, (_, i) => `${i * 101}-${i * 101 + 100}`);
    expect(namedIndexes(words(`patches ${ranges.join(' and ')}`))).toEqual([]);
  });
});

const CASE = `From: Bo Lind <bo@example.org>
To: dev@lists.example.org
Subject: Re: [PATCH v2 1/2] demo: one
Message-ID: <20240101100000.1-1-bo@example.org>
In-Reply-To: <1@example.org>
Date: Mon, 23 Nov 2026 10:00:00 +0000
Content-Type: text/plain; charset=iso-8859-1

In patch 2 the lock is taken twice. Applied patches 1-2 to for-6.13, thanks.
Changes since v1:
 - 3 fixes
Jane Doe (2):
  one
  two
 a/b.c | 12 ++++++------
 2 files changed, 6 insertions(+), 6 deletions(-)
[1/2] one
      commit: 0123456789abcdef0123456789abcdef01234567
Reviewed-by: Bo Lind <bo@example.org> # patches 1-2
diff --git a/a/b.c b/a/b.c
--- a/a/b.c
+++ b/a/b.c
@@ -1,2 +1,2 @@
 a
-b
+c
`;

describe('any mail whose numbers are replaced by absurd ones', () => {
  const number = fc.oneof(
    fc.constantFrom(...ABSURD),
    fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
    fc.integer({ min: 0, max: 3 }).map(String),
  );

  it('becomes a message that is not much larger than the mail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 12 }), async (numbers) => {
        let at = 0;
        const raw = CASE.replace(/\d+/g, () => numbers[at++ % numbers.length] ?? '');
        const message = understand(await decodeMail(Buffer.from(raw)));
        const parsed = JSON.stringify(toParsedMessage(message));
        expect(parsed.length + JSON.stringify(joinFacts(message)).length).toBeLessThan(
          8_000 + 6 * raw.length,
        );
        expect(largestIn(JSON.parse(parsed))).toBeLessThanOrEqual(999_999_999);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the code', () => {
  /** Where a number is made of text elsewhere, and why it cannot grow: the regular expression or the type next to it bounds it. */
  const ELSEWHERE = new Map([
    ['text/bounded-number.ts', 'the bounds themselves'],
    ['mail/mail-date.ts', 'fields of two and four digits; only 1970 to 2099 is a date'],
    ['patch/paths.ts', 'three octal digits: a byte'],
    ['follow/fields.ts', 'what a user typed; four digits'],
    ['plan/read-snooze.ts', 'what a user typed; three digits'],
    ['schedule/slots.ts', 'a schedule of ours, checked when it was stored'],
    ['schedule/schedule-words.ts', 'what a user typed; two digits'],
    ['summary/model.ts', 'the generated table'],
    ['time/parse-moment.ts', 'what a user typed; five digits'],
    ['time/zone.ts', 'what Intl wrote'],
    ['view/picture/days.ts', 'a date that we wrote'],
    ['mail/encoded-words.ts', 'two hexadecimal digits: a byte'],
    ['mail/html-text.ts', 'at most a code point'],
    ['imap/read-mailbox.ts', 'checked against the largest UID'],
    ['imap/open-imap.ts', 'six digits, compared only'],
    ['imap/imap-address.ts', 'a port that URL has checked'],
    ['nntp/client.ts', 'the fields of DATE: four digits at most'],
    ['nntp/connect.ts', 'a status of three digits'],
    ['lore/git-audit.ts', 'five digits, compared only'],
    ['lore/git-blobs.ts', 'a size that git counted; at most so many bytes are kept'],
    ['lore/git-history.ts', 'counts and times that git wrote; times are checked by isoOfSeconds'],
    ['lore/git-list.ts', 'names of our own folders'],
    ['lore/git-mirror.ts', 'ten digits, shown only'],
    ['lore/git-refs.ts', 'four hexadecimal digits, checked against what is there'],
    ['lore/http-client.ts', 'nine digits, and a day at most'],
  ]);

  it('makes numbers of text in one module, and elsewhere only where a reason is named', () => {
    const src = fileURLToPath(new URL('../../../src/', import.meta.url));
    const rooms = [
      'digest',
      ...['mail', 'files', 'imap', 'lore', 'nntp', 'patchwork'].map((one) => `adapters/${one}`),
    ];
    const found = rooms.flatMap((room) =>
      readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && makesNumbers(readFileSync(join(src, room, file), 'utf8')))
        .map((file) => (room === 'digest' ? file : `${room.split('/')[1]}/${file}`)),
    );
    expect(found.filter((file) => !ELSEWHERE.has(file))).toEqual([]);
    expect([...ELSEWHERE.keys()].filter((file) => !found.includes(file))).toEqual([]);
  });

  /** Sorting by a condition (`Number(b.primary)`) makes a number of no text. */
  function makesNumbers(source: string): boolean {
    return /\bNumber\((?![ab]\.[a-z])|\.map\(Number\)|\bparseInt\(|\bparseFloat\(|\bBigInt\(/.test(source);
  }
});

function largestIn(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(0, ...Object.values(value).map(largestIn));
}
