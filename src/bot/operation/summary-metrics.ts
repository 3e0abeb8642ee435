import { Counter, type Registry } from 'prom-client';

/** What is counted of summaries that a language model writes. */
export interface SummaryMetrics {
  /** One request ended: `answered`, or the code of the failure. */
  requested(outcome: string): void;
  /** An answer was checked: `used`, or why it was rejected. */
  judged(part: 'summary' | 'changed', verdict: string): void;
  /** The answer was here already. */
  cacheHit(): void;
}

export function createSummaryMetrics(registry: Registry): SummaryMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'covernote_summary_requests_total',
    help: 'Requests to the language model, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const verdicts = new Counter({
    name: 'covernote_summary_answers_total',
    help: 'Texts that the language model wrote, by purpose and outcome: used, or the reason for the rejection.',
    labelNames: ['part', 'verdict'],
    registers,
  });
  const hits = new Counter({
    name: 'covernote_summary_cache_hits_total',
    help: 'Summaries that the language model had written before.',
    registers,
  });
  return {
    requested: (outcome) => requests.inc({ outcome }),
    judged: (part, verdict) => verdicts.inc({ part, verdict }),
    cacheHit: () => hits.inc(),
  };
}
