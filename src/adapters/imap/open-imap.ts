import type { ImapFlow } from 'imapflow';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { type ImapAddress, readImapAddress } from './imap-address.js';
import { readImapCursor, writeImapCursor } from './imap-cursor.js';
import { imapFailure, noSuchMailbox } from './imap-failure.js';
import { readMailbox } from './read-mailbox.js';

const CONNECT_MS = 30_000;
const SILENT_MS = 60_000;
/** A response that holds a mail: the largest that is asked for, and its frame. */
const MAX_RESPONSE_BYTES = 40 * 1024 * 1024;

/**
 * A mailbox as a source: a list of a public archive (`imaps://HOST/org.kernel.vger.kvm`, whose mails lie in `….0`, `….1`), or a private one that
 * receives lists. Mails are read and left unread. Resumes by UIDVALIDITY and UID.
 */
export function openImap(text: string): MailSource {
  const address = readImapAddress(text);
  return {
    name: address.name,
    async *read(request = { cursor: null, since: null, signal: new AbortController().signal }) {
      if (request.signal.aborted) return;
      const client = await createClient(address);
      const end = () => client.close();
      request.signal.addEventListener('abort', end);
      try {
        yield* readAll(client, address, request);
      } catch (error) {
        if (!request.signal.aborted) throw imapFailure(error, address);
      } finally {
        request.signal.removeEventListener('abort', end);
        client.close();
      }
    },
  };
}

async function createClient(address: ImapAddress): Promise<ImapFlow> {
  // 25 MB, for those alone who read mailboxes.
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: address.host,
    port: address.port,
    secure: address.tls,
    auth: { user: address.user, pass: address.password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    maxLiteralSize: MAX_RESPONSE_BYTES,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });
  // The call that is under way rejects as well; without a listener the process would end.
  client.on('error', () => undefined);
  return client;
}

async function* readAll(
  client: ImapFlow,
  address: ImapAddress,
  request: ReadRequest,
): AsyncGenerator<SourceEvent> {
  await client.connect();
  const mailboxes = await mailboxesOf(client, address);
  const places = readImapCursor(request.cursor);
  for (const mailbox of mailboxes) {
    const place = places[mailbox] ?? null;
    // `since` is for the first reading; a slice that appeared later is read from its beginning.
    const since = request.cursor === null ? request.since : null;
    for await (const step of readMailbox(client, {
      mailbox,
      name: address.name,
      place,
      since,
      signal: request.signal,
    })) {
      if (step.kind !== 'place') yield step;
      else {
        places[mailbox] = step.place;
        yield { kind: 'cursor', cursor: writeImapCursor(places) };
      }
    }
    if (request.signal.aborted) return;
  }
}

/** The mailbox itself, or the slices of an archive's list in their order. */
async function mailboxesOf(client: ImapFlow, address: ImapAddress): Promise<string[]> {
  const all = await client.list();
  const delimiter = all[0]?.delimiter ?? '.';
  const slice = (path: string): number | null => {
    const prefix = `${address.mailbox}${delimiter}`;
    const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    return /^\d{1,6}$/.test(rest) ? Number(rest) : null;
  };
  const slices = all
    .flatMap(({ path }) => {
      const number = slice(path);
      return number === null ? [] : [{ path, number }];
    })
    .sort((a, b) => a.number - b.number);
  if (slices.length > 0) return slices.map(({ path }) => path);
  const own = all.find(({ path }) => path === address.mailbox || isInbox(path, address.mailbox));
  if (own === undefined) throw noSuchMailbox(address);
  return [own.path];
}

/** INBOX is the one name whose case does not matter (RFC 3501, 5.1). */
function isInbox(path: string, wanted: string): boolean {
  return path.toUpperCase() === 'INBOX' && wanted.toUpperCase() === 'INBOX';
}
