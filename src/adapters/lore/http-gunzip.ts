import { createGunzip } from 'node:zlib';
import { TransientFailure } from '../../digest/failure/failure.js';
import { MAX_UNPACKED_BYTES } from './limits.js';

/**
 * Unpacks gzip as it comes. What could be unpacked before damage or a cut is yielded, then TransientFailure is thrown: `truncated`,
 * `gzip-damaged`, or `too-large` for a bomb.
 */
export async function* gunzip(
  packed: AsyncIterable<Buffer>,
  where: string,
  maxBytes = MAX_UNPACKED_BYTES,
): AsyncGenerator<Buffer> {
  const stream = createGunzip();
  let ready: Buffer[] = [];
  let damage: (Error & { code?: string }) | null = null;
  let total = 0;
  // Flowing, so that an error cannot throw away what was unpacked before it.
  stream.on('data', (chunk: Buffer) => ready.push(chunk));
  stream.on('error', (error: Error) => {
    damage ??= error;
  });
  const closed = new Promise<void>((done) => stream.once('close', done));
  const take = function* (): Generator<Buffer> {
    const taken = ready;
    ready = [];
    for (const chunk of taken) {
      total += chunk.length;
      if (total > maxBytes)
        throw new TransientFailure('too-large', `${where} unpacks to more than ${maxBytes} bytes.`);
      yield chunk;
    }
  };
  try {
    for await (const chunk of packed) {
      // In small pieces: a bomb of a few bytes must not unpack to gigabytes before it is counted.
      for (let at = 0; at < chunk.length && damage === null; at += 4096) {
        const piece = chunk.subarray(at, at + 4096);
        // An error leaves the callback of the write that met it uncalled.
        await Promise.race([closed, new Promise<void>((done) => stream.write(piece, () => done()))]);
        yield* take();
      }
      if (damage !== null) break;
    }
    if (damage === null) stream.end();
    await closed;
    yield* take();
  } finally {
    stream.destroy();
  }
  if (damage !== null) throw damageFailure(damage, where);
}

function damageFailure(damage: Error & { code?: string }, where: string): TransientFailure {
  return damage.code === 'Z_BUF_ERROR'
    ? new TransientFailure('truncated', `${where} was cut off.`, { cause: damage })
    : new TransientFailure('gzip-damaged', `${where} is damaged gzip.`, { cause: damage });
}
