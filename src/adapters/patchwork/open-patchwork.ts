import type { TransientFailure } from '../../digest/failure/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { auditProject } from './audit.js';
import { type AskHttp, quietly } from './http.js';
import { eventPages } from './pages.js';
import { type PatchworkAddress, readPatchworkAddress } from './patchwork-address.js';
import { BEGINNING, createEventPlace, type EventPlace, readPatchworkCursor } from './patchwork-cursor.js';
import { anyEventSchema, categories } from './patchwork-event.js';
import { badEvent, readEvent } from './read-event.js';

/** At a page's end, when this many were read since the previous cursor. */
const EVENTS_A_CURSOR = 400;

/**
 * A patchwork project as a source: its events since the cursor (`since` goes by when patchwork had them, not by the mail's Date), covers and patches as mbox,
 * and the states and checks that people and robots set there as evidence. Patchwork keeps no replies and drops mails without a patch, so it
 * complements a list but does not replace it. It does not report what is deleted there.
 */
export function openPatchwork(text: string, ask: AskHttp): MailSource {
  const address = readPatchworkAddress(text);
  return {
    name: address.name,
    read: (request = { cursor: null, since: null, signal: new AbortController().signal }) =>
      quietly(request.signal, readEvents(address, ask, request)),
    ...(address.mail ? { audit: auditProject(address, ask) } : {}),
  };
}

async function* readEvents(
  address: PatchworkAddress,
  ask: AskHttp,
  { cursor, since, signal }: ReadRequest,
): AsyncGenerator<SourceEvent> {
  const start = readPatchworkCursor(cursor) ?? { at: since ?? BEGINNING, ids: [] };
  const place = createEventPlace(start);
  const reading: Reading = { address, ask, signal, place, pending: [] };
  let done = 0;
  let saved = 0;
  for await (const { events, isLast } of eventPages(address, ask, start.at, signal)) {
    yield* readEventsOf(events, reading);
    if (signal.aborted) return;
    done += events.length;
    yield { kind: 'progress', done, total: null };
    const isDue = isLast || done - saved >= EVENTS_A_CURSOR;
    if (!isDue || reading.pending.length > 0) continue;
    saved = done;
    yield { kind: 'cursor', cursor: place.cursor() };
  }
  // No mail could be had since: that is the server's trouble, and passes.
  if (reading.pending[0] !== undefined) throw reading.pending[0].failure;
}

interface Reading {
  readonly address: PatchworkAddress;
  readonly ask: AskHttp;
  readonly signal: AbortSignal;
  readonly place: EventPlace;
  /** Mails that the server could not give, and none was had since. */
  readonly pending: { readonly failure: TransientFailure; again(): ReturnType<typeof readEvent> }[];
}

/** Yields what the events of a page come to. */
async function* readEventsOf(events: readonly unknown[], reading: Reading): AsyncGenerator<SourceEvent> {
  const { address, ask, signal, place, pending } = reading;
  for (const one of events) {
    if (signal.aborted) return;
    const event = anyEventSchema.safeParse(one);
    if (!event.success) {
      yield badEvent(address, `not a valid event: ${event.error.issues[0]?.message ?? ''}`);
      continue;
    }
    const isKnown = place.has(event.data.id);
    const isRead = categories.has(event.data.category);
    place.mark(event.data, isRead);
    if (isKnown || !isRead) continue;
    const again = () => readEvent(one, event.data.id, address, ask, signal);
    const read = await again();
    if (read?.kind === 'failed') pending.push({ failure: read.failure, again });
    else if (read !== null) yield read;
    if (read?.kind === 'mail') yield* settled(reading);
  }
}

/** The server serves other mails: what failed before is requested once more, and if it fails again, the mail is the reason. */
async function* settled({ pending }: Reading): AsyncGenerator<SourceEvent> {
  for (const { again } of pending.splice(0)) {
    const read = await again();
    if (read?.kind === 'failed') {
      const detail = `the server could not give it: ${read.failure.message}`;
      yield { kind: 'skipped', where: read.where, problem: { code: 'not-given', detail } };
    } else if (read !== null) yield read;
  }
}
