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
 * percentile of many times.
 */
export async function measureQuestion(
  store: Store,
  question: string,
  times: number,
): Promise<{ readonly answer: Latency; readonly suggestions: Latency }> {
  const query = plainSearch(question);
  return {
    answer: await measure(question, times, () => store.search(query, 10)),
    suggestions: await measure(question, times, () => store.titles(query, 10)),
  };
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
