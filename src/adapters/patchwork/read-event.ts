import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { type FetchedMail, fetchMail } from './fetch-mail.js';
import type { AskHttp } from './http.js';
import type { PatchworkAddress } from './patchwork-address.js';
import { type PatchworkEvent, patchworkEventSchema } from './patchwork-event.js';

/** What an event of `categories` yields; null for a mail if mails are not requested. */
export async function readEvent(
  one: unknown,
  id: number,
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): Promise<FetchedMail | Extract<SourceEvent, { kind: 'evidence' }> | null> {
  const parsed = patchworkEventSchema.safeParse(one);
  if (!parsed.success) {
    const { path = [], message = '' } = parsed.error.issues[0] ?? {};
    return badEvent(address, `event ${id}: ${path.join('.')}: ${message}`);
  }
  const event = parsed.data;
  switch (event.category) {
    case 'cover-created':
      return address.mail ? await fetchMail(event.payload.cover, address, ask, signal) : null;
    case 'patch-created':
      return address.mail ? await fetchMail(event.payload.patch, address, ask, signal) : null;
    case 'patch-state-changed':
    case 'check-created':
      return {
        kind: 'evidence',
        evidence: {
          tracker: `${address.base}/project/${address.project}`,
          by: event.actor?.username ?? null,
          at: toIso(Date.parse(event.date)),
          messageId: event.payload.patch.msgid,
          what: reportOf(event),
        },
      };
    default:
      return event satisfies never;
  }
}

type TrackerReport = Extract<SourceEvent, { kind: 'evidence' }>['evidence']['what'];

function reportOf(
  event: Extract<PatchworkEvent, { category: 'patch-state-changed' | 'check-created' }>,
): TrackerReport {
  if (event.category === 'patch-state-changed') return { kind: 'state', state: event.payload.current_state };
  const { context, state, description, target_url } = event.payload.check;
  return { kind: 'check', context, result: state, describes: description ?? '', url: target_url ?? null };
}

/** An event that patchwork should not have sent. */
export function badEvent(
  address: PatchworkAddress,
  detail: string,
): Extract<SourceEvent, { kind: 'skipped' }> {
  return {
    kind: 'skipped',
    where: address.name,
    problem: { code: 'bad-event', detail: shorten(detail, 300) },
  };
}
