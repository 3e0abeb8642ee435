import type { Action, Place } from '../../../digest/ports/chat-bot.js';
import { atVersion } from '../../../digest/series/at-version.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { newestTwo, versionName } from '../../../digest/series/version-name.js';
import { withStale } from '../../../digest/series/with-stale.js';
import { toIso } from '../../../digest/time/iso.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import {
  authorView,
  changesView,
  historyView,
  patchesView,
  reviewsView,
} from '../../../digest/view/series-pages.js';
import { seriesView } from '../../../digest/view/series-view.js';
import { trackerTexts } from '../../../digest/view/tracker-text.js';
import type { View } from '../../../digest/view/view.js';
import type { Library } from '../../library.js';
import { shortId } from '../chat/action-ids.js';
import { button, labelOf } from '../chat/answers.js';
import { type BotServices, chatOf } from '../context.js';
import { compareTwo } from './two-versions.js';

/** The views of one series, the card first, with the labels of their buttons. */
const TABS = {
  card: 'Card',
  patches: 'Patches',
  changes: 'Changes',
  history: 'History',
  reviews: 'Reviews',
} as const;
type SeriesViewName = keyof typeof TABS;
const seriesViews = Object.keys(TABS) as readonly SeriesViewName[];

/** One of them, the comparison of the newest two versions, or the author's own summary. */
export type CardView = SeriesViewName | (typeof OTHER_VIEWS)[number];

const OTHER_VIEWS = ['compare', 'author'] as const;

const CARD_LIMITS = { patches: 8, versions: 4 };

/** Where a card is shown: to the asker alone, who pages through it, or in public, where paging opens a private copy. */
type Standing = 'private' | 'public';

export interface Card {
  readonly view: View;
  readonly actions: readonly Action[];
}

/** The view that a word names; the card for any other. */
export function cardViewOf(word: string): CardView {
  return [...OTHER_VIEWS, ...seriesViews].find((name) => name === word.toLowerCase()) ?? 'card';
}

/** One view of a series with the buttons that lead to the others. */
export async function seriesCard(
  services: BotServices,
  stored: SeriesRecord,
  {
    view: name,
    page = 1,
    standing,
    place,
    pinned = null,
  }: {
    view: CardView;
    page?: number;
    standing: Standing;
    place: Place;
    /** The posting that is shown; null: the latest. */
    pinned?: RevisionRecord | null;
  },
): Promise<Card> {
  const now = withStale(stored, toIso(services.nowMs()));
  const series = pinned === null ? now : atVersion(now, pinned);
  const pin = { pinned: series !== now };
  const shown = pageOf(await viewOf(services, series, name), page, services.pageCost);
  const latest = series.revisions.at(-1);
  if (latest === undefined) return { view: shown.view, actions: [] };
  const anchor = await chatOf(services).anchors.anchor(latest.id);
  const pops = standing === 'public';
  const actions: Action[] = seriesViews.map((view): Action => {
    const id = shortId({ kind: 'series', pops, view, anchor, page: 1, ...pin });
    const tab = { kind: 'button', id, label: labelOf(TABS[view]), tone: 'plain' } as const;
    return view === name && !pops ? { ...tab, current: true } : tab;
  });
  if (name === 'changes' && newestTwo(series.revisions) !== null)
    actions.push(
      button(shortId({ kind: 'series', pops, view: 'compare', anchor, page: 1, ...pin }), 'Compare patches'),
    );
  if (latest.summaryBy === 'model' && name !== 'author')
    actions.push(
      button(shortId({ kind: 'series', pops, view: 'author', anchor, page: 1, ...pin }), 'Author’s words'),
    );
  if (shown.number < shown.of)
    actions.push(
      button(
        shortId({ kind: 'series', pops, view: name, anchor, page: shown.number + 1, ...pin }),
        'Next page',
      ),
    );
  if (!pops && place.kind === 'channel')
    actions.push(
      button(shortId({ kind: 'share', view: name, anchor, page: shown.number, ...pin }), 'Share in channel'),
    );
  const newest = now.revisions.at(-1);
  if (pin.pinned && newest !== undefined)
    actions.push(
      button(
        shortId({ kind: 'series', pops, view: name, anchor, page: 1, pinned: false }),
        `Newest: ${versionName(newest)}`,
      ),
    );
  actions.push(button(shortId({ kind: 'follow-series', anchor }), 'Follow this series', 'primary'));
  if (latest.url !== null) actions.push({ kind: 'link', label: 'Read on the list', url: latest.url });
  return { view: shown.view, actions };
}

async function viewOf({ library }: BotServices, series: SeriesRecord, name: CardView): Promise<View> {
  switch (name) {
    case 'card':
      return seriesView(series, CARD_LIMITS, await trackerWords(library, series));
    case 'patches':
      return patchesView(series);
    case 'changes':
      return changesView(series);
    case 'history':
      return historyView(series);
    case 'reviews':
      return reviewsView(series);
    case 'author':
      return authorView(series);
    case 'compare': {
      const two = newestTwo(series.revisions);
      return two === null ? changesView(series) : compareView(await compareTwo(library, series, two));
    }
    default:
      return name satisfies never;
  }
}

/** What trackers say of the latest version of a series, a line each; empty where none is followed. */
export async function trackerWords(library: Library, series: SeriesRecord): Promise<readonly string[]> {
  const latest = series.revisions.at(-1);
  if (latest === undefined) return [];
  const members = [latest.messageId, ...latest.patches.map((patch) => patch.messageId)];
  const evidence = await library.store.sources.evidenceOf(members.filter((id) => id !== null));
  return trackerTexts(latest, evidence);
}
