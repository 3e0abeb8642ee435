import { UserError } from '../../digest/failure/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { createClient, isRequestable, type NntpClient } from './client.js';
import { connect, type ServerAddress } from './connect.js';
import { findStart } from './find-start.js';
import { MAX_RANGE_NUMBERS, TIME_LIMITS, type TimeLimits } from './limits.js';
import { type OpenGroup, openGroup } from './open-group.js';
import { readGroup } from './read-group.js';

/** Where lore.kernel.org answers NNTP, as its pages name it. */
export const LORE_NNTP_HOST = 'nntp.lore.kernel.org';

export interface NntpOptions {
  /** For display: `lore:kvm`. */
  readonly name: string;
  readonly host: string;
  /** null: 119, with TLS 563. */
  readonly port: number | null;
  readonly tls: boolean;
  /** `org.kernel.vger.kvm`, or its last part: `kvm`. */
  readonly group: string;
  readonly limits?: TimeLimits;
}

const NOTHING: ReadRequest = { cursor: null, since: null, signal: new AbortController().signal };

/**
 * A list read by NNTP, as public-inbox (lore.kernel.org) offers it: complete, without disk space; a check without news is a connection and
 * one request. It does not report removed mail. Throws UserError if the address is wrong.
 */
export function openNntp(options: NntpOptions): MailSource {
  const { name, group } = options;
  if (!/^[A-Za-z0-9][\w.+-]*$/.test(group) || options.host === '')
    throw new UserError(
      'bad-source',
      `The source “${name}” names no newsgroup.`,
      'Write lore:LIST or nntp://HOST/GROUP, for example lore:kvm or nntp://nntp.lore.kernel.org/org.kernel.vger.kvm.',
    );
  const address: ServerAddress = {
    host: options.host.replace(/^\[|\]$/g, ''),
    port: options.port ?? (options.tls ? 563 : 119),
    tls: options.tls,
  };
  const limits = options.limits ?? TIME_LIMITS;
  /** Runs a task over one connection, which is always closed; a signal ends it silently. */
  async function* over<T>(
    signal: AbortSignal,
    act: (client: NntpClient, server: string) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    if (signal.aborted) return;
    try {
      const connection = await connect(address, limits, signal);
      try {
        for await (const event of act(createClient(connection), connection.server)) {
          if (signal.aborted) return;
          yield event;
        }
      } finally {
        connection.close();
      }
    } catch (error) {
      // An error of a closed socket is not a failure if we closed it.
      if (!signal.aborted) throw error;
    }
  }
  const opening = (client: NntpClient, server: string, known: string | null): Promise<OpenGroup> =>
    openGroup(client, { server, key: `${address.host}:${address.port}`, source: name, group, known });
  return {
    name,
    read: (request: ReadRequest = NOTHING): AsyncIterable<SourceEvent> =>
      over(request.signal, (client, server) =>
        readGroup(client, request, (known) => opening(client, server, known)),
      ),
    audit: {
      ids: (request) =>
        over(request.signal, (client, server) =>
          auditGroup(client, request, () => opening(client, server, null)),
        ),
      fetch: (at, signal) =>
        over(signal, (client, server) => fetchArticles(client, at, () => opening(client, server, null))),
    },
  };
}

/** Every Message-ID that a group lists, optionally since a moment. */
async function* auditGroup(
  client: NntpClient,
  { since }: ReadRequest,
  open: () => Promise<OpenGroup>,
): AsyncGenerator<{ messageId: string; at: string }> {
  const group = await open();
  const start = since === null ? group.low : await findStart(client, group, Date.parse(since));
  for (let from = start; from <= group.high; from += MAX_RANGE_NUMBERS) {
    const to = Math.min(from + MAX_RANGE_NUMBERS - 1, group.high);
    for (const { messageId, number } of await client.listed(from, to))
      yield { messageId, at: isRequestable(messageId) ? `<${messageId}>` : String(number) };
  }
}

/** Single mails, by what the audit named: a Message-ID, so that a server that was set up again gives the right one. */
async function* fetchArticles(
  client: NntpClient,
  at: readonly string[],
  open: () => Promise<OpenGroup>,
): AsyncGenerator<SourceEvent> {
  const group = await open();
  const requestable = at.filter((each) => /^\d+$/.test(each) || isRequestable(each.replace(/^<|>$/g, '')));
  for await (const { requested: name, article } of client.articles(requestable, (each) => each)) {
    const where = `${group.name} ${name}`;
    if (article.kind === 'mail') {
      const { raw, problems } = article;
      yield { kind: 'mail', raw, receivedAt: null, list: group.list, where, problems };
    } else {
      const detail = article.kind === 'gone' ? 'the server no longer has it' : article.words;
      yield { kind: 'skipped', where, problem: { code: 'not-given', detail } };
    }
  }
}
