import { createHash } from 'node:crypto';
import type { EndedSlot } from '../../adapters/store/chat/end-slot.js';
import type { Breaking, Notice } from '../../adapters/store/chat/outbox-breaking.js';
import type { Refusal } from '../../digest/ports/chat-platform.js';
import { toIso } from '../../digest/time/iso.js';
import { platforms } from '../platforms.js';
import type { DeliverySetting } from './delivery-setting.js';

/** Digests in a row that a place refuses before nothing more is sent to it. */
const SLOTS_REFUSED = 3;

/** After three digests in a row that a place refused, it gets no more, and the person who set it up is notified, once. */
export async function breakPlace(
  setting: DeliverySetting,
  ended: EndedSlot,
  refusal: Refusal,
): Promise<void> {
  if (ended.state !== 'refused' || ended.failedSlots < SLOTS_REFUSED) return;
  const { outbox, log, now } = setting;
  const place = await outbox.breaking(ended);
  if (place === null) return;
  if (!(await outbox.break(place.destinationId, noticeFor(place, refusal), toIso(now())))) return;
  log.warn({ destination: place.destinationId, reason: refusal.reason }, 'destination.broken');
}

/** The notice to the person; null where no one is known, or where that person is the destination. */
function noticeFor(place: Breaking, refusal: Refusal): Notice | null {
  if (place.kind === 'person' || place.setBy === '') return null;
  const name = place.name === '' ? 'the channel' : place.name;
  return {
    to: {
      platform: place.platform,
      tenant: platforms[place.platform].personTenant(place.tenant),
      address: place.setBy,
      kind: 'person',
    },
    name: '',
    zone: place.zone,
    key: keyOf(place),
    content: {
      kind: 'notice',
      version: 1,
      text: `I could not post three digests in a row in ${name}, so I stopped trying. ${refusal.message}`,
      remedy: `${refusal.remedy} Then use \`/digest resume\` there.`,
    },
  };
}

function keyOf({ platform, tenant, address, slotId }: Breaking): string {
  const text = JSON.stringify(['broken', platform, tenant, address, slotId]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
