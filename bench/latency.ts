import type { Store } from '../src/adapters/store/store.js';
import { plainSearch } from '../src/digest/search/search-query.js';

export interface Latency {
  readonly question: string;
  readonly hits: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * How long one question takes in process, warm, as `/series` asks it and as suggestions do with every letter: the median and the 99th
 * percentile of many times. `control`: the same of arithmetic alone that takes as long as the answer at the median, measured right after it.
 * What that takes longer at the 99th percentile is what else the machine did.
 */
export async function measureQuestion(
  store: Store,
  question: string,
  times: number,
): Promise<{ readonly answer: Latency; readonly suggestions: Latency; readonly control: Latency }> {
  const query = plainSearch(question);
  const answer = await measure(question, times, () => store.search(query, 10));
  const steps = stepsOf(answer.p50Ms);
  return {
    answer,
    control: await measure('arithmetic', times, async () => [reckon(steps)]),
    suggestions: await measure(question, times, () => store.titles(query, 10)),
  };
}

/** Neither allocates nor waits. */
function reckon(steps: number): number {
  let x = 1;
  for (let i = 0; i < steps; i++) x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0;
  return x;
}

/** How many steps of `reckon` take this long. */
function stepsOf(ms: number): number {
  const sample = 1_000_000;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 10; i++) {
    const start = performance.now();
    reckon(sample);
    best = Math.min(best, performance.now() - start);
  }
  return Math.ceil((sample * ms) / best);
}

async function measure(
  question: string,
  times: number,
  ask: () => Promise<readonly unknown[]>,
): Promise<Latency> {
  for (let i = 0; i < 10; i++) await ask();
  const taken: number[] = [];
  let hits = 0;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    hits = (await ask()).length;
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { question, hits, p50Ms: at(0.5), p99Ms: at(0.99) };
}
