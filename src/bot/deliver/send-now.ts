import type { Slots } from '../../adapters/store/chat/slots.js';
import type { DigestNow, Tick } from './tick.js';

/** The chats answer a command within three seconds; a refusal comes faster. */
const WAIT_MS = 1_800;
const LOOK_EVERY_MS = 100;

/**
 * Plans a digest now, and waits a moment for the chat's answer: if posting is refused, the requester should see that.
 */
export async function sendNow(
  planned: Awaited<ReturnType<Tick['digestNow']>>,
  {
    slots,
    destinationId,
    sleep,
  }: {
    readonly slots: Pick<Slots, 'last'>;
    readonly destinationId: number;
    readonly sleep: (ms: number) => Promise<void>;
  },
): Promise<DigestNow> {
  if (planned.kind !== 'planned') return planned;
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const slot = await slots.last(destinationId);
    if (slot?.id !== planned.slotId || waitedMs >= WAIT_MS) return planned;
    if (slot.state === 'refused' && slot.problem !== null) return { ...planned, refused: slot.problem };
    if (slot.state !== 'open') return planned;
    await sleep(LOOK_EVERY_MS);
  }
}
