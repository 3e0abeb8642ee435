import type { SeriesRecord, StandingVerdict } from '../series/record.js';
import { standingVerdicts } from '../series/standing-verdicts.js';

/**
 * The verdicts worth a message of their own, of those whose mails (messageId) are `told` of: a failure, and that the program which failed
 * passes again. Warnings and plain passes are in the line of facts alone: most series get some.
 */
export function verdictNews(
  series: Pick<SeriesRecord, 'revisions'>,
  told: ReadonlySet<string>,
): readonly StandingVerdict[] {
  return standingVerdicts(series).filter(
    (one) =>
      one.messageId !== null &&
      told.has(one.messageId) &&
      (one.result === 'fail' || (one.result === 'pass' && failedBefore(series, one))),
  );
}

/** Its run before this one failed: in the same posting, or in the last posting before that it tried. */
function failedBefore({ revisions }: Pick<SeriesRecord, 'revisions'>, one: StandingVerdict): boolean {
  if (one.was !== undefined) return one.was === 'fail';
  const at = revisions.indexOf(one.revision);
  const tried = revisions
    .slice(0, Math.max(0, at))
    .map(({ verdicts = [] }) => verdicts.filter(({ by, kind }) => by === one.by && kind === one.kind))
    .findLast((verdicts) => verdicts.length > 0);
  return tried?.some(({ result }) => result === 'fail') === true;
}
