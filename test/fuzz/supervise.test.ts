import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { superviseReaders } from '../../fuzz/supervise.js';

const reader = fileURLToPath(new URL('./bad-reader.mjs', import.meta.url));
const supervisor = superviseReaders({ reader, stallMs: 3_000 });
afterEach(() => supervisor.close());

const findingsOf = async (from: number, count: number) => {
  const { findings } = await supervisor.run({ seed: 1, from, count, ingest: false });
  return findings.map(({ iteration, code, detail }) => [iteration, code, detail]);
};

describe('the process that reads mutated mails', () => {
  it('reports what it read', async () => {
    expect(await supervisor.run({ seed: 1, from: 0, count: 3, ingest: false })).toMatchObject({
      mails: 3,
      ingested: { read: 3 },
      findings: [],
    });
  });

  it('may die or hang: the mails that did it are found, and the others are read', async () => {
    expect(await findingsOf(0, 8)).toEqual([
      [3, 'process-died', 'ended by SIGKILL'],
      [5, 'process-died', 'no answer within 3 s'],
    ]);
    expect(await findingsOf(8, 8)).toEqual([]);
  });

  it('may die of mails that do no harm alone', async () => {
    expect(await findingsOf(18, 6)).toEqual([
      [null, 'process-died', 'iterations 18 to 23 together: ended by SIGKILL'],
    ]);
  });
});
