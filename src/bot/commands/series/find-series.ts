import { idsInQuery } from '../../../adapters/store/ids-in-query.js';
import type { SeriesHit } from '../../../adapters/store/series-reader.js';
import { TransientFailure } from '../../../digest/failure/failure.js';
import { personKey } from '../../../digest/ports/chat-bot.js';
import { type ParsedSearch, parseSearch } from '../../../digest/search/parse-search.js';
import { hasFilters, type SearchQuery } from '../../../digest/search/search-query.js';
import type { Library } from '../../library.js';
import type { CommandContext } from '../context.js';
import { listInLink, namesAMail } from './mail-link.js';
import { MOST_MATCHES } from './one-series.js';

/** Reads a query as the chats and the command line take it. */
export function readSearch(library: Library, typed: string, nowMs: number, zone: string): ParsedSearch {
  return parseSearch(typed, { catalog: () => library.catalog, nowMs, zone });
}

type Found =
  | {
      readonly kind: 'found';
      /** One more than a page where there is another. */
      readonly hits: readonly SeriesHit[];
      /** Why a part of the thread may be missing; null if it is whole. */
      readonly brokenOff: string | null;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'away'; readonly message: string };

/** Looks here first; a mail that is named and not here is fetched where that can be done. */
export async function findOrFetch(
  { library: { store }, fetchThread, requester, place }: CommandContext,
  query: SearchQuery,
  page: number,
): Promise<Found> {
  const range = { limit: MOST_MATCHES + 1, offset: (page - 1) * MOST_MATCHES };
  const hits = await store.search(query, range);
  if (hits.length > 0) return { kind: 'found', hits, brokenOff: null };
  const isMail = !hasFilters(query.filters) && namesAMail(query.text);
  const [id] = isMail ? idsInQuery(query.text) : [];
  if (id === undefined || fetchThread === null) return { kind: 'absent' };
  let failure: TransientFailure | null = null;
  try {
    const by = personKey(place, requester.id);
    if (!(await fetchThread(id, { list: listInLink(query.text), by }))) return { kind: 'absent' };
  } catch (error) {
    if (!(error instanceof TransientFailure)) throw error;
    failure = error;
  }
  const now = await store.search(query, range);
  if (now.length > 0) return { kind: 'found', hits: now, brokenOff: failure?.message ?? null };
  if (failure === null) return { kind: 'absent' };
  return {
    kind: 'away',
    message: `That mail is not here, and it could not be fetched just now: ${failure.message}`,
  };
}
