import type { SeriesHit } from '../../../adapters/store/series-reader.js';
import { UserError } from '../../../digest/failure/failure.js';
import type { SearchQuery } from '../../../digest/search/search-query.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { count } from '../../../digest/text/count.js';
import { editDistance } from '../../../digest/text/edit-distance.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { Library } from '../../library.js';

export type OneSeries =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'one';
      readonly series: SeriesRecord;
      /** It has none of the words as they were typed: the user may have meant one that is not available. */
      readonly isGuess: boolean;
      /** How many other series match, of which none has exactly that title. */
      readonly others: number;
    }
  /** At most ten, the best first. */
  | { readonly kind: 'many'; readonly matches: readonly SeriesRecord[]; readonly hasMore: boolean };

export const MOST_MATCHES = 10;
const MOST_NEAR = 5;
const MOST_WORDS = 32;

/** Searches for the one series that a query names, and that `fits` if any does. */
export async function oneSeries(
  library: Library,
  query: SearchQuery | string,
  fits: (series: SeriesRecord) => boolean = () => true,
): Promise<OneSeries> {
  return chooseSeries(await library.store.search(query, MOST_MATCHES + 1), fits);
}

/** Hits that are so much better than the others that, if there is only one of them, it is meant. */
const SURE = [new Set(['id']), new Set(['title']), new Set(['title', 'words'])];

/** The only hit that fits, or the only one of exactly that title, or with all the words in its titles or people. */
export function chooseSeries(
  hits: readonly SeriesHit[],
  fits: (series: SeriesRecord) => boolean = () => true,
): OneSeries {
  const fitting = hits.filter((hit) => fits(hit.series));
  // If none fits, the answer is about those that were meant.
  const meant = fitting.length > 0 ? fitting : hits;
  const sure = SURE.map((kinds) => meant.filter((hit) => kinds.has(hit.by))).find(
    (some) => some.length === 1,
  );
  const [first] = sure ?? meant;
  if (first === undefined) return { kind: 'none' };
  if (sure !== undefined || meant.length === 1) {
    const isGuess = first.by.startsWith('similar') || first.by.startsWith('some');
    return { kind: 'one', series: first.series, isGuess, others: meant.length - 1 };
  }
  return {
    kind: 'many',
    matches: meant.slice(0, MOST_MATCHES).map((hit) => hit.series),
    hasMore: meant.length > MOST_MATCHES,
  };
}

/** Titles that come close to a query that finds nothing. */
export async function nearSeries(library: Library, query: string): Promise<readonly SeriesRecord[]> {
  const words = wordsIn(query).slice(0, MOST_WORDS);
  const hits = await library.store.nearest(query, MOST_NEAR);
  return hits.map((hit) => hit.series).filter((series) => comesClose(series, words));
}

/** A shorter word is like too many others for a slip of it to say anything. */
const SLIP_CHARS = 4;

/** Whether a series has one of the words, or one that such a word may be a slip for: `for` is none for `foo`. */
function comesClose({ title, author, revisions }: SeriesRecord, words: readonly string[]): boolean {
  const patches = revisions.at(-1)?.patches ?? [];
  const known = wordsIn([title, author.name, ...patches.map((patch) => patch.title)].join(' '));
  return words.some((word) =>
    known.some((other) => {
      if (word.length < SLIP_CHARS) return other === word;
      const edits = word.length < 6 ? 1 : 2;
      return other.includes(word) || editDistance(word, other, edits) <= edits;
    }),
  );
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word.length > 1);
}

export function guessText(query: string): string {
  return `Nothing is called “${shorten(oneLine(query), 60)}”; this is the closest match.`;
}

/** `hasMore`: there are more than were counted. */
export function othersText(others: number, hasMore = false): string {
  if (hasMore) return `At least ${others} other series match these words too.`;
  return `${count(others, 'other series matches', 'other series match')} these words too.`;
}

export function nearText(near: readonly SeriesRecord[]): string {
  return `${count(near.length, 'title')} that ${near.length === 1 ? 'comes' : 'come'} close:`;
}

/** The error where a query for one series finds none or several. */
export function notOneSeries(query: string, found: Exclude<OneSeries, { kind: 'one' }>): UserError {
  const typed = shorten(oneLine(query), 100);
  switch (found.kind) {
    case 'none':
      return new UserError(
        'no-series',
        `No series matches “${typed}”.`,
        /@|:\/\//.test(query)
          ? 'That mail is not here: `covernote ingest` the list that it was sent to.'
          : 'Try `covernote series` with fewer words.',
      );
    case 'many': {
      const rows = found.matches.map((series) => {
        const version = series.revisions.at(-1)?.version ?? 1;
        return `${series.id}  v${version}  ${shorten(oneLine(series.title), 90)}`;
      });
      const number = found.hasMore ? `More than ${found.matches.length}` : String(found.matches.length);
      return new UserError(
        'many-series',
        `${number} series match “${typed}”.`,
        `Choose one by its ID:\n    ${rows.join('\n    ')}`,
      );
    }
    default:
      return found satisfies never;
  }
}
