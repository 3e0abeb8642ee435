import { createHash } from 'node:crypto';
import { idsInQuery } from '../../../adapters/store/ids-in-query.js';
import { DEFAULT_LAYOUT } from '../../../digest/plan/layout.js';
import type { ChatBot, Place } from '../../../digest/ports/chat-bot.js';
import { namedMail } from '../../../digest/series/named-mail.js';
import { toIso } from '../../../digest/time/iso.js';
import { type BotServices, chatOf } from '../context.js';
import { seriesCard } from '../series/card.js';
import { settledPlace } from './settled-place.js';

const HALF_HOUR_MS = 30 * 60_000;
const MAX_URL = 2_000;

/**
 * The card of the series behind a posted link, as the place wants it, with what the link leads to; at most once a half hour for each link
 * and place.
 */
export async function unfurl(
  services: BotServices,
  url: string,
  place: Place,
): ReturnType<ChatBot['unfurl']> {
  if (url.length > MAX_URL || !/^https?:\/\//i.test(url)) return null;
  const { store } = services.library;
  const destination = await chatOf(services).destinations.byAddress(await settledPlace(services, place));
  const { unfurl: form } = destination?.layout ?? DEFAULT_LAYOUT;
  if (form === 'off') return null;
  for (const id of idsInQuery(url)) {
    const series = await store.seriesByMessage(id);
    if (series === null) continue;
    if (!(await isFirst(services, id, place))) return null;
    const linked = namedMail(series, id, await store.replyMail(id));
    return seriesCard(services, series, { view: 'card', form, linked, standing: 'public', place });
  }
  return null;
}

/** Claims this half hour and the next, so that two cards are never closer than that; of two concurrent ones one gets it. */
async function isFirst(
  services: BotServices,
  id: string,
  { platform, tenant, address }: Place,
): Promise<boolean> {
  const now = toIso(services.nowMs());
  const half = Math.floor(services.nowMs() / HALF_HOUR_MS);
  const events = chatOf(services).seenEvents;
  const name = createHash('sha256')
    .update(JSON.stringify([tenant, address, id]))
    .digest('base64url')
    .slice(0, 22);
  const first = await events.first(platform, `unfurl ${name} ${half}`, now);
  if (first) await events.first(platform, `unfurl ${name} ${half + 1}`, now);
  return first;
}
