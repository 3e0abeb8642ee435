import type { Store } from '../../src/adapters/store/store.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { toIso } from '../../src/digest/time/iso.js';
import type { Place } from './judge.js';

/** Gives every third place a headline with a thread for each subsystem; the rest of its layout stays. Draws nothing. */
export async function splitBySubsystem(
  store: Store,
  places: readonly Place[],
  fromMs: number,
): Promise<Place[]> {
  const made: Place[] = [];
  for (const [n, place] of places.entries()) {
    if (n % 6 > 1) {
      made.push(place);
      continue;
    }
    const at = { platform: place.platform as PlatformName, tenant: 't1', address: place.address };
    const found = await store.chat.destinations.byAddress(at);
    if (found === null) throw new Error(`there is no ${place.address}`);
    const layout = { ...found.layout, threads: 'subsystem' as const };
    await store.chat.destinations.update(found.id, { layout }, toIso(fromMs));
    made.push({ ...place, bySubsystem: true });
  }
  return made;
}
