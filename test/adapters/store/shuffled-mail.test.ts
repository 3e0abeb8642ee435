import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PreparedMail } from '../../../src/adapters/store/prepared-mail.js';
import { documentsOf, NOW, openMemory, prepare } from './written-mail.js';

const mailbox = new URL('../../../../shared/corpora/io-uring-10k.mbox.gz', import.meta.url);
const MAILS = 600;

/** The first mails of the mailbox, which has `From mboxrd@z` lines between them. */
async function firstMails(): Promise<Buffer[]> {
  const mails: Buffer[] = [];
  let rest = '';
  const stream = createReadStream(mailbox).pipe(createGunzip());
  for await (const chunk of stream) {
    const pieces = (rest + (chunk as Buffer).toString('latin1')).split('\nFrom mboxrd@z');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) mails.push(Buffer.from(piece.slice(piece.indexOf('\n') + 1), 'latin1'));
    if (mails.length >= MAILS) break;
  }
  return mails.slice(0, MAILS);
}

/** Repeats for the same seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const all = [...items];
  let state = seed;
  for (let i = all.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const j = state % (i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

async function derivedFrom(mails: readonly PreparedMail[], batch: number): Promise<Map<string, string>> {
  const store = await openMemory();
  for (let i = 0; i < mails.length; i += batch) await store.ingestBatch(mails.slice(i, i + batch), NOW);
  const documents = await documentsOf(store);
  await store.close();
  return documents;
}

describe.skipIf(!existsSync(mailbox))('real mail (skipped without ../shared)', () => {
  it('comes to the same series in any order, whatever the batches', async () => {
    const mails = await Promise.all((await firstMails()).map((raw) => prepare(raw)));
    const expected = await derivedFrom(mails, mails.length);
    expect(expected.size).toBeGreaterThan(40);
    for (const [seed, batch] of [
      [1, 500],
      [2, 97],
    ] as const) {
      const order = shuffled([...mails, ...mails.slice(0, 50)], seed);
      expect(await derivedFrom(order, batch)).toEqual(expected);
    }
  });
});
