import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Overview, OverviewPlace } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { DAY_MS } from '../../../digest/time/iso.js';
import { type CommandContext, chatOf } from '../context.js';
import { followText } from '../follow/follow-words.js';
import { shortId } from './action-ids.js';
import { nameFor } from './answers.js';
import { nextRun, resultText, scheduleText } from './next-run.js';
import { placeActions } from './place-actions.js';

const MOST_PLACES = 20;
const MOST_FOLLOWS = 25;

/** What a person follows in their own conversation, and in the places of their tenant that they set up; for an admin, in every channel of it. */
export async function overview(context: CommandContext): Promise<Overview> {
  const { requester, place } = context;
  const chat = chatOf(context);
  const own = place.kind === 'person' ? await chat.destinations.byAddress(place) : null;
  const setUp =
    requester.isAdmin === true
      ? (await chat.destinations.all(place.platform)).filter(
          ({ tenant, kind }) => tenant === requester.tenant && kind === 'channel',
        )
      : await chat.destinations.setUpBy(place.platform, requester.tenant, requester.id);
  const found = new Map([...(own === null ? [] : [own]), ...setUp].map((one) => [one.id, one]));
  const places = await Promise.all(
    [...found.values()].slice(0, MOST_PLACES).map((destination) => describePlace(context, destination)),
  );
  return { places: places.filter((one) => one.follows.length > 0 || one.schedule !== null) };
}

async function describePlace(context: CommandContext, destination: Destination): Promise<OverviewPlace> {
  const chat = chatOf(context);
  const follows = await chat.follows.of(destination.id);
  const last = await chat.slots.last(destination.id);
  const { platform, tenant, address, kind, name, zone, state } = destination;
  return {
    place: { platform, tenant, address, kind, name: oneLine(name) },
    zone,
    schedule: scheduleText(destination),
    paused: state !== 'active',
    setBy: nameFor(destination.setByName, 'someone'),
    nextRun: nextRun(context, destination),
    lastResult:
      last === null ? null : `${daysAgo(context, last.due)}: ${shorten(oneLine(resultText(last)), 200)}`,
    follows: await Promise.all(
      follows.slice(0, MOST_FOLLOWS).map(async (follow) => ({
        text: await followText(context, follow.tree),
        words: follow.words,
        madeBy: nameFor(follow.madeByName, 'someone'),
        unfollow: shortId({ kind: 'unfollow', follow: follow.id }),
      })),
    ),
    actions: placeActions(destination),
  };
}

function daysAgo({ nowMs }: CommandContext, due: string): string {
  const days = Math.floor((nowMs() - Date.parse(due)) / DAY_MS);
  return days < 1 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}
