import { z } from 'zod';
import { TransientFailure } from '../../digest/failure/failure.js';
import { shorten } from '../../digest/text/inert.js';
import { type AskHttp, isThere, refusal, wholeBody } from './http.js';
import type { PatchworkAddress } from './patchwork-address.js';
import { anyEventSchema } from './patchwork-event.js';

const MAX_PAGE_BYTES = 16 * 1024 * 1024;
/** Requested together: servers return 30 by default and 250 at most. */
const PAGE_EVENTS = 100;

/** A server that answers with pages forever. */
const MAX_PAGES = 5_000;

/**
 * A project's events from a moment on (ISO UTC), that one included, the oldest first; some may come twice. Page numbers shift while events are deleted: so it
 * continues by time, and by numbers only within one moment. Ends soon after its signal is aborted. Throws TransientFailure and UserError.
 */
export async function* eventPages(
  address: PatchworkAddress,
  ask: AskHttp,
  begin: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly events: readonly unknown[]; readonly isLast: boolean }> {
  let from = begin;
  let url: string | null = eventsUrl(address, from);
  for (let count = 0; url !== null && count < MAX_PAGES && !signal.aborted; count++) {
    const page: Page = await readPage(url, address, ask, signal);
    if (count === 0 && page.events.length === 0) await mustExist(address, ask, signal);
    const last = lastMoment(page.events);
    const isLater = last !== null && Date.parse(last) > Date.parse(from);
    if (isLater) from = last;
    url = page.next === null ? null : isLater ? eventsUrl(address, from) : page.next;
    yield { events: page.events, isLast: url === null };
  }
}

function lastMoment(events: readonly unknown[]): string | null {
  for (const one of events.toReversed()) {
    const event = anyEventSchema.safeParse(one);
    if (event.success) return event.data.date;
  }
  return null;
}

/** The address of a project's events from a moment on (ISO UTC), that one included, the oldest first. */
function eventsUrl({ base, project }: PatchworkAddress, from: string): string {
  const url = new URL(`${base}/api/1.2/events/`);
  url.searchParams.set('project', project);
  url.searchParams.set('order', 'date');
  url.searchParams.set('per_page', String(PAGE_EVENTS));
  // Its times are UTC and have no zone.
  url.searchParams.set('since', from.replace(/Z$/, ''));
  return url.href;
}

interface Page {
  readonly events: readonly unknown[];
  /** The address of the page behind it; null on the last. */
  readonly next: string | null;
}

/** Throws TransientFailure and UserError. */
async function readPage(
  url: string,
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): Promise<Page> {
  const answer = await ask({ url, signal });
  if (answer.status === 404 && new URL(url).searchParams.has('page')) {
    // Events were deleted since the page before named this one.
    await answer.discard();
    return { events: [], next: null };
  }
  if (answer.status !== 200) {
    await answer.discard();
    throw refusal(answer.status, address);
  }
  const body = await wholeBody(answer.body, MAX_PAGE_BYTES);
  if (body === null)
    throw new TransientFailure('too-large', `${address.name} answered with more than 16 MB.`);
  try {
    const events = z.array(z.unknown()).parse(JSON.parse(body.toString('utf8')));
    return { events, next: nextPage(answer.headers.get('link'), address) };
  } catch (cause) {
    const start = shorten(body.toString('utf8').trim(), 60);
    const words = `${address.name} answered with something other than events: “${start}”.`;
    throw new TransientFailure('not-json', words, { cause });
  }
}

/**
 * Patchwork answers with an empty list for a project that it does not have (seen at 3.1.3): so if nothing came, the project itself is
 * requested. Throws UserError.
 */
async function mustExist(address: PatchworkAddress, ask: AskHttp, signal: AbortSignal): Promise<void> {
  const url = `${address.base}/api/1.2/projects/${encodeURIComponent(address.project)}/`;
  const answer = await ask({ url, signal });
  await answer.discard();
  if (answer.status !== 200) throw refusal(answer.status, address);
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
