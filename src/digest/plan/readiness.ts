import { emailKey } from '../mail/person-key.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { standingVerdicts } from '../series/standing-verdicts.js';
import { versionName } from '../series/version-name.js';
import { verdictsOf } from '../trailer/kinds.js';
import { foundText, verdictText } from './verdict-text.js';

/** A reason for or against applying a series, with the mail that gives it; null if no single mail does. */
export interface Reason {
  readonly text: string;
  readonly messageId: string | null;
}

/** The reasons to apply a series now, and what is missing. */
export interface Readiness {
  readonly given: readonly Reason[];
  /** Empty: nothing known here is missing. */
  readonly missing: readonly Reason[];
}

const MOST_NAMED = 3;

/** null if the question does not apply: it is decided, an RFC, or a pull request. */
export function readinessOf(series: SeriesRecord): Readiness | null {
  const latest = series.revisions.at(-1);
  if (latest === undefined || latest.rfc || series.bot === true || series.kind === 'pull') return null;
  const { name } = series.state;
  if (name !== 'new' && name !== 'under-review' && name !== 'changes-requested') return null;
  const unreviewed = unreviewedPatches(latest);
  const all = unreviewed.length === 0 && latest.patches.length > 0;
  return {
    given: [...reviewers(latest, all), ...passed(series)],
    missing: [...absent(latest), ...lacking(latest, unreviewed), ...findings(series), ...requests(series)],
  };
}

type Review = RevisionRecord['reviews'][number];

function isReview({ author }: RevisionRecord, { kind, email }: Review): boolean {
  return (
    emailKey(email) !== emailKey(author.email) &&
    verdictsOf(kind).some((verdict) => verdict === 'review' || verdict === 'ack')
  );
}

function unreviewedPatches(latest: RevisionRecord): RevisionRecord['patches'] {
  if (latest.reviews.some((one) => isReview(latest, one))) return [];
  return latest.patches.filter(({ reviews }) => !reviews.some((one) => isReview(latest, one)));
}

/** `reviewed by Bo`: each person once, by the first mail. */
function reviewers(latest: RevisionRecord, all: boolean): Reason[] {
  const people = new Map<string, Reason>();
  for (const review of [...latest.reviews, ...latest.patches.flatMap(({ reviews }) => reviews)]) {
    if (!isReview(latest, review)) continue;
    const name = review.name || review.email;
    if (!people.has(name)) people.set(name, { text: name, messageId: review.messageId });
  }
  const [first, ...rest] = [...people.values()];
  if (first === undefined) return [];
  const shown = rest.slice(0, MOST_NAMED - 1);
  const more = rest.length - shown.length;
  return [
    { ...first, text: `${all ? 'reviewed' : 'reviewed in part'} by ${first.text}` },
    ...shown,
    ...(more > 0 ? [{ text: `+${more} more`, messageId: null }] : []),
  ];
}

function passed(series: SeriesRecord): Reason[] {
  const text = verdictText(series);
  const latest = standingVerdicts(series).findLast(({ result }) => result === 'pass');
  return text === null || latest === undefined ? [] : [{ text, messageId: latest.messageId }];
}

function absent({ received, total }: RevisionRecord): Reason[] {
  const missing = total - received;
  return missing <= 0
    ? []
    : [{ text: `${missing} of ${total} patches ${missing === 1 ? 'is' : 'are'} not here`, messageId: null }];
}

/** `no review`, `no review of patches 2, 4`. */
function lacking(latest: RevisionRecord, unreviewed: RevisionRecord['patches']): Reason[] {
  const [first] = unreviewed;
  if (first === undefined) return latest.patches.length === 0 ? [{ text: 'no review', messageId: null }] : [];
  if (unreviewed.length === latest.patches.length) return [{ text: 'no review', messageId: null }];
  const numbers = unreviewed.map(({ index }) => index).filter((index) => index !== null);
  const shown = numbers.slice(0, MOST_NAMED).join(', ');
  const more = numbers.length > MOST_NAMED ? ` +${numbers.length - MOST_NAMED}` : '';
  const which = numbers.length === 1 ? 'patch' : 'patches';
  return [{ text: `no review of ${which} ${shown}${more}`, messageId: first.messageId }];
}

/** `kernel test robot: build fails`, each program once for each kind of report, by its newest mail. */
function findings(series: SeriesRecord): Reason[] {
  const found = new Map<string, Reason>();
  const latest = series.revisions.at(-1);
  for (const { by, kind, result, messageId, revision } of standingVerdicts(series)) {
    if (result === 'pass') continue;
    const what = foundText(kind, result);
    const of = revision === latest ? '' : ` for ${versionName(revision)}`;
    found.set(`${by} ${what}`, { text: `${by}: ${what}${of}`, messageId });
  }
  return [...found.values()];
}

function requests({ state }: SeriesRecord): Reason[] {
  if (state.name !== 'changes-requested') return [];
  const named = state.evidence.map(({ by, messageId }) => ({
    text: `changes requested by ${by.name || by.email}`,
    messageId,
  }));
  return named.length > 0 ? named.slice(-MOST_NAMED) : [{ text: 'changes requested', messageId: null }];
}
