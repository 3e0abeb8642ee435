import { z } from 'zod';
import { TransientFailure } from '../../digest/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { shorten } from '../../digest/text/inert.js';
import { fetchMail } from './fetch-mail.js';
import { type AskHttp, isThere, refusal, wholeBody } from './http.js';
import { type PatchworkAddress, readPatchworkAddress } from './patchwork-address.js';
import { after, readPatchworkCursor, writePatchworkCursor } from './patchwork-cursor.js';
import { anyEventSchema, categories, type PatchworkEvent, patchworkEventSchema } from './patchwork-event.js';

const MAX_PAGE_BYTES = 16 * 1024 * 1024;
/** A server that answers with pages for ever. */
const MAX_PAGES = 5_000;
const EVENTS_A_CURSOR = 200;

/**
 * A patchwork project as a source: its events since the cursor (`since` goes by when patchwork had them, not by the mail's Date), covers and patches as mbox,
 * and the states and checks that people and robots set there as evidence. Patchwork keeps no replies and drops mails that hold no patch, so it stands
 * beside a list, not for it.
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
  request: ReadRequest,
): AsyncGenerator<SourceEvent> {
  const { signal } = request;
  let cursor = readPatchworkCursor(request.cursor);
  const seen = new Set(cursor?.ids);
  let url: string | null = firstPage(address, cursor?.at ?? request.since);
  let done = 0;
  for (let page = 0; url !== null && page < MAX_PAGES && !signal.aborted; page++) {
    const { events, next } = await readPage(url, address, ask, signal);
    for (const one of events) {
      if (signal.aborted) return;
      const event = anyEventSchema.safeParse(one);
      if (!event.success) {
        yield skipped(address, `an event that is none: ${event.error.issues[0]?.message ?? ''}`);
        continue;
      }
      // With `order=date` new events come on later pages, but one may show twice while pages shift.
      if (seen.has(event.data.id)) continue;
      seen.add(event.data.id);
      if (categories.has(event.data.category)) yield* readEvent(one, event.data.id, address, ask, signal);
      cursor = after(cursor, event.data);
      done++;
      if (done % EVENTS_A_CURSOR === 0) {
        yield { kind: 'progress', done, total: null };
        yield { kind: 'cursor', cursor: writePatchworkCursor(cursor) };
      }
    }
    url = next;
  }
  if (cursor !== null && done % EVENTS_A_CURSOR !== 0)
    yield { kind: 'cursor', cursor: writePatchworkCursor(cursor) };
}

function firstPage({ base, project }: PatchworkAddress, since: string | null): string {
  const url = new URL(`${base}/api/1.2/events/`);
  url.searchParams.set('project', project);
  url.searchParams.set('order', 'date');
  // Its times are UTC and have no zone.
  if (since !== null) url.searchParams.set('since', since.replace(/Z$/, ''));
  return url.href;
}

async function readPage(
  url: string,
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): Promise<{ events: readonly unknown[]; next: string | null }> {
  const answer = await ask({ url, signal });
  if (answer.status !== 200) {
    await answer.discard();
    throw refusal(answer.status, address);
  }
  const body = await wholeBody(answer.body, MAX_PAGE_BYTES);
  if (body === null)
    throw new TransientFailure('too-large', `${address.name} answered with more than 16 MB.`);
  let events: readonly unknown[];
  try {
    events = z.array(z.unknown()).parse(JSON.parse(body.toString('utf8')));
  } catch (cause) {
    const start = shorten(body.toString('utf8').trim(), 60);
    throw new TransientFailure(
      'not-json',
      `${address.name} answered with something else than events: “${start}”.`,
      {
        cause,
      },
    );
  }
  return { events, next: nextPage(answer.headers.get('link'), address) };
}

/** The address behind `rel="next"` (RFC 8288); none that leads elsewhere. */
function nextPage(header: string | null, address: PatchworkAddress): string | null {
  const part = header?.split(',').find((one) => /;\s*rel="?next"?/.test(one)) ?? '';
  const open = part.indexOf('<');
  const close = part.indexOf('>', open);
  const target = open < 0 || close < 0 ? undefined : part.slice(open + 1, close);
  if (target === undefined || !URL.canParse(target, address.base)) return null;
  const url = new URL(target, address.base);
  return isThere(url, address) ? url.href : null;
}

async function* readEvent(
  one: unknown,
  id: number,
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  const parsed = patchworkEventSchema.safeParse(one);
  if (!parsed.success) {
    const { path = [], message = '' } = parsed.error.issues[0] ?? {};
    yield skipped(address, `event ${id}: ${path.join('.')}: ${message}`);
    return;
  }
  const event = parsed.data;
  const tracker = `${address.base}/project/${address.project}`;
  const said = {
    tracker,
    by: event.actor?.username ?? null,
    at: `${new Date(event.date).toISOString().slice(0, 19)}Z`,
  };
  switch (event.category) {
    case 'cover-created':
      if (address.mail) yield await fetchMail(event.payload.cover, address, ask, signal);
      return;
    case 'patch-created':
      if (address.mail) yield await fetchMail(event.payload.patch, address, ask, signal);
      return;
    case 'patch-state-changed':
    case 'check-created':
      yield {
        kind: 'evidence',
        evidence: { ...said, messageId: event.payload.patch.msgid, what: saidOf(event) },
      };
      return;
    default:
      event satisfies never;
  }
}

type Said = Extract<SourceEvent, { kind: 'evidence' }>['evidence']['what'];

function saidOf(event: Extract<PatchworkEvent, { category: 'patch-state-changed' | 'check-created' }>): Said {
  if (event.category === 'patch-state-changed') return { kind: 'state', state: event.payload.current_state };
  const { context, state, description, target_url } = event.payload.check;
  return { kind: 'check', context, result: state, describes: description ?? '', url: target_url ?? null };
}

function skipped(address: PatchworkAddress, detail: string): SourceEvent {
  return {
    kind: 'skipped',
    where: address.name,
    problem: { code: 'bad-event', detail: shorten(detail, 300) },
  };
}
