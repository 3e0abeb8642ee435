import { idsInQuery } from '../../../adapters/store/ids-in-query.js';
import type { SeriesHit } from '../../../adapters/store/series-reader.js';
import { TransientFailure } from '../../../digest/failure/failure.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { personKey } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { splitVersions, versionName } from '../../../digest/series/version-name.js';
import { shorten } from '../../../digest/text/inert.js';
import { list, note, paragraph, say } from '../../../digest/view/blocks.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import { pickListView } from '../../../digest/view/series-view.js';
import type { Block } from '../../../digest/view/view.js';
import { shortId } from '../chat/action-ids.js';
import { echo, nameFor, privately, problem, select } from '../chat/answers.js';
import { freshnessNotes } from '../chat/freshness.js';
import { type BotServices, type CommandContext, chatOf } from '../context.js';
import { type CardView, cardViewOf, seriesCard } from './card.js';
import { answerCompare } from './compare.js';
import { listInLink, namesAMail } from './mail-link.js';
import { namedVersion } from './named-version.js';
import { chooseSeries, guessText, MOST_MATCHES, nearSeries, nearText, othersText } from './one-series.js';
import { withSeries } from './with-series.js';

const EXAMPLE =
  'For example: /series foll_pin. It takes words of a title, an author, a Message-ID or a link.';

/** `/series QUERY [view:NAME]`, `/series QUERY v8 v10`. */
export async function answerSeries(
  { query: words, view }: { readonly query: string; readonly view: CardView },
  context: CommandContext,
): Promise<Answer> {
  if (words === '') return problem('Which series?', EXAMPLE);
  const { query, names } = splitVersions(words);
  if (names.length >= 2) return answerTwoVersions(query, words, context);
  const found = await searchOrFetch(context, words);
  switch (found.kind) {
    case 'away':
      return problem(found.message, 'Try again in a few minutes.');
    case 'absent':
      return nothingOrVersion(words, view, context);
    case 'found':
      return showFound(words, view, found, context);
    default:
      return found satisfies never;
  }
}

/** No title holds all the words: the last of them may be a version. */
async function nothingOrVersion(words: string, view: CardView, context: CommandContext): Promise<Answer> {
  const named = await namedVersion(context.library, words);
  if (named === null) return nothing(context, words);
  if (named.kind === 'missing') return named.answer;
  const shown = { view, standing: 'private', place: context.place } as const;
  const card = await seriesCard(context, named.series, shown);
  return privately(card.view, card.actions);
}

type Searched =
  | {
      readonly kind: 'found';
      readonly hits: readonly SeriesHit[];
      /** Why a part of the thread may be missing; null where it is whole. */
      readonly brokenOff: string | null;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'away'; readonly message: string };

/** Looks here first; a mail that is named and not here is fetched where that can be done. */
async function searchOrFetch(
  { library: { store }, fetchThread, asker, place }: CommandContext,
  query: string,
): Promise<Searched> {
  const hits = await store.search(query, MOST_MATCHES + 1);
  if (hits.length > 0) return { kind: 'found', hits, brokenOff: null };
  const [id] = namesAMail(query) ? idsInQuery(query) : [];
  if (id === undefined || fetchThread === null) return { kind: 'absent' };
  let failure: TransientFailure | null = null;
  try {
    const by = personKey(place, asker.id);
    if (!(await fetchThread(id, { list: listInLink(query), by }))) return { kind: 'absent' };
  } catch (error) {
    if (!(error instanceof TransientFailure)) throw error;
    failure = error;
  }
  const now = await store.search(query, MOST_MATCHES + 1);
  if (now.length > 0) return { kind: 'found', hits: now, brokenOff: failure?.message ?? null };
  if (failure === null) return { kind: 'absent' };
  return {
    kind: 'away',
    message: `That mail is not here, and it could not be fetched just now: ${failure.message}`,
  };
}

async function showFound(
  query: string,
  view: CardView,
  { hits, brokenOff }: Extract<Searched, { kind: 'found' }>,
  context: CommandContext,
): Promise<Answer> {
  const chosen = chooseSeries(hits);
  if (chosen.kind === 'none') return nothing(context, query);
  if (chosen.kind === 'many') return pickList(query, chosen.matches, chosen.hasMore, context);
  const card = await seriesCard(context, chosen.series, { view, standing: 'private', place: context.place });
  const blocks: Block[] = [...card.view.blocks];
  if (chosen.isGuess) blocks.unshift(note(guessText(query)));
  if (brokenOff !== null)
    blocks.unshift(
      note(
        `Only a part of its thread could be fetched: ${brokenOff} Ask again in a few minutes for the rest.`,
      ),
    );
  if (chosen.others > 0) blocks.push(note(othersText(chosen.others)));
  return privately({ ...card.view, blocks }, card.actions);
}

/** Several that match: a list to read, and one to choose from. */
async function pickList(
  query: string,
  matches: readonly SeriesRecord[],
  hasMore: boolean,
  services: BotServices,
): Promise<Answer> {
  const anchors = await chatOf(services).anchors.anchors(
    matches.map((series) => series.revisions.at(-1)?.id ?? series.id),
  );
  const options = matches.map((series, i) => {
    const latest = series.revisions.at(-1);
    const author = series.author.name || series.author.email;
    return {
      value: anchors[i] ?? '',
      label: series.title,
      describes: `${latest === undefined ? '' : `${versionName(latest)} · `}${author}`,
    };
  });
  const view = pickListView(query, matches, hasMore, 'without ids');
  return privately(view, [select(shortId({ kind: 'pick' }), 'Choose a series', options)]);
}

async function nothing(services: BotServices, query: string): Promise<Answer> {
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
  const actions = [];
  if (near.length > 0) {
    blocks.push(
      paragraph(nearText(near)),
      list(near.map((series) => [{ text: shorten(series.title, 120) }])),
    );
    actions.push(...(await pickList(query, near, false, services)).actions);
  } else if (!named) blocks.push(paragraph('Try fewer words, or a part of one.'));
  blocks.push(...(await freshnessNotes(services)));
  const text = `No series matches ${echo(query, 100)}.`;
  return { ...privately(say(text, ...blocks), actions), kind: 'problem' };
}

async function answerTwoVersions(query: string, words: string, context: CommandContext): Promise<Answer> {
  const reply = await answerCompare(context.library, words);
  switch (reply.kind) {
    case 'one': {
      const { view, of } = pageOf(compareView(reply.comparison), 1, context.pageCost);
      if (of === 1) return privately(view);
      const cut = note('Output truncated.');
      return privately({ ...view, blocks: [...view.blocks.slice(0, -1), cut] });
    }
    case 'many':
      return pickList(query, reply.matches, reply.hasMore, context);
    case 'none':
      return nothing(context, query);
    default:
      return reply satisfies never;
  }
}

/** A view of a series, as the id of a button names it. */
interface SeriesViewId {
  readonly anchor: string;
  readonly view: string;
  readonly page: number;
}

/** A press of one of a card's buttons: the same series, whatever its latest version is now. */
export async function openSeries(
  { anchor, view, page, pops }: SeriesViewId & { readonly pops: boolean },
  context: CommandContext,
): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const shown = { view: cardViewOf(view), page, standing: 'private', place: context.place } as const;
    const card = await seriesCard(context, series, shown);
    return { ...privately(card.view, card.actions), replaces: !pops };
  });
}

/** Shows to everyone what the asker sees. */
export async function shareSeries(
  { anchor, view, page }: SeriesViewId,
  context: CommandContext,
): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const shown = { view: cardViewOf(view), page, standing: 'public', place: context.place } as const;
    const card = await seriesCard(context, series, shown);
    const blocks = [...card.view.blocks, note(`Shared by ${nameFor(context.asker.name, 'someone')}.`)];
    return { ...privately({ ...card.view, blocks }, card.actions), visibility: 'public' };
  });
}
