import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSlack, type Slack } from '../../../src/adapters/slack/create-slack.js';
import type { KeptInstallations, SlackMode } from '../../../src/adapters/slack/settings.js';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/fake-slack.js';
import { APP_TOKEN, BOT_TOKENS, CLIENT, type FakeMessage, SIGNING_SECRET } from '../../fakes/slack/world.js';
import { type ScriptedBot, scriptedBot } from './scripted-bot.js';

export interface RunningSlack {
  readonly slack: Slack;
  readonly fake: FakeSlack;
  readonly bot: ScriptedBot;
  /** Documents by tenant. */
  readonly installations: Map<string, string>;
  /** Every line of the log, as text. */
  readonly logged: string[];
  /** What it was ended for, by code. */
  readonly lost: string[];
  /** Where the app listens; '' in Socket Mode. */
  readonly url: string;
  /** What a person sees in a channel, without what is for others alone. */
  seenBy(user: string, channel: string): FakeMessage[];
  close(): Promise<void>;
}

export type Kind = 'socket' | 'http' | 'oauth';

const modes: Readonly<Record<Kind, SlackMode>> = {
  socket: { mode: 'socket', appToken: APP_TOKEN, botToken: BOT_TOKENS.T0ONE },
  http: { mode: 'http', signingSecret: SIGNING_SECRET, botToken: BOT_TOKENS.T0ONE, oauth: null },
  oauth: {
    mode: 'http',
    signingSecret: SIGNING_SECRET,
    botToken: null,
    oauth: { clientId: CLIENT.id, clientSecret: CLIENT.secret },
  },
};

/** The real adapter with real Bolt, between the fake Slack and a scripted bot. */
export async function runSlack(kind: Kind): Promise<RunningSlack> {
  const fake = await startFakeSlack();
  const bot = scriptedBot();
  const installations = new Map<string, string>();
  const kept: KeptInstallations = {
    async get(_, tenant) {
      const document = installations.get(tenant);
      return document === undefined ? null : { document };
    },
    async put({ tenant, document }) {
      installations.set(tenant, document);
    },
    async remove(_, tenant) {
      installations.delete(tenant);
    },
  };
  const logged: string[] = [];
  const lost: string[] = [];
  const log = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const listeners: RequestListener[] = [];
  const server = createServer((request, response) => listeners[0]?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seen = new Set<string>();
  const slack = createSlack({
    config: modes[kind],
    apiUrl: fake.apiUrl,
    bot,
    installations: kept,
    seenEvents: {
      async first(_, event) {
        const isFirst = !seen.has(event);
        seen.add(event);
        return isFirst;
      },
    },
    log: { debug: log, info: log, warn: log, error: log },
    http: kind === 'socket' ? null : { mount: (_, listener) => void listeners.push(listener) },
    nowMs: Date.now,
    onLost: ({ code }) => void lost.push(code),
    timeoutMs: 30_000,
  });
  await slack.start();
  if (kind !== 'socket') fake.transport = { mode: 'http', url };
  return {
    slack,
    fake,
    bot,
    installations,
    logged,
    lost,
    url: kind === 'socket' ? '' : url,
    seenBy: (user, channel) =>
      fake.world.messages.filter(
        (one) =>
          one.channel === channel &&
          (one.ephemeralTo === null || one.ephemeralTo === user) &&
          one.user !== user,
      ),
    async close() {
      await slack.stop();
      await fake.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const secrets = [APP_TOKEN, ...Object.values(BOT_TOKENS), SIGNING_SECRET, CLIENT.secret, '/response/'];
      const leaked = logged.filter((line) => secrets.some((secret) => line.includes(secret)));
      if (leaked.length > 0) throw new Error(`a secret was logged:\n${leaked.join('\n')}`);
      const problems = [...new Set(fake.world.problems)];
      if (problems.length > 0) throw new Error(`Slack would not have taken this:\n${problems.join('\n')}`);
    },
  };
}
