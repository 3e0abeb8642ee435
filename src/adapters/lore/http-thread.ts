import { UserError } from '../../digest/failure/failure.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { judge, junkFailure } from './http-answer.js';
import { createHttpClient, type HttpClient, type HttpTimeouts } from './http-client.js';
import { gunzip } from './http-gunzip.js';
import { type MailBytes, mailEvent } from './mail-event.js';
import { splitMboxrd } from './mboxrd.js';

export interface ThreadFetcherOptions {
  /** `https://lore.kernel.org`. */
  readonly baseUrl: string;
  /** `covernote/VERSION (+CONTACT)`. */
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeouts?: HttpTimeouts;
}

interface ThreadRequest {
  /** The list that the link named, as the archive calls it: `kvm`; null if none was named. */
  readonly list: string | null;
  readonly signal: AbortSignal;
}

/**
 * Fetches the thread that a mail is in, all its mails, from the list that was named or else from all lists (`/all/`). A thread
 * that breaks off gives the mails that came whole, then throws TransientFailure. UserError `no-such-mail`: no list there has it.
 */
export type FetchThread = (messageId: string, request: ThreadRequest) => AsyncIterable<SourceEvent>;

/** Every list of the archive together, if it has such an index. */
const ALL_LISTS = 'all';

/** Threads by Message-ID from an archive that runs public-inbox. */
export function createThreadFetcher(options: ThreadFetcherOptions): FetchThread {
  const client = createHttpClient(options);
  const baseUrl = options.baseUrl.replace(/\/$/, '');
  return async function* fetchThread(messageId, { list, signal }) {
    const named = list !== null && /^[A-Za-z0-9_][\w.-]{0,99}$/.test(list) ? [list] : [];
    const isId = messageId.length <= 998 && messageId !== '.' && messageId !== '..' && messageId !== '';
    for (const name of isId ? new Set([...named, ALL_LISTS]) : []) {
      const url = `${baseUrl}/${name}/${idInPath(messageId)}/t.mbox.gz`;
      const mails = await fetchMbox(client, url, signal);
      if (mails === null) continue;
      let count = 0;
      for await (const mail of mails) {
        count++;
        yield mailEvent(mail, { where: `${url}, message ${count}`, receivedAt: null, list: null });
      }
      return;
    }
    throw new UserError(
      'no-such-mail',
      `${new URL(baseUrl).host} has no mail <${messageId.slice(0, 200)}>.`,
      'Check the link: it must be of a mail, and whole. A mail of the last minutes may not be there yet.',
    );
  };
}

/** A Message-ID as a part of a path: a `/` in it would be taken for a part's end. */
function idInPath(messageId: string): string {
  return encodeURIComponent(messageId.toWellFormed()).replaceAll('%40', '@');
}

/** The mails of a gzipped mbox; null if there is none. Throws TransientFailure, after the mails that came whole. */
async function fetchMbox(
  client: HttpClient,
  url: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<MailBytes> | null> {
  const judged = await judge(await client({ url, signal }), 'gzip');
  if (judged.kind === 'expected') return splitMboxrd(gunzip(judged.body, new URL(url).host));
  if (judged.code === 'not-found' || judged.code === 'other-list') return null;
  throw junkFailure(judged);
}
