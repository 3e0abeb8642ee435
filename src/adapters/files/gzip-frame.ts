import type { Problem } from '../../digest/mail/mail.js';
import type { ByteInput } from './byte-input.js';

/** Why unpacking stops before the end. */
export class GzipDamage extends Error {
  readonly problem: Problem;
  constructor(code: string, detail: string) {
    super(detail);
    this.problem = { code, detail };
  }
}

/** RFC 1952, 2.3.1. */
const [HEADER_CRC, EXTRA, NAME, COMMENT, RESERVED] = [0x02, 0x04, 0x08, 0x10, 0xe0] as const;
const DEFLATE = 8;
const FIXED_BYTES = 10;
const TRAILER_BYTES = 8;

/** Reads a member's header up to its contents. */
export async function readHeader(input: ByteInput, isFirst: boolean): Promise<void> {
  const first = await nextByte(input);
  if (first !== 0x1f || (await nextByte(input)) !== 0x8b) throw notAMember(isFirst);
  const [method, flags = 0] = await exactly(input, FIXED_BYTES - 2);
  if (method !== DEFLATE || (flags & RESERVED) !== 0) throw notAMember(isFirst);
  if ((flags & EXTRA) !== 0) {
    const [low = 0, high = 0] = await exactly(input, 2);
    await exactly(input, low + high * 256);
  }
  for (const flag of [NAME, COMMENT]) if ((flags & flag) !== 0) while ((await nextByte(input)) !== 0);
  if ((flags & HEADER_CRC) !== 0) await exactly(input, 2);
}

/** Reads what follows a member's contents, and compares it with what they were. */
export async function readTrailer(
  input: ByteInput,
  contents: { readonly crc: number; readonly length: number },
): Promise<void> {
  const trailer = await exactly(input, TRAILER_BYTES);
  if (trailer.readUInt32LE(0) === contents.crc && trailer.readUInt32LE(4) === contents.length % 2 ** 32)
    return;
  throw new GzipDamage('gzip-damaged', 'the gzip file is damaged: its checksum does not match what it holds');
}

/** Skips the zeros with which tapes and block devices fill up; true at the end of the input. */
export async function skipPadding(input: ByteInput): Promise<boolean> {
  for (;;) {
    const piece = await input.piece(4096);
    if (piece === null) return true;
    const end = piece.findIndex((byte) => byte !== 0);
    if (end < 0) continue;
    input.putBack(piece.subarray(end));
    return false;
  }
}

async function nextByte(input: ByteInput): Promise<number> {
  const [byte] = await exactly(input, 1);
  return byte ?? 0;
}

async function exactly(input: ByteInput, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let missing = count; missing > 0; ) {
    const piece = await input.piece(missing);
    if (piece === null) throw cutOff();
    pieces.push(piece);
    missing -= piece.length;
  }
  return Buffer.concat(pieces);
}

function notAMember(isFirst: boolean): GzipDamage {
  const detail = isFirst
    ? 'the gzip file is damaged: its header cannot be read'
    : 'something other than gzip follows in the file; it was not read';
  return new GzipDamage('gzip-damaged', detail);
}

export function cutOff(): GzipDamage {
  return new GzipDamage('truncated', 'the gzip file is cut off');
}
