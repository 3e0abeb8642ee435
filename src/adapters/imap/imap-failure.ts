import { certificateFault } from '../../digest/failure/certificate-fault.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { ImapAddress } from './imap-address.js';

/** What the library says of a failure, as far as it is branched on. */
interface ImapTrouble {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly tlsFailed?: unknown;
  readonly throttleReset?: unknown;
  readonly responseStatus?: unknown;
  readonly mailboxMissing?: unknown;
}

/** Which of the three kinds a failure of the connection is: for a person, for a retry, or a bug. */
export function imapFailure(error: unknown, address: ImapAddress): Error {
  if (error instanceof UserError || error instanceof TransientFailure) return error;
  const trouble: ImapTrouble = typeof error === 'object' && error !== null ? error : {};
  const code = typeof trouble.code === 'string' ? trouble.code : '';
  if (trouble.authenticationFailed === true)
    return new UserError(
      'imap-login',
      `${address.host} does not let “${address.user}” in.`,
      'Check the user and the password in SOURCES; many providers want a password made for one app.',
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

export function noSuchMailbox(address: ImapAddress): UserError {
  return new UserError(
    'no-such-list',
    `${address.host} has no mailbox “${address.mailbox}”.`,
    'Check its name in SOURCES. At lore it is written like org.kernel.vger.kvm, without the number at its end.',
  );
}
