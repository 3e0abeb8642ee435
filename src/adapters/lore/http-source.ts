import { TransientFailure } from '../../digest/failure/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { fetchHead, newestEpoch, noSuchList } from './git-refs.js';
import { judge, junkFailure } from './http-answer.js';
import { type FeedEntry, readFeed } from './http-atom.js';
import { createHttpClient, type HttpClient, type HttpTimeouts } from './http-client.js';
import { type HttpCursor, readHttpCursor, shortHash } from './http-cursor.js';
import { fetchMail, fetchMbox } from './http-mail.js';
import { CURSOR_MAILS } from './limits.js';
import { fetchList, type ListAtArchive } from './list-address.js';
import { type LoreAddress, parseLoreAddress } from './lore-address.js';
import { isoOfSeconds, mailEvent } from './mail-event.js';

export interface LoreHttpOptions {
  /** `covernote/VERSION (+CONTACT)`. */
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeouts?: HttpTimeouts;
}

/** Entries of one page of a feed. */
const PAGE = 25;
/** A mail may be shown so long after others that were received later. */
const OVERLAP_SECONDS = 15 * 60;
/** A received time further ahead than that is a lie: reading does not go on from there. */
const AHEAD_SECONDS = 3600;
/** So often the feed is looked at even where the newest commit is the same: an epoch may have ended. */
const FULL_LOOK_MS = 30 * 60 * 1000;

interface HttpList {
  readonly source: string;
  readonly address: LoreAddress;
  readonly client: HttpClient;
  readonly now: () => number;
  about(signal: AbortSignal): Promise<ListAtArchive>;
  /** When the feed was last read to its end in this process; null: not yet. */
  lookedAt: number | null;
  /** A new head with which the feed showed nothing new: it may have been asked before the mail was indexed. */
  doubted: string | null;
}

/**
 * A list of a public-inbox server over HTTP, as `lore+https://HOST/LIST`, for where NNTP and git are blocked: walks the feed by received
 * time and fetches each mail. Mail with an old received time is never seen, removals are not told. An idle look is one request of
 * some 400 bytes where the archive shows its git heads, else one feed. Throws UserError (wrong address, no such list), TransientFailure.
 */
export function openLoreHttp(source: string, options: LoreHttpOptions): MailSource {
  const address = parseLoreAddress('http', source);
  const client = createHttpClient(options);
  let known: ListAtArchive | null = null;
  const list: HttpList = {
    source,
    address,
    client,
    now: options.now,
    lookedAt: null,
    doubted: null,
    async about(signal) {
      known ??= await fetchList(client, address, signal);
      if (known === null) throw noSuchList(address);
      return known;
    },
  };
  return {
    name: source,
    async *read(request: ReadRequest = { cursor: null, since: null, signal: new AbortController().signal }) {
      try {
        yield* follow(list, request);
      } catch (error) {
        if (!request.signal.aborted) throw error;
      }
    },
  };
}

async function* follow(list: HttpList, { cursor, since, signal }: ReadRequest): AsyncGenerator<SourceEvent> {
  const start = since === null ? 0 : Math.floor(Date.parse(since) / 1000);
  const from = cursor === null ? { at: start, seen: [], head: null } : readHttpCursor(cursor);
  const isRecent = list.lookedAt !== null && Math.abs(list.now() - list.lookedAt) < FULL_LOOK_MS;
  const head = await headHint(list, from, isRecent, signal);
  if (signal.aborted) return;
  if (isRecent && head !== null && head.commit === from.head?.commit) {
    yield { kind: 'cursor', cursor: JSON.stringify(from) };
    return;
  }
  const walk = createWalk(from, start);
  let mails = 0;
  for await (const event of walkFeed(list, walk, signal)) {
    yield event;
    if (event.kind !== 'mail' || ++mails % CURSOR_MAILS !== 0) continue;
    yield { kind: 'cursor', cursor: JSON.stringify(walk.position(list.now())) };
    yield { kind: 'progress', done: mails, total: null };
  }
  if (signal.aborted) return;
  list.lookedAt = list.now();
  const believed = head === null || mails > 0 || list.doubted === head.commit ? head : from.head;
  list.doubted = head?.commit ?? null;
  yield { kind: 'cursor', cursor: JSON.stringify({ ...walk.position(list.now()), head: believed }) };
}

/** The archive's newest commit, by a small request; null where git is not shown there: then the feed is asked. */
async function headHint(
  { client, address }: HttpList,
  { head }: HttpCursor,
  isRecent: boolean,
  signal: AbortSignal,
): Promise<HttpCursor['head']> {
  try {
    const epoch = isRecent && head !== null ? head.epoch : await newestEpoch(client, address, signal);
    const commit = epoch === null ? null : await fetchHead(client, address, epoch, signal);
    return epoch === null || commit === null || commit === 'absent' ? null : { epoch, commit };
  } catch (error) {
    // A guard may block git's paths alone. A server that is away will not answer the feed either, and says so there.
    if (error instanceof TransientFailure && error.code !== 'rate-limited') return null;
    throw error;
  }
}

/** What was seen and how far, while the feed is walked. */
interface Walk {
  /** Where the first page begins, in seconds. */
  readonly begin: number;
  isNew(entry: FeedEntry): boolean;
  mark(entry: FeedEntry): void;
  position(now: number): HttpCursor;
}

function createWalk(from: HttpCursor, start: number): Walk {
  const seen = new Map(from.seen);
  const begin = Math.max(from.at - OVERLAP_SECONDS, start, 0);
  return {
    begin,
    isNew: ({ messageId, received }) => secondsOf(received) >= begin && !seen.has(shortHash(messageId)),
    mark: ({ messageId, received }) => void seen.set(shortHash(messageId), secondsOf(received)),
    position(now) {
      const latest = now / 1000 + AHEAD_SECONDS;
      let at = from.at;
      for (const seconds of seen.values()) if (seconds <= latest) at = Math.max(at, seconds);
      const kept = [...seen].filter(([, seconds]) => seconds >= at - OVERLAP_SECONDS);
      return { at, seen: kept, head: from.head };
    },
  };
}

/** Reads the pages of the feed from the walk's beginning, oldest first, and fetches the mails that are new. */
async function* walkFeed(list: HttpList, walk: Walk, signal: AbortSignal): AsyncGenerator<SourceEvent> {
  for (let second = walk.begin; !signal.aborted; ) {
    const entries = await fetchPage(list, second, signal);
    const { address } = await list.about(signal);
    const inOrder = entries
      .map((entry) => ({ ...entry, at: secondsOf(entry.received) }))
      .sort((a, b) => a.at - b.at);
    for (const entry of inOrder) {
      if (signal.aborted) return;
      if (!walk.isNew(entry)) continue;
      yield* fetchMail(list.client, list.address, { ...entry, list: address }, signal);
      walk.mark(entry);
    }
    const last = inOrder.at(-1)?.at ?? 0;
    // Where fewer than a page are left, the newest are shown instead, newest first.
    if (entries.length < PAGE || (inOrder[0]?.at ?? 0) < second) return;
    if (last === second) yield* fetchSecond(list, second, signal);
    second = last === second ? second + 1 : last;
  }
}

async function fetchPage(list: HttpList, second: number, signal: AbortSignal): Promise<FeedEntry[]> {
  const { baseUrl, list: name, host } = list.address;
  const stamp = (isoOfSeconds(second) ?? '').replace(/\D/g, '');
  const judged = await judge(
    await list.client({ url: `${baseUrl}/${name}/new.atom?t=${stamp}-`, signal }),
    'feed',
  );
  if (judged.kind === 'junk') {
    if (judged.code !== 'not-found' && judged.code !== 'end-of-results') throw junkFailure(judged);
    // An empty list has no feed.
    await list.about(signal);
    return [];
  }
  const entries = await readFeed(judged.body);
  if (entries === null) throw new TransientFailure('truncated', `A feed of ${host} was cut off.`);
  return entries;
}

/** More mails in one second than a page holds: the feed cannot show the rest. Search knows them, once it has caught up. */
async function* fetchSecond(
  list: HttpList,
  second: number,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  const { baseUrl, list: name } = list.address;
  const where = `${list.source}, ${isoOfSeconds(second)}`;
  const query = `${baseUrl}/${name}/?q=${encodeURIComponent(`rt:${second}..${second}`)}&x=m`;
  const { address } = await list.about(signal);
  let found = 0;
  for await (const mail of (await fetchMbox(list.client, { url: query, method: 'POST', signal })) ?? []) {
    found++;
    yield mailEvent(mail, { where, receivedAt: isoOfSeconds(second), list: address });
  }
  if (found > PAGE) return;
  const detail = `${PAGE} or more mails were received in this second; the feed shows no more, and search does not know them`;
  yield { kind: 'skipped', where, problem: { code: 'feed-stalled', detail } };
}

function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
