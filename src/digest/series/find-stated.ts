import { namedIds } from '../revision/cluster-keys.js';
import { titleSimilarity } from '../revision/title-key.js';
import { DAY_MS } from '../time/iso.js';
import { isPartialReroll, isResend, overlapOf, precedes, resemble, sameHand } from './alike.js';
import { type Candidate, type FindPosting, say } from './candidate.js';
import type { Posting } from './posting.js';

/**
 * `Supersedes:` lines. Whoever takes over another person's work keeps something of its title or patches: else anyone could put their own in the place
 * of anything.
 */
export function findSupersedes(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) =>
    newer.supersedes.flatMap((id): Candidate[] => {
      const older = find(id);
      if (older === null || older === newer) return [];
      if (!sameHand(older, newer) && !resemble(older, newer)) return [];
      const detail = `${say(newer)} says that it supersedes ${id}`;
      return [{ older, newer, reason: 'supersedes', detail, rank: 1 }];
    }),
  );
}

/** Earlier versions that the text names; a number or similarity must confirm it, so that a link to other work joins nothing. */
export function findNamed(postings: readonly Posting[], find: FindPosting): readonly Candidate[] {
  return postings.flatMap((newer) =>
    newer.earlier.flatMap(({ id, version }): Candidate[] => {
      const older = find(id);
      if (older === null || older === newer || !mayName(newer, older)) return [];
      const lower =
        version !== null && (version < newer.version || (older.revision.rfc && !newer.revision.rfc));
      const alike = resemble(older, newer);
      if (!lower && !alike && !(sameHand(older, newer) && older.version < newer.version)) return [];
      const as = version === null ? 'an earlier version' : `v${version}`;
      const detail = `the letter of ${say(newer)} names ${id} as ${as}`;
      return [{ older, newer, reason: 'link-in-text', detail, rank: namedRank(older, newer, version) }];
    }),
  );
}

/** Whether the target of a link can be an earlier version at all. */
function mayName(newer: Posting, older: Posting): boolean {
  if (older.time !== null && newer.time !== null && older.time > newer.time + 14 * DAY_MS) return false;
  // Backports name the original, and so does other people's follow-up work: that is not an earlier version.
  const ported = newer.backport || (newer.release !== null && newer.release !== older.release);
  if (ported && !newer.versionStated) return false;
  if (newer.backport && !older.backport) return false;
  if (!sameHand(older, newer) && !newer.versionStated && !older.revision.rfc) return false;
  return !isFollowUp(older, newer) && !contradicts(older, newer);
}

/** Work without a number that names a v3 follows it, and is not a version of it. */
function isFollowUp(older: Posting, newer: Posting): boolean {
  if (newer.versionStated || older.version === 1 || older.revision.rfc) return false;
  return !(newer.revision.resend && newer.titleKey === older.titleKey);
}

/**
 * A link to something with the same title or patches is most certain, then one that gives a posting its actual number. Any
 * other waits until titles and patches have joined what they can: it may name the work that this one depends on.
 */
function namedRank(older: Posting, newer: Posting, version: number | null): number {
  const alike = titleSimilarity(older.titleKey, newer.titleKey);
  const akin = alike === 1 || overlapOf(older, newer).ofSmaller >= 0.5;
  if (akin && sameHand(older, newer)) return 3;
  const numbered = version !== null && version === older.version;
  return numbered ? 6.3 : akin || (alike >= 0.6 && sameHand(older, newer)) ? 6.5 : 8.5;
}

/**
 * The posting behind a link has a number that is not lower than ours, and is something else: a v4 that says
 * "v1: <link>" and links the v4 of another series is a slip, and a v2 that picks one patch of a v4 is other work.
 */
function contradicts(older: Posting, newer: Posting): boolean {
  if (!older.versionStated || older.version < newer.version || older.revision.rfc !== newer.revision.rfc)
    return false;
  return titleSimilarity(older.titleKey, newer.titleKey) < 0.5 && overlapOf(older, newer).ofLarger < 0.5;
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

/** 2 for a likely new version, 9 for one that only its number suggests, null for other work. */
function threadRank(older: Posting, newer: Posting): number | null {
  if (older.kind === 'pull' || newer.kind === 'pull') return null;
  const alike = titleSimilarity(older.titleKey, newer.titleKey);
  const { shared, ofSmaller } = overlapOf(older, newer);
  const same = sameHand(older, newer);
  const later = precedes(older, newer);
  if (!later) return isResend(older, newer) ? 2 : null;
  // Answers are postings of other people only if their files continue the count.
  if (!same && newer.head?.inAnswer === true && older.titleKey === newer.titleKey)
    return newer.versionStated && newer.version > older.version ? 2 : null;
  if (!same)
    return ofSmaller >= 0.5 && (newer.versionStated || shared > 1) && newer.version > older.version
      ? 2
      : null;
  if (isPartialReroll(older, newer) || alike >= 0.4 || ofSmaller >= 0.3) return 2;
  return newer.versionStated && newer.version > older.version && newer.version - older.version <= 1
    ? 9
    : null;
}
