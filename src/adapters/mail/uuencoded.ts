import type { AttachedPart } from './attached-part.js';
import { MAX_ATTACHMENTS } from './limits.js';

const BEGIN = /^begin(?:-base64)? [0-7]{3,4} (\S.{0,200})$/;

/** A text without the files that it holds, as mail programs put them in before MIME (POSIX uuencode), and those files. */
export function takeUuencoded(text: string): { text: string; files: AttachedPart[] } {
  if (!text.startsWith('begin') && !text.includes('\nbegin')) return { text, files: [] };
  const kept: string[] = [];
  const files: AttachedPart[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const name = files.length < MAX_ATTACHMENTS ? BEGIN.exec(line.trimEnd())?.[1] : undefined;
    const found = name === undefined ? null : readFile(lines, at + 1, line.startsWith('begin-base64'));
    if (found === null || name === undefined) {
      kept.push(line);
      continue;
    }
    files.push({ name, type: 'application/octet-stream', charset: null, bytes: found.bytes });
    at = found.last;
  }
  return files.length === 0 ? { text, files } : { text: kept.join('\n'), files };
}

/** The lines down to `end`; null at the first that is not a line of such a file, so that prose that says `begin 644 x` costs little. */
function readFile(
  lines: readonly string[],
  from: number,
  base64: boolean,
): { bytes: Buffer; last: number } | null {
  const pieces: Buffer[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').replace(/\r$/, '');
    const ends = base64 ? line.trimEnd() === '====' : line.trimEnd() === 'end';
    if (ends) return at === from ? null : { bytes: Buffer.concat(pieces), last: at };
    // Some write the line of no bytes, which is the last, as a blank.
    if (!base64 && at > from && line.trim() === '' && lines[at + 1]?.trimEnd() === 'end') continue;
    const piece = base64 ? base64Line(line) : decodeLine(line);
    if (piece === null) return null;
    pieces.push(piece);
  }
  return null;
}

function base64Line(line: string): Buffer | null {
  return /^[A-Za-z0-9+/]{1,100}={0,2}\s{0,4}$/.test(line) ? Buffer.from(line, 'base64') : null;
}

/** The first character counts the bytes; blanks at the end, which mean zeros, may have been cut off. */
function decodeLine(line: string): Buffer | null {
  if (line.trim() === '' || /[^ -`]/.test(line) || line.length > 90) return null;
  const count = (line.charCodeAt(0) - 32) & 63;
  const sextet = (at: number) => (at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0);
  if (line.length - 1 > Math.ceil(count / 3) * 4 + 2) return null;
  const bytes = Buffer.alloc(Math.ceil(count / 3) * 3);
  for (let group = 0; group * 3 < count; group += 1) {
    const at = 1 + group * 4;
    const bits = (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3);
    bytes.writeUIntBE(bits, group * 3, 3);
  }
  return bytes.subarray(0, count);
}
