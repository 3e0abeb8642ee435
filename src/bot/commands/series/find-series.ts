import type { SeriesRecord } from '../../../digest/series/record.js';
import { withStale } from '../../../digest/state/with-stale.js';
import { count } from '../../../digest/text/count.js';
import { shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import { pickListView, seriesView } from '../../../digest/view/series-view.js';
import type { Block, View } from '../../../digest/view/view.js';
import type { Library } from '../../library.js';
import { trackerWords } from './tracker-words.js';

const MOST_MATCHES = 10;
const MOST_NEAR = 5;

export interface SeriesReply {
  readonly matches: readonly SeriesRecord[];
  readonly view: View;
}

/** Answers `/series QUERY`: the card of the one that matches, a list to pick from, or the nearest titles. */
export async function answerSeries(library: Library, query: string, nowMs: number): Promise<SeriesReply> {
  const hits = await library.store.search(query, MOST_MATCHES + 1);
  const matches = hits.slice(0, MOST_MATCHES).map((hit) => withStale(hit.series, toIso(nowMs)));
  const [first] = matches;
  if (first === undefined) return { matches: [], view: await nothingView(library, query) };
  const guessed = GUESSES.has(hits[0]?.by ?? 'words');
  if (matches.length === 1) {
    const view = seriesView(first, undefined, await trackerWords(library, first));
    return { matches, view: guessed ? withGuess(view, query) : view };
  }
  return { matches, view: pickListView(query, matches, hits.length > MOST_MATCHES) };
}

/** How a series may have been found though it holds none of the words as typed. */
const GUESSES: ReadonlySet<string> = new Set(['similar', 'some']);

/** A guess is called one: the reader may have meant something that is not here. */
function withGuess(view: View, query: string): View {
  const text = `Nothing is called “${shorten(query, 60)}”; this comes closest.`;
  return { ...view, blocks: [{ kind: 'note', spans: [{ text }] }, ...view.blocks] };
}

async function nothingView(library: Library, query: string): Promise<View> {
  const near = (await library.store.nearest(query, MOST_NEAR)).map((hit) => hit.series);
  const { received: newest } = await library.store.freshness();
  const fallback = `No series matches “${shorten(query, 100)}”.`;
  const fresh: Block =
    newest === null
      ? { kind: 'note', spans: [{ text: 'There is no mail here yet: run `covernote ingest SOURCE`.' }] }
      : {
          kind: 'note',
          spans: [
            { text: 'The newest mail here was received ' },
            { at: newest, form: 'time' },
            { text: '.' },
          ],
        };
  const blocks: Block[] = [{ kind: 'paragraph', spans: [{ text: fallback }] }];
  if (near.length > 0) {
    const titles = near.map((series) => [{ text: shorten(series.title, 120) }]);
    blocks.push(
      { kind: 'paragraph', spans: [{ text: `${count(near.length, 'title')} that come close:` }] },
      { kind: 'list', items: titles },
    );
  }
  return { fallback, blocks: [...blocks, fresh] };
}
