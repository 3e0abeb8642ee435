import { tellingWords, titleKey } from '../revision/title-key.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { latestOf } from '../time/iso.js';

/** Patches with fewer distinctive words in their title (`fix typos`) are not known again by it. */
const TELLING = 2;

/**
 * Tells when a series was last asked to be pulled, ISO UTC: a pull request that was sent after its newest posting lists at least half of the patches,
 * by title and author. Maintainers apply their own work, and often that of others, without saying so in the thread. null if no request lists it. `series`:
 * the pull requests among others.
 */
export function pulledAt(series: Iterable<SeriesRecord>): (one: SeriesRecord) => string | null {
  const listed = new Map<string, string>();
  for (const { kind, state, revisions } of series) {
    if (kind !== 'pull' || state.name === 'rejected') continue;
    for (const request of revisions)
      for (const patch of request.patches) {
        const key = keyOf(patch);
        listed.set(key, latestOf([listed.get(key) ?? null, sentAt(request)]) ?? '');
      }
  }
  return ({ kind, revisions }) => {
    const newest = revisions.at(-1);
    if (newest === undefined || kind === 'pull') return null;
    const posted = sentAt(newest);
    if (posted === null) return null;
    const found = newest.patches.flatMap((patch) => {
      const at = listed.get(keyOf(patch));
      return at !== undefined && at > posted && tellingWords(titleKey(patch.title)) >= TELLING ? [at] : [];
    });
    return found.length * 2 >= newest.patches.length ? latestOf(found) : null;
  };
}

/** Requests list the titles of commits, which are those of the patches: exact titles are quicker to compare than their words. */
function keyOf({ title, author }: RevisionRecord['patches'][number]): string {
  return `${author} ${title}`.toLowerCase();
}

function sentAt({ arrived, date }: RevisionRecord): string | null {
  return arrived ?? date;
}
