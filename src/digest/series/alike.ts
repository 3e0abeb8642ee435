import { sameWriter } from '../mail/person-key.js';
import { tellingWords, titleSimilarity } from '../revision/title-key.js';
import { DAY_MS, HOUR_MS } from '../time/iso.js';
import type { Posting } from './posting.js';

/** Clocks are wrong and mail is delayed: a later version may be dated this much before an earlier one. */
const CLOCK_SLACK_MS = 14 * DAY_MS;
/** Under another title the order must be clearer: a split-off v1 follows its parent's v4 within days. */
const RETITLED_SLACK_MS = DAY_MS;
/** Titles and patches join within this time (b4 looks back as far). */
export const WINDOW_MS = 366 * DAY_MS;
/** Work that rests for long resumes within this time, if its title and number say that it does. */
export const LATE_WINDOW_MS = 3 * WINDOW_MS;
/** The same version again, unlabeled and changed, is a resend only this soon; later it is other work. */
const RESEND_WINDOW_MS = 60 * DAY_MS;
/** Two postings of one number that share no patch are two works if they were sent this close together. */
const TOGETHER_MS = HOUR_MS;

/** How much of two postings is the same patches, by title or patch-id. */
export interface Overlap {
  readonly shared: number;
  /** Shared over the smaller of the two, 0 to 1. */
  readonly ofSmaller: number;
  readonly ofLarger: number;
}

export function overlapOf(a: Posting, b: Posting): Overlap {
  const shared = Math.max(countShared(a.patchTitles, b.patchTitles), countShared(a.patchIds, b.patchIds));
  const smaller = Math.min(a.patchTitles.size, b.patchTitles.size);
  const larger = Math.max(a.patchTitles.size, b.patchTitles.size);
  return {
    shared,
    ofSmaller: smaller === 0 ? 0 : Math.min(1, shared / smaller),
    ofLarger: larger === 0 ? 0 : Math.min(1, shared / larger),
  };
}

function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const one of small) if (large.has(one)) shared += 1;
  return shared;
}

/** 0 if either is undated: then nothing contradicts it. */
export function apart(a: Posting, b: Posting): number {
  return a.time === null || b.time === null ? 0 : Math.abs(a.time - b.time);
}

/**
 * Whether `older` can be an earlier version of `newer` by number and date: a higher version that is not dated
 * much earlier, or work that left RFC, where counting starts again.
 */
export function precedes(older: Posting, newer: Posting): boolean {
  const datedLater = older.time !== null && newer.time !== null && older.time > newer.time;
  if (older.revision.rfc && !newer.revision.rfc)
    return older.time === null || newer.time === null ? older.version <= newer.version : !datedLater;
  if (older.version >= newer.version) return false;
  return !datedLater || apart(older, newer) <= clockSlack(older, newer);
}

/** How far the dates of two postings may contradict their numbers, in ms. */
export function clockSlack(a: Posting, b: Posting): number {
  // `[PATCH 6.1]` a day after v3 is its copy for a release, not its v1.
  if (a.release !== b.release) return 0;
  // Nor is a posting without a number a week after v2.
  return a.titleKey === b.titleKey && a.versionStated === b.versionStated
    ? CLOCK_SLACK_MS
    : RETITLED_SLACK_MS;
}

/** Same number and same stage: two such are in one series only as a resend. */
export function sameVersion(a: Posting, b: Posting): boolean {
  return a.version === b.version && a.revision.rfc === b.revision.rfc;
}

/** The same version sent again, with the word RESEND or without. */
export function isResend(a: Posting, b: Posting): boolean {
  if (!sameVersion(a, b) || a.release !== b.release) return false;
  if (a.kind === 'pull' || b.kind === 'pull') return a.kind === b.kind && isSamePull(a, b);
  const gap = apart(a, b);
  if (gap > WINDOW_MS) return false;
  const sameTitle = a.titleKey === b.titleKey && a.titleKey !== '';
  const labelled = a.revision.resend || b.revision.resend;
  if (labelled && sameTitle) return true;
  if (!sameHand(a, b)) return false;
  if (labelled && titleSimilarity(a.titleKey, b.titleKey) >= 0.6) return true;
  return isSentAgain(a, b, sameTitle, gap);
}

/** How long after a pull request the same title is another one: a maintainer has one title for years. */
export const PULL_WINDOW_MS = 30 * DAY_MS;

/** The same request sent again: for all of the same patches. Another of the same title asks for others. */
function isSamePull(a: Posting, b: Posting): boolean {
  if (a.titleKey !== b.titleKey || a.titleKey === '' || !sameHand(a, b) || apart(a, b) > PULL_WINDOW_MS)
    return false;
  const { shared, ofLarger } = overlapOf(a, b);
  return ofLarger === 1 && (shared >= 2 || tellingWords(a.titleKey) >= 3);
}

/** The same by one person, without the word RESEND. */
function isSentAgain(a: Posting, b: Posting, sameTitle: boolean, gap: number): boolean {
  const overlap = overlapOf(a, b);
  const { shared, ofLarger } = overlap;
  if (countShared(a.patchIds, b.patchIds) > 0 && ofLarger >= 0.7 && sameTitle) return true;
  if (gap > RESEND_WINDOW_MS) return false;
  if (!sameTitle) return shared >= 3 && ofLarger >= 0.7;
  if (a.kind === 'single' && b.kind === 'single') return tellingWords(a.titleKey) >= 3;
  // The kernel's half and its tests' half, sent together under one title.
  if (shared === 0 && gap < TOGETHER_MS && arePatchesKnown(a) && arePatchesKnown(b)) return false;
  // An author who says v2 twice under one title forgot to count.
  if (a.versionStated && a.version > 1) return true;
  // `A sample series` says little, but all of its patches say enough.
  if (shared >= 2 && ofLarger === 1) return true;
  return tellingWords(a.titleKey) >= 2 && (ofLarger >= 0.5 || noPatchKnown(a, b));
}

/** All patches are here, or listed by the letter. */
function arePatchesKnown({ patchTitles, revision }: Posting): boolean {
  return patchTitles.size > 0 && patchTitles.size >= revision.total;
}

function noPatchKnown(a: Posting, b: Posting): boolean {
  return (a.patchTitles.size === 0 || b.patchTitles.size === 0) && a.revision.total === b.revision.total;
}

export function sameHand(a: Posting, b: Posting): boolean {
  return sameWriter(a.writer, b.writer);
}

/** Whether the two share anything in their titles or patches: a link alone is not believed. */
export function resemble(a: Posting, b: Posting): boolean {
  return titleSimilarity(a.titleKey, b.titleKey) >= 0.25 || overlapOf(a, b).shared > 0;
}

/** Some patches of an older version sent again on their own under the same counters (v5.1). */
export function isPartialReroll(older: Posting, newer: Posting): boolean {
  const { revision } = newer;
  if (revision.coverId !== null || revision.total < 2 || revision.total !== older.revision.total)
    return false;
  const here = revision.slots.filter((slot) => slot.id !== null).length;
  return here < revision.total && newer.version > older.version && sameHand(older, newer);
}
