import { idsInQuery } from '../../../adapters/store/ids-in-query.js';
import type { SeriesHit } from '../../../adapters/store/series-reader.js';
import { TransientFailure } from '../../../digest/failure.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { splitVersions } from '../../../digest/series/version-name.js';
import { count } from '../../../digest/text/count.js';
import { shorten } from '../../../digest/text/inert.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import { pickListView } from '../../../digest/view/series-view.js';
import type { Block } from '../../../digest/view/view.js';
import { versionName } from '../../../digest/view/words.js';
import { shortId } from '../chat/action-ids.js';
import { echo, note, paragraph, privately, problem, say, select } from '../chat/answers.js';
import { freshnessNotes } from '../chat/freshness.js';
import { type Asked, type ChatScene, chatOf } from '../context.js';
import { type CardView, cardViewOf, seriesCard } from './card.js';
import { answerCompare } from './compare.js';
import { listInLink, namesAMail } from './mail-link.js';

const MOST_MATCHES = 10;
const MOST_NEAR = 5;
const EXAMPLE =
  'For example: /series foll_pin. It takes words of a title, an author, a Message-ID or a link.';

/** `/series QUERY [view:NAME]`, `/series QUERY v8 v10`. */
export async function answerSeriesCommand(typed: string, asked: Asked): Promise<Answer> {
  const { words, view } = splitView(typed);
  if (words === '') return problem('Which series?', EXAMPLE);
  const { query, names } = splitVersions(words);
  if (names.length >= 2) return answerTwoVersions(query, words, asked);
  const hits = await searchOrFetch(asked.scene, words);
  switch (hits.kind) {
    case 'away':
      return problem(hits.message, 'Try again in a few minutes.');
    case 'absent':
      return nothing(asked.scene, words);
    case 'found':
      return found(words, view, hits, asked);
    default:
      return hits satisfies never;
  }
}

/** `view:patches` may stand anywhere among the words. */
function splitView(typed: string): { words: string; view: CardView } {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const view = words.findLast((word) => /^view:\S/i.test(word));
  return {
    words: words.filter((word) => word !== view).join(' '),
    view: view === undefined ? 'card' : cardViewOf(view.slice('view:'.length).replaceAll('"', '')),
  };
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
async function searchOrFetch(scene: ChatScene, query: string): Promise<Searched> {
  const { store } = scene.library;
  const hits = await store.search(query, MOST_MATCHES + 1);
  if (hits.length > 0) return { kind: 'found', hits, brokenOff: null };
  const [id] = namesAMail(query) ? idsInQuery(query) : [];
  if (id === undefined || scene.fetchThread === null) return { kind: 'absent' };
  let failure: TransientFailure | null = null;
  try {
    if (!(await scene.fetchThread(id, { list: listInLink(query) }))) return { kind: 'absent' };
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

async function found(
  query: string,
  view: CardView,
  { hits, brokenOff }: Extract<Searched, { kind: 'found' }>,
  { scene, place }: Asked,
): Promise<Answer> {
  const [first] = hits;
  // Somebody who gives a whole title means the series of that title.
  const titled = hits.filter((hit) => hit.by === 'title');
  const only = titled.length === 1 ? titled[0] : hits.length === 1 ? first : undefined;
  if (only === undefined) {
    const matches = hits.slice(0, MOST_MATCHES).map((hit) => hit.series);
    return pickList(query, matches, hits.length > MOST_MATCHES, scene);
  }
  const card = await seriesCard(scene, only.series, { view, standing: 'private', place });
  const blocks: Block[] = [...card.view.blocks];
  // A guess is called one: the reader may have meant something that is not here.
  if (only.by === 'similar' || only.by === 'some')
    blocks.unshift(note(`Nothing is called ${echo(query, 60)}; this comes closest.`));
  if (brokenOff !== null)
    blocks.unshift(
      note(
        `Only a part of its thread could be fetched: ${brokenOff} Ask again in a few minutes for the rest.`,
      ),
    );
  const others = hits.length - 1;
  if (others > 0)
    blocks.push(
      note(`${count(others, 'other series matches', 'other series match')} these words too: add a word.`),
    );
  return privately({ ...card.view, blocks }, card.actions);
}

/** Several that match: a list to read, and one to choose from. */
async function pickList(
  query: string,
  matches: readonly SeriesRecord[],
  hasMore: boolean,
  scene: ChatScene,
): Promise<Answer> {
  const anchors = await chatOf(scene).anchors.anchors(
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

async function nothing(scene: ChatScene, query: string): Promise<Answer> {
  const { store } = scene.library;
  const named = namesAMail(query);
  // No title is like a link.
  const near = named ? [] : (await store.nearest(query, MOST_NEAR)).map((hit) => hit.series);
  const blocks: Block[] = [];
  if (named)
    blocks.push(
      paragraph(
        scene.fetchThread === null
          ? 'That mail is not here: its list may not be among the sources, or it has not come yet.'
          : 'That mail is neither here nor in the archive: it may not have come yet.',
      ),
    );
  const actions = [];
  if (near.length > 0) {
    blocks.push(
      paragraph(`${count(near.length, 'title')} that ${near.length === 1 ? 'comes' : 'come'} close:`),
      {
        kind: 'list',
        items: near.map((series) => [{ text: shorten(series.title, 120) }]),
      },
    );
    actions.push(...(await pickList(query, near, false, scene)).actions);
  } else if (!named) blocks.push(paragraph('Try fewer words, or a part of one.'));
  blocks.push(...(await freshnessNotes(scene)));
  const text = `No series matches ${echo(query, 100)}.`;
  return { ...privately(say(text, ...blocks), actions), kind: 'problem' };
}

async function answerTwoVersions(query: string, words: string, asked: Asked): Promise<Answer> {
  const reply = await answerCompare(asked.scene.library, words);
  switch (reply.kind) {
    case 'one': {
      const { view, of } = pageOf(compareView(reply.comparison), 1, asked.scene.pageCost);
      if (of === 1) return privately(view);
      return privately({
        ...view,
        blocks: [...view.blocks.slice(0, -1), note('The rest has no room here.')],
      });
    }
    case 'many':
      return pickList(query, reply.matches, reply.hasMore, asked.scene);
    case 'none':
      return nothing(asked.scene, query);
    default:
      return reply satisfies never;
  }
}

/** A press of one of a card's buttons: the same series, whatever version stands for it now. */
export async function openSeries(
  anchor: string,
  view: string,
  page: number,
  pops: boolean,
  { scene, place }: Asked,
): Promise<Answer> {
  const series = await seriesOfAnchor(scene, anchor);
  if (series === null) return gone();
  const card = await seriesCard(scene, series, { view: cardViewOf(view), page, standing: 'private', place });
  return { ...privately(card.view, card.actions), replaces: !pops };
}

/** Shows to everybody what the asker sees. */
export async function shareSeries(
  anchor: string,
  view: string,
  page: number,
  { scene, asker, place }: Asked,
): Promise<Answer> {
  const series = await seriesOfAnchor(scene, anchor);
  if (series === null) return gone();
  const card = await seriesCard(scene, series, { view: cardViewOf(view), page, standing: 'public', place });
  const blocks = [...card.view.blocks, note(`Shared by ${shorten(asker.name, 60) || 'somebody'}.`)];
  return { ...privately({ ...card.view, blocks }, card.actions), visibility: 'public' };
}

export function gone(): Answer {
  return problem(
    'This series is not here any more.',
    'Ask for it again with /series and words of its title.',
  );
}

/** The series that holds the message now that an anchor names. */
export async function seriesOfAnchor(scene: ChatScene, anchor: string): Promise<SeriesRecord | null> {
  const message = await chatOf(scene).anchors.resolve(anchor);
  return message === null ? null : scene.library.store.seriesByMessage(message);
}
