import type { Report, VerdictKind, VerdictResult } from '../claims/report.js';
import type { JoinFacts, Revision } from '../revision/revision.js';

/** What a program found about a posting or one of its patches. */
export interface Verdict extends Pick<Report, 'by' | 'kind' | 'result'> {
  /** Id of the patch; null for the whole posting. */
  readonly patch: string | null;
  /** Id of the mail that says so. */
  readonly id: string;
  /** When that was received, else sent, ISO UTC; '' if neither is known. */
  readonly at: string;
  /** The result of the last earlier run that passed or failed, among those that it replaces; absent if none did. */
  readonly was?: VerdictResult;
}

/** A program that floods a thread is cut to its newest reports. */
const MOST_VERDICTS = 200;
/** These test a posting as a whole, whichever of its mails they answer; a later run replaces the earlier ones. */
const WHOLE: ReadonlySet<VerdictKind> = new Set(['ci', 'syzbot']);

/** The verdicts on a posting, oldest first. `targets` say which of its mails a report answers, links or names. */
export function joinVerdicts(input: {
  readonly revision: Revision;
  readonly facts: ReadonlyMap<string, JoinFacts>;
  readonly targets: ReadonlyMap<string, string>;
}): Verdict[] {
  const { revision, facts, targets } = input;
  const members = new Set(revision.members);
  const patches = new Set(revision.slots.flatMap(({ id }) => id ?? []));
  const found: Verdict[] = [];
  for (const [id, target] of targets) {
    const fact = members.has(target) ? facts.get(id) : undefined;
    // A mail that was found forged is not a program's.
    if (fact?.report === undefined || fact.unauthenticated === true) continue;
    const { by, kind, result } = fact.report;
    const ofAll =
      target === revision.coverId || !patches.has(target) || (WHOLE.has(kind) && patches.size > 1);
    found.push({ by, kind, result, patch: ofAll ? null : target, id, at: fact.received ?? fact.date ?? '' });
  }
  return withoutReruns(found.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).slice(-MOST_VERDICTS);
}

function sortKey({ at, id }: Verdict): string {
  return `${at} ${id}`;
}

function withoutReruns(verdicts: readonly Verdict[]): Verdict[] {
  const runOf = ({ by, kind, patch }: Verdict) => `${by} ${kind} ${patch}`;
  const last = new Map(verdicts.map((one, at) => [runOf(one), at]));
  const before = new Map<string, VerdictResult>();
  return verdicts.flatMap((one, at) => {
    if (!WHOLE.has(one.kind)) return [one];
    const was = before.get(runOf(one));
    if (one.result !== 'warning') before.set(runOf(one), one.result);
    if (last.get(runOf(one)) !== at) return [];
    return [was === undefined ? one : { ...one, was }];
  });
}
