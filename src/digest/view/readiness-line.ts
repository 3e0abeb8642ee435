import { type Reason, readinessOf } from '../plan/readiness.js';
import type { SeriesRecord } from '../series/record.js';
import { shorten } from '../text/inert.js';
import { linked, paragraph } from './blocks.js';
import type { Block, Span } from './view.js';
import { dotted } from './words.js';

const MOST = 6;

/**
 * `Ready to apply? Not yet: no review of patch 2 · kernel test robot: the build fails`, each with its mail; nothing if that is not a
 * question.
 */
export function readinessLine(series: SeriesRecord, urlOf: (messageId: string) => string | null): Block[] {
  const readiness = readinessOf(series);
  if (readiness === null) return [];
  const { given, missing } = readiness;
  const spans = (reasons: readonly Reason[]): Span[] =>
    reasons.map(({ text, messageId }) =>
      linked(shorten(text, 100), messageId === null ? null : urlOf(messageId)),
    );
  const [answer, first, then] = missing.length === 0 ? ['Yes: ', given, []] : ['Not yet: ', missing, given];
  const shown = spans([...first, ...then].slice(0, MOST));
  return [paragraph({ text: 'Ready to apply? ', style: 'dim' }, answer, ...dotted(shown))];
}
