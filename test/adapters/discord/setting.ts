import {
  createDiscord,
  type Discord,
  type DiscordOptions,
} from '../../../src/adapters/discord/create-discord.js';
import type { Answer, ChatBot } from '../../../src/digest/ports/chat-bot.js';
import type { Log } from '../../../src/digest/ports/log.js';
import {
  type FakeDiscord,
  type FakeDiscordSetting,
  startFakeDiscord,
} from '../../fakes/discord/fake-discord.js';
import { emptyForm, readRequest, specs } from '../../lib/commands.js';

/** A log that a test can read. */
export interface KeptLog extends Log {
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string }[];
}

export function keptLog(): KeptLog {
  const lines: KeptLog['lines'] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export function answerOf(text: string, overrides: Partial<Answer> = {}): Answer {
  return {
    kind: 'done',
    view: { fallback: text, blocks: [{ kind: 'paragraph', spans: [{ text }] }] },
    actions: [],
    visibility: 'private',
    replaces: false,
    announce: null,
    ...overrides,
  };
}

/** A bot that answers what the test sets. */
export function scriptedBot(overrides: Partial<ChatBot> = {}): ChatBot {
  return {
    commands: specs,
    emptyForm,
    formValues: async () => ({}),
    answer: async ({ request }) => answerOf(`you asked ${readRequest(request)}`),
    press: async ({ id, value }) => answerOf(`you pressed ${id} ${value ?? ''}`),
    suggest: async ({ typed }) => [{ label: `${typed} as a title`, value: typed }],
    overview: async () => ({ places: [] }),
    unfurl: async () => null,
    forget: async () => {},
    ...overrides,
  };
}

export interface Setting {
  readonly fake: FakeDiscord;
  readonly discord: Discord;
  readonly log: KeptLog;
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
  close(): Promise<void>;
}

/** A Discord with one server, one channel and one person, and covernote connected to it. */
export async function connected(
  overrides: Partial<DiscordOptions> & { readonly fake?: FakeDiscordSetting } = {},
): Promise<Setting> {
  const { fake: fakeSetting, ...options } = overrides;
  const fake = await startFakeDiscord(fakeSetting);
  const guildId = fake.world.addGuild('Kernel people');
  const channelId = fake.world.addChannel(guildId, 'kvm');
  const userId = fake.world.addUser('jane');
  const log = keptLog();
  const discord = createDiscord({
    token: fake.token,
    apiUrl: fake.apiUrl,
    bot: scriptedBot(),
    log,
    ...options,
  });
  await discord.start();
  return {
    fake,
    discord,
    log,
    guildId,
    channelId,
    userId,
    async close() {
      await discord.stop();
      await fake.stop();
    },
  };
}

type Maybe<T> = T | null | undefined | false;

/** Asks again until it holds; a test that waits for nothing ends by its own time-out. */
export async function until<T>(ask: () => Maybe<T> | Promise<Maybe<T>>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
