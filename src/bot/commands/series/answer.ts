import type { SeriesHit } from '../../../adapters/store/series-reader.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, type VersionName, versionName } from '../../../digest/series/version-name.js';
import { shorten } from '../../../digest/text/inert.js';
import { orList } from '../../../digest/text/or-list.js';
import { list, note, paragraph, say } from '../../../digest/view/blocks.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import type { Block } from '../../../digest/view/view.js';
import { nameFor, privately, problem } from '../chat/answers.js';
import { commandButton, commandButtons, takePage } from '../chat/command-button.js';
import { freshnessNotes } from '../chat/freshness.js';
import { type BotServices, type CommandContext, chatOf } from '../context.js';
import { type CardView, cardViewOf, seriesCard } from './card.js';
import { compareVersions } from './compare.js';
import { findOrFetch, readSearch } from './find-series.js';
import { namesAMail } from './mail-link.js';
import { noSuchVersion } from './named-version.js';
import { chooseSeries, guessText, MOST_MATCHES, nearSeries, nearText, othersText } from './one-series.js';
import { chooseSeriesFrom, noSeriesText, pickList, recentSeries } from './pick-list.js';
import { withSeries } from './with-series.js';

/** What was typed, read: the words without `view:` and `page:`, and what they look for. */
interface SeriesRequest {
  readonly words: string;
  readonly view: CardView;
  /** 0 if no page was named: a single series is opened then. */
  readonly page: number;
}

/** `/series QUERY [view:NAME] [page:N]`, `/series QUERY v8`, `/series QUERY v8 v10`; without a query, what was active lately. */
export async function answerSeries(
  { query: typed, view }: { readonly query: string; readonly view: CardView },
  context: CommandContext,
): Promise<Answer> {
  const { words, page } = takePage(typed);
  if (words === '') return recentSeries(context);
  const request: SeriesRequest = { words, view, page: words === typed.trim() ? 0 : page };
  const parsed = readSearch(context.library, words, context.nowMs(), context.requester.zone ?? context.zone);
  if (!parsed.ok)
    return problem(
      parsed.message,
      parsed.remedy,
      commandButtons(parsed.suggestions.map((one) => `series ${one}`)),
    );
  const { query, names, hints } = parsed;
  const [name] = names;
  if (names.length >= 2) return answerTwoVersions(parsed, context);
  const found = await findOrFetch(context, query, Math.max(1, request.page));
  switch (found.kind) {
    case 'away':
      return problem(found.message, 'Try again in a few minutes.');
    case 'absent':
      if (request.page > 1)
        return problem('There are no more series that match.', `Type /series ${words} again.`);
      return nothing(context, request.words, query.text, hints);
    case 'found':
      return name === undefined
        ? showFound(request, found, context)
        : showVersion(request, query.text, name, found.hits, context);
    default:
      return found satisfies never;
  }
}

async function showFound(
  { words, view, page }: SeriesRequest,
  { hits, brokenOff }: { readonly hits: readonly SeriesHit[]; readonly brokenOff: string | null },
  context: CommandContext,
): Promise<Answer> {
  const chosen = chooseSeries(hits);
  if (chosen.kind === 'none') return nothing(context, words, words, []);
  if (chosen.kind === 'many' || page > 0) {
    const matches = hits.slice(0, MOST_MATCHES).map((hit) => hit.series);
    return pickList(
      words,
      { matches, number: Math.max(1, page), hasMore: hits.length > MOST_MATCHES },
      context,
    );
  }
  const card = await seriesCard(context, chosen.series, { view, standing: 'private', place: context.place });
  const blocks: Block[] = [...card.view.blocks];
  if (chosen.isGuess) blocks.unshift(note(guessText(words)));
  if (brokenOff !== null)
    blocks.unshift(
      note(`Only part of its thread could be fetched: ${brokenOff} Ask again in a few minutes for the rest.`),
    );
  if (chosen.others === 0) return privately({ ...card.view, blocks }, card.actions);
  blocks.push(note(othersText(chosen.others, hits.length > MOST_MATCHES)));
  return privately({ ...card.view, blocks }, [
    ...card.actions,
    ...commandButton(`series ${words} page:1`, 'Show the others'),
  ]);
}

/** One version of a series: its card, or which there are instead. */
async function showVersion(
  { words, view }: SeriesRequest,
  query: string,
  name: VersionName,
  hits: readonly SeriesHit[],
  context: CommandContext,
): Promise<Answer> {
  const at = ({ revisions }: SeriesRecord): RevisionRecord | undefined =>
    findVersion(revisions, name) ?? undefined;
  const chosen = chooseSeries(hits, (series) => at(series) !== undefined);
  if (chosen.kind === 'none') return nothing(context, words, query, []);
  if (chosen.kind === 'one') {
    const { series } = chosen;
    const revision = at(series);
    if (revision === undefined) return noSuchVersion(series, name);
    const shown = { view, standing: 'private', place: context.place, pinned: revision } as const;
    const card = await seriesCard(context, series, shown);
    return privately(card.view, card.actions);
  }
  const having = chosen.matches.filter((series) => at(series) !== undefined);
  const all = having.length > 0 ? having : chosen.matches;
  const text =
    having.length > 0
      ? `${having.length} series have a ${versionName(name)}:`
      : `None of these has a ${versionName(name)}:`;
  const titles = list(all.map(({ title }) => [{ text: shorten(title, 120) }]));
  return privately(say(text, titles), [
    await chooseSeriesFrom(all, context, having.length > 0 ? at : undefined),
  ]);
}

async function nothing(
  services: BotServices,
  words: string,
  query: string,
  hints: readonly string[],
): Promise<Answer> {
  const { library, fetchThread } = services;
  const named = namesAMail(query);
  // No title resembles a link.
  const near = named ? [] : await nearSeries(library, query);
  const blocks: Block[] = [];
  if (named)
    blocks.push(
      paragraph(
        fetchThread === null
          ? 'That mail is not here: its list may not be among the sources, or it has not arrived yet.'
          : 'That mail is neither here nor in the archive: it may not have arrived yet.',
      ),
    );
  const actions = hints.flatMap((hint) => commandButton(`series ${hint}`, `/series ${hint}`));
  if (hints.length > 0) blocks.push(paragraph(`Did you mean ${orList(hints)}?`));
  if (near.length > 0) {
    blocks.push(
      paragraph(nearText(near)),
      list(near.map((series) => [{ text: shorten(series.title, 120) }])),
    );
    actions.push(await chooseSeriesFrom(near, services));
  } else if (!named) blocks.push(paragraph('Try fewer words, or a part of one.'));
  blocks.push(...(await freshnessNotes(services)));
  return { ...privately(say(noSeriesText(words), ...blocks), actions), kind: 'problem' };
}

async function answerTwoVersions(
  { query, names }: Extract<ReturnType<typeof readSearch>, { ok: true }>,
  context: CommandContext,
): Promise<Answer> {
  const reply = await compareVersions(context.library, query, names);
  switch (reply.kind) {
    case 'one': {
      const { view, of } = pageOf(compareView(reply.comparison), 1, context.pageCost);
      const opens = commandButton(`series ${reply.comparison.series.id}`, 'Open the series');
      if (of === 1) return privately(view, opens);
      const cut = note('The rest does not fit here.');
      return privately({ ...view, blocks: [...view.blocks.slice(0, -1), cut] }, opens);
    }
    case 'many':
      return pickList(query.text, { ...reply, number: 1 }, context);
    case 'none':
      return nothing(context, query.text, query.text, []);
    default:
      return reply satisfies never;
  }
}

/** A view of a series, as the id of a button names it. */
interface SeriesViewId {
  readonly anchor: string;
  readonly view: string;
  readonly page: number;
  /** The posting of the anchor is shown, and not the latest. */
  readonly pinned: boolean;
}

/** A press of one of a card's buttons: the same series, whatever its latest version is now. */
export async function openSeries(
  { anchor, view, page, pops, pinned }: SeriesViewId & { readonly pops: boolean },
  context: CommandContext,
): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const shown = {
      view: cardViewOf(view),
      page,
      standing: 'private',
      place: context.place,
      pinned: pinned ? await postingOfAnchor(context, series, anchor) : null,
    } as const;
    const card = await seriesCard(context, series, shown);
    return { ...privately(card.view, card.actions), replaces: !pops };
  });
}

/** Shows a series to everyone, in a few lines, whatever the user sees: the rest is one press away. */
export async function shareSeries(
  { anchor, pinned }: Pick<SeriesViewId, 'anchor' | 'pinned'>,
  context: CommandContext,
): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const shown = {
      view: 'card',
      form: 'thin',
      standing: 'public',
      place: context.place,
      pinned: pinned ? await postingOfAnchor(context, series, anchor) : null,
    } as const;
    const card = await seriesCard(context, series, shown);
    const blocks = [...card.view.blocks, note(`Shared by ${nameFor(context.requester.name, 'someone')}.`)];
    return { ...privately({ ...card.view, blocks }, card.actions), visibility: 'public' };
  });
}

async function postingOfAnchor(
  services: BotServices,
  { revisions }: SeriesRecord,
  anchor: string,
): Promise<RevisionRecord | null> {
  const message = await chatOf(services).anchors.resolve(anchor);
  return revisions.find(({ id }) => id === message) ?? null;
}
