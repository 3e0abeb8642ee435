import { sameWriter } from '../../src/digest/mail/person-key.js';
import { titleKey, titleSimilarity } from '../../src/digest/revision/title-key.js';
import type { RevisionRecord, SeriesRecord } from '../../src/digest/series/record.js';
import { DAY_MS } from '../../src/digest/time/iso.js';

/** Two postings, by the series that hold them. */
export interface PostingPair {
  readonly older: RevisionRecord;
  readonly newer: RevisionRecord;
}

/** Titles with fewer words in common are not taken for those of one work. */
const SIMILAR_TITLES = 0.6;
const SAME_PATCHES = 0.5;
const WINDOW_MS = 366 * DAY_MS;
/** A word that more postings have is no way to find a title. */
const MOST_OF_A_WORD = 400;

/**
 * Two postings of one number in one series that are no word-for-word resend of each other: neither says RESEND, and titles or most patches
 * differ. Null if the series has none.
 */
export function contradictionIn({ revisions, kind }: SeriesRecord): PostingPair | null {
  if (kind === 'pull') return null;
  for (const [at, older] of revisions.entries())
    for (const newer of revisions.slice(at + 1)) {
      if (older.version !== newer.version || older.rfc !== newer.rfc || older.resend || newer.resend)
        continue;
      const shared = patchesShared(older, newer);
      const same = titleKey(older.title) === titleKey(newer.title) && shared >= SAME_PATCHES;
      if (!same && shared < 0.7) return { older, newer };
    }
  return null;
}

function patchesShared(a: RevisionRecord, b: RevisionRecord): number {
  const left = new Set(a.patches.map((patch) => titleKey(patch.title)));
  const right = new Set(b.patches.map((patch) => titleKey(patch.title)));
  const all = Math.max(left.size, right.size);
  return all === 0 ? 1 : [...left].filter((key) => right.has(key)).length / all;
}

/** Pairs of consecutive versions, by one author under the same or a similar title within a year, and those in two series. */
export function consecutivePairs(series: readonly SeriesRecord[]): {
  readonly pairs: number;
  readonly split: readonly PostingPair[];
} {
  const postings = series
    .filter((one) => one.kind !== 'pull')
    .flatMap((one) =>
      one.revisions.map((revision) => ({ revision, key: titleKey(revision.title), in: one })),
    );
  const byWord = new Map<string, typeof postings>();
  for (const posting of postings)
    for (const word of new Set(posting.key.split(' ')))
      if (word.length > 2) byWord.set(word, [...(byWord.get(word) ?? []), posting]);
  let pairs = 0;
  const split: PostingPair[] = [];
  for (const newer of postings) {
    const rooms = newer.key.split(' ').map((word) => byWord.get(word) ?? []);
    const near = new Set(rooms.flatMap((room) => (room.length < MOST_OF_A_WORD ? room : [])));
    const before = [...near]
      .filter((older) => precedes(older.revision, newer.revision))
      .map((older) => ({ older, alike: titleSimilarity(older.key, newer.key) }))
      .filter(({ alike }) => alike >= SIMILAR_TITLES)
      .sort(
        (a, b) =>
          b.alike - a.alike || ((a.older.revision.date ?? '') < (b.older.revision.date ?? '') ? 1 : -1),
      );
    const [found] = before;
    if (found === undefined) continue;
    pairs += 1;
    if (found.older.in !== newer.in) split.push({ older: found.older.revision, newer: newer.revision });
  }
  return { pairs, split };
}

function precedes(older: RevisionRecord, newer: RevisionRecord): boolean {
  if (newer.resend || newer.version < 2 || older.version !== newer.version - 1 || older.rfc !== newer.rfc)
    return false;
  const gapMs = Date.parse(newer.date ?? '') - Date.parse(older.date ?? '');
  if (!(gapMs > -DAY_MS && gapMs < WINDOW_MS)) return false;
  const writer = ({ author }: RevisionRecord) => ({ author, senderEmail: author.email.toLowerCase() });
  return sameWriter(writer(older), writer(newer));
}
