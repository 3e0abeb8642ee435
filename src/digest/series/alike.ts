import { sameWriter } from '../mail/person-key.js';
import { tellingWords, titleSimilarity } from '../revision/title-key.js';
import { DAY_MS } from '../time/units.js';
import type { Posting } from './posting.js';

/** Clocks lie and mail is held back: this much a later version may be dated before an earlier one. */
const CLOCK_SLACK_MS = 14 * DAY_MS;
/** Under another title the order must be plainer: a split-off v1 follows its parent's v4 within days. */
const RETITLED_SLACK_MS = DAY_MS;
/** Titles and patches join within this time (b4 looks back as far). */
export const WINDOW_MS = 366 * DAY_MS;
/** The same version again, unlabelled and changed, is a resend only this soon; later it is other work. */
const RESEND_WINDOW_MS = 60 * DAY_MS;

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

/** 0 where either is undated: nothing speaks against it then. */
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
  return a.titleKey === b.titleKey ? CLOCK_SLACK_MS : RETITLED_SLACK_MS;
}

/** Same number and same stage: two such stand in one series only as a resend. */
export function sameVersion(a: Posting, b: Posting): boolean {
  return a.version === b.version && a.revision.rfc === b.revision.rfc;
}

/** The same version sent again, with the word RESEND or without. */
export function isResend(a: Posting, b: Posting): boolean {
  if (!sameVersion(a, b) || a.kind === 'pull' || b.kind === 'pull') return false;
  if (a.release !== b.release) return false;
  const labelled = a.revision.resend || b.revision.resend;
  const gap = apart(a, b);
  if (gap > WINDOW_MS) return false;
  const sameTitle = a.titleKey === b.titleKey && a.titleKey !== '';
  const { shared, ofLarger } = overlapOf(a, b);
  if (labelled && sameTitle) return true;
  if (countShared(a.patchIds, b.patchIds) > 0 && ofLarger >= 0.7 && sameTitle) return true;
  if (gap > RESEND_WINDOW_MS) return false;
  if (sameTitle && a.kind === 'single' && b.kind === 'single') return tellingWords(a.titleKey) >= 3;
  // An author who says v2 twice under one title forgot to count.
  if (sameTitle && a.versionSaid && a.version > 1 && sameHand(a, b)) return true;
  if (sameTitle) return tellingWords(a.titleKey) >= 2 && (ofLarger >= 0.5 || noPatchKnown(a, b));
  return shared >= 3 && ofLarger >= 0.7;
}

function noPatchKnown(a: Posting, b: Posting): boolean {
  return (a.patchTitles.size === 0 || b.patchTitles.size === 0) && a.revision.total === b.revision.total;
}

export function sameHand(a: Posting, b: Posting): boolean {
  return sameWriter(a.writer, b.writer);
}

/** Whether the two share anything of their titles or patches: what a link needs besides to be believed. */
export function resemble(a: Posting, b: Posting): boolean {
  return titleSimilarity(a.titleKey, b.titleKey) >= 0.25 || overlapOf(a, b).shared > 0;
}
