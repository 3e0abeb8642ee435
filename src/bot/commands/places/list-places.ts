import type { ChatStore } from '../../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import type { StoredSlot } from '../../../adapters/store/chat/slots.js';

/** A place with what is known of it. */
export interface ListedPlace {
  readonly destination: Destination;
  readonly follows: readonly StoredFollow[];
  /** The last digest; null before the first. */
  readonly last: StoredSlot | null;
}

/** Every place that follows anything or has a schedule, those that need attention first, then by name. */
export async function listPlaces(
  chat: ChatStore,
  within: { readonly platform?: string; readonly tenant?: string; readonly kind?: Destination['kind'] } = {},
): Promise<readonly ListedPlace[]> {
  const all = (await chat.destinations.all(within.platform)).filter(
    ({ tenant, kind }) =>
      (within.tenant === undefined || tenant === within.tenant) &&
      (within.kind === undefined || kind === within.kind),
  );
  const places: ListedPlace[] = [];
  for (const destination of all) {
    const follows = await chat.follows.of(destination.id);
    if (follows.length === 0 && destination.schedule === null) continue;
    places.push({ destination, follows, last: await chat.slots.last(destination.id) });
  }
  return places.sort((a, b) => rank(a) - rank(b) || (a.destination.name < b.destination.name ? -1 : 1));
}

function rank({ destination, last }: ListedPlace): number {
  if (destination.state === 'broken') return 0;
  return last?.state === 'refused' ? 1 : 2;
}
