import { ABSURD_NUMBERS, CHARSETS, HOSTILE_WORDS } from './absurd.js';
import type { Random } from './random.js';

/** What a mutation works on: text of one character a byte, so that no byte is lost. */
interface Material {
  readonly mail: string;
  /** Another mail of the same list, to splice with. */
  readonly other: string;
  readonly random: Random;
}

export type Mutation = (material: Material) => string;

/** A mail stays below it: the rest of its time would go into copying. */
export const MAX_MUTATED_BYTES = 96 * 1024;

const HEADERS = [
  'Message-ID',
  'In-Reply-To',
  'References',
  'From',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Received',
  'List-Id',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Content-Disposition',
  'MIME-Version',
];

/** By name: the summary counts them, and a replay names those that made the mail. */
export const MUTATIONS: ReadonlyMap<string, Mutation> = new Map<string, Mutation>([
  ['flip bits', flipBits],
  ['truncate', ({ mail, random }) => mail.slice(0, random.whole(0, mail.length))],
  ['cut out', cutOut],
  ['splice', splice],
  ['absurd numbers', absurdNumbers],
  ['absurd sentence', absurdSentence],
  ['nest multiparts', nestMultiparts],
  ['nest attached mails', nestMails],
  ['nest quotes', nestQuotes],
  ['nest HTML', nestHtml],
  ['charset', changeCharset],
  ['transfer encoding', changeEncoding],
  ['parameter continuations', continueParameter],
  ['NUL and CR', strayControls],
  ['line ends', changeLineEnds],
  ['repeat headers', repeatHeaders],
  ['repeat lines', repeatLines],
  ['hostile words', hostileWords],
  ['hostile ids', hostileIds],
  ['encoded words', encodedWords],
  ['separators', separators],
]);

function at(text: string, random: Random): number {
  return random.whole(0, text.length);
}

function insert(text: string, place: number, piece: string): string {
  return text.slice(0, place) + piece + text.slice(place);
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Where the body begins; the length where there is none. */
function bodyOf(mail: string): number {
  const blank = mail.indexOf('\n\n');
  return blank < 0 ? mail.length : blank + 2;
}

function withHeader(mail: string, name: string, value: string): string {
  return `${name}: ${value}\n${mail}`;
}

function withoutHeaders(mail: string, start: string): string {
  const body = bodyOf(mail);
  const kept = mail
    .slice(0, body)
    .split(/\n(?![ \t])/)
    .filter((line) => !line.toLowerCase().startsWith(start));
  return kept.join('\n') + mail.slice(body);
}

function flipBits({ mail, random }: Material): string {
  const bytes = Buffer.from(mail, 'latin1');
  for (let flips = random.whole(1, 40); flips > 0 && bytes.length > 0; flips--) {
    const place = random.whole(0, bytes.length - 1);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << random.whole(0, 7));
  }
  return bytes.toString('latin1');
}

function cutOut({ mail, random }: Material): string {
  const from = at(mail, random);
  return mail.slice(0, from) + mail.slice(from + random.whole(1, 2_000));
}

function splice({ mail, other, random }: Material): string {
  return random.chance(0.3)
    ? mail.slice(0, bodyOf(mail)) + other.slice(bodyOf(other))
    : mail.slice(0, at(mail, random)) + other.slice(at(other, random));
}

/** Numbers in place of digits: few of them, or all. */
function absurdNumbers({ mail, random }: Material): string {
  const share = random.pick([0.02, 0.02, 0.1, 0.1, 0.5, 1]);
  const one = random.chance(0.5) ? random.pick(ABSURD_NUMBERS) : null;
  let room = MAX_MUTATED_BYTES - mail.length;
  return mail.replace(/\d+/g, (digits) => {
    if (room <= 0 || !random.chance(share)) return digits;
    const number = latin1(one ?? random.pick(ABSURD_NUMBERS));
    room -= number.length;
    return number;
  });
}

/** Each number is N: the places where a mail's number is parsed, in the forms that mails have. */
const NUMBERED = [
  'In patch N the lock is taken twice.',
  'Applied patches 1-N, thanks!',
  'Applied patches N-N and 1,N,3 to for-next, thanks.',
  'I took the first N patches.',
  'For patches N-1:\nReviewed-by: Bo Lind <bo@example.org>',
  'Reviewed-by: Bo Lind <bo@example.org> # patches 0-N',
  'Applied, thanks!\n\n[N/N] a title\n      commit: 0123456789abcdef0123456789abcdef01234567',
  '@@ -N,N +N,N @@ void f(void)\n-a\n+b',
  ' a/b.c | N +++---\n N files changed, N insertions(+), N deletions(-)',
  ' a/b.c | Bin N -> N bytes\n 1 file changed, 0 insertions(+), 0 deletions(-)\n rename {a => b}/c.h (N%)',
  'Jane Doe (N):\n  a title\n  another title',
  'Changes since vN:\n- one thing\n\nvN -> vN:\n- another',
  'v9: https://lore.kernel.org/r/N@example.org\nLink to vN: https://lore.kernel.org/r/N@example.org',
  '[PATCH N/N] a title\n[PATCH N/N] another',
  'pw-bot: N',
  '&#N; &#xN; &#NN;',
  'base-commit: N',
  'N. first\nN. second',
];

const NUMBERED_SUBJECTS = [
  '[PATCH vN N/N] a title',
  '[PATCH N of N] a title',
  '[PATCH RFC N/N/N] a title',
  '[PATCHvN.N 1/Nv2] a title',
  'Re[N]: [PATCH take N] a title (vN)',
  '[PATCH] N/N: a title (N/N)',
  '[PATCH N.N.y] a title, take N',
];

function absurdSentence({ mail, random }: Material): string {
  const one = random.chance(0.5) ? random.pick(ABSURD_NUMBERS) : null;
  const fill = (form: string) => latin1(form.replace(/N/g, () => one ?? random.pick(ABSURD_NUMBERS)));
  const trailers = Array.from({ length: random.whole(1, 12) }, () => fill(random.pick(NUMBERED)));
  const text = insert(mail, bodyOf(mail), `${trailers.join('\n')}\n`);
  return random.chance(0.4)
    ? withHeader(withoutHeaders(text, 'subject:'), 'Subject', fill(random.pick(NUMBERED_SUBJECTS)))
    : text;
}

function nestMultiparts({ mail, random }: Material): string {
  const depth = random.pick([2, 2, 10, 10, 60, 400]);
  const same = random.chance(0.3);
  const boundary = (level: number) => (same ? 'b' : `b${level}`);
  const open = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary="${boundary(level)}"\n\n--${boundary(level)}\n`,
  );
  const close = random.chance(0.5)
    ? Array.from({ length: depth }, (_, level) => `\n--${boundary(depth - 1 - level)}--`)
    : [];
  const body = bodyOf(mail);
  const inner = `Content-Type: text/plain\n\n${mail.slice(body)}`;
  const head = withoutHeaders(mail.slice(0, body), 'content-').trimEnd();
  return `${head}\n${open.join('')}${inner}${close.join('')}\n`;
}

function nestMails({ mail, other, random }: Material): string {
  let nested = other;
  for (let depth = random.pick([1, 1, 5, 40, 200]); depth > 0 && nested.length < MAX_MUTATED_BYTES; depth--)
    nested = `From: a@example.org\nSubject: Fwd ${depth}\nContent-Type: message/rfc822\n\n${nested}`;
  const body = bodyOf(mail);
  return `${withoutHeaders(mail.slice(0, body), 'content-').trimEnd()}\nContent-Type: message/rfc822\n\n${nested}`;
}

function nestQuotes({ mail, random }: Material): string {
  const mark = random.pick(['>', '> ', '| ', '>|', 'A> ']).repeat(random.pick([3, 3, 3, 50, 2_000]));
  let room = MAX_MUTATED_BYTES - mail.length;
  const body = bodyOf(mail);
  const quoted = mail
    .slice(body)
    .split('\n')
    .map((line) => {
      if (room <= 0 || random.chance(0.3)) return line;
      room -= mark.length;
      return mark + line;
    });
  return mail.slice(0, body) + quoted.join('\n');
}

function nestHtml({ mail, random }: Material): string {
  const tag = random.pick([
    'blockquote',
    'div',
    'li',
    'table><tr><td',
    'pre',
    'style',
    'b',
    '!--',
    'a href="x',
  ]);
  const depth = random.pick([5, 5, 500, 20_000]);
  const body = bodyOf(mail);
  const open = `<${tag}>`.repeat(depth).slice(0, MAX_MUTATED_BYTES);
  return `${withoutHeaders(mail.slice(0, body), 'content-').trimEnd()}\nContent-Type: text/html\n\n${open}${mail.slice(body)}`;
}

function changeCharset({ mail, random }: Material): string {
  const charset = latin1(random.pick(CHARSETS));
  const text = withHeader(
    withoutHeaders(mail, 'content-type'),
    'Content-Type',
    `text/plain; charset="${charset}"`,
  );
  const high = String.fromCharCode(...Array.from({ length: 24 }, () => random.whole(0x80, 0xff)));
  return random.chance(0.6) ? insert(text, bodyOf(text), `${high}\x1b$B${high}\x1b(B\n`) : text;
}

function changeEncoding({ mail, random }: Material): string {
  const encoding = random.pick([
    'base64',
    'quoted-printable',
    'uuencode',
    'x-unknown',
    '8bit',
    'BASE64 ',
    '',
  ]);
  return withHeader(withoutHeaders(mail, 'content-transfer-encoding'), 'Content-Transfer-Encoding', encoding);
}

/** RFC 2231: `name*0*=`, `name*99999999999=`. */
function continueParameter({ mail, random }: Material): string {
  const index = () => random.pick(ABSURD_NUMBERS);
  const pieces = Array.from(
    { length: random.whole(1, 30) },
    () =>
      `; ${random.pick(['charset', 'boundary', 'name', 'filename'])}*${index()}${random.pick(['', '*'])}=utf-8''%41x`,
  );
  const header = random.pick(['Content-Type', 'Content-Disposition']);
  const value = random.pick(['text/plain', 'attachment', 'multipart/mixed', 'application/octet-stream']);
  return withHeader(
    withoutHeaders(mail, header.toLowerCase()),
    header,
    latin1(value + pieces.join('').slice(0, 60_000)),
  );
}

function strayControls({ mail, random }: Material): string {
  let text = mail;
  for (let count = random.whole(1, 20); count > 0; count--)
    text = insert(
      text,
      at(text, random),
      random.pick(['\0', '\r', '\r\r\n', '\x1a', '\x0c', '\x1b[2J', '\x7f', '\xff\xfe']),
    );
  return text;
}

function changeLineEnds({ mail, random }: Material): string {
  return mail.replaceAll('\n', random.pick(['\r', '\r\n', '\r\r\n', '\n\n', '\n\r', ' \n', '\x85']));
}

function repeatHeaders({ mail, other, random }: Material): string {
  const name = random.pick(HEADERS);
  const found = new RegExp(`^${name}:.*(?:\\n[ \\t].*)*`, 'im').exec(random.chance(0.5) ? mail : other);
  const line = `${(found?.[0] ?? `${name}: <x@example.org>`).slice(0, 2_000)}\n`;
  const times = Math.min(random.pick([2, 2, 20, 20, 2_000]), Math.floor(MAX_MUTATED_BYTES / line.length));
  return line.repeat(times) + mail;
}

function repeatLines({ mail, random }: Material): string {
  const lines = mail.slice(bodyOf(mail)).split('\n');
  const from = random.whole(0, lines.length - 1);
  const block = `${lines.slice(from, from + random.whole(1, 5)).join('\n')}\n`;
  const times = Math.min(
    random.pick([2, 2, 2, 30, 30, 2_000]),
    Math.floor(MAX_MUTATED_BYTES / (block.length + 1)),
  );
  return insert(mail, bodyOf(mail), block.repeat(times));
}

function hostileWords({ mail, random }: Material): string {
  let text = mail;
  for (let count = random.whole(1, 6); count > 0; count--)
    text = insert(text, at(text, random), latin1(random.pick(HOSTILE_WORDS)));
  return text;
}

function hostileIds({ mail, random }: Material): string {
  const id = () => `<${latin1(random.pick(HOSTILE_WORDS))}${random.pick(['@example.org', '', '@'])}>`;
  const name = random.pick(['Message-ID', 'In-Reply-To', 'References', 'List-Id', 'From']);
  const count = random.pick([1, 3, 200]);
  const value = Array.from({ length: count }, id).join(random.pick([' ', '\n ', ', ']));
  return withHeader(withoutHeaders(mail, `${name.toLowerCase()}:`), name, value.slice(0, 100_000));
}

function encodedWords({ mail, random }: Material): string {
  const word = () =>
    `=?${latin1(random.pick(CHARSETS))}?${random.pick(['q', 'b', 'Q', 'B', 'x'])}?${random.pick(['=FF=00', 'AAAA', '////', '=', '', '[PATCH_=39999/2]'])}?=`;
  const name = random.pick(['Subject', 'From', 'To', 'Message-ID']);
  const value = Array.from({ length: random.pick([1, 4, 500]) }, word).join(random.pick(['', ' ', '\n ']));
  return withHeader(withoutHeaders(mail, `${name.toLowerCase()}:`), name, value.slice(0, 100_000));
}

/** Lines that may be taken for the beginning of another mail. */
function separators({ mail, random }: Material): string {
  const line = random.pick([
    '\nFrom mboxrd@z Thu Jan  1 00:00:00 1970\n',
    '\n\nFrom a Thu Jan 99 99:99:99 99999\nFrom: a@example.org\n',
    '\n>From mboxrd@z Thu Jan  1 00:00:00 1970\n',
    '\n>>>>From \n',
    '\nContent-Length: 99999999999\n',
    '\n#### [subject]\n##### From: a@example.org\n```\n',
  ]);
  let text = mail;
  for (let count = random.whole(1, 4); count > 0; count--) text = insert(text, at(text, random), line);
  return text;
}
