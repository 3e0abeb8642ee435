import type { Destination } from '../../../adapters/store/chat/destination.js';
import { toIso } from '../../../digest/time/iso.js';
import { type CommandContext, chatOf } from '../context.js';

/** The user's zone, else the operator's. */
export function zoneOf({ requester, zone }: CommandContext): string {
  return requester.zone ?? zone;
}

/** The destination of a place, created if there is none. */
export async function ensureDestination(context: CommandContext): Promise<Destination> {
  const { requester, place, nowMs } = context;
  const chat = chatOf(context);
  const now = toIso(nowMs());
  const made = await chat.destinations.ensure(place, {
    name: place.name,
    zone: zoneOf(context),
    setBy: requester.id,
    setByName: requester.name,
    madeAt: now,
  });
  if (place.name === '' || made.name === place.name) return made;
  return (await chat.destinations.update(made.id, { name: place.name }, now)) ?? made;
}
