import { type DestinationStream, pino } from 'pino';
import type { Log } from '../../digest/ports/log.js';
import type { LogLevel } from '../config.js';

export interface LogSetting {
  readonly level: LogLevel;
  /** Tokens and the like: anywhere in a line, they are replaced by `[secret]`. */
  readonly secrets: readonly string[];
  /** Standard error if left out. */
  readonly to?: DestinationStream;
}

/** Fields that always hold a secret. */
const SECRET_FIELDS = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'clientSecret',
  'authorization',
  'cookie',
];

/** Shorter ones would be found in innocent words. */
const SHORTEST_SECRET = 8;

/** JSON lines on standard error: level, time (ISO), message, fields; errors with their stack and cause. */
export function createLog({ level, secrets, to }: LogSetting): Log {
  const hidden = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const options = {
    level,
    base: null,
    messageKey: 'message',
    errorKey: 'error',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.errWithCause },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `error.config.${field}`]),
      censor: '[secret]',
    },
    hooks: {
      streamWrite: (line: string) =>
        hidden.reduce((text, secret) => text.replaceAll(jsonText(secret), '[secret]'), line),
    },
  };
  return pino(options, to ?? pino.destination({ fd: 2, sync: true }));
}

/** As it is written inside a JSON string. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
