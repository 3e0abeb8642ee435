import { createHash } from 'node:crypto';
import type { EndedSlot } from '../../adapters/store/chat/end-slot.js';
import type { Breaking, Notice } from '../../adapters/store/chat/outbox-breaking.js';
import type { Lacking, Refusal } from '../../digest/ports/chat-platform.js';
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

/** After a message that was posted without something that a person can allow: the person who set up the place is notified once. */
export async function onLacking(
  { outbox, log, now }: DeliverySetting,
  { slotId, destinationId }: { readonly slotId: number | null; readonly destinationId: number },
  { message, remedy }: Lacking,
): Promise<void> {
  const place = await outbox.breaking({ slotId: slotId ?? 0, destinationId });
  if (place === null) return;
  log.info({ destination: destinationId, lacking: message }, 'message.lacking');
  const { platform, tenant, address, setBy } = place;
  const key = noticeKey(['lacking', platform, tenant, address, setBy, message]);
  const notice = noticeTo(place, key, { text: message, remedy });
  if (notice !== null) await outbox.notify(notice, toIso(now()));
}

/** The notice to the person; null if no one is known, or where that person is the destination. */
function noticeFor(place: Breaking, ended: EndedSlot, refusal: Refusal): Notice | null {
  const name = place.name === '' ? 'the channel' : place.name;
  return noticeTo(place, keyOf(place, ended.headlinePosted), wordsFor(name, ended.headlinePosted, refusal));
}

function noticeTo(
  place: Breaking,
  key: string,
  words: { readonly text: string; readonly remedy: string },
): Notice | null {
  if (place.kind === 'person' || place.setBy === '') return null;
  return {
    to: {
      platform: place.platform,
      tenant: platforms[place.platform].personTenant(place.tenant),
      address: place.setBy,
      kind: 'person',
    },
    name: '',
    zone: place.zone,
    key,
    content: { kind: 'notice', version: 1, ...words },
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
  return noticeKey([trouble, platform, tenant, address, setBy, lastGoodSlotId]);
}

function noticeKey(of: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22);
}
