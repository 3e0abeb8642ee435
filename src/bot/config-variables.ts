import { z } from 'zod';
import { oneLine, shorten } from '../digest/text/inert.js';
import { isZone } from '../digest/time/zone.js';

/** One thing in the environment that is wrong: its name, what is wrong, what to write instead. Never the value of a secret. */
export interface ConfigProblem {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
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

/**
 * Variables with a default of the container image's own. An `.env` that leaves one empty, as .env.example does, would replace a value that
 * the image gives to the variable itself; these two the image alone sets.
 */
export const IMAGE_DEFAULTS: Readonly<Partial<Record<Variable, string>>> = {
  HTTP_HOST: 'HTTP_DEFAULT_HOST',
  HTTP_PORT: 'HTTP_DEFAULT_PORT',
};
/** The variables that were said, blanks and empty ones left out. */
export type Said = Readonly<Partial<Record<Variable, string>>>;

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

/** True for a switch that is on. */
export function isOn(value: string | undefined): boolean {
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

/** What is wrong with each variable by itself. */
export function checkEach(said: Said): ConfigProblem[] {
  return CHECKS.flatMap(([name, fine, message, remedy]) => {
    const value = said[name];
    if (value === undefined || fine(value)) return [];
    const shown = SECRETS.has(name) ? '' : ` (“${shorten(oneLine(value), 60)}”)`;
    return [{ name, message: `${message}${shown}`, remedy }];
  });
}

/** Slack's settings come in sets: half a set starts nothing, so it is named here and not when Slack refuses it. */
export function checkTogether(said: Said): ConfigProblem[] {
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
