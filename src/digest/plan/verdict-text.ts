import type { VerdictKind, VerdictResult } from '../claims/report.js';
import type { SeriesRecord } from '../series/record.js';
import { standingVerdicts } from '../series/standing-verdicts.js';

const MARKS: readonly (readonly [VerdictResult, string])[] = [
  ['pass', '✓'],
  ['warning', '⚠'],
  ['fail', '✗'],
];
const WORST: Readonly<Record<VerdictResult, number>> = { pass: 0, warning: 1, fail: 2 };

/** `CI 1✓ 2✗`: each program once for each patch that it tried, by the worst that it found there; null if none tried any. */
export function verdictText(series: Pick<SeriesRecord, 'revisions'>): string | null {
  const worst = new Map<string, VerdictResult>();
  for (const { by, kind, patch, result } of standingVerdicts(series)) {
    const key = `${by}\n${kind}\n${patch}`;
    const known = worst.get(key);
    if (known === undefined || WORST[known] < WORST[result]) worst.set(key, result);
  }
  if (worst.size === 0) return null;
  const counts = MARKS.flatMap(([result, mark]) => {
    const n = [...worst.values()].filter((one) => one === result).length;
    return n === 0 ? [] : [`${n}${mark}`];
  });
  return `CI ${counts.join(' ')}`;
}

const TRIED: Readonly<Record<Exclude<VerdictKind, 'ai-review'>, string>> = {
  build: 'the build',
  test: 'a test',
  'static-analysis': 'a check',
  syzbot: 'a test',
  ci: 'CI',
};
const FOUND: Readonly<Record<VerdictResult, string>> = { pass: 'passes', warning: 'warns', fail: 'fails' };

/** `the build fails`, `CI passes`; `again`: what failed before. */
export function foundText(kind: VerdictKind, result: VerdictResult, again = false): string {
  if (kind === 'ai-review') {
    if (result !== 'pass') return 'has remarks';
    return again ? 'has no more remarks' : 'has no remarks';
  }
  return `${TRIED[kind]} ${FOUND[result]}${again ? ' again' : ''}`;
}
