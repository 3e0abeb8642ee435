import { namedIds } from '../revision/cluster-keys.js';
import { titleSimilarity } from '../revision/title-key.js';
import { DAY_MS } from '../time/units.js';
import { isResend, overlapOf, precedes, resemble, sameHand } from './alike.js';
import { type Candidate, type FindPosting, say } from './candidate.js';
import type { Posting } from './posting.js';

/** `Supersedes:` lines. */
export function findSupersedes(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) =>
    newer.supersedes.flatMap((id): Candidate[] => {
      const older = find(id);
      if (older === null || older === newer) return [];
      const detail = `${say(newer)} says that it supersedes ${id}`;
      return [{ older, newer, reason: 'supersedes', detail, rank: 1 }];
    }),
  );
}

/** Earlier versions that the text names; a number or likeness must bear it out, so that a neighbour's link joins nothing. */
export function findNamed(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) =>
    newer.earlier.flatMap(({ id, version }): Candidate[] => {
      const older = find(id);
      if (older === null || older === newer) return [];
      if (older.time !== null && newer.time !== null && older.time > newer.time + 14 * DAY_MS) return [];
      // Backports name the original, and so does other people's follow-up work: that is no earlier version.
      const ported = newer.backport || (newer.release !== null && newer.release !== older.release);
      if (ported && !newer.versionSaid) return [];
      if (newer.backport && !older.backport) return [];
      if (!sameHand(older, newer) && !newer.versionSaid && !older.revision.rfc) return [];
      if (contradicts(older, newer)) return [];
      const lower =
        version !== null && (version < newer.version || (older.revision.rfc && !newer.revision.rfc));
      const alike = resemble(older, newer);
      if (!lower && !alike && !(sameHand(older, newer) && older.version < newer.version)) return [];
      const as = version === null ? 'an earlier version' : `v${version}`;
      const detail = `the letter of ${say(newer)} names ${id} as ${as}`;
      return [
        { older, newer, reason: 'link-in-text', detail, rank: sameHand(older, newer) || alike ? 3 : 4 },
      ];
    }),
  );
}

/**
 * The posting behind a link bears a number that is not lower than ours, and is of something else: a v4 that says
 * "v1: <link>" and links the v4 of another series is a slip.
 */
function contradicts(older: Posting, newer: Posting): boolean {
  if (!older.versionSaid || older.version < newer.version || older.revision.rfc !== newer.revision.rfc)
    return false;
  return titleSimilarity(older.titleKey, newer.titleKey) < 0.5 && overlapOf(older, newer).shared === 0;
}

/** Postings sent as an answer into the thread of an older one. */
export function findThreaded(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) => {
    if (newer.head === null) return [];
    const seen = new Set<Posting>([newer]);
    const candidates: Candidate[] = [];
    for (const id of namedIds(newer.head).toReversed()) {
      const older = find(id);
      if (older === null || seen.has(older)) continue;
      seen.add(older);
      const rank = threadRank(older, newer);
      if (rank === null) continue;
      const partial = isPartialReroll(older, newer);
      const reason = partial ? 'partial-reroll' : 'thread';
      const detail = partial
        ? `${say(newer)} sends some patches of ${say(older)} again, as answers to them`
        : `${say(newer)} was sent as an answer into the thread of ${say(older)}`;
      candidates.push({ older, newer, reason, detail, rank });
    }
    return candidates;
  });
}

/** 2 for a likely new version, 9 for one that only its number speaks for, null for other work. */
function threadRank(older: Posting, newer: Posting): number | null {
  if (older.kind === 'pull' || newer.kind === 'pull') return null;
  const alike = titleSimilarity(older.titleKey, newer.titleKey);
  const { shared, ofSmaller } = overlapOf(older, newer);
  const same = sameHand(older, newer);
  const later = precedes(older, newer);
  if (!later) return isResend(older, newer) ? 2 : null;
  if (!same)
    return ofSmaller >= 0.5 && (newer.versionSaid || shared > 1) && newer.version > older.version ? 2 : null;
  if (isPartialReroll(older, newer) || alike >= 0.4 || ofSmaller >= 0.3) return 2;
  return newer.versionSaid && newer.version > older.version && newer.version - older.version <= 1 ? 9 : null;
}

/** Some patches of an older version sent again on their own under the same counters (v5.1). */
function isPartialReroll(older: Posting, newer: Posting): boolean {
  const { revision } = newer;
  if (revision.coverId !== null || revision.total < 2 || revision.total !== older.revision.total)
    return false;
  const here = revision.slots.filter((slot) => slot.id !== null).length;
  return here < revision.total && newer.version > older.version && sameHand(older, newer);
}
