import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Action } from '../../../digest/ports/chat-bot.js';
import { count } from '../../../digest/text/count.js';
import { heading, list, more } from '../../../digest/view/blocks.js';
import type { Block, Span } from '../../../digest/view/view.js';
import { dotted } from '../../../digest/view/words.js';
import { type CommandContext, chatOf } from '../context.js';
import { shortId } from './action-ids.js';
import { nameFor, select } from './answers.js';
import { nextRun, resultText, scheduleText } from './next-run.js';

const MOST_PLACES = 25;

/** In a person's own conversation: the channels that they set up, anywhere; elsewhere none, since others would read it. */
export async function myPlaces(context: CommandContext): Promise<readonly Destination[]> {
  const { requester, place } = context;
  if (place.kind !== 'person' || !context.delivers(place)) return [];
  // On Discord a person is the same in every server.
  const tenant = place.tenant === 'dm' ? null : requester.tenant;
  const all = await chatOf(context).destinations.setUpBy(place.platform, tenant, requester.id);
  return all.filter(({ kind }) => kind === 'channel');
}

/** Opens one of them, with what can be done with it; none if there are none. */
export function myPlacesSelect(places: readonly Destination[]): Action[] {
  if (places.length === 0) return [];
  const options = places.slice(0, MOST_PLACES).map((place) => ({
    value: place.address,
    label: nameFor(place.name, 'a channel'),
    describes: silence(place) === null ? (scheduleText(place) ?? '') : 'no digest comes',
  }));
  return [select(shortId({ kind: 'following' }), 'Open a channel', options)];
}

/** A line for each: what it follows, when digests come, how the last one went, and why none comes. */
export async function myPlacesBlocks(
  context: CommandContext,
  places: readonly Destination[],
): Promise<Block[]> {
  if (places.length === 0) return [];
  const shown = await Promise.all(places.slice(0, MOST_PLACES).map((place) => placeLine(context, place)));
  return [heading(3, 'Channels that you set up'), list(shown), ...more(places.length - MOST_PLACES)];
}

async function placeLine(context: CommandContext, destination: Destination): Promise<readonly Span[]> {
  const chat = chatOf(context);
  const follows = await chat.follows.of(destination.id);
  const last = await chat.slots.last(destination.id);
  const next = nextRun(context, destination);
  const facts = dotted([
    count(follows.length, 'follow'),
    silence(destination) ?? scheduleText(destination),
    last === null ? 'nothing was sent yet' : `last: ${resultText(last)}`,
  ]);
  return [
    { text: nameFor(destination.name, 'a channel'), style: 'bold' },
    { text: ' · ' },
    ...facts,
    ...(next === null ? [] : [{ text: ' · next ' }, { at: next, form: 'time' } as const]),
  ];
}

/** Why no digest comes, and what to type there; null if one does. */
function silence({ state, schedule }: Destination): string | null {
  if (schedule === null) return 'no schedule: /digest at 09:00 there sets one';
  switch (state) {
    case 'paused':
      return 'paused: /digest resume there starts it again';
    case 'broken':
      return 'paused, since it could not be posted: /digest status there says why';
    case 'active':
      return null;
    default:
      return state satisfies never;
  }
}
