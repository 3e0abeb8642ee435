import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import { note, say } from './blocks.js';
import type { Block, Span, View } from './view.js';
import { dotted } from './words.js';

/** A place as the operator sees it; times are ISO UTC. */
interface PlaceShown {
  readonly id: number;
  readonly platform: string;
  readonly tenant: string;
  readonly address: string;
  readonly kind: 'channel' | 'person';
  readonly name: string;
  readonly setBy: string;
  readonly follows: readonly string[];
  readonly schedule: string | null;
  readonly state: 'active' | 'paused' | 'broken';
  readonly failures: number;
  readonly nextRun: string | null;
  readonly last: { readonly due: string; readonly result: string } | null;
}

const MOST_FOLLOWS = 5;

/** Every place that gets digests, as the operator sees them. */
export function placesView({ places }: { readonly places: readonly PlaceShown[] }): View {
  if (places.length === 0) {
    return say('No place follows anything yet.', note('/follow kvm in a channel begins that.'));
  }
  const text = `${count(places.length, 'place')}.`;
  return {
    fallback: text,
    blocks: [{ kind: 'paragraph', spans: [{ text }] }, ...places.map((place) => placeBlock(place))],
  };
}

function placeBlock(place: PlaceShown): Block {
  const name = place.kind === 'person' ? `a person (${place.setBy})` : place.name || place.address;
  const shown = place.follows.slice(0, MOST_FOLLOWS).map((words) => shorten(oneLine(words), 80));
  const more = place.follows.length - shown.length;
  return {
    kind: 'item',
    title: [
      { text: `${place.id}  `, style: 'dim' },
      { text: shorten(oneLine(name), 80), style: 'bold' },
      { text: `  ${place.platform} ${place.tenant}`, style: 'dim' },
    ],
    lines: [
      [{ text: `follows ${shown.join(', ') || 'nothing'}${more > 0 ? `, ${more} more` : ''}` }],
      dotted([
        place.schedule ?? 'no schedule',
        stateSpan(place),
        `set up by ${shorten(oneLine(place.setBy), 60)}`,
      ]),
      [...lastSpans(place), ...nextSpans(place)],
    ],
  };
}

function stateSpan({ state, failures }: PlaceShown): Span | null {
  if (state === 'active') return null;
  return state === 'paused'
    ? { text: 'paused', style: 'dim' }
    : { text: `paused after ${count(failures, 'failure')}`, style: 'bad' };
}

function lastSpans({ last }: PlaceShown): Span[] {
  if (last === null) return [{ text: 'nothing sent yet' }];
  return [
    { text: 'last ' },
    { at: last.due, form: 'time' },
    { text: `: ${shorten(oneLine(last.result), 200)}` },
  ];
}

function nextSpans({ nextRun }: PlaceShown): Span[] {
  return nextRun === null ? [] : [{ text: ' · next ' }, { at: nextRun, form: 'time' }];
}
