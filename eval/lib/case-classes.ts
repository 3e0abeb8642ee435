import type { Mail } from '../../src/digest/mail/mail.js';
import type { Message } from '../../src/digest/message/message.js';

/** A mail as it came and as it is read. */
export interface ReadMail {
  /** Headers of the raw mail, latin1. */
  readonly head: string;
  /** The raw mail below them, latin1. */
  readonly body: string;
  readonly mail: Mail;
  readonly message: Message;
}

/** The class of a row of `cases/README.md`, as far as a single mail shows it. */
interface CaseClass {
  readonly row: string;
  readonly about: string;
  /** Crude, and independent of the rules: whether a mail is of the class. */
  isMember(read: ReadMail): boolean;
  /** Whether it is read as the row says. */
  isRight(read: ReadMail): boolean;
}

const isPosting = ({ message }: ReadMail): boolean => ['cover', 'patch', 'pull'].includes(message.kind);
const subjectOf = ({ mail }: ReadMail): string => mail.subject ?? '';
const hasText = (pattern: RegExp) => (read: ReadMail) => pattern.test(read.mail.text);
const hasHead = (pattern: RegExp) => (read: ReadMail) => pattern.test(read.head);
const claims = (says: string) => (read: ReadMail) => read.message.claims.some((claim) => claim.says === says);
/** What the sender wrote themselves. */
const own = ({ mail }: ReadMail): string =>
  mail.text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .slice(0, 20_000);

/** `_____` or `From: … Sent: …` above a mail that is copied in without quote marks. */
const COPIED = /^(?:_{20,}|-{3,} ?Original Message ?-{3,}|From: .{1,200}\n(?:Sent|Date): )/m;

/** The tag in the lines below a copied mail's heading. */
function copiedTag(read: ReadMail): string | null {
  const at = read.mail.text.search(COPIED);
  const found = at < 0 ? null : /^[\w-]{3,20}-by: .{3,200}$/m.exec(read.mail.text.slice(at));
  return found?.[0] ?? null;
}

export const CASE_CLASSES: readonly CaseClass[] = [
  {
    row: '01, 02',
    about: 'multipart without its boundary in the body: the text is read all the same',
    isMember: ({ head, body }) => {
      const boundary = /content-type: *multipart\/[^;]+;[\s\S]{0,300}?boundary="?([^"\r\n;]{1,80})/i.exec(
        head,
      )?.[1];
      return boundary !== undefined && !body.includes(`--${boundary}`);
    },
    isRight: ({ mail }) => mail.text.trim() !== '' || mail.problems.length > 0,
  },
  {
    row: '05',
    about: '`Re: [PATCH` with a whole signed diff and no quotes: a patch',
    isMember: (read) =>
      /^re: /i.test(subjectOf(read)) &&
      /\bpatch\b/i.test(subjectOf(read)) &&
      /^diff --git /m.test(read.mail.text) &&
      /^signed-off-by:/im.test(own(read)) &&
      !/^\s{0,3}[>|]/m.test(read.mail.text),
    isRight: ({ message }) => message.kind === 'patch',
  },
  {
    row: '07',
    about: 'a patch below scissors in a reply',
    isMember: (read) =>
      /^re: /i.test(subjectOf(read)) &&
      /^-[- ]*(?:>8|8<)[ -]*-$/m.test(own(read)) &&
      /^diff --git /m.test(read.mail.text),
    isRight: ({ message }) => message.kind === 'patch',
  },
  {
    row: '08',
    about: 'a `Subject:` in the body of a patch is its title',
    isMember: (read) =>
      isPosting(read) &&
      /^(?:From: .{1,200}\n)?(?:Date: .{1,80}\n)?Subject: ./.test(read.mail.text.trimStart()),
    isRight: ({ mail, message }) => {
      const subject = /^Subject: (?:\[[^\]]{0,80}\] ?)*(.{1,200})$/m.exec(mail.text)?.[1] ?? '';
      return message.subject.title !== '' && subject.startsWith(message.subject.title.slice(0, 20));
    },
  },
  {
    row: '09',
    about: 'encoded words in a `From:` in the body are decoded',
    isMember: (read) => isPosting(read) && /^From: .{0,80}=\?/.test(read.mail.text.trimStart()),
    isRight: ({ message }) => !message.author.name.includes('=?'),
  },
  {
    row: '10',
    about: 'digests are kind `other`',
    isMember: hasHead(/^content-type: multipart\/digest|^subject: .{0,60}\bdigest, vol \d/im),
    isRight: ({ message }) => message.kind === 'other',
  },
  {
    row: '12',
    about: 'a mail that the list wrapped whole is read as its sender wrote it',
    isMember: ({ head, body }) =>
      /^content-type: (?:message\/rfc822|multipart\/mixed)/im.test(head) &&
      /^content-type: message\/rfc822/im.test(body.slice(0, 2_000)),
    isRight: ({ message, head }) =>
      !/^x-mailman|^list-id/im.test(head) || !message.senderEmail.includes('@lists.'),
  },
  {
    row: '14',
    about: 'a pull request with its diff is kind `pull`',
    isMember: (read) =>
      /\[(?:git )?pull[^\]]*\]/i.test(subjectOf(read)) &&
      !/^re:|\d\/\d/i.test(subjectOf(read)) &&
      /^diff --git /m.test(read.mail.text),
    isRight: ({ message }) => message.kind === 'pull',
  },
  {
    row: '15',
    about: 'notices of pushed commits are no patches, and say what was applied',
    isMember: (read) =>
      /^\[(?:git commit|[\w-]{1,20}\/[\w-]{1,20})[^\]]*\] /i.test(subjectOf(read)) &&
      /^ {0,4}commit: {1,3}(?:https?:|[0-9a-f]{7})/im.test(read.mail.text) &&
      /refs\/heads\/(?:master|main)/.test(read.mail.text),
    isRight: (read) => !isPosting(read) && claims('applied')(read),
  },
  {
    row: '16',
    about: '`[pushed]`, `[committed]`: applied',
    isMember: (read) =>
      /^(?:\[[^\]]{0,20}\] ?)?\[[^\]]{0,40}\b(?:pushed|committed|installed)\b[^\]]{0,20}\]/i.test(
        subjectOf(read),
      ),
    isRight: claims('applied'),
  },
  {
    row: '17',
    about: 'a tag in a mail that is copied in without quote marks is not the replier’s',
    isMember: (read) => read.message.kind === 'reply' && copiedTag(read) !== null,
    isRight: (read) => {
      const [kind = '', value = ''] = (copiedTag(read) ?? '').split(/: (.*)/);
      return !read.message.trailers.some(
        (one) => one.kind.toLowerCase() === kind.toLowerCase() && value.includes(one.email),
      );
    },
  },
  {
    row: '23',
    about: 'a numbered, signed patch without a diff is a patch',
    isMember: (read) =>
      /^\[[^\]]*patch[^\]]* 0*[1-9]\d*\/\d/i.test(subjectOf(read)) &&
      !/^(?:diff |@@ |Index: |--- \S)/m.test(read.mail.text) &&
      read.mail.attachments.length === 0 &&
      /^signed-off-by:/im.test(read.mail.text),
    isRight: ({ message }) => message.kind === 'patch',
  },
  {
    row: '24',
    about: '`1.5/5`, `3a/5`: a patch put in between',
    isMember: (read) => /\[[^\]]*\b\d{1,3}(?:\.\d|[a-i])\/\d{1,3}\]/.test(subjectOf(read)),
    isRight: ({ message }) => message.subject.index !== null && !Number.isInteger(message.subject.index),
  },
  {
    row: '25',
    about: 'a combined diff (`diff --cc`, `@@@`) in a mail that posts it is a patch',
    isMember: (read) =>
      read.message.kind !== 'reply' && /^(?:diff --(?:cc|combined) |@@@ -)/m.test(read.mail.text),
    isRight: ({ message }) => message.diff !== null,
  },
  {
    row: '26',
    about: 'Mozilla’s `[Fwd: …]` and `(fwd)` are forwards',
    isMember: (read) => /^\[fwd: |\(fwd\)$/i.test(subjectOf(read)),
    isRight: ({ message }) => message.subject.forwarded && message.kind !== 'patch',
  },
  {
    row: '27',
    about: '`[PATCH v6.9-rc1]` names a kernel, no version',
    isMember: (read) => /\[[^\]]*\bv\d\.\d{1,2}-rc\d[^\]]*\]/i.test(subjectOf(read)),
    isRight: ({ message }) => message.subject.version < 2 || Number.isInteger(message.subject.version),
  },
  {
    row: '28',
    about: 'mails with a Content-Length are neither cut nor run together',
    isMember: hasHead(/^content-length: *\d/im),
    isRight: ({ mail }) => !mail.problems.some(({ code }) => code === 'mail-cut'),
  },
  {
    row: '31',
    about: 'ISO-2022-JP without a charset is decoded',
    isMember: ({ body }) => body.includes('\u001b$B'),
    isRight: ({ mail }) => !mail.text.includes('\u001b$B'),
  },
  {
    row: '32',
    about: 'opaque S/MIME is opened, or named',
    isMember: hasHead(/^content-type: application\/(?:x-)?pkcs7-mime/im),
    isRight: ({ mail }) => mail.text.trim() !== '' || mail.problems.length > 0,
  },
  {
    row: '33',
    about: 'a uuencoded patch in the text is read',
    isMember: ({ body }) => /^begin [0-7]{3,4} \S+$/m.test(body),
    isRight: ({ mail, message }) => message.diff !== null || mail.attachments.length > 0,
  },
  {
    row: '34',
    about: 'a changelog below a bare `Notes:`',
    isMember: (read) => isPosting(read) && /^Notes:\n(?:\s{0,8}\n)?\s{1,8}v\d{1,2}\b/m.test(read.mail.text),
    isRight: ({ message }) => (message.letter?.changelog.length ?? 0) > 0,
  },
  {
    row: '35',
    about: '`# User` of a Mercurial changeset is its author',
    isMember: hasText(/^# HG changeset patch\n# User /m),
    isRight: ({ mail, message }) => message.author.email !== '' && mail.text.includes(message.author.email),
  },
  {
    row: '36',
    about: 'a zero-width character before a tag hides it no more',
    isMember: hasText(/^[\u200b-\u200f\u2060\ufeff]{1,3}[A-Z][\w-]{2,20}-by:/m),
    isRight: ({ message }) => message.trailers.length > 0,
  },
  {
    row: '37',
    about: 'a fullwidth colon behind a tag',
    isMember: hasText(/^[A-Z][\w-]{2,20}-by ?：/m),
    isRight: ({ message }) => message.trailers.length > 0,
  },
  {
    row: '39, 41, u01',
    about: '`Applied to … after`, `I’ve queued`, purpose clauses: applied',
    isMember: (read) =>
      read.message.kind === 'reply' &&
      /^(?:thanks,? )?(?:(?:applied|queued|merged|pushed)\b[^.?]{0,60}\b(?:after|with|to see|for|as)\b|I(?:'ve| have) (?:queued|applied|picked|merged) (?:this|it|them|these)\b)/im.test(
        own(read),
      ),
    isRight: (read) => claims('applied')(read) || claims('merged')(read),
  },
  {
    row: '43',
    about: '`Applied, but then dropped again` is not applied',
    isMember: (read) =>
      /\b(?:applied|queued|pulled)\b[^.?\n]{0,80}\bbut\b[^.?\n]{0,60}\b(?:dropped|unpulled|reverted)\b/i.test(
        own(read),
      ),
    isRight: (read) => !claims('applied')(read),
  },
  {
    row: '44, u10a',
    about: 'a program with an ordinary address that says so in its first lines',
    isMember: (read) => /^(?:this is (?:an? )?automated (?:e-?mail|message))/im.test(own(read).slice(0, 300)),
    isRight: ({ message }) => message.bot !== null,
  },
  {
    row: '45',
    about: 'holiday notes are a program’s',
    isMember: ({ head }) =>
      /^(?:x-autoreply: |precedence: auto_reply|subject: (?:automatic reply|out of office)[:\b])/im.test(
        head,
      ),
    isRight: ({ message }) => message.bot !== null,
  },
  {
    row: '64',
    about: 'a branch’s tag before `[PATCH` is kept',
    isMember: (read) =>
      /^\[(?!patch|rfc|ltp|buildroot|oe-core|ext)[a-z][\w.-]{2,20}\] ?\[[^\]]*patch/i.test(subjectOf(read)),
    isRight: (read) => {
      const tag = /^\[([^\]]+)\]/.exec(subjectOf(read))?.[1]?.toLowerCase() ?? '';
      return (
        read.message.subject.prefixes.some((prefix) => prefix.toLowerCase() === tag) ||
        /^(?:re)?s?end|v\d/i.test(tag)
      );
    },
  },
  {
    row: '65, u04',
    about: 'people who ask for notices (`X-Patchwork-Bot: notify`) are people',
    isMember: hasHead(/^x-patchwork-bot: *notify/im),
    isRight: ({ message }) => message.bot === null,
  },
  {
    row: '66',
    about: 'people whose address begins with ci, buildd or jenkins are people',
    isMember: ({ message }) => /^(?:ci|buildd|jenkins)\w+@/.test(message.senderEmail),
    isRight: ({ message }) => message.bot === null,
  },
  {
    row: 'u07a',
    about: '`I dropped this one` below a line of code takes no posting back',
    isMember: (read) =>
      /^>[> ]*[+-].{0,200}\n(?:>?\s*\n){1,2}[^>\n]{0,80}\bI(?:'ve| have)? dropped (?:this|that) (?:one|line)\b/m.test(
        read.mail.text,
      ),
    isRight: (read) => !claims('rejected')(read) && !claims('unapplied')(read),
  },
  {
    row: 'u09',
    about: 'a block of a dump without headers is read from its heading',
    isMember: ({ mail }) => mail.problems.some(({ code }) => code === 'header-from-heading'),
    isRight: ({ mail }) => (mail.subject ?? '') !== '',
  },
  {
    row: 'u12',
    about: '`vN:` below `Differences related to previous versions:` is an entry',
    isMember: (read) =>
      isPosting(read) &&
      /^differences (?:related )?to (?:the )?previous versions?:\s*\n/im.test(read.mail.text),
    isRight: ({ message }) => (message.letter?.changelog.length ?? 0) > 0,
  },
];
