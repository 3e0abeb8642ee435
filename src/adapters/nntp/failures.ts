import { TransientFailure, UserError } from '../../digest/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';

/** A server's answer: its code, and its words for people. */
export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** A server's words, safe to show. */
export function said({ code, text }: Answer): string {
  return shorten(oneLine(`${code} ${text}`.trim()), 120);
}

/** What an answer means that was not the one asked for: most pass with time, a few need a person. */
export function refusal(server: string, asked: string, answer: Answer): TransientFailure | UserError {
  const words = `${server} answered ${asked} with “${said(answer)}”.`;
  switch (answer.code) {
    case 400:
      return new TransientFailure('busy', `${server} ends the service for now (“${said(answer)}”).`);
    case 502:
      return new TransientFailure('refused', `${server} lets nobody in for now (“${said(answer)}”).`);
    case 480:
    case 481:
      return new UserError(
        'login-required',
        `${server} wants a login (“${said(answer)}”), which covernote has none for.`,
        'Name a server that is open to all, such as nntp://nntp.lore.kernel.org/GROUP.',
      );
    case 483:
      return new UserError(
        'tls-required',
        `${server} wants an encrypted connection (“${said(answer)}”).`,
        'Write nntps:// in place of nntp://.',
      );
    default:
      return new TransientFailure(answer.code >= 400 ? 'server-error' : 'nonsense', words);
  }
}

/** An answer that is no NNTP at all: a web page, a mail server, half a line. */
export function nonsense(server: string, asked: string, line: string): TransientFailure {
  return new TransientFailure(
    'nonsense',
    `${server} answered ${asked} with “${shorten(oneLine(line), 80)}”, which is no NNTP.`,
  );
}

const CAUSES: Readonly<Record<string, readonly [code: string, words: string]>> = {
  ECONNREFUSED: ['unreachable', 'refuses connections'],
  ECONNRESET: ['truncated', 'broke off the connection'],
  EPIPE: ['truncated', 'broke off the connection'],
  ENOTFOUND: ['unreachable', 'has no address: the name is wrong, or DNS is away'],
  EAI_AGAIN: ['unreachable', 'has no address for now: DNS is away'],
  ETIMEDOUT: ['timeout', 'did not answer in time'],
  EHOSTUNREACH: ['unreachable', 'can’t be reached from here'],
  ENETUNREACH: ['unreachable', 'can’t be reached from here'],
};

/** What is wrong with a certificate, by OpenSSL's and Node's codes. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'that nobody vouches for but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'from an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'from an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'from an authority that is not known here',
  CERT_HAS_EXPIRED: 'that has expired',
  CERT_NOT_YET_VALID: 'that is not valid yet',
  CERT_REVOKED: 'that was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'of another host',
};

function wrongCertificate(server: string, systemCode: string, cause: unknown): UserError {
  const what = CERTIFICATES[systemCode] ?? 'that cannot be trusted';
  const message = `${server} shows a certificate ${what} (${systemCode}), so nobody can tell who answers there.`;
  return new UserError('certificate', message, remedyFor(systemCode), { cause });
}

function remedyFor(systemCode: string): string {
  switch (systemCode) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'Write the host in SOURCES as its certificate names it.';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'Check the clock of this machine; if it is right, ask whoever runs the server for a new certificate.';
    case 'CERT_REVOKED':
      return 'Ask whoever runs the server for a new certificate.';
    default:
      return 'If the server is yours, set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority (PEM) and start covernote again; if not, ask whoever runs it.';
  }
}

/** What a failed socket means, in words. */
export function socketFailure(server: string, cause: unknown): TransientFailure | UserError {
  const systemCode = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = CAUSES[systemCode];
  if (known !== undefined) return new TransientFailure(known[0], `${server} ${known[1]}.`, { cause });
  if (systemCode in CERTIFICATES || /^(?:CERT|UNABLE_TO)_/.test(systemCode))
    return wrongCertificate(server, systemCode, cause);
  if (systemCode === 'ERR_SSL_WRONG_VERSION_NUMBER' || systemCode === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return new UserError(
      'no-tls',
      `${server} answers, but not by TLS (${systemCode}).`,
      'Write the port of its TLS into SOURCES (563 is usual), or nntp:// in place of nntps:// where it has none.',
      { cause },
    );
  const isTls = /^(?:ERR_TLS|ERR_SSL|EPROTO)/.test(systemCode);
  return isTls
    ? new TransientFailure('tls', `No safe connection to ${server} could be made (${systemCode}).`, { cause })
    : new TransientFailure(
        'unreachable',
        `${server} can’t be reached (${systemCode || 'no reason given'}).`,
        {
          cause,
        },
      );
}

export function noAnswer(server: string, asked: string, seconds: number): TransientFailure {
  return new TransientFailure('timeout', `${server} did not answer ${asked} within ${seconds} s.`);
}

export function brokeOff(server: string, asked: string): TransientFailure {
  return new TransientFailure('truncated', `${server} broke off in the middle of its answer to ${asked}.`);
}
