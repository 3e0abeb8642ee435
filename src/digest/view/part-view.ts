import { ONE_SERIES } from '../follow/format-follow.js';
import type { DigestGroup } from '../plan/digest.js';
import type { Fits, PartContent } from '../plan/part-content.js';
import { sections, singlesRows } from '../plan/sections.js';
import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import { DAY_MS } from '../time/iso.js';
import type { Action } from './action.js';
import { heading, list, note, paragraph } from './blocks.js';
import {
  followsSpans,
  groupBlocks,
  NOTHING_NEW,
  newsText,
  omittedText,
  periodSpans,
  subsystemSpans,
} from './digest-view.js';
import { digestPageId } from './item-menu.js';
import { type ItemForm, listedTitle } from './item-view.js';
import { newsView } from './news-view.js';
import { type PagesAt, pageSpans, pageUrl } from './page-link.js';
import { digestPath, weeksPath } from './page-paths.js';
import type { Block, Span, View } from './view.js';

type Headline = Extract<PartContent, { kind: 'headline' }>;
type Details = Extract<PartContent, { kind: 'details' }>;

/** Whether a view goes into one message of a platform, with what can be pressed beneath it. */
export type FitsView = (view: View, actions: readonly Action[]) => boolean;

/** The same for a part that is yet to be rendered. */
export function fitsPart(fits: FitsView, pagesAt?: PagesAt): Fits {
  return (content) => fits(partView(content, pagesAt), partActions(content));
}

/** What can be pressed beneath a message of a digest: all that it counts is to be had. */
export function partActions(content: PartContent): Action[] {
  if (content.kind === 'notice' || content.kind === 'news' || content.all === undefined) return [];
  const id = digestPageId(content.window.until, 1, true);
  // All of a digest is more than all of the one subsystem above the button.
  const label = content.share === true ? `Show the whole digest (${content.all})` : `Show all ${content.all}`;
  return [{ kind: 'button', id, label, tone: 'plain' }];
}

/** One message of a digest as a platform-neutral view. The same content gives the same view, today and for an edit. */
export function partView(content: PartContent, pagesAt?: PagesAt): View {
  switch (content.kind) {
    case 'headline':
      return headlineView(content, pagesAt);
    case 'details':
      return detailsView(content);
    case 'news':
      return newsView(content);
    case 'notice':
      return {
        fallback: [content.text, content.remedy].filter((text) => text !== '').join(' '),
        blocks: [content.text, content.remedy].filter((text) => text !== '').map((text) => paragraph(text)),
      };
    default:
      return content satisfies never;
  }
}

/** Parts that were posted before there was a choice say as much as they did. In a thread, which may be long, a compact item is brief. */
function formOf({ kind, form = 'full' }: Headline | Details): ItemForm {
  return kind === 'details' && form === 'compact' ? 'brief' : form;
}

/** The news first, the titles that matter most, and one quiet line: where the rest is, and of what period it is. */
function headlineView(content: Headline, pagesAt: PagesAt): View {
  const { groups, details } = content;
  const news = newsText(content.counts, groups, content.otherGroups) || NOTHING_NEW;
  return {
    ...weeksPicture(content, pagesAt),
    fallback: `${news}.`,
    blocks: [
      heading(1, news),
      // Without a thread everything is shown here.
      ...groups.flatMap((group) =>
        details === 0
          ? groupBlocks(
              group,
              formOf(content),
              'not counted',
              groups.length === 1 && (content.otherGroups ?? 0) === 0,
            )
          : overviewBlocks(group, groups.length > 1),
      ),
      ...content.notes.map((text) => note(text)),
      note(
        ...moreSpans(content),
        ...detailsSpans(content),
        ...periodSpans(content.window),
        // One of several headlines names its subsystem, and the follows of the others would not be its own.
        ...(content.share === true ? [] : followsSpans(content.follows)),
        ...digestPageSpans(content, pagesAt),
      ),
    ],
  };
}

/** The last weeks of its subsystem, which the chat fetches from the pages; nothing if they are not published. */
function weeksPicture({ weeksOf, window }: Headline, pagesAt: PagesAt): Pick<View, 'picture'> {
  if (weeksOf === undefined) return {};
  // Chats keep what they fetched: another address is another picture.
  const url = pageUrl(pagesAt, `${weeksPath(weeksOf)}.png?asof=${encodeURIComponent(window.until)}`);
  const alt = `${shorten(oneLine(weeksOf), 60)}: new series of the last weeks, and what became of them`;
  return url === null ? {} : { picture: { url, alt } };
}

/** A headline keeps so many follows; of more, the last of its words say how many. */
const MOST_LINKED = 5;
/** A page takes no longer window. */
const MOST_PAGE_DAYS = 31;

/** A link to the same follows and times as a page, which anyone can open. None where the headline does not hold all its follows. */
function digestPageSpans({ follows, window, groups }: Headline, pagesAt: PagesAt): Span[] {
  if (follows.length > MOST_LINKED || groups.length === 0 || follows.some(isCut)) return [];
  const days = (Date.parse(window.until) - Date.parse(window.since)) / DAY_MS;
  if (!(days <= MOST_PAGE_DAYS)) return [];
  return pageSpans(pagesAt, digestPath(follows, window), 'Web page');
}

/** Words that no page could read again: those that were shortened, and a follow of one series by its Message-ID. */
function isCut(words: string): boolean {
  return words.endsWith('…') || words === ONE_SERIES;
}

/** How many more titles there are than a headline of one subsystem shows. */
function moreSpans({ groups, details, otherGroups = 0 }: Headline): Span[] {
  const [only, ...others] = groups;
  if (details === 0 || only === undefined || others.length + otherGroups > 0) return [];
  const left = only.sections.reduce((sum, section) => sum + section.more, 0);
  return left === 0 ? [] : [{ text: `And ${left} more. ` }];
}

/** Where the details are. A thread that is not there is not promised. */
function detailsSpans({ details, missing = 0 }: Headline): Span[] {
  if (details === 0) return [];
  if (missing >= details)
    return [{ text: 'The details could not be posted in a thread: `/digest last` shows them. ' }];
  if (missing > 0)
    return [
      {
        text: `Details are in the thread, but for ${missing} of ${details} messages: \`/digest last\` shows all. `,
      },
    ];
  return [
    {
      text:
        details === 1 ? 'Details are in the thread. ' : `Details are in the thread, in ${details} messages. `,
    },
  ];
}

/** A subsystem in a headline: what there is, and the first titles. If there is only one, the line above has its counts. */
function overviewBlocks(group: DigestGroup, counted: boolean): Block[] {
  const titles = group.sections.flatMap((section) => section.items.map((item) => listedTitle(item)));
  const text = groupText(group);
  const counts: Block = paragraph(
    ...subsystemSpans(group.subsystem),
    ...(text === '' ? [] : [{ text: `: ${text}` }]),
  );
  const left = group.sections.reduce((sum, section) => sum + section.more, 0);
  return [
    ...(counted ? [counts] : []),
    ...(titles.length === 0
      ? []
      : [list(left === 0 || !counted ? titles : [...titles, [{ text: `and ${left} more` }]])]),
  ];
}

/** `3 new series, 1 applied, 12 single patches`: all that a subsystem has, shown or not. */
function groupText(group: DigestGroup): string {
  const counts: string[] = sections.flatMap(({ name, words }) => {
    const section = group.sections.find((one) => one.name === name);
    const total = section === undefined ? 0 : section.items.length + section.more;
    return total === 0 ? [] : [words(total)];
  });
  const singles = singlesRows.reduce((sum, { singles: key }) => sum + group.omitted[key], 0);
  if (singles > 0) counts.push(count(singles, 'single patch', 'single patches'));
  return counts.join(', ');
}

function detailsView(content: Details): View {
  const names = content.groups.map((group) => group.subsystem.slug).join(', ');
  const place = content.of > 1 ? ` (${content.number} of ${content.of})` : '';
  return {
    fallback: `Details${place}: ${shorten(oneLine(names), 200)}.`,
    blocks: content.groups.flatMap((group) =>
      group.sections.length === 0 && omittedText(group) === ''
        ? []
        : groupBlocks(group, formOf(content), 'not counted', content.alone),
    ),
  };
}
