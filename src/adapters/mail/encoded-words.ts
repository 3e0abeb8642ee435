import { decodeBytes } from './charset.js';

interface EncodedWord {
  readonly charset: string;
  readonly bytes: Uint8Array;
  /** Index of the first character after the word. */
  readonly end: number;
}

function quotedPrintableBytes(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(text.length * 3);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '_') {
      bytes[length++] = 0x20;
    } else if (char === '=' && isHex(text, i + 1) && isHex(text, i + 2)) {
      bytes[length++] = Number.parseInt(text.slice(i + 1, i + 3), 16);
      i += 2;
    } else if (char < '\x80') {
      bytes[length++] = char.charCodeAt(0);
    } else {
      length += bytes.write(char, length, 'utf8');
    }
  }
  return bytes.subarray(0, length);
}

function isHex(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 0x20;
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
}

/** Finds the ends `?=` in one pass, so that a line full of beginnings costs no more than its length. */
function endFinder(text: string): (from: number) => number {
  let end = -2;
  return (from) => {
    if (end !== -1 && end < from) end = text.indexOf('?=', from);
    return end;
  };
}

/** The encoded word (RFC 2047) that begins at `at`, where the text holds `=?`; null if it is none. */
function readWord(text: string, at: number, findEnd: (from: number) => number): EncodedWord | null {
  let question = at + 2;
  // 60: the longest charset name with an RFC 2231 language suffix, with room to spare.
  const limit = Math.min(text.length, question + 60);
  while (question < limit && text[question] !== '?') question++;
  if (text[question] !== '?' || text[question + 2] !== '?') return null;
  const charset = (text.slice(at + 2, question).split('*')[0] ?? '').toLowerCase();
  if (charset === '' || /\s/.test(charset)) return null;
  const encoding = (text[question + 1] ?? '').toLowerCase();
  const start = question + 3;
  const end = findEnd(start);
  if (end < 0) return null;
  const body = text.slice(start, end);
  // Another word begins inside: this one never ended (X-Face holds such things by chance).
  if (body.includes('=?')) return null;
  if (encoding === 'q') return { charset, bytes: quotedPrintableBytes(body), end: end + 2 };
  if (encoding === 'b') return { charset, bytes: base64Bytes(body), end: end + 2 };
  return null;
}

function base64Bytes(body: string): Uint8Array {
  // Some senders encode piece by piece and join the pieces, padding in the middle and all.
  if (body.indexOf('=') >= 0 && body.indexOf('=') < body.length - 2) {
    return Buffer.concat(body.split('=').map((piece) => Buffer.from(piece, 'base64')));
  }
  return Buffer.from(body, 'base64');
}

/**
 * Decodes the encoded words of a header value (RFC 2047). Adjacent words of one charset are joined
 * before they are decoded, whatever their encodings: senders split inside a character
 * (`=?utf-8?b?QmrD?= =?utf-8?b?tnJu?=`, mailparser #173). White space between words is dropped.
 * What is not a word stays as it is. Never throws; linear in the length.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const findEnd = endFinder(text);
  let result = '';
  let copied = 0;
  let at = text.indexOf('=?');
  while (at >= 0) {
    let word = readWord(text, at, findEnd);
    if (word === null) {
      at = text.indexOf('=?', at + 2);
      continue;
    }
    result += text.slice(copied, at);
    let pending = [word.bytes];
    let next = nextWordStart(text, word.end);
    while (next >= 0) {
      const follower = readWord(text, next, findEnd);
      if (follower === null) break;
      if (follower.charset !== word.charset) {
        result += decodeBytes(Buffer.concat(pending), word.charset);
        pending = [];
      }
      pending.push(follower.bytes);
      word = follower;
      next = nextWordStart(text, word.end);
    }
    result += decodeBytes(Buffer.concat(pending), word.charset);
    copied = word.end;
    at = text.indexOf('=?', copied);
  }
  return result + text.slice(copied);
}

/** Where the next word begins if only white space is between, else -1. */
function nextWordStart(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return text[at] === '=' && text[at + 1] === '?' ? at : -1;
}
