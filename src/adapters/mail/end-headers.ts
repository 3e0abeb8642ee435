import { parseParameters } from './leaf-parts.js';

/** Bytes at a mail's head in which the end of its headers is looked for. */
const REACH = 64 * 1024;
const HEADER = /^[!-9;-~]{1,100}[ \t]{0,3}:/;
/** A header of a mail, by which a line that is none is known to be among headers. */
const MAIL_HEADER =
  /^(?:from|to|cc|subject|date|message-id|received|references|in-reply-to|reply-to|sender|list-id|mime-version|return-path):/i;

/**
 * The bytes with the empty line that is missing below the headers: before the first delimiter of the mail's own parts, or before a line
 * that is not a header with none of a mail's headers below it. null if no line ends them so: a broken header has others below it.
 */
export function endHeaders(bytes: Buffer): Buffer | null {
  const head = bytes.toString('latin1', 0, REACH);
  const end = head.search(/\n\r?\n/);
  const block = end < 0 ? head : head.slice(0, end + 1);
  const boundary = boundaryOf(block);
  let at = 0;
  let cut = -1;
  for (const line of block.split('\n')) {
    const isDelimiter = boundary !== '' && line.startsWith(`--${boundary}`);
    if (isDelimiter) {
      cut = at;
      break;
    }
    if (MAIL_HEADER.test(line)) cut = -1;
    else if (cut < 0 && at > 0 && line.trim() !== '' && !isHeaderLine(line)) cut = at;
    at += line.length + 1;
  }
  if (cut <= 0) return null;
  return Buffer.concat([bytes.subarray(0, cut), Buffer.from('\n'), bytes.subarray(cut)]);
}

function isHeaderLine(line: string): boolean {
  return HEADER.test(line) || /^[ \t]/.test(line) || /^>?From /.test(line);
}

function boundaryOf(block: string): string {
  const match = /^content-type:((?:.|\n[ \t])*)/im.exec(block);
  return match === null
    ? ''
    : (parseParameters((match[1] ?? '').replace(/\r?\n/g, '')).parameters.get('boundary') ?? '');
}
