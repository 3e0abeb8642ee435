import type { Problem } from '../../digest/mail/mail.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import { instantMs, MAX_ARTICLE_NUMBER, wholeNumber } from '../../digest/text/bounded-number.js';
import type { Connection } from './connect.js';
import { answerText, brokeOff, nonsense, refusal } from './failures.js';
import { MAX_LISTING_BYTES, PIPELINED } from './limits.js';

/** The current state of a group. The server's own count is an estimate; numbers have gaps. */
export interface Group {
  readonly low: number;
  readonly high: number;
}

export interface ListedArticle {
  readonly number: number;
  /** Without `<>`. */
  readonly messageId: string;
}

type FetchedArticle =
  | { readonly kind: 'mail'; readonly raw: Buffer; readonly problems: readonly Problem[] }
  /** The server reports that it has no article with this number or ID. */
  | { readonly kind: 'gone' }
  /** The server could not deliver it. */
  | { readonly kind: 'failed'; readonly words: string };

/** The few requests that are needed to follow a group. All reject with TransientFailure or UserError. */
export interface NntpClient {
  /** Selects a group; null if the server has no group of that name. */
  group(name: string): Promise<Group | null>;
  /** Names of groups that match a pattern such as `*.kvm`. */
  groupsLike(pattern: string): Promise<string[]>;
  /** The articles from one number to another, both included, in order. */
  listed(from: number, to: number): Promise<ListedArticle[]>;
  /** The Date headers from one number to another, in milliseconds; invalid ones are left out. */
  dates(from: number, to: number): Promise<number[]>;
  /** The number of a Message-ID in the group; null if it is not there. */
  numberOf(messageId: string): Promise<number | null>;
  /** The server's clock, in milliseconds since 1970. */
  clock(): Promise<number>;
  /** Articles by number or `<Message-ID>`, in the requested order, each as soon as it arrives. */
  articles<T>(
    requested: readonly T[],
    nameOf: (each: T) => string,
  ): AsyncGenerator<{ readonly requested: T; readonly article: FetchedArticle }>;
}

/** A Message-ID that can be in a request (RFC 3977, 3.6). */
export function isRequestable(messageId: string): boolean {
  return messageId.length <= 248 && /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(messageId);
}

export function createClient(connection: Connection): NntpClient {
  const { server, reader } = connection;
  const ask = (request: string) => {
    connection.send(request);
    return connection.answer(request);
  };
  /** The lines of a listing; empty if the server has nothing to list. */
  const listing = async (request: string, fine: number): Promise<string[]> => {
    const answer = await ask(request);
    if (answer.code === 420 || answer.code === 423) return [];
    if (answer.code !== fine) throw refusal(server, request, answer);
    const { bytes, isCut } = await reader.block(request, MAX_LISTING_BYTES);
    if (isCut) throw nonsense(server, request, `more than ${MAX_LISTING_BYTES} bytes`);
    return bytes
      .toString('latin1')
      .split('\n')
      .filter((line) => line !== '');
  };
  return {
    async group(name) {
      const answer = await ask(`GROUP ${name}`);
      if (answer.code === 411) return null;
      if (answer.code !== 211) throw refusal(server, `GROUP ${name}`, answer);
      const [, lowest, highest] = /^\d+ (\d+) (\d+)/.exec(answer.text) ?? [];
      const [low, high] = [articleNumber(lowest), articleNumber(highest)];
      if (low === null || high === null) throw nonsense(server, `GROUP ${name}`, answer.text);
      return { low, high };
    },
    async groupsLike(pattern) {
      const lines = await listing(`LIST ACTIVE ${pattern}`, 215);
      return lines.flatMap((line) => line.split(' ')[0] || []);
    },
    async listed(from, to) {
      const request = `HDR Message-ID ${from}-${to}`;
      const lines = await listing(request, 225);
      return lines.map((line) => {
        const [, digits, messageId] = /^(\d+) <([^>]*)>/.exec(line) ?? [];
        const number = articleNumber(digits);
        // An article that was not requested would move the cursor past mails that were not read.
        const isWithin = number !== null && number >= from && number <= to;
        if (!isWithin || messageId === undefined) throw nonsense(server, request, line);
        return { number, messageId };
      });
    },
    async dates(from, to) {
      const lines = await listing(`OVER ${from}-${to}`, 224);
      return lines.flatMap((line) => instantMs(line.split('\t')[3] ?? '') ?? []);
    },
    async numberOf(messageId) {
      if (!isRequestable(messageId)) return null;
      const request = `STAT <${messageId}>`;
      const answer = await ask(request);
      if (answer.code === 430 || answer.code === 423) return null;
      if (answer.code !== 223) throw refusal(server, request, answer);
      // 0: it is there, in another group.
      return articleNumber(/^\d+/.exec(answer.text)?.[0]) || null;
    },
    async clock() {
      const answer = await ask('DATE');
      const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(answer.text.trim()) ?? [];
      if (answer.code !== 111 || parts.length !== 6) throw refusal(server, 'DATE', answer);
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
      return Date.UTC(year, month - 1, day, hour, minute, second);
    },
    async *articles(requested, nameOf) {
      let sent = 0;
      for (const [at, each] of requested.entries()) {
        for (; sent < requested.length && sent < at + PIPELINED; sent++)
          connection.send(`ARTICLE ${nameOf(requested[sent] as typeof each)}`);
        yield { requested: each, article: await readArticle(connection, `ARTICLE ${nameOf(each)}`) };
      }
    },
  };
}

function articleNumber(digits: string | undefined): number | null {
  return wholeNumber(digits, MAX_ARTICLE_NUMBER);
}

async function readArticle({ answer, reader, server }: Connection, request: string): Promise<FetchedArticle> {
  const status = await answer(request);
  switch (status.code) {
    case 220: {
      const { bytes, size, isCut } = await reader.block(request, MAX_MAIL_BYTES);
      if (bytes.length === 0) throw brokeOff(server, request);
      const problems: Problem[] = isCut
        ? [{ code: 'too-large', detail: `${size} bytes; the first ${MAX_MAIL_BYTES} were kept` }]
        : [];
      if (bytes.includes(0)) problems.push({ code: 'nul-bytes', detail: 'holds NUL bytes' });
      return { kind: 'mail', raw: withoutTransport(bytes), problems };
    }
    case 423:
    case 430:
      return { kind: 'gone' };
    case 403:
    case 451:
    case 503:
      return { kind: 'failed', words: answerText(status) };
    default:
      throw refusal(server, request, status);
  }
}

const TRANSPORT = ['Xref: ', 'Newsgroups: ', 'Path: '];

/**
 * The mail without the three headers that public-inbox's nntpd puts last: so that it is the same copy from any server and any kind of source.
 */
function withoutTransport(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\n\n');
  if (end < 0) return bytes;
  let start = end;
  for (const name of TRANSPORT.toReversed()) {
    const line = bytes.lastIndexOf(0x0a, start - 1) + 1;
    if (line === 0 || bytes.toString('latin1', line, line + name.length) !== name) return bytes;
    start = line - 1;
  }
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}
