import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import { certificateFault } from '../../digest/failure/certificate-fault.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { type ImapAddress, readImapAddress } from './imap-address.js';
import { readMailbox } from './read-mailbox.js';

const CONNECT_MS = 30_000;
const SILENT_MS = 60_000;
/** The largest response with a mail: the largest part that is requested, and its framing. */
const MAX_RESPONSE_BYTES = 40 * 1024 * 1024;

/**
 * A mailbox as a source: a list of a public archive (`imaps://HOST/org.kernel.vger.kvm`, which has its mails in `….0`, `….1`), or a private
 * one that receives lists. Mails are read without being marked as read. Resumes by UIDVALIDITY and UID.
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
  // It takes 25 MB, so it is loaded only if mailboxes are read.
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
  // The pending call rejects as well; without a listener the process would end.
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
    // `since` applies to the first reading; a slice that appeared later is read from its beginning.
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
function isInbox(path: string, mailbox: string): boolean {
  return path.toUpperCase() === 'INBOX' && mailbox.toUpperCase() === 'INBOX';
}

/**
 * How far each mailbox was read: UIDs rise and are never given twice as long as UIDVALIDITY stays (RFC 3501, 2.3.1.1). An archive
 * spreads a list over slices (`….kvm.0`, `….kvm.1`), so there may be several.
 */
const cursorSchema = z.object({
  v: z.literal(1),
  mailboxes: z.record(z.string(), z.object({ validity: z.string(), uid: z.number().int().min(0) })),
});

type ImapCursor = z.infer<typeof cursorSchema>['mailboxes'];

/** The places in a cursor; none if it is null or of another kind. */
export function readImapCursor(cursor: string | null): ImapCursor {
  if (cursor === null) return {};
  try {
    return cursorSchema.parse(JSON.parse(cursor)).mailboxes;
  } catch {
    // The cursor of another source, or damaged: reading everything again loses nothing.
    return {};
  }
}

export function writeImapCursor(mailboxes: ImapCursor): string {
  return JSON.stringify({ v: 1, mailboxes });
}

/** The fields of the library's errors that decide what happens. */
interface ImapTrouble {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly tlsFailed?: unknown;
  readonly throttleReset?: unknown;
  readonly responseStatus?: unknown;
  readonly mailboxMissing?: unknown;
}

/** The kind of a connection's failure: one for the user, one for a retry, or a bug. */
export function imapFailure(error: unknown, address: ImapAddress): Error {
  if (error instanceof UserError || error instanceof TransientFailure) return error;
  const trouble: ImapTrouble = typeof error === 'object' && error !== null ? error : {};
  const code = typeof trouble.code === 'string' ? trouble.code : '';
  if (trouble.authenticationFailed === true)
    return new UserError(
      'imap-login',
      `${address.host} rejected the login of “${address.user}”.`,
      'Check the user and the password in SOURCES; many providers require an app password.',
      { cause: error },
    );
  const certificate = certificateFault(address.host, code, error);
  if (certificate !== null) return certificate;
  if (trouble.mailboxMissing === true) return noSuchMailbox(address);
  const wait = typeof trouble.throttleReset === 'number' ? trouble.throttleReset : null;
  const why = code === '' ? 'the connection ended' : code;
  return new TransientFailure(
    wait === null ? 'imap-away' : 'rate-limited',
    `${address.name} can't be read now: ${why}.`,
    {
      cause: error,
      retryAfterMs: wait,
    },
  );
}

function noSuchMailbox(address: ImapAddress): UserError {
  return new UserError(
    'no-such-list',
    `${address.host} has no mailbox “${address.mailbox}”.`,
    'Check its name in SOURCES. At lore it is written like org.kernel.vger.kvm, without the number at its end.',
  );
}
