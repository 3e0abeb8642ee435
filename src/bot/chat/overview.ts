import type { Destination } from '../../adapters/store/chat/destination.js';
import type { Overview, OverviewPlace } from '../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { platforms } from '../platforms.js';
import { shortId } from './action-ids.js';
import { nameFor } from './answers.js';
import { followText } from './follow-words.js';
import { nextRun, resultText, scheduleText } from './next-run.js';
import { type Asked, type ChatScene, chatOf } from './scene.js';

const MOST_PLACES = 20;
const MOST_FOLLOWS = 25;

/** What a person follows in their own conversation, and in the places that they set up. */
export async function overview({ scene, asker, place }: Asked): Promise<Overview> {
  const chat = chatOf(scene);
  const own = place.kind === 'person' ? await chat.destinations.byAddress(place) : null;
  const setUp = await chat.destinations.setUpBy(place.platform, asker.id);
  const found = new Map(
    [...(own === null ? [] : [own]), ...setUp.filter((one) => isTheirs(one, asker.tenant))].map((one) => [
      one.id,
      one,
    ]),
  );
  const places = await Promise.all(
    [...found.values()].slice(0, MOST_PLACES).map((destination) => describePlace(scene, destination)),
  );
  return { places: places.filter((one) => one.follows.length > 0 || one.schedule !== null) };
}

/** Where a person is known within their tenant only, what a namesake set up elsewhere is not theirs. */
function isTheirs({ tenant, platform }: Destination, askers: string): boolean {
  const { personTenant } = platforms[platform];
  return personTenant(tenant) === personTenant(askers);
}

async function describePlace(scene: ChatScene, destination: Destination): Promise<OverviewPlace> {
  const chat = chatOf(scene);
  const follows = await chat.follows.of(destination.id);
  const last = await chat.slots.last(destination.id);
  const { platform, tenant, address, kind, name, zone, state } = destination;
  return {
    place: { platform, tenant, address, kind, name: oneLine(name) },
    zone,
    schedule: scheduleText(destination),
    paused: state !== 'active',
    nextRun: nextRun(scene, destination),
    lastResult:
      last === null ? null : `${daysAgo(scene, last.due)}: ${shorten(oneLine(resultText(last)), 200)}`,
    follows: await Promise.all(
      follows.slice(0, MOST_FOLLOWS).map(async (follow) => ({
        text: await followText(scene, follow.tree),
        words: follow.words,
        madeBy: nameFor(follow.madeByName, 'somebody'),
        unfollow: shortId({ kind: 'unfollow', follow: follow.id }),
      })),
    ),
    actions: [],
  };
}

function daysAgo(scene: ChatScene, due: string): string {
  const days = Math.floor((scene.nowMs() - Date.parse(due)) / 86_400_000);
  return days < 1 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}
