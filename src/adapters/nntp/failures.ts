import { certificateFault } from '../../digest/failure/certificate-fault.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';

/** A server's answer: its code and its text. */
export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** A server's text, safe to show. */
export function answerText({ code, text }: Answer): string {
  return shorten(oneLine(`${code} ${text}`.trim()), 120);
}

/** What an unexpected answer means: most problems are transient, a few need the operator. */
export function refusal(server: string, request: string, answer: Answer): TransientFailure | UserError {
  const words = `${server} answered ${request} with “${answerText(answer)}”.`;
  switch (answer.code) {
    case 400:
      return new TransientFailure('busy', `${server} is unavailable for now (“${answerText(answer)}”).`);
    case 502:
      return new TransientFailure(
        'refused',
        `${server} accepts no connections for now (“${answerText(answer)}”).`,
      );
    case 480:
    case 481:
      return new UserError(
        'login-required',
        `${server} requires a login (“${answerText(answer)}”), and covernote has none for it.`,
        'Name a server that is open to all, such as nntp://nntp.lore.kernel.org/GROUP.',
      );
    case 483:
      return new UserError(
        'tls-required',
        `${server} requires an encrypted connection (“${answerText(answer)}”).`,
        'Write nntps:// instead of nntp://.',
      );
    default:
      return new TransientFailure(answer.code >= 400 ? 'server-error' : 'nonsense', words);
  }
}

/** An answer that is not NNTP at all: a web page, a mail server, half a line. */
export function nonsense(server: string, request: string, line: string): TransientFailure {
  return new TransientFailure(
    'nonsense',
    `${server} answered ${request} with “${shorten(oneLine(line), 80)}”, which is not NNTP.`,
  );
}

const CAUSES: Readonly<Record<string, readonly [code: string, words: string]>> = {
  ECONNREFUSED: ['unreachable', 'refuses connections'],
  ECONNRESET: ['truncated', 'dropped the connection'],
  EPIPE: ['truncated', 'dropped the connection'],
  ENOTFOUND: ['unreachable', 'cannot be resolved: the name is wrong, or DNS is down'],
  EAI_AGAIN: ['unreachable', 'cannot be resolved for now: DNS is down'],
  ETIMEDOUT: ['timeout', 'did not answer in time'],
  EHOSTUNREACH: ['unreachable', 'can’t be reached from here'],
  ENETUNREACH: ['unreachable', 'can’t be reached from here'],
};

/** What a socket error means, as text. */
export function socketFailure(server: string, cause: unknown): TransientFailure | UserError {
  const systemCode = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = CAUSES[systemCode];
  if (known !== undefined) return new TransientFailure(known[0], `${server} ${known[1]}.`, { cause });
  const certificate = certificateFault(server, systemCode, cause);
  if (certificate !== null) return certificate;
  if (systemCode === 'ERR_SSL_WRONG_VERSION_NUMBER' || systemCode === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return new UserError(
      'no-tls',
      `${server} answers, but not by TLS (${systemCode}).`,
      'Add its TLS port in SOURCES (usually 563), or write nntp:// instead of nntps:// if it has none.',
      { cause },
    );
  const isTls = /^(?:ERR_TLS|ERR_SSL|EPROTO)/.test(systemCode);
  return isTls
    ? new TransientFailure('tls', `No secure connection to ${server} could be made (${systemCode}).`, {
        cause,
      })
    : new TransientFailure(
        'unreachable',
        `${server} can’t be reached (${systemCode || 'no reason given'}).`,
        {
          cause,
        },
      );
}

export function noAnswer(server: string, request: string, seconds: number): TransientFailure {
  return new TransientFailure('timeout', `${server} did not answer ${request} within ${seconds} s.`);
}

export function brokeOff(server: string, request: string): TransientFailure {
  return new TransientFailure('truncated', `${server} dropped the connection while answering ${request}.`);
}
