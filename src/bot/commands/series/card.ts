import type { Action, Place } from '../../../digest/ports/chat-bot.js';
import { atVersion } from '../../../digest/series/at-version.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { newestTwo, versionName } from '../../../digest/series/version-name.js';
import { withStale } from '../../../digest/series/with-stale.js';
import { toIso } from '../../../digest/time/iso.js';
import { applyView } from '../../../digest/view/apply-view.js';
import { type CardForm, cardView } from '../../../digest/view/card-view.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import { tagMails } from '../../../digest/view/picture/timeline-facts.js';
import {
  authorView,
  changesView,
  historyView,
  patchesView,
  reviewsView,
} from '../../../digest/view/series-pages.js';
import { seriesView } from '../../../digest/view/series-view.js';
import { timelineUrl, timelineView } from '../../../digest/view/timeline-view.js';
import { trackerTexts } from '../../../digest/view/tracker-text.js';
import type { View } from '../../../digest/view/view.js';
import type { Library } from '../../library.js';
import { shortId } from '../chat/action-ids.js';
import { button } from '../chat/answers.js';
import { type BotServices, chatOf } from '../context.js';
import { snoozeButton } from '../snooze/snooze-button.js';
import { compareTwo } from './two-versions.js';

/** What is behind the card, with the labels of their buttons. */
const TABS = {
  details: 'Details',
  patches: 'Patches',
  changes: 'Changes',
  history: 'History',
  reviews: 'Reviews',
  apply: 'Apply',
} as const;
type Tab = keyof typeof TABS;
const tabs = Object.keys(TABS) as readonly Tab[];

/** The card, one of them, the comparison of the newest two versions, the author's own summary, or the timeline. */
export type CardView = Tab | (typeof OTHER_VIEWS)[number];

const OTHER_VIEWS = ['card', 'compare', 'author', 'timeline'] as const;

const DETAILS = { patches: 8, versions: 4, address: 'linked' } as const;

/** Where a card is shown: only to the user, who pages through it, or in public, where paging opens a private copy. */
type Standing = 'private' | 'public';

export interface Card {
  readonly view: View;
  readonly actions: readonly Action[];
}

/** The view that a word names; the card for any other. */
export function cardViewOf(word: string): CardView {
  return [...OTHER_VIEWS, ...tabs].find((name) => name === word.toLowerCase()) ?? 'card';
}

/** What of a series is shown, and where. */
interface Shown {
  readonly view: CardView;
  readonly page?: number;
  readonly standing: Standing;
  readonly place: Place;
  /** The posting that is shown; null: the latest. */
  readonly pinned?: RevisionRecord | null;
  /** Of a card; `full` by default. */
  readonly form?: CardForm;
  /** The mail of it that was linked to, in words. */
  readonly linked?: string | null;
}

/** One view of a series: the card with two buttons, or what is behind it with those that lead to the rest. */
export async function seriesCard(services: BotServices, stored: SeriesRecord, request: Shown): Promise<Card> {
  const { view: name, page = 1, pinned = null } = request;
  const now = withStale(stored, toIso(services.nowMs()));
  const series = pinned === null ? now : atVersion(now, pinned);
  const shown = pageOf(await viewOf(services, series, request), page, services.pageCost);
  const latest = series.revisions.at(-1);
  if (latest === undefined) return { view: shown.view, actions: [] };
  const anchor = await chatOf(services).anchors.anchor(latest.id);
  const buttons = seriesButtons(anchor, request.standing === 'public', series !== now);
  const newest = now.revisions.at(-1);
  const toNewest =
    series !== now && newest !== undefined ? [buttons.newest(name, `Newest: ${versionName(newest)}`)] : [];
  const drawn = timelineUrl(now, services.library.config.http.publicUrl) !== null && name !== 'timeline';
  const timeline = drawn ? [buttons.open('timeline', 'Timeline')] : [];
  const actions =
    name === 'card'
      ? [
          buttons.open('details', TABS.details),
          ...timeline,
          ...toNewest,
          buttons.follow,
          ...(request.standing === 'private' && isOpen(now) ? [snoozeButton(anchor)] : []),
        ]
      : [
          ...tabs.filter((tab) => tab !== name).map((tab) => buttons.open(tab, TABS[tab])),
          ...timeline,
          ...moreViews(name, series).map(([view, label]) => buttons.open(view, label)),
          ...(shown.number < shown.of ? [buttons.open(name, 'Next page', shown.number + 1)] : []),
          ...toNewest,
          ...(request.standing === 'private' && request.place.kind === 'channel' ? [buttons.share] : []),
          buttons.follow,
        ];
  return { view: shown.view, actions };
}

/** A decided series waits for no one. */
function isOpen({ state: { name } }: SeriesRecord): boolean {
  return name === 'new' || name === 'under-review' || name === 'changes-requested';
}

/** The buttons of a series, which keep to the posting that is shown. */
function seriesButtons(anchor: string, pops: boolean, pinned: boolean) {
  const kind = 'series' as const;
  return {
    open: (view: CardView, label: string, page = 1): Action =>
      button(shortId({ kind, pops, view, anchor, page, pinned }), label),
    newest: (view: CardView, label: string): Action =>
      button(shortId({ kind, pops, view, anchor, page: 1, pinned: false }), label),
    share: button(shortId({ kind: 'share', view: 'card', anchor, page: 1, pinned }), 'Share in channel'),
    follow: button(shortId({ kind: 'follow-series', anchor }), 'Follow this series', 'primary'),
  };
}

/** Views that only some series have, or that belong to another view. */
function moreViews(name: CardView, { revisions }: SeriesRecord): [view: CardView, label: string][] {
  const more: [CardView, string][] = [];
  if (name === 'changes' && newestTwo(revisions) !== null) more.push(['compare', 'Compare patches']);
  if (revisions.at(-1)?.summaryBy === 'model' && name !== 'author') more.push(['author', 'Author’s words']);
  return more;
}

async function viewOf(
  { library }: BotServices,
  series: SeriesRecord,
  { view: name, form = 'full', linked = null }: Shown,
): Promise<View> {
  const urlOf = (messageId: string) => library.archiveUrl(messageId, series.lists);
  switch (name) {
    case 'card':
      return cardView(series, form, linked, library.config.http.publicUrl, urlOf);
    case 'details':
      return seriesView(series, DETAILS, await trackerWords(library, series), urlOf);
    case 'patches':
      return patchesView(series);
    case 'changes':
      return changesView(series);
    case 'history':
      return historyView(series);
    case 'reviews':
      return reviewsView(series, urlOf);
    case 'apply':
      return applyView(series);
    case 'author':
      return authorView(series);
    case 'timeline':
      return timelineView(
        series,
        await library.store.mailTimes(tagMails(series)),
        library.config.http.publicUrl,
      );
    case 'compare': {
      const two = newestTwo(series.revisions);
      return two === null ? changesView(series) : compareView(await compareTwo(library, series, two));
    }
    default:
      return name satisfies never;
  }
}

/** What trackers say of the latest version of a series, a line each; empty if none is followed. */
export async function trackerWords(library: Library, series: SeriesRecord): Promise<readonly string[]> {
  const latest = series.revisions.at(-1);
  if (latest === undefined) return [];
  const members = [latest.messageId, ...latest.patches.map((patch) => patch.messageId)];
  const evidence = await library.store.sources.evidenceOf(members.filter((id) => id !== null));
  return trackerTexts(latest, evidence);
}
