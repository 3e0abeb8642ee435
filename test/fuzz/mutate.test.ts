import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { mutatedMail } from '../../fuzz/mutate.js';
import { MAX_MUTATED_BYTES, MUTATIONS } from '../../fuzz/mutations.js';
import { readPool } from '../../fuzz/pool.js';
import { createRandom } from '../../fuzz/random.js';

let pool: Buffer[] = [];
beforeAll(async () => {
  pool = await readPool(true);
});

describe('a mutated mail', () => {
  it('is the same for the same seed and iteration, so that a finding can be replayed', () => {
    const made = (seed: number) => Array.from({ length: 60 }, (_, i) => mutatedMail(pool, seed, i));
    expect(made(7)).toEqual(made(7));
    expect(mutatedMail(pool, 7, 41)).toEqual(made(7)[41]);
  });

  it('is another one for another seed or iteration', () => {
    const mails = [1, 2].flatMap((seed) => Array.from({ length: 50 }, (_, i) => mutatedMail(pool, seed, i)));
    expect(new Set(mails.map(({ raw }) => raw.toString('latin1'))).size).toBeGreaterThan(90);
  });

  it('never outgrows the limit', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(100_000), (seed, iteration) => {
        expect(mutatedMail(pool, seed, iteration).raw.length).toBeLessThanOrEqual(2 * MAX_MUTATED_BYTES);
      }),
      { numRuns: 100 },
    );
  });

  it('is made by every mutation at some time', () => {
    const names = Array.from({ length: 400 }, (_, i) => mutatedMail(pool, 3, i).mutations).flat();
    expect(new Set(names)).toEqual(new Set(MUTATIONS.keys()));
  });
});

describe('each mutation', () => {
  it.each([...MUTATIONS.keys()])('%s changes a mail, and takes the empty one', (name) => {
    const mutate = MUTATIONS.get(name);
    const [mail = '', other = ''] = pool.map((raw) => raw.toString('latin1'));
    const made = Array.from({ length: 8 }, (_, i) => mutate?.({ mail, other, random: createRandom(5, i) }));
    expect(made.some((text) => text !== mail)).toBe(true);
    expect(typeof mutate?.({ mail: '', other: '', random: createRandom(5, 1) })).toBe('string');
  });
});
