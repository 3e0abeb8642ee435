import type { SeriesRecord } from '../series/record.js';
import { paragraph } from './blocks.js';
import { type PagesAt, pageUrl } from './page-link.js';
import { timelinePath } from './page-paths.js';
import { hasTimeline, timelinePicture } from './picture/timeline.js';
import type { ReceivedTimes } from './picture/timeline-facts.js';
import { seriesPage } from './series-pages.js';
import type { View } from './view.js';

/** Where chats fetch a series' timeline; null if pages are not published, or if there is nothing to see in it. */
export function timelineUrl(series: SeriesRecord, pagesAt: PagesAt): string | null {
  if (!hasTimeline(series)) return null;
  // Chats keep what they fetched: another address is another picture.
  const asOf = encodeURIComponent(series.updated ?? '');
  return pageUrl(pagesAt, `${timelinePath(series.latest ?? series.id)}.png?asof=${asOf}`);
}

/** A series in time, as a picture where a chat can fetch it, else in words. */
export function timelineView(series: SeriesRecord, received: ReceivedTimes, pagesAt: PagesAt): View {
  const { alt } = timelinePicture(series, received);
  const url = timelineUrl(series, pagesAt);
  const view = seriesPage(series, 'Timeline', 'Timeline', () => (url === null ? [paragraph(alt)] : []));
  return url === null ? view : { ...view, picture: { url, alt } };
}
