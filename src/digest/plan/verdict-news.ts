import type { RevisionRecord, SeriesRecord, StandingVerdict, VerdictRecord } from '../series/record.js';
import { standingVerdicts } from '../series/standing-verdicts.js';

/**
 * The verdicts worth a separate message, among those in the mails (messageId) of `mailIds`: a failure, and a pass of the program that failed
 * before. Warnings and plain passes are only in the line of facts: most series get some.
 */
export function verdictNews(
  series: Pick<SeriesRecord, 'revisions'>,
  mailIds: ReadonlySet<string>,
): readonly StandingVerdict[] {
  return standingVerdicts(series).filter(
    (one) =>
      one.messageId !== null &&
      mailIds.has(one.messageId) &&
      (one.result === 'fail' || (one.result === 'pass' && failedBefore(series, one))),
  );
}

/**
 * Its last run before this one that passed or failed did fail: on the same patches of the same posting, or else in the last posting before
 * that it tried. Warnings in between end no failure.
 */
function failedBefore({ revisions }: Pick<SeriesRecord, 'revisions'>, one: StandingVerdict): boolean {
  if (one.was !== undefined) return one.was === 'fail';
  const isEarlier = ({ date, messageId }: VerdictRecord) =>
    messageId !== one.messageId && (date ?? '') < (one.date ?? '');
  const own = decidedTries(one.revision, one).filter(isEarlier);
  const ofPatch = own.filter(({ patch }) => patch === one.patch);
  if (ofPatch.length > 0) return lastOf(ofPatch)?.result === 'fail';
  // It tested another patch of this posting, and was reported then.
  if (own.length > 0) return false;
  const tried = revisions
    .slice(0, Math.max(0, revisions.indexOf(one.revision)))
    .map((revision) => decidedTries(revision, one))
    .findLast((verdicts) => verdicts.length > 0);
  return tried?.some(({ result }) => result === 'fail') === true;
}

/** What the same program found of a posting, without warnings: each warning is replaced by the result of the run before it. */
function decidedTries({ verdicts = [] }: RevisionRecord, { by, kind }: VerdictRecord): VerdictRecord[] {
  return verdicts.flatMap((other) => {
    if (other.by !== by || other.kind !== kind) return [];
    if (other.result !== 'warning') return [other];
    return other.was === undefined ? [] : [{ ...other, result: other.was }];
  });
}

function lastOf(verdicts: readonly VerdictRecord[]): VerdictRecord | undefined {
  return verdicts.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1)).at(-1);
}
