import type { StateName } from '../claims/claim.js';
import { publicId } from '../mail/public-id.js';
import type { Revision } from '../revision/revision.js';
import { DAY_MS } from '../time/iso.js';
import { timeOf } from './claim-places.js';
import {
  type ClaimSetting,
  type DisbelievedClaim,
  type JudgedClaim,
  type Judgement,
  judgeClaims,
} from './judge-claims.js';
import type { StateDoubt, StateEvidence, StateOutcome } from './outcome.js';
import { repliesByRevision, revisionState } from './revision-state.js';

/** What the threads of a series say about its postings. */
export interface JudgedRevisions extends Judgement {
  /** Of each posting as if there were no other, oldest first. */
  readonly outcomes: readonly StateOutcome[];
}

/** Judges every claim once, for all that depends on it: the state of the series, that of each posting, and who asked for changes. */
export function judgeRevisions(input: ClaimSetting): JudgedRevisions {
  const judgement = judgeClaims(input);
  return { ...judgement, outcomes: revisionOutcomes(input, judgement.believed) };
}

/**
 * The state of a series. The latest posting decides; but if nothing was decided about it, and an older one
 * was applied after the latest was sent (the maintainer took v2 though v3 was out), the older one's evidence counts.
 *
 * `facts` holds the members and every reply and notice of the series' clusters, `targets` is Assembly's.
 * `stale` depends on the clock and is left to `isStale`.
 */
export function decideState(
  input: ClaimSetting,
  judged: JudgedRevisions = judgeRevisions(input),
): StateOutcome {
  const outcome = decideSeries(input, judged.outcomes);
  const disbelieved = doubtsOf(judged.disbelieved);
  return disbelieved.length === 0 ? outcome : { ...outcome, disbelieved };
}

function decideSeries(input: ClaimSetting, outcomes: readonly StateOutcome[]): StateOutcome {
  const revisions = input.revisions;
  const latest = revisions.at(-1);
  const last = outcomes.at(-1);
  if (latest === undefined || last === undefined) return { name: 'new', evidence: [], applied: null };
  if (last.name !== 'new' && last.name !== 'under-review') return last;
  const sent = latest.date ?? latest.received ?? '';
  const older = outcomes.findLast(
    (outcome) => outcome.applied !== null && outcome.evidence.some(({ date }) => (date ?? '') > sent),
  );
  return older ?? last;
}

/** The state of each posting by its id; an older one that was not applied is superseded by the next. */
export function revisionStates(
  input: ClaimSetting,
  { outcomes }: Pick<JudgedRevisions, 'outcomes'> = judgeRevisions(input),
): ReadonlyMap<string, StateOutcome> {
  const found = new Map<string, StateOutcome>();
  for (const [at, revision] of input.revisions.entries()) {
    const outcome = outcomes[at];
    const newer = input.revisions[at + 1];
    if (outcome === undefined) continue;
    const isKept = newer === undefined || outcome.applied !== null || outcome.name === 'rejected';
    found.set(
      revision.id,
      isKept ? outcome : { name: 'superseded', evidence: [supersededBy(newer)], applied: null },
    );
  }
  return found;
}

export const STALE_DAYS = 90;

/**
 * Whether an open posting has been without mail for too long (90 days by default). What was applied,
 * merged, rejected or superseded does not go stale. An unknown or unreadable time does not count as silence.
 */
export function isStale(
  state: StateName,
  lastActivityIso: string | null,
  nowIso: string,
  days = STALE_DAYS,
): boolean {
  if (state !== 'new' && state !== 'under-review' && state !== 'changes-requested') return false;
  if (lastActivityIso === null) return false;
  return Date.parse(nowIso) - Date.parse(lastActivityIso) > days * DAY_MS;
}

function revisionOutcomes(input: ClaimSetting, believed: readonly JudgedClaim[]): StateOutcome[] {
  const claims = new Map<string, JudgedClaim[]>();
  for (const judged of believed) {
    const own = claims.get(judged.revision.id);
    if (own === undefined) claims.set(judged.revision.id, [judged]);
    else own.push(judged);
  }
  const replies = repliesByRevision(input.revisions, input.facts, input.targets);
  return input.revisions.map((revision) =>
    revisionState(revision, claims.get(revision.id) ?? [], replies.get(revision.id) ?? []),
  );
}

const MOST_DOUBTS = 5;

/** The newest, one for each mail. */
function doubtsOf(claims: readonly DisbelievedClaim[]): StateDoubt[] {
  const found = new Map(
    claims.map(({ claim, fact, reason }) => {
      const by = { name: fact.author.name, email: fact.senderEmail };
      return [
        fact.id,
        { messageId: publicId(fact.id), by, says: claim.says, date: timeOf(fact) || null, reason },
      ] as const;
    }),
  );
  return [...found.values()].slice(-MOST_DOUBTS);
}

function supersededBy(newer: Revision): StateEvidence {
  return {
    messageId: publicId(newer.id),
    url: null,
    by: { name: newer.author.name, email: newer.author.email },
    date: newer.date,
    source: 'newer-version',
    tree: null,
    branch: null,
    confidence: 0.95,
    quote: `v${newer.version}${newer.resend ? ' (resent)' : ''}: ${newer.title}`.slice(0, 160),
  };
}
