import { KEPT_HEADERS, type Mail, type Problem } from '../../digest/mail/mail.js';
import { parseMailDate, receivedDate } from '../../digest/mail/mail-date.js';
import { parseMailbox, parseRecipients } from './addresses.js';
import type { AttachedPart } from './attached-part.js';
import { decodeAttachments } from './attachments.js';
import { contentHash } from './content-hash.js';
import { decodeWords } from './encoded-words.js';
import { type HeaderFields, type HeaderLine, headerFields } from './header-fields.js';
import { htmlToPlainText } from './html-text.js';
import { parseParameters } from './leaf-parts.js';
import { MAX_TEXT_LENGTH } from './limits.js';
import { listsOf } from './lists.js';
import { parseMessageId, parseReferences } from './message-ids.js';
import type { PreparedMail } from './prepare-raw.js';
import { takeUuencoded } from './uuencoded.js';

/** What was read of a mail, before its fields are understood. */
export interface MailParts {
  readonly lines: readonly HeaderLine[];
  readonly text: string;
  readonly html: string;
  readonly attached: readonly AttachedPart[];
  /** Why the mail parser would not take it; null if it did. */
  readonly refused: string | null;
  /** What did not add up in how the mail is put together. */
  readonly problems: readonly Problem[];
}

/** The body's text: HTML if there is nothing else, LF, no NUL, within the limit. */
function textOf({ text, html }: MailParts, problems: Problem[]): string {
  let body = text;
  if (html !== '' && text.trim() === '') {
    body = htmlToPlainText(html);
    problems.push({ code: 'html-only', detail: 'no plain text; made from HTML' });
  }
  if (body.includes('\r')) body = body.replace(/\r\n?/g, '\n');
  if (body.includes('\0')) {
    body = body.replaceAll('\0', '');
    problems.push({ code: 'nul-bytes', detail: 'NUL bytes in the text were dropped' });
  }
  if (body.length <= MAX_TEXT_LENGTH) return body;
  problems.push({
    code: 'text-too-large',
    detail: `${body.length} characters; the first ${MAX_TEXT_LENGTH} were kept`,
  });
  return body.slice(0, MAX_TEXT_LENGTH);
}

/** Lines that name people or a title, and may hold encoded words: `From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>`. */
const ENCODED_LINE =
  /^(?:from|subject|to|cc|# user|[a-z][a-z-]{1,30}-by)\b.{0,900}=\?.{0,900}\?=.{0,300}$/gim;
const FOLDED_WORD = /\?=\n[ \t]{1,8}=\?/g;

/** In-body headers and tags as git reads them, which decodes what a program copied out of a header. */
function withDecodedHeaders(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replace(FOLDED_WORD, '?= =?').replace(ENCODED_LINE, (line) => decodeWords(line));
}

function dateOf(headers: HeaderFields, problems: Problem[]): string | null {
  const value = headers.structured('date');
  const date = value === null ? null : parseMailDate(value);
  if (value === null) problems.push({ code: 'date-missing', detail: 'no Date header' });
  else if (date === null) problems.push({ code: 'date-invalid', detail: value.slice(0, 100) });
  return date;
}

function messageIdOf(headers: HeaderFields, problems: Problem[]): string | null {
  const values = headers.all('message-id').filter((value) => value !== '');
  const ids = values.map(parseMessageId);
  const id = ids.find((candidate) => candidate !== null) ?? null;
  if (values.length === 0) problems.push({ code: 'message-id-missing', detail: 'no Message-ID header' });
  else if (id === null)
    problems.push({ code: 'message-id-invalid', detail: (values[0] ?? '').slice(0, 100) });
  if (new Set(ids).size > 1) {
    problems.push({
      code: 'message-id-repeated',
      detail: `${values.length} different Message-IDs; the first is used`,
    });
  }
  return id;
}

const MOST_RESULTS = 8;

function keptHeaders(headers: HeaderFields): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers.has(name) ? headers.text(name) : null;
    if (value !== null) kept[name] = value;
  }
  // Of these the topmost are read, a line each: a host may write several.
  const results = headers.all('authentication-results').slice(0, MOST_RESULTS);
  if (results.length > 0) kept['authentication-results'] = results.join('\n');
  return kept;
}

/** Makes a Mail of what was read. */
export function mapMail(parts: MailParts, { size, problems: found }: PreparedMail): Mail {
  const problems: Problem[] = [...found, ...parts.problems];
  if (parts.refused !== null) problems.push({ code: 'parser-refused', detail: parts.refused.slice(0, 200) });
  const mails = parts.attached.filter(({ type }) => type === 'message/rfc822').length;
  if (mails > 1)
    problems.push({ code: 'several-mails', detail: `${mails} mails are attached; none of them is read` });
  const headers = headerFields(parts.lines, () => declaredCharset(parts.lines));
  if (!['from', 'date', 'message-id', 'received'].some((name) => headers.has(name))) {
    problems.push({ code: 'no-headers', detail: 'none of From, Date, Message-ID, Received' });
  }
  const subject = headers.text('subject');
  const from = parseMailbox(headers.structured('from') ?? '');
  if (from === null) problems.push({ code: 'from-missing', detail: 'no From header that names anyone' });
  const to = parseRecipients(headers.all('to'));
  const cc = parseRecipients(headers.all('cc'));
  const replyTo = parseRecipients(headers.all('reply-to'));
  const recipients = [...to, ...cc];
  const people = from === null ? recipients : [...recipients, from];
  const messageId = messageIdOf(headers, problems);
  const date = dateOf(headers, problems);
  const { text: written, files } = takeUuencoded(textOf(parts, problems));
  const text = withDecodedHeaders(written);
  return {
    messageId,
    contentHash: contentHash({
      fromEmail: from?.email ?? '',
      date: date ?? headers.structured('date') ?? '',
      subject: subject ?? '',
      text,
    }),
    subject,
    from,
    sender: parseMailbox(headers.structured('sender') ?? ''),
    replyTo,
    to,
    cc,
    date,
    received: receivedDate(headers.lines('received')),
    lists: listsOf(headers.all('list-id'), headers.all('x-mailing-list'), recipients),
    inReplyTo: parseReferences(headers.all('in-reply-to'), messageId, people),
    references: parseReferences(headers.all('references'), messageId, people),
    headers: keptHeaders(headers),
    text,
    attachments: decodeAttachments([...parts.attached, ...files]),
    size,
    problems,
  };
}

/** The charset that the mail's own Content-Type declares, for raw bytes in its headers. */
function declaredCharset(lines: readonly HeaderLine[]): string | null {
  const line = lines.find(({ key }) => key === 'content-type')?.line;
  if (line === undefined) return null;
  const charset = parseParameters(line.slice(line.indexOf(':') + 1)).parameters.get('charset');
  return charset === undefined || charset === '' ? null : charset;
}
