import { createHash } from 'node:crypto';
import type { EndedSlot } from '../../adapters/store/chat/end-slot.js';
import type { Breaking, Notice } from '../../adapters/store/chat/outbox-breaking.js';
import type { Refusal } from '../../digest/ports/chat-platform.js';
import { toIso } from '../../digest/time/iso.js';
import { platforms } from '../platforms.js';
import type { DeliverySetting } from './delivery-setting.js';

/** Digests in a row that a place refuses before nothing more is sent to it. */
const SLOTS_REFUSED = 3;

/**
 * After a digest that a place refused, or whose thread it refused: the person who set it up is notified at the first one, once until a digest
 * is posted whole again. After three in a row the place gets no more, until someone resumes it.
 */
export async function onRefusedDigest(
  setting: DeliverySetting,
  ended: EndedSlot,
  refusal: Refusal,
): Promise<void> {
  if (ended.state !== 'refused' || ended.kind === 'now') return;
  const { outbox, log, now } = setting;
  const place = await outbox.breaking(ended);
  if (place === null) return;
  // A message that was deleted takes its thread with it: the place takes the next one.
  const isLasting = !(ended.headlinePosted && (refusal.reason === 'gone' || refusal.reason === 'invalid'));
  const notice = isLasting ? noticeFor(place, ended, refusal) : null;
  if (notice !== null) await outbox.notify(notice, toIso(now()));
  if (ended.failedSlots < SLOTS_REFUSED || !(await outbox.break(place.destinationId))) return;
  log.warn({ destination: place.destinationId, reason: refusal.reason }, 'destination.broken');
}

/** The notice to the person; null where no one is known, or where that person is the destination. */
function noticeFor(place: Breaking, ended: EndedSlot, refusal: Refusal): Notice | null {
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
    key: keyOf(place, ended.headlinePosted),
    content: { kind: 'notice', version: 1, ...wordsFor(name, ended.headlinePosted, refusal) },
  };
}

function wordsFor(
  name: string,
  headlinePosted: boolean,
  { message, remedy }: Refusal,
): { text: string; remedy: string } {
  if (headlinePosted)
    return {
      text: `The digest in ${name} was posted without its thread. ${message}`,
      remedy: `${remedy} Until then, \`/digest last\` shows the details there.`,
    };
  return {
    text: `I could not post the digest in ${name}. ${message}`,
    remedy: `${remedy} After ${SLOTS_REFUSED} digests that can't be posted they are paused, and \`/digest resume\` there starts them again.`,
  };
}

/** The same until a digest is posted whole: so each person hears of one trouble once. */
function keyOf(
  { platform, tenant, address, setBy, lastGoodSlotId }: Breaking,
  headlinePosted: boolean,
): string {
  const trouble = headlinePosted ? 'refused thread' : 'refused';
  const text = JSON.stringify([trouble, platform, tenant, address, setBy, lastGoodSlotId]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
