import { createHash } from 'node:crypto';
import { readMails } from '../src/adapters/files/read-file.js';
import { detailOf } from './check-parsing.js';
import type { Finding } from './messages.js';
import type { MutatedMail } from './mutate.js';
import type { Random } from './random.js';

/** Mails that are split in chunks of a few bytes too: as many as that takes no time for. */
const FEW = 5;

const SEPARATOR = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';

/** What an mbox of these mails is split into must not depend on where its chunks end, and must not be more than went in. */
export async function checkSplitting(mails: readonly MutatedMail[], random: Random): Promise<Finding[]> {
  return [
    ...(await compareChunks(mboxOf(mails), random, random.pick([64 * 1024, 4_000, 700]))),
    ...(await compareChunks(mboxOf(mails.slice(0, FEW)), random, random.pick([1, 2, 40]))),
  ];
}

function mboxOf(mails: readonly MutatedMail[]): Buffer {
  return Buffer.concat(mails.flatMap(({ raw }) => [Buffer.from(SEPARATOR), raw, Buffer.from('\n')]));
}

async function compareChunks(mbox: Buffer, random: Random, most: number): Promise<Finding[]> {
  try {
    const whole = await split([mbox]);
    const pieces = await split(chunked(mbox, random, most));
    if (whole.bytes > mbox.length)
      return [finding('split-grows', `${mbox.length} bytes became ${whole.bytes}`)];
    return whole.digest === pieces.digest
      ? []
      : [finding('split-differs', `${whole.count} mails in one chunk, ${pieces.count} in several`)];
  } catch (error) {
    return [finding('split-failed', detailOf(error))];
  }
}

/** A mail as a separate file, whatever kind it is read as. */
export async function checkFile({ raw, iteration }: MutatedMail): Promise<Finding[]> {
  try {
    const { count } = await split([raw]);
    return count > 0 ? [] : [{ iteration, code: 'file-unaccounted', detail: 'neither read nor skipped' }];
  } catch (error) {
    return [{ iteration, code: 'file-failed', detail: detailOf(error) }];
  }
}

const finding = (code: string, detail: string): Finding => ({ iteration: null, code, detail });

function chunked(bytes: Buffer, random: Random, most: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = random.whole(1, most);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

async function split(chunks: readonly Buffer[]): Promise<{ count: number; bytes: number; digest: string }> {
  const digest = createHash('sha256');
  let count = 0;
  let bytes = 0;
  async function* input() {
    yield* chunks;
  }
  for await (const event of readMails('fuzz', input(), () => null)) {
    if (event.kind !== 'mail' && event.kind !== 'skipped') continue;
    count++;
    const found = event.kind === 'mail' ? event.raw : Buffer.from(event.problem.code);
    bytes += event.kind === 'mail' ? event.raw.byteLength : 0;
    digest.update(`${event.kind} ${found.byteLength}\n`).update(found);
  }
  return { count, bytes, digest: digest.digest('hex') };
}
