import type { Place } from '../../../digest/ports/chat-bot.js';
import { type BotServices, chatOf } from '../context.js';

/**
 * The place whose settings apply in a thread: the thread itself if something was set up in it, else its channel. What is pressed below a
 * digest in its thread is about the channel that the digest is for.
 */
export async function settledPlace(services: BotServices, place: Place): Promise<Place> {
  if (place.parent === undefined || (await chatOf(services).destinations.byAddress(place)) !== null)
    return place;
  const { parent, ...thread } = place;
  return { ...thread, address: parent, name: '' };
}
