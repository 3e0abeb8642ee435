import { type ParsedMail, type SimpleParserOptions, simpleParser } from 'mailparser';
import type { Mail, Problem } from '../../digest/mail/mail.js';
import type { AttachedPart } from './attached-part.js';
import { isMisread } from './charset.js';
import { endHeaders } from './end-headers.js';
import { type HeaderLine, splitHeaders } from './header-fields.js';
import { type LeafPart, readLeafParts, textOfLeaves } from './leaf-parts.js';
import { MAX_HEADER_BLOCK_BYTES, MAX_PARSER_HEADER_BYTES, MAX_PARSER_PARTS } from './limits.js';
import { type MailParts, mapMail } from './map-mail.js';
import { readPlainText } from './plain-text.js';
import { type PreparedMail, prepareRaw, stallsParser } from './prepare-raw.js';
import { openSignedData } from './smime.js';
import { withoutWrapper, wrappedMail } from './wrapped-mail.js';

/**
 * How the mail parser is called. `ignoreEmbedded` keeps an attached mail an attachment: otherwise
 * its text is put into the body, headers and all. The last three are mailsplit's, which the types
 * do not know. Beyond the limits the parser refuses a mail and our own reader takes it: the parser's
 * time grows with the square of a hostile header (5 s for 900 KB of colons in To).
 */
const MAILPARSER_OPTIONS: SimpleParserOptions & MailsplitOptions = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  ignoreEmbedded: true,
  maxHeadSize: MAX_PARSER_HEADER_BYTES,
  maxChildNodes: MAX_PARSER_PARTS,
};

interface MailsplitOptions {
  readonly ignoreEmbedded: true;
  readonly maxHeadSize: number;
  readonly maxChildNodes: number;
}

/** The very call that `decodeMail` makes, for the benchmark that compares the two. Rejects on mails that the parser refuses. */
export function parseWithMailparser(raw: Uint8Array): Promise<ParsedMail> {
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return simpleParser(bytes, MAILPARSER_OPTIONS);
}

/**
 * Decodes one raw mail: headers, text, textual attachments, each with the fallbacks that real mail
 * needs. Never rejects, whatever the bytes; what did not add up is in `problems`.
 *
 * There are two readers of MIME, both in this folder, because the parser alone is too slow for the common case: of 5,901 mails of
 * four lists 96 % are one text (io_uring 98 %, netfilter 97 %, lkml 97 %, openbmc 89 %), which `readPlainText` reads. On io_uring all
 * of decodeMail takes 0.18 ms a mail; mailparser alone takes 0.40 ms for the body and its MIME headers, and 0.71 ms for the whole
 * mail. Everything else goes to mailparser, and what it refuses to `leaf-parts`. Its own answer is the oracle of our reader in tests.
 */
export async function decodeMail(raw: Uint8Array): Promise<Mail> {
  const prepared = prepareRaw(raw);
  const parts = await readParts(prepared.bytes, 0);
  return (await unwrapMail(prepared, parts)) ?? mapMail(parts, prepared);
}

/** A list's wrapper is taken off once: nothing wraps a wrapped mail. */
async function unwrapMail(prepared: PreparedMail, parts: MailParts): Promise<Mail | null> {
  const bytes = wrappedMail(parts);
  if (bytes === null) return null;
  const inner = prepareRaw(bytes);
  return withoutWrapper(mapMail(parts, prepared), mapMail(await readParts(inner.bytes, 1), inner));
}

/** Signed mail in signed mail; deeper nesting is not real mail. */
const MOST_WRAPPED = 3;

async function readParts(given: Buffer, depth: number): Promise<MailParts> {
  let bytes = given;
  if (stallsParser(bytes))
    return partsByOurselves(bytes, 'a run of blanks that would take mailparser minutes');
  let split = splitHeaders(bytes);
  const ended = split.stray ? endHeaders(bytes) : null;
  if (ended !== null) {
    bytes = ended;
    split = splitHeaders(bytes);
  }
  const { lines, bodyStart } = split;
  const problems = ended === null ? [] : [HEADERS_NOT_ENDED];
  const plain = readPlainText(lines, bytes.subarray(bodyStart));
  if (plain !== null) return { lines, text: plain, html: '', attached: [], refused: null, problems };
  const parts = await parsedParts(bytes, lines, bodyStart);
  const readable = hasNothing(parts) ? withSalvagedText(parts, bytes) : parts;
  const opened = await openOpaque(readable, depth);
  return { ...opened, problems: [...problems, ...opened.problems] };
}

const HEADERS_NOT_ENDED: Problem = {
  code: 'headers-not-ended',
  detail: 'no empty line between headers and text',
};

async function parsedParts(
  bytes: Buffer,
  lines: readonly HeaderLine[],
  bodyStart: number,
): Promise<MailParts> {
  // The parser takes the mails of a digest, which need say no type, for text.
  if (bytes.includes('multipart/digest')) return partsByOurselves(bytes, null);
  try {
    return withFittingText(lines, await parseWithMailparser(mimeOnly(bytes, lines, bodyStart)), bytes);
  } catch (cause) {
    return partsByOurselves(bytes, cause instanceof Error ? cause.message : String(cause));
  }
}

function hasNothing({ text, html }: MailParts): boolean {
  return text.trim() === '' && html.trim() === '';
}

/** A header that announces parts over a body without any: the parser finds nothing, though the text is there. */
function withSalvagedText(parts: MailParts, bytes: Uint8Array): MailParts {
  const leaves = readLeafParts(bytes);
  const [text, html] = [textOfLeaves(leaves, 'text/plain'), textOfLeaves(leaves, 'text/html')];
  if (text.trim() === '' && html.trim() === '') return parts;
  const problem = {
    code: 'parts-not-found',
    detail: 'the header names parts that are not there; read as text',
  };
  return { ...parts, text, html, attached: attachedLeaves(leaves), problems: [...parts.problems, problem] };
}

/** The text in an opaque S/MIME signature. Encrypted mail stays closed, and is named. */
async function openOpaque(parts: MailParts, depth: number): Promise<MailParts> {
  if (!hasNothing(parts)) return parts;
  if (parts.attached.some(({ type }) => type === 'application/pgp-encrypted'))
    return { ...parts, problems: [...parts.problems, { code: 'encrypted', detail: 'PGP/MIME' }] };
  const opaque = parts.attached.find(({ type }) => /^application\/(?:x-)?pkcs7-mime$/.test(type));
  if (opaque === undefined) return parts;
  const entity = depth < MOST_WRAPPED ? openSignedData(opaque.bytes) : null;
  if (entity === null)
    return {
      ...parts,
      problems: [
        ...parts.problems,
        { code: 'encrypted', detail: 'S/MIME, or no signature that can be read' },
      ],
    };
  const inner = await readParts(prepareRaw(entity).bytes, depth + 1);
  return { ...inner, lines: parts.lines };
}

/**
 * The mail as the parser gets it: only the headers that describe the structure of its body. The others are read by `headerFields` in any
 * case, and parsing the fifty of ARC, DKIM and relays is two thirds of the parser's work.
 */
function mimeOnly(bytes: Buffer, lines: readonly HeaderLine[], bodyStart: number): Buffer {
  const mime = lines.filter(({ key }) => key.startsWith('content-')).map(({ line }) => `${line}\n`);
  // One header at the least: without any, the parser takes the first line of the text for one.
  const head = Buffer.from(`MIME-Version: 1.0\n${mime.join('')}\n`, 'latin1');
  return Buffer.concat([head, bytes.subarray(bodyStart)]);
}

/** Text that was decoded in a charset that it is not in is read again. */
function withFittingText(lines: readonly HeaderLine[], parsed: ParsedMail, bytes: Uint8Array): MailParts {
  const text = parsed.text ?? '';
  const html = typeof parsed.html === 'string' ? parsed.html : '';
  const attached = parsed.attachments.map(attachedPart);
  if (!isMisread(text) && !(text.trim() === '' && html.includes('\uFFFD'))) {
    return { lines, text, html, attached, refused: null, problems: [] };
  }
  const leaves = readLeafParts(bytes);
  return {
    lines,
    text: textOfLeaves(leaves, 'text/plain') || text,
    html: textOfLeaves(leaves, 'text/html') || html,
    attached,
    refused: null,
    problems: [],
  };
}

function attachedPart(part: ParsedMail['attachments'][number]): AttachedPart {
  const header = part.headers?.get('content-type');
  const parameters = typeof header === 'object' && 'params' in header ? header.params : {};
  const charset: unknown = parameters.charset;
  return {
    name: part.filename ?? null,
    type: typeof part.contentType === 'string' ? part.contentType.toLowerCase() : '',
    charset: typeof charset === 'string' ? charset : null,
    bytes: Buffer.isBuffer(part.content) ? part.content : new Uint8Array(),
  };
}

/** The mail as our own reader sees it, for what the parser refuses or would stall on. */
function partsByOurselves(bytes: Uint8Array, refused: string | null): MailParts {
  const { lines } = splitHeaders(bytes.subarray(0, MAX_HEADER_BLOCK_BYTES));
  const leaves = readLeafParts(bytes);
  return {
    lines,
    text: textOfLeaves(leaves, 'text/plain'),
    html: textOfLeaves(leaves, 'text/html'),
    attached: attachedLeaves(leaves),
    refused,
    problems: [],
  };
}

function attachedLeaves(leaves: readonly LeafPart[]): AttachedPart[] {
  return leaves
    .filter((leaf) => leaf.attached || !['text/plain', 'text/html'].includes(leaf.type))
    .map(({ filename, type, charset, bytes }) => ({ name: filename, type, charset, bytes }));
}
