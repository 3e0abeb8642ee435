import { UserError } from '../../digest/failure/failure.js';

/** The address of a mailbox, and the login. */
export interface ImapAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  readonly tls: boolean;
  readonly user: string;
  readonly password: string;
  readonly mailbox: string;
  /** As configured, without the password. */
  readonly name: string;
}

const EXAMPLE =
  'Write imaps://USER:PASSWORD@HOST/MAILBOX, for example imaps://me%40example.org:secret@mail.example.org/lists';

/**
 * Parses `imaps://USER:PASSWORD@HOST[:PORT]/MAILBOX`. Without a user it is read as a guest, which public archives allow. Percent
 * signs and `@` in user or password are written as `%25`, `%40`. Throws UserError; the password is in no message.
 */
export function readImapAddress(text: string): ImapAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'imap:' && url.protocol !== 'imaps:') || url.hostname === '')
    throw new UserError('bad-source', 'That is not the address of an IMAP mailbox.', EXAMPLE);
  const tls = url.protocol === 'imaps:';
  const mailbox = unescaped(url.pathname.replace(/^\//, ''));
  const port = url.port === '' ? (tls ? 993 : 143) : Number(url.port);
  if (mailbox === '')
    throw new UserError('bad-source', `${url.protocol}//${url.host} names no mailbox.`, EXAMPLE);
  return {
    host: url.hostname,
    port,
    tls,
    user: url.username === '' ? 'anonymous' : unescaped(url.username),
    password: url.username === '' ? 'anonymous' : unescaped(url.password),
    mailbox,
    name: `${url.protocol}//${url.host}/${mailbox}`,
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
