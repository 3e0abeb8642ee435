import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import { list, note, paragraph, say } from '../../../digest/view/blocks.js';
import { pickListView, pickRow } from '../../../digest/view/series-view.js';
import { dotted } from '../../../digest/view/words.js';
import { shortId } from '../chat/action-ids.js';
import { echo, privately, select } from '../chat/answers.js';
import { pageButtons } from '../chat/command-button.js';
import { freshnessNotes } from '../chat/freshness.js';
import { type BotServices, type CommandContext, chatOf } from '../context.js';
import { recentHere } from './recent-here.js';

/** A page of several series that match. */
export interface Page {
  readonly matches: readonly SeriesRecord[];
  readonly number: number;
  readonly hasMore: boolean;
}

/** Several that match: a list to read, one to choose from, and the next page. */
export async function pickList(query: string, page: Page, services: BotServices): Promise<Answer> {
  const view = pickListView(query, page, 'without ids');
  const { number } = page;
  const pages = pageButtons(`series ${query}`, { number, of: page.hasMore ? number + 1 : number });
  const more = page.hasMore && pages.length === 0 ? [note(`Add page:${page.number + 1} to see more.`)] : [];
  return privately({ ...view, blocks: [...view.blocks, ...more] }, [
    ...pages,
    await chooseSeriesFrom(page.matches, services),
  ]);
}

/** A list to choose from. `at`: the posting of each that is opened; by default the latest. */
export async function chooseSeriesFrom(
  matches: readonly SeriesRecord[],
  services: BotServices,
  at: (series: SeriesRecord) => RevisionRecord | undefined = ({ revisions }) => revisions.at(-1),
): Promise<Action> {
  const postings = matches.map(at);
  const anchors = await chatOf(services).anchors.anchors(
    matches.map((series, i) => postings[i]?.id ?? series.id),
  );
  const options = matches.map((series, i) => {
    const posting = postings[i];
    const isLatest = posting === series.revisions.at(-1);
    const author = series.author.name || series.author.email;
    return {
      value: `${anchors[i] ?? ''}${isLatest ? '' : PINNED}`,
      label: series.title,
      describes: `${posting === undefined ? '' : `${versionName(posting)} · `}${author}`,
    };
  });
  return select(shortId({ kind: 'pick' }), 'Choose a series', options);
}

const PINNED = '@';

/** What was chosen from such a list. */
export function readChoice(value: string): { readonly anchor: string; readonly pinned: boolean } {
  return value.endsWith(PINNED)
    ? { anchor: value.slice(0, -PINNED.length), pinned: true }
    : { anchor: value, pinned: false };
}

/** Nothing was typed: what this place follows, and what was active lately. */
export async function recentSeries(context: CommandContext): Promise<Answer> {
  const { followed, others } = await recentHere(context, context.place);
  const all = [...followed, ...others];
  if (all.length === 0) {
    const notes = await freshnessNotes(context);
    return { ...privately(say('There is no series here yet.', ...notes)), kind: 'problem' };
  }
  const titles = (matches: readonly SeriesRecord[]) => list(matches.map((series) => dotted(pickRow(series))));
  const blocks = [
    ...(followed.length === 0 ? [] : [paragraph('Followed here, recently active:'), titles(followed)]),
    ...(others.length === 0
      ? []
      : [paragraph(followed.length === 0 ? 'Recently active:' : 'Elsewhere:'), titles(others)]),
    note('For example: /series foll_pin, /series author:jane@example.org, /series in:kvm state:applied.'),
  ];
  const fallback = 'Recently active series.';
  return privately({ fallback, blocks }, [await chooseSeriesFrom(all, context)]);
}

/** Nothing holds all the words: what comes close. */
export function noSeriesText(query: string): string {
  return `No series matches ${echo(query, 100)}.`;
}
