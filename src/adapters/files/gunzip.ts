import { crc32, createInflateRaw } from 'node:zlib';
import type { Problem } from '../../digest/mail/mail.js';
import { type ByteInput, byteInput } from './byte-input.js';
import { cutOff, GzipDamage, readHeader, readTrailer, skipPadding } from './gzip-frame.js';

/**
 * Bytes inflated at a time. Deflate grows by 1,032 at most, so no more than 8 MB are held: a chunk of a file at once
 * would come to 270 MB.
 */
const PIECE_BYTES = 8 * 1024;

/**
 * A bomb: this many bytes in a row from less than a 200th of them. Mail shrinks to between a third and a 30th; only runs
 * of one pattern come near Deflate's 1,032. Archives of any size pass.
 */
const BOMB_BYTES = 64 * 1024 * 1024;
const BOMB_RATIO = 200;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Unpacks gzip, concatenated members too, in constant memory. What could be unpacked of a file that is cut off, damaged,
 * a bomb, or followed by something else is yielded; `onDamage` is then called before the end.
 */
export async function* gunzip(
  packed: AsyncIterable<Buffer>,
  onDamage: (problem: Problem) => void,
): AsyncGenerator<Buffer> {
  const input = byteInput(packed);
  const isBomb = createBombCheck(input);
  try {
    for (let isFirst = true; isFirst || !(await skipPadding(input)); isFirst = false) {
      await readHeader(input, isFirst);
      for await (const bytes of inflateMember(input)) {
        yield bytes;
        if (isBomb(bytes.length)) throw bombFound();
      }
    }
  } catch (error) {
    if (!(error instanceof GzipDamage)) throw error;
    onDamage(error.problem);
  } finally {
    await input.close();
  }
}

/** The contents of one member, whose header was read; reads and checks what follows them. */
async function* inflateMember(input: ByteInput): AsyncGenerator<Buffer> {
  const inflated = createPieces();
  let crc = 0;
  let length = 0;
  try {
    for (;;) {
      const piece = await input.piece(PIECE_BYTES);
      const isEnd = piece === null || (await inflated.isEndIn(piece, input));
      if (isEnd) await inflated.end();
      for (const bytes of inflated.take()) {
        crc = crc32(bytes, crc);
        length += bytes.length;
        yield bytes;
      }
      const { damage } = inflated;
      if (damage !== null) throw damageOf(damage);
      if (isEnd) break;
    }
  } finally {
    inflated.close();
  }
  await readTrailer(input, { crc, length });
}

/** Node's inflating stream, a piece at a time: all that a piece becomes is there before the next one is given. */
function createPieces() {
  const stream = createInflateRaw();
  let ready: Buffer[] = [];
  let given = 0;
  let damage: NodeJS.ErrnoException | null = null;
  // Flowing, so that an error cannot throw away what was unpacked before it.
  stream.on('data', (bytes: Buffer) => ready.push(bytes));
  stream.on('error', (error: Error) => {
    damage ??= error;
  });
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  return {
    get damage(): NodeJS.ErrnoException | null {
      return damage;
    },
    /** Inflates a piece; true if the contents end in it: what is left of it goes back to the input. */
    async isEndIn(piece: Buffer, input: ByteInput): Promise<boolean> {
      given += piece.length;
      // An error leaves the callback of the write that met it uncalled.
      await Promise.race([closed, new Promise<void>((resolve) => stream.write(piece, () => resolve()))]);
      const left = damage === null ? given - stream.bytesWritten : 0;
      if (left > 0) input.putBack(piece.subarray(piece.length - left));
      return left > 0;
    },
    end(): Promise<void> {
      stream.end();
      return closed;
    },
    take(): Buffer[] {
      const taken = ready;
      ready = [];
      return taken;
    },
    close: () => stream.destroy(),
  };
}

/** Whether this many more bytes make it a bomb. */
function createBombCheck(input: ByteInput): (bytes: number) => boolean {
  let out = 0;
  let from = 0;
  return (bytes) => {
    out += bytes;
    if (out < BOMB_BYTES) return false;
    const isBomb = (input.taken - from) * BOMB_RATIO < out;
    out = 0;
    from = input.taken;
    return isBomb;
  };
}

function damageOf({ code, message }: NodeJS.ErrnoException): GzipDamage {
  if (code === 'Z_BUF_ERROR') return cutOff();
  return new GzipDamage('gzip-damaged', `the gzip file is damaged (${message}); what follows is lost`);
}

function bombFound(): GzipDamage {
  const detail = `more than ${BOMB_RATIO} times its size comes out of the gzip file, which no mail does; the rest was not read`;
  return new GzipDamage('gzip-bomb', detail);
}
