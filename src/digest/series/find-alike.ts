import { writerKeys } from '../mail/person-key.js';
import { tellingPairs, tellingWords, titleKey, titleSimilarity } from '../revision/title-key.js';
import { DAY_MS } from '../time/iso.js';
import {
  apart,
  isPartialReroll,
  isResend,
  LATE_WINDOW_MS,
  overlapOf,
  PULL_WINDOW_MS,
  precedes,
  sameHand,
  WINDOW_MS,
} from './alike.js';
import { type Candidate, enter, neighbours, say } from './candidate.js';
import type { Posting } from './posting.js';

/** A title with this many distinctive words is looked up under any author: work changes hands. */
export const TELLING_TITLE = 4;
const REWORDED_WINDOW_MS = 120 * DAY_MS;
/** Titles with fewer words in common are two patches of one kind (`add the node of board A`, `… of board B`). */
const REWORDED_SIMILARITY = 0.6;
/** Titles alike to this degree say more than one patch in common. */
const SAME_WORDS = 0.75;

/** The same title by the same person, or `(was: …)`. */
export function findTitled(postings: readonly Posting[]): readonly Candidate[] {
  const rooms = new Map<string, Posting[]>();
  for (const posting of postings) {
    if (posting.titleKey === '' || posting.extra) continue;
    for (const who of writerKeys(posting.writer)) {
      enter(rooms, `${posting.titleKey}|${who}`, posting);
      if (posting.wasKey !== null) enter(rooms, `${posting.wasKey}|${who}`, posting);
    }
    if (tellingWords(posting.titleKey) >= TELLING_TITLE) enter(rooms, posting.titleKey, posting);
  }
  return [...rooms.values()].flatMap((room) =>
    neighbours(room).flatMap(([a, b]): Candidate[] => {
      const [older, newer] = precedes(b, a) ? [b, a] : [a, b];
      const rank = titleRank(older, newer);
      if (rank === null) return [];
      const was = newer.titleKey !== older.titleKey;
      const detail = was
        ? `${say(newer)} says that its title was that of ${say(older)}`
        : `${say(newer)} has the title of ${say(older)}${sameHand(older, newer) ? ' and its author' : ''}`;
      // The kernel's half and that of its tests may have the same title in each version.
      const share = overlapOf(older, newer).ofLarger;
      return [{ older, newer, reason: was ? 'was-title' : 'title', detail, rank, share }];
    }),
  );
}

function titleRank(older: Posting, newer: Posting): number | null {
  if (apart(older, newer) > WINDOW_MS) return resumes(older, newer) ? LATE_RANK : null;
  // Some say only in v2 which commit they copy.
  const sameRelease = older.release !== null && older.release === newer.release;
  if (older.backport !== newer.backport && !sameRelease) return null;
  const resent = newer.revision.resend || older.revision.resend;
  if (newer.backport && newer.version === older.version && !resent) return null;
  const pulls = (older.kind === 'pull' ? 1 : 0) + (newer.kind === 'pull' ? 1 : 0);
  if (pulls === 1) return null;
  if (pulls === 2 && apart(older, newer) > PULL_WINDOW_MS) return null;
  if (sameHand(older, newer)) return precedes(older, newer) ? 5 : isResend(older, newer) ? 6 : null;
  const { ofSmaller, shared } = overlapOf(older, newer);
  // Continuing the count where someone else stopped, at v3 or later, is not a coincidence.
  const goesOn = newer.version >= 3 && newer.version - older.version === 1;
  const borneOut = goesOn || (ofSmaller >= 0.5 && (shared > 1 || tellingWords(newer.titleKey) >= 5));
  return borneOut && newer.versionStated && newer.version > older.version && precedes(older, newer)
    ? 7
    : null;
}

/** After everything else has joined what it can: then the number that it resumes after is still free, or taken. */
const LATE_RANK = 8.8;
/** `Misc cleanups` come every year. */
const LATE_TITLE = 3;

/** The next number of a telling title by the same person, more than a year later: people finish what they began. */
function resumes(older: Posting, newer: Posting): boolean {
  if (older.kind === 'pull' || newer.kind === 'pull' || older.backport || newer.backport) return false;
  if (older.titleKey !== newer.titleKey || !sameHand(older, newer)) return false;
  if (!newer.versionStated || newer.version - older.version !== 1 || !precedes(older, newer)) return false;
  if (apart(older, newer) > LATE_WINDOW_MS || differInChangeId(older, newer)) return false;
  return tellingWords(newer.titleKey) >= LATE_TITLE;
}

/** Two branches of one author: sharing a word or a patch does not make them one work. */
function differInChangeId(a: Posting, b: Posting): boolean {
  return a.changeId !== null && b.changeId !== null && a.changeId !== b.changeId;
}

/** What two titles of one work most likely share: neighboring words, or all words in another order. */
function rewordedKeys(title: string): readonly string[] {
  const words = titleKey(title).split(' ').sort().join(' ');
  return words === '' ? [] : [...tellingPairs(title), `= ${words}`];
}

/** The next number within weeks, by the same person under a title that changed a word or two. */
export function findReworded(postings: readonly Posting[]): readonly Candidate[] {
  const rooms = new Map<string, Posting[]>();
  for (const posting of postings) {
    if (posting.backport || posting.extra || posting.kind === 'pull') continue;
    for (const key of rewordedKeys(posting.revision.title)) enter(rooms, key, posting);
  }
  return [...rooms.values()].flatMap((room) =>
    neighbours(room).flatMap(([a, b]): Candidate[] => {
      const [older, newer] = precedes(b, a) ? [b, a] : [a, b];
      const next = newer.versionStated && newer.version - older.version === 1 && precedes(older, newer);
      if (!next || apart(older, newer) > REWORDED_WINDOW_MS || !sameHand(older, newer)) return [];
      if (differInChangeId(older, newer)) return [];
      const alike = titleSimilarity(older.titleKey, newer.titleKey);
      if (alike < REWORDED_SIMILARITY || newer.titleKey === older.titleKey) return [];
      const detail = `${say(newer)} has nearly the title of ${say(older)} and its author`;
      return [{ older, newer, reason: 'title', detail, rank: alike >= SAME_WORDS ? 7.5 : 8, share: alike }];
    }),
  );
}

/** Most of the patches are the same, by title or patch-id, though the title is not. */
export function findByPatches(postings: readonly Posting[]): readonly Candidate[] {
  const rooms = new Map<string, Posting[]>();
  for (const posting of postings) {
    if (posting.backport || posting.extra || posting.kind === 'pull') continue;
    for (const key of posting.patchTitles) if (tellingWords(key) >= 2) enter(rooms, `p ${key}`, posting);
    for (const id of posting.patchIds) enter(rooms, `d ${id}`, posting);
  }
  const pairs = new Map<Posting, Set<Posting>>();
  const candidates: Candidate[] = [];
  for (const room of rooms.values())
    for (const [a, b] of neighbours(room)) {
      const met = pairs.get(a) ?? new Set();
      if (met.has(b)) continue;
      pairs.set(a, met.add(b));
      const [older, newer] = precedes(b, a) ? [b, a] : [a, b];
      const candidate = patchCandidate(older, newer);
      if (candidate !== null) candidates.push(candidate);
    }
  return candidates;
}

function patchCandidate(older: Posting, newer: Posting): Candidate | null {
  if (apart(older, newer) > WINDOW_MS) return null;
  const { shared, ofSmaller, ofLarger } = overlapOf(older, newer);
  if (differInChangeId(older, newer) && ofLarger < 0.6) return null;
  const later = precedes(older, newer);
  if (!later && !isResend(older, newer)) return null;
  const raised = newer.versionStated && newer.version > older.version;
  const enough = sameHand(older, newer)
    ? (shared >= 2 && ofSmaller >= 0.5 && (raised || ofLarger >= 0.4)) ||
      (raised && shared >= 1 && (ofLarger >= 0.3 || ofSmaller >= 0.5))
    : raised && shared >= 2 && ofLarger >= 0.5;
  if (!enough) return null;
  // v5.1 says by its number that it replaces a part of v5, also outside of its thread.
  if (!Number.isInteger(newer.version) && Math.floor(newer.version) === older.version) {
    const again = `${say(newer)} sends some patches of ${say(older)} again`;
    if (isPartialReroll(older, newer))
      return { older, newer, reason: 'partial-reroll', detail: again, rank: 4 };
  }
  const byId = [...newer.patchIds].filter((id) => older.patchIds.has(id)).length >= shared;
  const what = byId ? 'patches unchanged' : 'patches by title';
  const detail = `${say(newer)} shares ${shared} ${what} with ${say(older)}`;
  const rank = ofLarger >= 0.6 ? 7 : 8;
  return { older, newer, reason: byId ? 'patch-ids' : 'patches', detail, rank, share: ofLarger };
}
