import type { ImapFlow } from 'imapflow';
import { TransientFailure } from '../../digest/failure/failure.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { MAX_IMAP_UID } from '../../digest/text/bounded-number.js';

/** How far a mailbox was read: the last UID, valid as long as UIDVALIDITY is the same. */
export interface MailboxPlace {
  readonly validity: string;
  readonly uid: number;
}

export interface MailboxRequest {
  readonly mailbox: string;
  /** The source's name, for display. */
  readonly name: string;
  readonly place: MailboxPlace | null;
  /** On a first reading: ISO UTC. */
  readonly since: string | null;
  readonly signal: AbortSignal;
}

/** Mails between two cursors; their sizes are requested together. */
const CHUNK = 100;
/** How many arrival times are requested together. */
const LOOK_BACK = 1000;

/** Reads what arrived in one mailbox after a place, by UID, and yields a cursor after each hundred mails. */
export async function* readMailbox(
  client: ImapFlow,
  request: MailboxRequest,
): AsyncGenerator<SourceEvent | { readonly kind: 'place'; readonly place: MailboxPlace }> {
  const box = await client.mailboxOpen(request.mailbox, { readOnly: true });
  const validity = String(box.uidValidity);
  const known = request.place?.validity === validity ? request.place.uid : 0;
  const last = Number(box.uidNext) - 1;
  if (!(last >= -1 && last <= MAX_IMAP_UID))
    throw new TransientFailure('imap-uid', `${request.mailbox} reports an invalid UIDNEXT.`);
  const since = request.place === null ? request.since : null;
  const newer = last > known ? await uidsAfter(client, known) : [];
  const uids = since === null ? newer : await uidsSince(client, newer, since);
  for (let from = 0; from < uids.length; from += CHUNK) {
    if (request.signal.aborted) return;
    const chunk = uids.slice(from, from + CHUNK);
    yield* readChunk(client, chunk, request);
    if (request.signal.aborted) return;
    yield { kind: 'progress', done: from + chunk.length, total: uids.length };
    const reached = from + CHUNK >= uids.length ? Math.max(last, chunk.at(-1) ?? 0) : (chunk.at(-1) ?? known);
    yield { kind: 'place', place: { validity, uid: reached } };
  }
  // Mail that `since` excludes, and an empty mailbox, need not be checked again.
  if (uids.length === 0 && (request.place === null || request.place.validity !== validity || last > known))
    yield { kind: 'place', place: { validity, uid: Math.max(last, 0) } };
}

/** The UIDs above one that was read, ascending. */
async function uidsAfter(client: ImapFlow, known: number): Promise<number[]> {
  const found = await client.search({ uid: `${known + 1}:*` }, { uid: true });
  // The library returns this if the connection ends or the server refuses: it does not mean an empty mailbox.
  if (!Array.isArray(found))
    throw new TransientFailure('imap-search', 'The search for new mails got no answer.');
  // `7:*` names the last mail even where its UID is below 7 (RFC 3501, 6.4.8).
  return found.filter((uid) => uid > known).sort((a, b) => a - b);
}

/**
 * Of UIDs, those from the first on that the mailbox got since a moment. It looks backwards, a thousand at a time, until a whole thousand is
 * older: SEARCH SINCE would be shorter, but archives answer it by the mail's own Date, which may be wrong.
 */
async function uidsSince(client: ImapFlow, uids: readonly number[], since: string): Promise<number[]> {
  const sinceMs = Date.parse(since);
  let first = uids.length;
  for (let end = uids.length; end > 0; end -= LOOK_BACK) {
    const block = uids.slice(Math.max(0, end - LOOK_BACK), end);
    const newer = new Set<number>();
    const query = { uid: true, internalDate: true };
    for await (const { uid, internalDate } of client.fetch(setOf(block), query, { uid: true }))
      if (internalDate === undefined || new Date(internalDate).getTime() >= sinceMs) newer.add(uid);
    assertUsable(client);
    const at = block.findIndex((uid) => newer.has(uid));
    if (at < 0) break;
    first = Math.max(0, end - LOOK_BACK) + at;
  }
  return uids.slice(first);
}

async function* readChunk(
  client: ImapFlow,
  uids: readonly number[],
  request: MailboxRequest,
): AsyncGenerator<SourceEvent> {
  const sizes = new Map<number, number>();
  for await (const { uid, size } of client.fetch(setOf(uids), { uid: true, size: true }, { uid: true }))
    sizes.set(uid, size ?? 0);
  const small = uids.filter((uid) => (sizes.get(uid) ?? Number.POSITIVE_INFINITY) <= MAX_MAIL_BYTES);
  const where = (uid: number) => `${request.name}, ${request.mailbox}, UID ${uid}`;
  for (const [uid, size] of sizes)
    if (size > MAX_MAIL_BYTES)
      yield {
        kind: 'skipped',
        where: where(uid),
        problem: { code: 'too-large', detail: `${size} bytes; no more than ${MAX_MAIL_BYTES} are read` },
      };
  assertUsable(client);
  if (small.length === 0) return;
  for await (const mail of client.fetch(setOf(small), { uid: true, source: true }, { uid: true })) {
    if (request.signal.aborted) return;
    if (mail.source === undefined) continue;
    yield {
      kind: 'mail',
      raw: withLineFeeds(mail.source),
      // INTERNALDATE is when this mailbox got it; the list got it at the time in its Received header.
      receivedAt: null,
      list: null,
      where: where(mail.uid),
      problems: [],
    };
  }
  assertUsable(client);
}

/** If the connection ends, a fetch ends early and silently: mails that did not arrive must not count as read. */
function assertUsable(client: ImapFlow): void {
  if (!client.usable)
    throw new TransientFailure('imap-cut', 'The connection ended in the middle of an answer.');
}

/** `3:5,9`: consecutive UIDs form one range. */
function setOf(uids: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const uid of uids) {
    const open = ranges.at(-1);
    if (open !== undefined && open.to + 1 === uid) open.to = uid;
    else ranges.push({ from: uid, to: uid });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}

/** As every other source yields it, so that the same mail has the same bytes. */
function withLineFeeds(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
