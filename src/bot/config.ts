import { z } from 'zod';
import { botSubjects } from '../digest/mail/bots.js';
import { isZone } from '../digest/time/zone.js';
import {
  anything,
  botSetting,
  commaList,
  contact,
  discordToken,
  hostName,
  isDatabaseUrl,
  linkTemplate,
  network,
  onOff,
  pathOrWebUrl,
  problem,
  publicUrl,
  setting,
  sourceList,
  webUrl,
  wholeNumber,
} from './config-values.js';
import { type WebhookConfig, webhookList, webhookSecrets } from './config-webhooks.js';
import { type ConfigProblem, type Environment, readEnv } from './env.js';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const DEFAULT_ARCHIVE_URL = 'https://lore.kernel.org/{list}/{id}/';

/** Read where the variable is empty; only the container image sets them. */
const IMAGE_DEFAULTS = { HTTP_HOST: 'HTTP_DEFAULT_HOST', HTTP_PORT: 'HTTP_DEFAULT_PORT' };

const secret = { secret: true };
const WHOLE_NUMBER = [
  'is not a whole number',
  'write digits only, or leave it empty for the default',
] as const;
const SWITCH = ['is neither on nor off', 'write 1 or leave it empty'] as const;

/** Every variable that is read, in the order of .env.example. DATABASE_URL and MAINTAINERS may hold a password. */
const variables = z.object({
  DATABASE_URL: setting(
    z.string().refine(isDatabaseUrl),
    'is not a supported database URL',
    'write sqlite:./covernote.db, or postgres://USER:PASSWORD@HOST/DATABASE',
    secret,
  ),
  DATA_DIR: anything.optional(),
  SOURCES: sourceList,
  MAINTAINERS: setting(
    pathOrWebUrl,
    'is neither a path nor an http(s) URL',
    'write the path or the URL of the kernel’s MAINTAINERS, or leave it empty',
    secret,
  ),
  TRUSTED_SENDERS: setting(
    commaList.pipe(z.array(z.string().regex(/^(?:[^\s@,]{1,64})?@[^\s@,]{1,255}$/))),
    'is not a list of addresses and domains',
    'write something like maintainer@example.org,@example.org',
  ),
  BOTS: setting(
    commaList.pipe(z.array(botSetting)),
    'is not a list of programs',
    `write something like ci@example.org=ci,*@bots.example.org=test; after the sign is one of ${botSubjects.join(', ')}`,
  ),
  CONTACT: setting(
    contact,
    'is neither a mail address nor a URL',
    'write something like admin@example.org or https://example.org/covernote',
  ),
  ARCHIVE_URL: setting(
    linkTemplate,
    'is not a link template',
    `write something like ${DEFAULT_ARCHIVE_URL}; {id} must be in it`,
  ),
  DISCORD_TOKEN: setting(
    discordToken,
    'is not a bot token',
    'copy the token from the app’s Bot page, three parts joined by dots, not its public key or client secret',
    secret,
  ),
  DISCORD_API_URL: setting(
    webUrl,
    'is not an http(s) URL',
    'write http://127.0.0.1:8080/api, or leave it empty for Discord itself',
  ),
  DISCORD_GUILD: setting(
    z.string().regex(/^\d{15,22}$/),
    'is not a server ID',
    'turn on Developer Mode in Discord, then right-click the server and copy its ID',
  ),
  DISCORD_LINK_CARDS: setting(onOff, ...SWITCH),
  DISCORD_CROSSPOST: setting(onOff, ...SWITCH),
  SLACK_BOT_TOKEN: setting(
    z.string().startsWith('xoxb-'),
    'is not a bot token',
    'copy the one that begins with xoxb- from OAuth & Permissions',
    secret,
  ),
  SLACK_APP_TOKEN: setting(
    z.string().startsWith('xapp-'),
    'is not an app-level token',
    'copy the one that begins with xapp- from Basic Information',
    secret,
  ),
  SLACK_SIGNING_SECRET: setting(
    // 32 today; any token of Slack's, which people paste here, has a hyphen.
    z.string().regex(/^[a-z0-9]{16,128}$/i),
    'is not a signing secret',
    'copy it from Basic Information, letters and digits only',
    secret,
  ),
  SLACK_CLIENT_ID: anything.optional(),
  SLACK_CLIENT_SECRET: anything.optional(),
  SLACK_API_URL: setting(
    webUrl,
    'is not an http(s) URL',
    'write http://127.0.0.1:8080/api/, or leave it empty for Slack itself',
  ),
  WEBHOOKS: setting(
    webhookList,
    'is not a list of webhooks',
    'write something like https://example.org/hook#kvm, with what it gets behind the sign',
    secret,
  ),
  WEBHOOK_SECRET: setting(
    webhookSecrets,
    'is not a secret of 24 to 64 bytes in base64',
    'make one with `openssl rand -base64 32`',
    secret,
  ),
  SUMMARY_LLM_URL: setting(
    webUrl,
    'is not an http(s) URL',
    'write the base of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1, or leave it empty',
  ),
  SUMMARY_LLM_MODEL: anything.optional(),
  SUMMARY_LLM_KEY: setting(
    // Sent in a request header, so no character may end it.
    z.string().regex(/^[\x21-\x7e]{1,1000}$/),
    'is not a key',
    'copy it from the server’s page of API keys, or leave it empty where it needs none',
    secret,
  ),
  SUMMARY_LLM_DAILY_REQUESTS: setting(wholeNumber, ...WHOLE_NUMBER),
  SUMMARY_LLM_DAILY_TOKENS: setting(wholeNumber, ...WHOLE_NUMBER),
  PUBLIC_URL: setting(
    publicUrl,
    'is not an http(s) URL without a query',
    'write the address under which people reach the pages, such as https://covernote.example.org',
  ),
  TRUSTED_PROXIES: setting(
    commaList.pipe(z.array(network)),
    'is not a list of addresses and networks',
    'write something like 127.0.0.1,10.0.0.0/8',
  ),
  HTTP_HOST: setting(
    hostName,
    'is neither an IP address nor a host name',
    'write 127.0.0.1 for this machine alone or 0.0.0.0 for every network',
  ),
  HTTP_PORT: setting(
    wholeNumber.pipe(z.number().max(65_535)),
    'is not a valid port',
    'write a number from 0 to 65535',
  ),
  LOG_LEVEL: setting(z.enum(logLevels), 'is not a log level', `write one of ${logLevels.join(', ')}`),
  TZ_DEFAULT: setting(
    z.string().refine(isZone),
    'is not a time zone',
    'write an IANA name such as Europe/Berlin or UTC',
  ),
  RETENTION_DAYS: setting(
    // News may be a week old: a shorter time would drop what has not been posted yet.
    wholeNumber.pipe(z.number().min(8).max(100_000)),
    'is not a valid number of days',
    'write a whole number from 8 on, or leave it empty to keep every mail',
  ),
});
type Variables = z.infer<typeof variables>;

/** Names of the variables, in the order of .env.example. */
export const VARIABLES: readonly string[] = Object.keys(variables.shape);

/** Some settings come in sets: half a set starts nothing, so it is named here and not when a server refuses it. */
function incomplete(given: Variables): [keyof Variables, keyof Variables, string][] {
  const needs: [keyof Variables, keyof Variables, string][] = [
    ['SUMMARY_LLM_URL', 'SUMMARY_LLM_MODEL', 'add the name of the model, as the server lists it'],
    ['SUMMARY_LLM_MODEL', 'SUMMARY_LLM_URL', 'add the address of the server'],
    ['SUMMARY_LLM_KEY', 'SUMMARY_LLM_URL', 'add the address of the server that the key is for'],
    ['WEBHOOKS', 'WEBHOOK_SECRET', 'make one with `openssl rand -base64 32`'],
    ['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', 'add the xoxb- token of the same app'],
    ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'copy it from Basic Information'],
    ['SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID', 'copy it from Basic Information'],
    [
      'SLACK_CLIENT_ID',
      'SLACK_SIGNING_SECRET',
      'copy it from Basic Information: installing by OAuth needs HTTP mode',
    ],
  ];
  if (given.SLACK_SIGNING_SECRET === undefined)
    needs.push([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'add the xapp- token (Socket Mode), or SLACK_SIGNING_SECRET (HTTP mode)',
    ]);
  return needs.filter(([name, other]) => given[name] !== undefined && given[other] === undefined);
}

/** The whole configuration. Sets are checked even where a variable is wrong by itself: all problems are reported at once. */
const configSchema = variables
  .check(
    z.superRefine(
      (given, ctx) => {
        for (const [name, other, remedy] of incomplete(given))
          ctx.addIssue({ ...problem(`is missing though ${name} is set`, remedy), path: [other] });
      },
      { when: () => true },
    ),
  )
  .transform((given) => ({
    /** `sqlite:PATH` or `postgres://…`, which may hold a password: what is shown is `store.name`. */
    databaseUrl: given.DATABASE_URL ?? 'sqlite:./covernote.db',
    /** False if the default applies. */
    isDatabaseSet: given.DATABASE_URL !== undefined,
    /** The folder for what has been fetched; null: next to the database. */
    dataDir: given.DATA_DIR ?? null,
    sources: given.SOURCES ?? [],
    maintainers: given.MAINTAINERS ?? null,
    /** Whose word on a series counts beyond MAINTAINERS: addresses and `@domains`. */
    trustedSenders: given.TRUSTED_SENDERS ?? [],
    /** Programs in addition to those that covernote knows. */
    bots: given.BOTS ?? [],
    /** How archives that are queried reach the operator: a mail address or a URL. */
    contact: given.CONTACT ?? null,
    archiveUrl: given.ARCHIVE_URL ?? DEFAULT_ARCHIVE_URL,
    discord: toDiscord(given),
    slack: toSlack(given),
    webhooks: toWebhooks(given),
    summaryModel: toSummaryModel(given),
    http: {
      host: given.HTTP_HOST ?? '127.0.0.1',
      port: given.HTTP_PORT ?? null,
      /** Where people reach the pages; null: links to them are left out. */
      publicUrl: given.PUBLIC_URL ?? null,
      /** Addresses and networks whose X-Forwarded-For is believed. */
      trustedProxies: given.TRUSTED_PROXIES ?? [],
    },
    logLevel: given.LOG_LEVEL ?? 'info',
    timeZone: given.TZ_DEFAULT ?? 'UTC',
    /** Bodies of older mail are dropped; null: all are kept. */
    retentionDays: given.RETENTION_DAYS ?? null,
  }));

export type Config = Readonly<z.output<typeof configSchema>>;

interface DiscordConfig {
  readonly token: string;
  readonly apiUrl: string | null;
  /** The one server in which commands are registered; null: everywhere. */
  readonly guildId: string | null;
  /** Links to mails get a card as a reply; takes the Message Content intent. */
  readonly linkCards: boolean;
  /** Digests in announcement channels are published to the servers that follow them. */
  readonly crosspost: boolean;
}

function toDiscord(given: Variables): DiscordConfig | null {
  if (given.DISCORD_TOKEN === undefined) return null;
  return {
    token: given.DISCORD_TOKEN,
    apiUrl: given.DISCORD_API_URL ?? null,
    guildId: given.DISCORD_GUILD ?? null,
    linkCards: given.DISCORD_LINK_CARDS ?? false,
    crosspost: given.DISCORD_CROSSPOST ?? false,
  };
}

function toWebhooks({ WEBHOOKS: hooks, WEBHOOK_SECRET: secrets }: Variables): WebhookConfig | null {
  return hooks === undefined || secrets === undefined ? null : { hooks, secrets };
}

/** The language model that writes summaries. */
export interface SummaryModelConfig {
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  /** What a day (UTC) may cost. */
  readonly budget: { readonly requests: number; readonly tokens: number };
}

/** Series and pull requests of some ten lists; a letter takes about 2,000 tokens. */
const DAILY_BUDGET = { requests: 500, tokens: 1_000_000 };

function toSummaryModel(given: Variables): SummaryModelConfig | null {
  if (given.SUMMARY_LLM_URL === undefined || given.SUMMARY_LLM_MODEL === undefined) return null;
  return {
    url: given.SUMMARY_LLM_URL,
    model: given.SUMMARY_LLM_MODEL,
    key: given.SUMMARY_LLM_KEY ?? null,
    budget: {
      requests: given.SUMMARY_LLM_DAILY_REQUESTS ?? DAILY_BUDGET.requests,
      tokens: given.SUMMARY_LLM_DAILY_TOKENS ?? DAILY_BUDGET.tokens,
    },
  };
}

interface SlackApi {
  /** Null: Slack itself. */
  readonly apiUrl: string | null;
}

type SlackConfig = SlackApi &
  (
    | { readonly mode: 'socket'; readonly appToken: string; readonly botToken: string }
    | {
        readonly mode: 'http';
        readonly signingSecret: string;
        readonly botToken: string | null;
        readonly oauth: { readonly clientId: string; readonly clientSecret: string } | null;
      }
  );

function toSlack(given: Variables): SlackConfig | null {
  const botToken = given.SLACK_BOT_TOKEN ?? null;
  const apiUrl = given.SLACK_API_URL ?? null;
  if (given.SLACK_APP_TOKEN !== undefined && botToken !== null)
    return { mode: 'socket', appToken: given.SLACK_APP_TOKEN, botToken, apiUrl };
  if (given.SLACK_SIGNING_SECRET === undefined) return null;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = given;
  const oauth = clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
  return { mode: 'http', signingSecret: given.SLACK_SIGNING_SECRET, botToken, oauth, apiUrl };
}

/** The environment as typed settings, or everything that is wrong with it at once. */
export function readConfig(
  env: Environment,
): { ok: true; config: Config } | { ok: false; problems: readonly ConfigProblem[] } {
  const { values, problems: unreadable } = readEnv(env, VARIABLES, IMAGE_DEFAULTS);
  const read = configSchema.safeParse(values);
  const problems = [...unreadable, ...(read.success ? [] : read.error.issues.map(toProblem))];
  return read.success && problems.length === 0 ? { ok: true, config: read.data } : { ok: false, problems };
}

function toProblem(issue: z.core.$ZodIssue): ConfigProblem {
  const remedy = issue.code === 'custom' ? String(issue.params?.remedy) : '';
  return { name: String(issue.path[0]), message: issue.message, remedy };
}
