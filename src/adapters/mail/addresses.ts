import type { Address } from '../../digest/mail/mail.js';
import { decodeWords } from './encoded-words.js';
import { MAX_HEADER_ITEMS } from './limits.js';

interface Pieces {
  /** Words outside brackets and comments, quotes undone. */
  phrase: string;
  /** What was between < and >; null if there were none. */
  angle: string | null;
  comment: string;
}

const OBFUSCATED = /^([^\s@]{1,100}) at ([^\s@]{1,200}\.[^\s@]{1,50})$/;

function cleanEmail(text: string): string {
  const email = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  return email.startsWith('mailto:') ? email.slice(7) : email;
}

function cleanName(text: string): string {
  const name = decodeWords(text.trim());
  if (!/\s\s|[\x00-\x1f\x7f]/.test(name)) return name;
  return name
    .replace(/\s+/g, ' ')
    .replace(/[\x00-\x1f\x7f]/g, '')
    .trim();
}

/** Makes an address of what was collected; null if nothing was. */
function toAddress({ phrase, angle, comment }: Pieces): Address | null {
  const words = phrase.trim();
  if (angle !== null) {
    const email = cleanEmail(angle);
    const name = cleanName(words === '' ? comment : words);
    return email === '' && name === '' ? null : { name, email };
  }
  if (words === '') return null;
  if (words.includes('@') && !words.includes(' '))
    return { name: cleanName(comment), email: cleanEmail(words) };
  // Pipermail's archives write "joe at example.org (Joe)".
  const hidden = OBFUSCATED.exec(words);
  if (hidden) return { name: cleanName(comment), email: `${hidden[1] ?? ''}@${hidden[2] ?? ''}` };
  const tokens = words.split(/\s+/);
  const email = tokens.find((token) => token.includes('@') && !token.startsWith('=?'));
  if (email === undefined) return { name: cleanName(words), email: '' };
  const rest = tokens.filter((token) => token !== email).join(' ');
  return { name: cleanName(rest === '' ? comment : rest), email: cleanEmail(email) };
}

/** Index of the next character from `from` on that means something; the length if there is none. */
function nextSpecial(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // " ( , : ; <
    if (code === 0x22 || code === 0x28 || code === 0x2c || code === 0x3a || code === 0x3b || code === 0x3c)
      return at;
  }
  return text.length;
}

function withoutEscapes(quoted: string): string {
  return quoted.includes('\\') ? quoted.replace(/\\(.)/g, '$1') : quoted;
}

/** Index of the quote that closes the string opened at `open`; -1 if none does. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/**
 * Reads the addresses of a header value (RFC 5322 section 3.4, and what people write instead):
 * names in quotes or bare, comments as names, groups opened up. Entries without an address have
 * `email: ''`. Never throws; linear in the length.
 */
export function parseAddresses(value: string): readonly Address[] {
  const found: Address[] = [];
  let pieces: Pieces = { phrase: '', angle: null, comment: '' };
  const flush = (): void => {
    const address = toAddress(pieces);
    if (address !== null && found.length < MAX_HEADER_ITEMS) found.push(address);
    pieces = { phrase: '', angle: null, comment: '' };
  };
  let quotesClose = true;
  let at = 0;
  while (at < value.length) {
    const char = value[at] ?? '';
    let next = at + 1;
    if (char === '"' && quotesClose) {
      const end = closingQuote(value, at);
      quotesClose = end >= 0;
      if (quotesClose) {
        pieces.phrase += withoutEscapes(value.slice(at + 1, end));
        next = end + 1;
      }
    } else if (char === '<') {
      const close = value.indexOf('>', at);
      const end = close < 0 ? value.length : close;
      pieces.angle = value.slice(at + 1, end);
      next = end + 1;
    } else if (char === '(') {
      const end = closingParenthesis(value, at);
      pieces.comment = value.slice(at + 1, end);
      next = end + 1;
    } else if (char === ',' || char === ';') {
      flush();
    } else if (char === ':' && pieces.angle === null && !pieces.phrase.includes('@')) {
      // A group's name ("undisclosed-recipients:;") is not an address.
      pieces.phrase = '';
    } else {
      next = nextSpecial(value, at + 1);
      pieces.phrase += value.slice(at, next);
    }
    at = next;
  }
  flush();
  return found;
}

/** Index of the parenthesis that closes the comment opened at `open`, nesting counted; the last character if none does. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length - 1;
}

/**
 * The one author or sender of a header: its first address. `Töpel, Björn <b@example.org>` without
 * quotes reads as two entries; the name is put together again.
 */
export function parseMailbox(value: string): Address | null {
  const [first, second] = parseAddresses(value);
  if (first === undefined) return null;
  if (first.email === '' && second !== undefined && second.email !== '') {
    return { name: [first.name, second.name].filter((name) => name !== '').join(', '), email: second.email };
  }
  return first;
}

/** Recipients: those entries of all the header's values that name an address. */
export function parseRecipients(values: readonly string[]): Address[] {
  return values.flatMap(parseAddresses).filter((address) => address.email.includes('@'));
}
