import { MAX_MUTATED_BYTES, MUTATIONS } from './mutations.js';
import { createRandom } from './random.js';

/** Neighbours in the pool that the mails of one stretch are made of: they are of few threads, so that series come out of them. */
const WINDOW = 80;

/** Iterations that draw from one window. */
const STRETCH = 250;

export interface MutatedMail {
  readonly iteration: number;
  readonly raw: Buffer;
  /** The place in the pool of the mail that it was made of. */
  readonly base: number;
  /** The mutations in their order. */
  readonly mutations: readonly string[];
}

/** The mail of one iteration: the same for the same pool, seed and iteration. */
export function mutatedMail(pool: readonly Buffer[], seed: number, iteration: number): MutatedMail {
  const stretch = createRandom(seed, -2 - Math.floor(iteration / STRETCH));
  const start = stretch.whole(0, Math.max(0, pool.length - WINDOW));
  const random = createRandom(seed, iteration);
  const pickPlace = () => random.whole(start, Math.min(start + WINDOW, pool.length) - 1);
  const base = pickPlace();
  const textOf = (place: number) => (pool[place] ?? Buffer.alloc(0)).toString('latin1', 0, MAX_MUTATED_BYTES);
  let mail = textOf(base);
  // Half of them are mails of their own, the others further copies of what was read before.
  if (random.chance(0.5))
    mail = mail.replace(/^(Message-ID:[ \n]*)<[^>\n]*>/im, `$1<fuzz-${iteration}@example.org>`);
  const mutations: string[] = [];
  // Numbers are parsed in more places than anything else.
  const names = [...MUTATIONS.keys(), 'absurd numbers', 'absurd sentence', 'absurd sentence'];
  for (let count = random.pick([1, 1, 1, 2, 2, 3, 5]); count > 0; count--) {
    const name = random.pick(names);
    const mutate = MUTATIONS.get(name);
    if (mutate === undefined) continue;
    mail = mutate({ mail, other: textOf(pickPlace()), random }).slice(0, 2 * MAX_MUTATED_BYTES);
    mutations.push(name);
  }
  return { iteration, raw: Buffer.from(mail, 'latin1'), base, mutations };
}
