import { createGunzip } from 'node:zlib';
import type { Problem } from '../../digest/mail/mail.js';

const MAGIC = [0x1f, 0x8b] as const;

/** True where bytes begin as gzip does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === MAGIC[0] && head[1] === MAGIC[1];
}

/**
 * Unpacks gzip, concatenated members too, a chunk at a time. What could be unpacked of a file that
 * is cut off or damaged is yielded; `onDamage` then hears of it, before the end.
 */
export async function* gunzip(
  packed: AsyncIterable<Buffer>,
  onDamage: (problem: Problem) => void,
): AsyncGenerator<Buffer> {
  const stream = createGunzip();
  let out: Buffer[] = [];
  let damage: Error | null = null;
  // Flowing, so that an error cannot throw away what was unpacked before it.
  stream.on('data', (chunk: Buffer) => out.push(chunk));
  stream.on('error', (error: Error) => {
    damage ??= error;
  });
  const closed = new Promise<void>((done) => stream.once('close', done));
  for await (const chunk of packed) {
    // An error leaves the callback of the write that met it uncalled.
    await Promise.race([closed, new Promise<void>((done) => stream.write(chunk, () => done()))]);
    const ready = out;
    out = [];
    yield* ready;
    if (damage !== null) break;
  }
  if (damage === null) stream.end();
  await closed;
  yield* out;
  stream.destroy();
  if (damage !== null) onDamage(problemOf(damage));
}

function problemOf(error: Error & { code?: string }): Problem {
  return error.code === 'Z_BUF_ERROR'
    ? { code: 'truncated', detail: 'the gzip file is cut off' }
    : { code: 'gzip-damaged', detail: `the gzip file is damaged (${error.message}); what follows is lost` };
}
