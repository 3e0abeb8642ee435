import type { Store } from '../src/adapters/store/store.js';

export interface Latency {
  readonly question: string;
  readonly hits: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How long one question takes in process, warm: the middle and the 99th percentile of so many times. */
export async function measureQuestion(store: Store, question: string, times: number): Promise<Latency> {
  for (let i = 0; i < 10; i++) await store.search(question, 10);
  const taken: number[] = [];
  let hits = 0;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    hits = (await store.search(question, 10)).length;
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { question, hits, p50Ms: at(0.5), p99Ms: at(0.99) };
}
