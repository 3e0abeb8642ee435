import { format } from 'node:util';
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../digest/ports/log.js';

/** Tokens, addresses that let anyone answer in a person's name, and codes of OAuth. */
const SECRETS = /\bx(?:ox[a-z]|app|oxe\.xox[bp])-[\w-]+|\/(?:commands|actions|app|response)\/T[\w/]+/g;

/** Text with every secret taken out that a library may have put in. */
function withoutSecrets(text: string): string {
  return text.replace(SECRETS, '[secret]');
}

/** An error in one line, for a log. */
export function describeError(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return withoutSecrets(error instanceof Error ? `${error.name}: ${error.message}${cause}` : String(error));
}

/** The log as Bolt and its clients want one. Their `info` is chatter: it goes to our `debug`. */
export function boltLogger(log: Log): Logger {
  const tell =
    (level: keyof Log) =>
    (...args: unknown[]): void =>
      log[level]({ text: withoutSecrets(format(...args)) }, 'slack.library');
  return {
    debug: () => undefined,
    info: tell('debug'),
    warn: tell('warn'),
    error: tell('error'),
    setLevel: () => undefined,
    // Called before a debug line is built, which would contain whole messages.
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
