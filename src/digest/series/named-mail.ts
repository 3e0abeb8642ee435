import { shorten } from '../text/inert.js';
import { deedOf } from '../trailer/kinds.js';
import type { RevisionRecord, SeriesRecord } from './record.js';
import { versionName } from './version-name.js';

/** A mail that is neither cover nor patch. */
export interface ReplyMail {
  readonly email: string;
  /** Message.id of the cover or patch that it is about; null if that is not known. */
  readonly about: string | null;
}

/**
 * What a mail of a series is, in words: `patch 3/22, “mm: count pins”`, `v2`, `review by Bo Lindqvist of patch 3/22`. null for the latest
 * posting itself, which needs no name. `reply`: what is known about it if it is not part of a posting.
 */
export function namedMail(series: SeriesRecord, messageId: string, reply: ReplyMail | null): string | null {
  for (const revision of series.revisions) {
    const version = revision === series.revisions.at(-1) ? '' : versionName(revision);
    const patch = patchOf(revision, messageId);
    if (patch !== null) return `${[version, patch].filter((part) => part !== '').join(', ')}`;
    if (revision.messageId === messageId) return version === '' ? null : version;
  }
  return reviewOf(series, messageId) ?? replyOf(series, reply);
}

/** `patch 3/22, “mm: count pins”`; null for no patch of it, or its only one. */
function patchOf({ patches, total }: RevisionRecord, messageId: string): string | null {
  const at = patches.findIndex((patch) => patch.messageId === messageId);
  const patch = patches[at];
  if (patch === undefined || total < 2) return null;
  return `patch ${patch.index ?? at + 1}/${total}, “${shorten(patch.title, 120)}”`;
}

const NOUNS: Readonly<Record<string, string>> = {
  reviewed: 'review',
  acked: 'ack',
  approved: 'approval',
  tested: 'test report',
  rejected: 'rejection',
};

/** `review by Bo Lindqvist of patch 3/22`. */
function reviewOf({ revisions }: SeriesRecord, messageId: string): string | null {
  for (const revision of [...revisions].reverse()) {
    const whole = revision.reviews.find((review) => review.messageId === messageId);
    if (whole !== undefined) return byline(whole);
    for (const [at, patch] of revision.patches.entries()) {
      const review = patch.reviews.find((one) => one.messageId === messageId);
      if (review === undefined) continue;
      const of = revision.total < 2 ? '' : ` of patch ${patch.index ?? at + 1}/${revision.total}`;
      return `${byline(review)}${of}`;
    }
  }
  return null;
}

function byline({
  kind,
  name,
  email,
}: {
  readonly kind: string;
  readonly name: string;
  readonly email: string;
}): string {
  const deed = deedOf(kind) ?? '';
  return `${NOUNS[deed] ?? 'reply'} by ${shorten(name || email, 80)}`;
}

function replyOf(series: SeriesRecord, reply: ReplyMail | null): string | null {
  if (reply === null) return null;
  const by = nameOf(series, reply.email);
  const patch = series.revisions
    .map((revision) => (reply.about === null ? null : patchOf(revision, reply.about)))
    .find((text) => text !== null);
  return `reply by ${by}${patch === undefined ? '' : ` to ${patch}`}`;
}

/** The name that the series knows for an address. */
function nameOf({ authors, revisions, state }: SeriesRecord, email: string): string {
  const people = [
    ...authors,
    ...revisions.flatMap(({ reviews, patches }) => [
      ...reviews,
      ...patches.flatMap((patch) => patch.reviews),
    ]),
    ...state.evidence.map(({ by }) => by),
  ];
  const known = people.find(
    (person) => person.email.toLowerCase() === email.toLowerCase() && person.name !== '',
  );
  return shorten(known?.name ?? email, 80) || 'someone';
}
