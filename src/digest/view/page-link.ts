import { withoutTail } from '../text/without-tail.js';
import { webUrl } from './inert-view.js';
import type { Span } from './view.js';

/** Where the pages are published (PUBLIC_URL); null or absent if they are not: then nothing mentions them. */
export type PagesAt = string | null | undefined;

/** The address of a page for chats; null if pages are not published, or where it would be too long to be a link. */
export function pageUrl(pagesAt: PagesAt, path: string): string | null {
  return pagesAt == null ? null : webUrl(`${withoutTail(pagesAt, '/')}${path}`);
}

/** A link to a page, behind what is in the line already; nothing if there is none. */
export function pageSpans(pagesAt: PagesAt, path: string, text: string): Span[] {
  const url = pageUrl(pagesAt, path);
  return url === null
    ? []
    : [
        { text: ' · ', style: 'dim' },
        { text, url },
      ];
}
