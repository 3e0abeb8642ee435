import type { HeaderLine } from './header-fields.js';

/** `text/plain` in ASCII or UTF-8, or no word of a charset; other parameters say nothing that is looked at. */
const PLAIN_TYPE =
  /^text\/plain(?: ?; ?(?:charset="?(?:us-ascii|utf-8)"?|format="?(?:fixed|flowed)"?|delsp="?(?:yes|no)"?)){0,3}$/;
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['7bit', '8bit']);
const SHOWN: ReadonlySet<string> = new Set(['inline']);
/** Longer ones are for the parser to judge. */
const MAX_LINE_LENGTH = 200;

/**
 * The text of a mail that is nothing but text: one part, `text/plain` in ASCII or UTF-8, not encoded; null for every other.
 *
 * Nine tenths of kernel lists' mail is such, and has nothing in it for the mail parser to take apart: it would hand back the
 * bytes with LF line ends, after building a dozen streams to do so, which takes ten times what reading the text does. A test
 * holds this reader to the parser's own answer.
 */
export function readPlainText(lines: readonly HeaderLine[], body: Buffer): string | null {
  const seen = new Set<string>();
  for (const { key, line } of lines) {
    if (!key.startsWith('content-')) continue;
    const accepted = acceptedValues(key);
    if (accepted === null) continue;
    // Twice the same header: which of them counts is the parser's to say.
    if (seen.has(key) || line.length > MAX_LINE_LENGTH) return null;
    seen.add(key);
    if (
      !accepted(
        line
          .slice(line.indexOf(':') + 1)
          .trim()
          .replace(/\s+/g, ' ')
          .toLowerCase(),
      )
    )
      return null;
  }
  const text = body.toString('utf8');
  // Bytes that are no UTF-8 are read again by what else is known of them.
  if (text.includes('\uFFFD')) return null;
  return text.includes('\r') ? text.replace(/\r?\n/g, '\n') : text;
}

function acceptedValues(key: string): ((value: string) => boolean) | null {
  switch (key) {
    case 'content-type':
      return (value) => PLAIN_TYPE.test(value);
    case 'content-transfer-encoding':
      return (value) => PLAIN_ENCODINGS.has(value);
    case 'content-disposition':
      return (value) => SHOWN.has(value);
    default:
      // Content-Language, Content-Length, Content-ID: nothing that puts a body together.
      return null;
  }
}
