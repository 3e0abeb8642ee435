import type { TransientFailure } from '../../digest/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import type { AskHttp } from './http.js';
import { eventsUrl, mustExist, readPage } from './pages.js';
import { type PatchworkAddress, readPatchworkAddress } from './patchwork-address.js';
import { createEventPlace, type EventPlace, readPatchworkCursor } from './patchwork-cursor.js';
import { anyEventSchema } from './patchwork-event.js';
import { badEvent, readEvent } from './read-event.js';

/** A server that answers with pages for ever. */
const MAX_PAGES = 5_000;
/** At a page's end, when so many were read since the cursor before. */
const EVENTS_A_CURSOR = 400;
const BEGINNING = '1970-01-01T00:00:00Z';

/**
 * A patchwork project as a source: its events since the cursor (`since` goes by when patchwork had them, not by the mail's Date), covers and patches as mbox,
 * and the states and checks that people and robots set there as evidence. Patchwork keeps no replies and drops mails that hold no patch, so it stands
 * beside a list, not for it. It does not tell of what is deleted there.
 */
export function openPatchwork(text: string, ask: AskHttp): MailSource {
  const address = readPatchworkAddress(text);
  return {
    name: address.name,
    async *read(request = { cursor: null, since: null, signal: new AbortController().signal }) {
      try {
        yield* readEvents(address, ask, request);
      } catch (error) {
        if (!request.signal.aborted) throw error;
      }
    },
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
  let from = start.at;
  let done = 0;
  let told = 0;
  let url: string | null = eventsUrl(address, from);
  for (let count = 0; url !== null && count < MAX_PAGES; count++) {
    const page = await readPage(url, address, ask, signal);
    if (count === 0 && page.events.length === 0) await mustExist(address, ask, signal);
    const last: string | null = yield* readEventsOf(page.events, reading);
    if (signal.aborted) return;
    done += page.events.length;
    yield { kind: 'progress', done, total: null };
    // Page numbers shift while events are deleted; so it goes on by time, and by numbers only within one moment.
    const isLater: boolean = last !== null && Date.parse(last) > Date.parse(from);
    if (isLater && last !== null) from = last;
    url = page.next === null ? null : isLater ? eventsUrl(address, from) : page.next;
    const isDue = url === null || done - told >= EVENTS_A_CURSOR;
    if (!isDue || reading.pending.length > 0) continue;
    told = done;
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

/** Yields what the events of a page come to; the answer is when the last of them was. */
async function* readEventsOf(
  events: readonly unknown[],
  reading: Reading,
): AsyncGenerator<SourceEvent, string | null> {
  const { address, ask, signal, place, pending } = reading;
  let last: string | null = null;
  for (const one of events) {
    if (signal.aborted) return last;
    const event = anyEventSchema.safeParse(one);
    if (!event.success) {
      yield badEvent(address, `an event that is none: ${event.error.issues[0]?.message ?? ''}`);
      continue;
    }
    last = event.data.date;
    const isKnown = place.has(event.data.id);
    place.mark(event.data);
    if (isKnown) continue;
    const again = () => readEvent(one, event.data, address, ask, signal);
    const read = await again();
    if (read?.kind === 'failed') pending.push({ failure: read.failure, again });
    else if (read !== null) yield read;
    if (read?.kind === 'mail') yield* settled(reading);
  }
  return last;
}

/** The server gives mails: what it could not give before is asked for once more, and is then that mail's own trouble. */
async function* settled({ pending }: Reading): AsyncGenerator<SourceEvent> {
  for (const { again } of pending.splice(0)) {
    const read = await again();
    if (read?.kind === 'failed') {
      const detail = `the server could not give it: ${read.failure.message}`;
      yield { kind: 'skipped', where: read.where, problem: { code: 'not-given', detail } };
    } else if (read !== null) yield read;
  }
}
