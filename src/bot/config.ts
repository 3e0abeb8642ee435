import { z } from 'zod';
import { oneLine, shorten } from '../digest/text/inert.js';
import { isZone } from '../digest/time/zone.js';

/** One thing in the environment that is wrong: its name, what is wrong, what to write instead. Never the value of a secret. */
export interface ConfigProblem {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
}

export type SlackConfig =
  | { readonly mode: 'socket'; readonly appToken: string; readonly botToken: string }
  | {
      readonly mode: 'http';
      readonly signingSecret: string;
      readonly botToken: string | null;
      readonly oauth: { readonly clientId: string; readonly clientSecret: string } | null;
    };

export interface DiscordConfig {
  readonly token: string;
  readonly apiUrl: string | null;
  /** The one server in which commands are registered; null: everywhere. */
  readonly guildId: string | null;
  /** Links to mails get a card as a reply; takes the Message Content intent. */
  readonly linkCards: boolean;
  /** What stands in announcement channels is published to their followers. */
  readonly crosspost: boolean;
}

export interface Config {
  /** `sqlite:PATH`. */
  readonly databaseUrl: string;
  /** False where nobody said so and the default stands. */
  readonly databaseSaid: boolean;
  readonly sources: readonly string[];
  readonly maintainers: string | null;
  /** How the operator is reached, for the archives that are asked: a mail address or a URL. */
  readonly contact: string | null;
  readonly archiveUrl: string;
  readonly discord: DiscordConfig | null;
  readonly slack: SlackConfig | null;
  readonly slackApiUrl: string | null;
  readonly http: { readonly host: string; readonly port: number | null };
  readonly logLevel: LogLevel;
  readonly timeZone: string;
  /** Bodies of older mail are dropped; null: all are kept. */
  readonly retentionDays: number | null;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const DEFAULT_ARCHIVE_URL = 'https://lore.kernel.org/{list}/{id}/';

/** Every variable that is read, in the order of .env.example. */
export const VARIABLES = [
  'DATABASE_URL',
  'SOURCES',
  'MAINTAINERS',
  'CONTACT',
  'ARCHIVE_URL',
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'DISCORD_GUILD',
  'DISCORD_LINK_CARDS',
  'DISCORD_CROSSPOST',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_API_URL',
  'HTTP_HOST',
  'HTTP_PORT',
  'LOG_LEVEL',
  'TZ_DEFAULT',
  'RETENTION_DAYS',
] as const;
type Variable = (typeof VARIABLES)[number];
type Said = Readonly<Partial<Record<Variable, string>>>;

const webUrl = z.url({ protocol: /^https?$/ });
/** News may be a week old: a shorter time would take what is still to be told. */
const retentionDays = z.coerce.number().int().min(8).max(100_000);
const port = z.coerce.number().int().min(0).max(65_535);

/** What a variable must be, and the words for one that is not. */
const CHECKS: readonly (readonly [Variable, (value: string) => boolean, string, string])[] = [
  [
    'DATABASE_URL',
    isSqlite,
    'is no database that covernote can open',
    'write sqlite:./covernote.db (PostgreSQL is not supported yet)',
  ],
  [
    'CONTACT',
    isContact,
    'is no mail address and no URL',
    'write something like admin@example.org or https://example.org/covernote',
  ],
  [
    'ARCHIVE_URL',
    isTemplate,
    'is no link template',
    `write something like ${DEFAULT_ARCHIVE_URL}; {id} must be in it`,
  ],
  [
    'DISCORD_API_URL',
    isWebUrl,
    'is no http(s) URL',
    'write http://127.0.0.1:8080/api, or leave it empty for Discord itself',
  ],
  [
    'DISCORD_GUILD',
    (v) => /^\d{15,22}$/.test(v),
    'is no id of a server',
    'switch on Developer Mode in Discord, then right-click the server and copy its id',
  ],
  ['DISCORD_LINK_CARDS', isSwitch, 'is neither on nor off', 'write 1 or leave it empty'],
  ['DISCORD_CROSSPOST', isSwitch, 'is neither on nor off', 'write 1 or leave it empty'],
  [
    'SLACK_API_URL',
    isWebUrl,
    'is no http(s) URL',
    'write http://127.0.0.1:8080/api/, or leave it empty for Slack itself',
  ],
  [
    'SLACK_BOT_TOKEN',
    (v) => v.startsWith('xoxb-'),
    'is no bot token',
    'copy the one that begins with xoxb- from OAuth & Permissions',
  ],
  [
    'SLACK_APP_TOKEN',
    (v) => v.startsWith('xapp-'),
    'is no app-level token',
    'copy the one that begins with xapp- from Basic Information',
  ],
  ['HTTP_PORT', (v) => port.safeParse(v).success, 'is no port', 'write a number from 0 to 65535'],
  [
    'LOG_LEVEL',
    (v) => logLevels.some((level) => level === v),
    'is no log level',
    `write one of ${logLevels.join(', ')}`,
  ],
  ['TZ_DEFAULT', isZone, 'is no time zone', 'write an IANA name such as Europe/Berlin or UTC'],
  [
    'RETENTION_DAYS',
    (v) => retentionDays.safeParse(v).success,
    'is no number of days',
    'write a whole number from 8 on, or leave it empty to keep every mail',
  ],
];

/** Never shown, not even where they are wrong. DATABASE_URL may hold a password. */
const SECRETS: ReadonlySet<Variable> = new Set([
  'DATABASE_URL',
  'DISCORD_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_SECRET',
]);

const ON = new Set(['1', 'true', 'on', 'yes']);
const OFF = new Set(['0', 'false', 'off', 'no']);

function isSwitch(value: string): boolean {
  return ON.has(value.toLowerCase()) || OFF.has(value.toLowerCase());
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && ON.has(value.toLowerCase());
}

function isSqlite(value: string): boolean {
  return value.startsWith('sqlite:') && value.length > 'sqlite:'.length;
}

function isTemplate(value: string): boolean {
  return value.includes('{id}') && webUrl.safeParse(value.replace(/\{(?:id|list)\}/g, 'x')).success;
}

/** It goes into a header of requests: nothing may stand in it that ends one. */
function isContact(value: string): boolean {
  return /^[\x21-\x27\x2a-\x7e]{3,200}$/.test(value) && (value.includes('@') || isWebUrl(value));
}

function isWebUrl(value: string): boolean {
  return webUrl.safeParse(value).success;
}

/** The environment as typed settings, or everything that is wrong with it at once. An empty variable is an absent one. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; problems: readonly ConfigProblem[] } {
  const said: Said = Object.fromEntries(
    VARIABLES.map((name) => [name, env[name]?.trim()]).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
  const problems = [...checkEach(said), ...checkTogether(said)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config: toConfig(said) };
}

function checkEach(said: Said): ConfigProblem[] {
  return CHECKS.flatMap(([name, fine, message, remedy]) => {
    const value = said[name];
    if (value === undefined || fine(value)) return [];
    const shown = SECRETS.has(name) ? '' : ` (“${shorten(oneLine(value), 60)}”)`;
    return [{ name, message: `${message}${shown}`, remedy }];
  });
}

/** Slack's settings come in sets: half a set starts nothing, so it is named here and not when Slack refuses it. */
function checkTogether(said: Said): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const needs = (name: Variable, other: Variable, remedy: string) => {
    if (said[name] !== undefined && said[other] === undefined)
      problems.push({ name: other, message: `is missing though ${name} is set`, remedy });
  };
  needs('SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', 'add the xoxb- token of the same app');
  needs('SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'copy it from Basic Information');
  needs('SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID', 'copy it from Basic Information');
  needs(
    'SLACK_CLIENT_ID',
    'SLACK_SIGNING_SECRET',
    'copy it from Basic Information: installing by OAuth needs HTTP mode',
  );
  if (
    said.SLACK_BOT_TOKEN !== undefined &&
    said.SLACK_APP_TOKEN === undefined &&
    said.SLACK_SIGNING_SECRET === undefined
  )
    problems.push({
      name: 'SLACK_APP_TOKEN',
      message: 'is missing though SLACK_BOT_TOKEN is set',
      remedy: 'add the xapp- token (Socket Mode), or SLACK_SIGNING_SECRET (HTTP mode)',
    });
  return problems;
}

function toConfig(said: Said): Config {
  return {
    databaseUrl: said.DATABASE_URL ?? 'sqlite:./covernote.db',
    databaseSaid: said.DATABASE_URL !== undefined,
    sources: (said.SOURCES ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    maintainers: said.MAINTAINERS ?? null,
    contact: said.CONTACT ?? null,
    archiveUrl: said.ARCHIVE_URL ?? DEFAULT_ARCHIVE_URL,
    discord: toDiscord(said),
    slack: toSlack(said),
    slackApiUrl: said.SLACK_API_URL ?? null,
    http: {
      host: said.HTTP_HOST ?? '127.0.0.1',
      port: said.HTTP_PORT === undefined ? null : Number(said.HTTP_PORT),
    },
    logLevel: logLevels.find((level) => level === said.LOG_LEVEL) ?? 'info',
    timeZone: said.TZ_DEFAULT ?? 'UTC',
    retentionDays: said.RETENTION_DAYS === undefined ? null : Number(said.RETENTION_DAYS),
  };
}

function toDiscord(said: Said): DiscordConfig | null {
  if (said.DISCORD_TOKEN === undefined) return null;
  return {
    token: said.DISCORD_TOKEN,
    apiUrl: said.DISCORD_API_URL ?? null,
    guildId: said.DISCORD_GUILD ?? null,
    linkCards: isOn(said.DISCORD_LINK_CARDS),
    crosspost: isOn(said.DISCORD_CROSSPOST),
  };
}

function toSlack(said: Said): SlackConfig | null {
  const botToken = said.SLACK_BOT_TOKEN ?? null;
  if (said.SLACK_APP_TOKEN !== undefined && botToken !== null)
    return { mode: 'socket', appToken: said.SLACK_APP_TOKEN, botToken };
  if (said.SLACK_SIGNING_SECRET === undefined) return null;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = said;
  const oauth = clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
  return { mode: 'http', signingSecret: said.SLACK_SIGNING_SECRET, botToken, oauth };
}
