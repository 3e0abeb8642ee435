import type { DigestItem } from '../contract/digest-answer.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import type { StateEvidence } from './activity.js';

/** The revision that stands for a series today: its last. */
export function latestRevision(series: SeriesRecord): RevisionRecord | null {
  return series.revisions.at(-1) ?? null;
}

/** `applied to kvm.git (queue) by Paolo Example`: the newest evidence in words; null where the state needs none. */
export function stateText(state: DigestItem['state'], evidence: readonly StateEvidence[]): string | null {
  if (state === 'new' || state === 'under-review') return null;
  const last = evidence.at(-1);
  const word = state.replace('-', ' ');
  if (last === undefined) return word;
  const where = last.tree ?? last.branch;
  const branch = last.tree !== null && last.branch !== null ? ` (${last.branch})` : '';
  const person = last.by.name || last.by.email;
  return `${word}${where === null ? '' : ` to ${where}${branch}`}${person === '' ? '' : ` by ${person}`}`;
}

/** Kinds of review in the order in which they are told, with their words. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:reviewed|reviewed-and-tested)-by$/i, 'Reviewed'],
  [/^acked(?:-and-\w+)?-by$/i, 'acked'],
  [/^tested-by$/i, 'tested'],
  [/^nacked-by$/i, 'NACKed'],
];

/** `Reviewed by 2 people, acked by 1; 3 of 10 patches covered`; null where nobody has reviewed. */
export function reviewText(revision: RevisionRecord): string | null {
  const all = [...revision.reviews, ...revision.patches.flatMap((patch) => patch.reviews)];
  const told = KINDS.flatMap(([kind, word]) => {
    const people = new Set(all.filter((review) => kind.test(review.kind)).map(personKey));
    return people.size === 0 ? [] : [`${word} by ${people.size}`];
  });
  if (told.length === 0) return null;
  const known = revision.patches.length;
  const covered = revision.patches.filter((patch) =>
    patch.reviews.some((review) => isApproval(review.kind)),
  ).length;
  const whole = revision.reviews.some((review) => isApproval(review.kind));
  const coverage =
    known < 2 ? '' : whole || covered === known ? ', all patches' : `, ${covered} of ${known} patches`;
  const text = told.join(', ') + coverage;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isApproval(kind: string): boolean {
  return /^(?:reviewed|acked|reviewed-and-tested|acked-and-\w+)-by$/i.test(kind);
}

function personKey(review: { name: string; email: string }): string {
  return (review.name || review.email).toLowerCase();
}
