import {
  type ConfigProblem,
  checkEach,
  checkTogether,
  DEFAULT_ARCHIVE_URL,
  IMAGE_DEFAULTS,
  isOn,
  type LogLevel,
  logLevels,
  type Said,
  VARIABLES,
} from './config-variables.js';
import { readEnvValue } from './env-value.js';

type SlackConfig =
  | { readonly mode: 'socket'; readonly appToken: string; readonly botToken: string }
  | {
      readonly mode: 'http';
      readonly signingSecret: string;
      readonly botToken: string | null;
      readonly oauth: { readonly clientId: string; readonly clientSecret: string } | null;
    };

interface DiscordConfig {
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

/** The environment as typed settings, or everything that is wrong with it at once. An empty variable is an absent one. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; problems: readonly ConfigProblem[] } {
  const { said, problems: unreadable } = readVariables(env);
  const problems = [...unreadable, ...checkEach(said), ...checkTogether(said)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config: toConfig(said) };
}

/** The variables without quotes and comments, and those that cannot be read. */
function readVariables(env: Readonly<Record<string, string | undefined>>): {
  said: Said;
  problems: ConfigProblem[];
} {
  const problems: ConfigProblem[] = [];
  const said = VARIABLES.flatMap((name): [string, string][] => {
    if (env[`export ${name}`] !== undefined)
      problems.push({ name, message: 'is set as “export …”', remedy: 'leave out the word “export”' });
    const read = readEnvValue(env[name] ?? '');
    if ('value' in read) {
      const value = read.value || (env[IMAGE_DEFAULTS[name] ?? ''] ?? '');
      return value === '' ? [] : [[name, value]];
    }
    problems.push({
      name,
      message: 'begins with a quote that is not closed',
      remedy: 'close it, or leave it out',
    });
    return [];
  });
  return { said: Object.fromEntries(said), problems };
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
