import { TransientFailure } from '../../digest/failure/failure.js';
import type { ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import type { ListedArticle, NntpClient } from './client.js';
import { formatCursor, type Position, parseCursor, type Waiting, withAnchor } from './cursor.js';
import { findStart } from './find-start.js';
import { CHUNK_ARTICLES, MAX_RANGE_NUMBERS, RANGE_NUMBERS } from './limits.js';
import type { OpenGroup } from './open-group.js';

/**
 * public-inbox lists a number a moment before it can be had (two databases, committed one after the other; longer under load). So
 * such a number is waited for, but not forever.
 */
const PATIENCE_MS = 10 * 60_000;

/** Reads the articles of a group after a cursor. */
export async function* readGroup(
  client: NntpClient,
  request: ReadRequest,
  open: (known: string | null) => Promise<OpenGroup>,
): AsyncGenerator<SourceEvent> {
  const before = parseCursor(request.cursor);
  const group = await open(before?.group ?? null);
  let position = await startingPosition(client, group, before, request.since);
  const patience = await patienceOf(client, position);
  const first = position.last;
  const total = Math.max(0, group.high - first);
  yield { kind: 'progress', done: 0, total };
  for await (const chunk of listedChunks(client, position.last + 1, group)) {
    const read = yield* readChunk(client, group, position, chunk.articles, patience);
    position = { ...read.position, last: read.stopped ? read.position.last : chunk.upTo };
    yield { kind: 'cursor', cursor: formatCursor(position) };
    yield { kind: 'progress', done: position.last - first, total };
    if (read.stopped) return;
  }
  if (formatCursor(position) !== request.cursor) yield { kind: 'cursor', cursor: formatCursor(position) };
}

interface Chunk {
  readonly articles: readonly ListedArticle[];
  /** Every number up to it is in this chunk or an earlier one, or does not exist. */
  readonly upTo: number;
}

/** What is listed from a number on, in chunks; a cursor may be between two of them. */
async function* listedChunks(client: NntpClient, first: number, group: OpenGroup): AsyncGenerator<Chunk> {
  let width = RANGE_NUMBERS;
  for (let from = Math.max(first, group.low); from <= group.high; ) {
    const to = Math.min(from + width - 1, group.high);
    const articles = await client.listed(from, to);
    for (let at = 0; at < articles.length; at += CHUNK_ARTICLES) {
      const piece = articles.slice(at, at + CHUNK_ARTICLES);
      const isLast = at + CHUNK_ARTICLES >= articles.length;
      yield { articles: piece, upTo: isLast ? to : (piece.at(-1)?.number ?? to) };
    }
    if (articles.length === 0) yield { articles, upTo: to };
    // Few articles among many numbers: the gaps are large.
    width = articles.length * 10 < width ? Math.min(width * 2, MAX_RANGE_NUMBERS) : RANGE_NUMBERS;
    from = to + 1;
  }
}

/** Reads the articles of a chunk; `stopped` if one is not there yet: the next reading begins with it. */
async function* readChunk(
  client: NntpClient,
  group: OpenGroup,
  before: Position,
  articles: readonly ListedArticle[],
  patience: Patience,
): AsyncGenerator<SourceEvent, { position: Position; stopped: boolean }> {
  let position: Position = before;
  const failed: { where: string; words: string }[] = [];
  let had = 0;
  let stoppedAt: Position | null = null;
  for await (const { requested, article } of client.articles(articles, ({ number }) => String(number))) {
    const where = `${group.name} ${requested.number}`;
    switch (article.kind) {
      case 'mail':
        had++;
        position = {
          ...position,
          last: requested.number,
          anchors: withAnchor(position.anchors, [requested.number, requested.messageId]),
          waiting: null,
        };
        yield {
          kind: 'mail',
          raw: article.raw,
          receivedAt: null,
          list: group.list,
          where,
          problems: article.problems,
        };
        break;
      case 'gone': {
        if (requested.number > patience.endedUpTo) {
          const known = patience.waiting?.number === requested.number ? patience.waiting : null;
          const waiting = known ?? { number: requested.number, upTo: group.high, sinceMs: null };
          stoppedAt = { ...position, last: requested.number - 1, waiting };
          break;
        }
        position = { ...position, waiting: null };
        yield skipped(where, 'is listed, but the server does not return it');
        break;
      }
      case 'failed':
        failed.push({ where, words: article.words });
        break;
      default:
        article satisfies never;
    }
    if (stoppedAt !== null) break;
  }
  // If no article could be fetched, the server has a transient problem; otherwise it concerns these articles.
  if (had === 0 && failed[0] !== undefined)
    throw new TransientFailure(
      'server-error',
      `${group.server} can’t give ${failed[0].where}: ${failed[0].words}.`,
    );
  for (const { where, words } of failed) yield skipped(where, `the server could not give it: ${words}`);
  return { position: stoppedAt ?? position, stopped: stoppedAt !== null };
}

interface Patience {
  /** The number that an earlier reading waited for. */
  readonly waiting: Waiting | null;
  /** The wait for numbers up to it is over; 0: for none. */
  readonly endedUpTo: number;
}

async function patienceOf(client: NntpClient, { waiting }: Position): Promise<Patience> {
  if (waiting === null) return { waiting, endedUpTo: 0 };
  const nowMs = await client.clock();
  if (waiting.sinceMs === null) return { waiting: { ...waiting, sinceMs: nowMs }, endedUpTo: 0 };
  return { waiting, endedUpTo: nowMs - waiting.sinceMs > PATIENCE_MS ? waiting.upTo : 0 };
}

function skipped(where: string, detail: string): SourceEvent {
  return { kind: 'skipped', where, problem: { code: 'not-given', detail } };
}

/** Where to continue: after the cursor if its numbers still mean the same, else where its mails are now. */
async function startingPosition(
  client: NntpClient,
  group: OpenGroup,
  before: Position | null,
  since: string | null,
): Promise<Position> {
  const at = (last: number): Position => ({
    server: group.server,
    group: group.name,
    last,
    anchors: [],
    waiting: null,
  });
  if (before !== null && before.group === group.name) {
    const isSameServer = before.server === group.server;
    if (isSameServer && group.high === before.last) return before;
    if (isSameServer && (await holds(client, before))) return before;
    const known = await numbersOf(client, before);
    if (known !== null) return at(known);
  }
  if (since === null || group.high < group.low || group.high === 0) return at(Math.max(0, group.low - 1));
  return at((await findStart(client, group, Date.parse(since))) - 1);
}

/** Whether the numbers of a position are still what they were: one of its articles is under its number. */
async function holds(client: NntpClient, { anchors, last }: Position): Promise<boolean> {
  if (anchors.length === 0) return last === 0;
  for (const [number, messageId] of anchors) {
    const [found] = await client.listed(number, number);
    if (found !== undefined) return found.messageId === messageId;
  }
  return false;
}

/** The number after which to continue if the numbers have changed: before the first of the articles that are known there. */
async function numbersOf(client: NntpClient, { anchors }: Position): Promise<number | null> {
  const numbers: number[] = [];
  for (const [, messageId] of anchors) {
    const number = await client.numberOf(messageId);
    if (number !== null) numbers.push(number);
  }
  return numbers.length === 0 ? null : Math.min(...numbers) - 1;
}
