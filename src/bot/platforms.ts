import type { Store } from '../adapters/store/store.js';
import type { UserError } from '../digest/failure/failure.js';
import type { PartContent } from '../digest/plan/part-content.js';
import type { ChatBot } from '../digest/ports/chat-bot.js';
import type { PlatformName } from '../digest/ports/chat-platform.js';
import type { Log } from '../digest/ports/log.js';
import type { Catalog } from '../digest/subsystem/catalog.js';
import type { Action } from '../digest/view/action.js';
import type { FitsView } from '../digest/view/part-view.js';
import type { View } from '../digest/view/view.js';
import type { Chat } from './chat.js';
import { VERSION } from './cli/version.js';
import type { Config } from './config.js';
import { webhookKey } from './config-webhooks.js';
import { connectFromOne } from './connect-from-one.js';
import type { HttpServer } from './operation/http-server.js';
import { pause } from './pause.js';
import { personTenant } from './person-tenant.js';
import { keepWebhooks } from './webhooks/keep-webhooks.js';

export interface OpenSetting {
  readonly bot: ChatBot;
  readonly store: Store;
  /** As it is now. */
  readonly catalog: () => Catalog;
  /** Null if nothing listens. */
  readonly http: HttpServer | null;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The chat rejected the credentials for good after it had accepted them. */
  readonly onLost: (error: UserError) => void;
}

/** A chat's way to write messages, without being connected to it. */
interface Renderer {
  readonly fits: FitsView;
  readonly render: (view: View, actions: readonly Action[], content?: PartContent) => unknown;
}

/** How a chat that takes a token is connected to. Its adapter is loaded when it is needed: discord.js takes 50 MB. */
export interface Connection {
  readonly isConfigured: (config: Config) => boolean;
  /** People talk there: an operator who has configured none of these is shown how covernote works without. */
  readonly isChat: boolean;
  /** What no log line may show. */
  readonly secrets: (config: Config) => readonly string[];
  /** Null if the configuration has no token for it. */
  readonly open: (config: Config, setting: OpenSetting) => Promise<Chat | null>;
  readonly renderer: () => Promise<Renderer>;
  /** What `doctor` has to say of a token that works, such as a right that it lacks; null if nothing is. */
  readonly remark: (config: Config) => Promise<string | null>;
}

/** All that differs from one chat to the next outside of its adapter. */
export interface PlatformRow {
  /** As it is written in a sentence. */
  readonly label: string;
  /**
   * The tenant in which a person of a tenant is addressed. On Discord a person is the same in every server; elsewhere they belong to one
   * tenant.
   */
  readonly personTenant: (tenant: string) => string;
  /** Null for what needs no connection: covernote's own terminal. */
  readonly connection: Connection | null;
}

const ownTenant = (tenant: string): string => tenant;

/** The chats. A new one is a folder in src/adapters, a name in the port, its variables in config.ts and a row here. */
export const platforms: Readonly<Record<PlatformName, PlatformRow>> = {
  discord: {
    label: 'Discord',
    personTenant: (tenant) => personTenant('discord', tenant),
    connection: connection({
      settings: ({ discord }) => discord,
      secrets: ({ token }) => [token],
      async open(settings, { bot, store, log, onLost }) {
        const { createDiscord } = await import('../adapters/discord/create-discord.js');
        const { locks } = store;
        return connectFromOne(createDiscord({ ...settings, bot, log, onLost }), { locks, sleep: pause, log });
      },
      async renderer() {
        const { fits, renderMessage } = await import('../adapters/discord/render-message.js');
        return { fits, render: (view, actions) => renderMessage(view, actions) };
      },
    }),
  },
  slack: {
    label: 'Slack',
    personTenant: ownTenant,
    connection: connection({
      settings: ({ slack }) => slack,
      secrets: (settings) =>
        settings.mode === 'socket'
          ? [settings.appToken, settings.botToken]
          : [settings.signingSecret, settings.botToken, settings.oauth?.clientSecret],
      async open(config, { bot, store, http, log, now, onLost }) {
        const { createSlack } = await import('../adapters/slack/create-slack.js');
        const { installations, seenEvents } = store.chat;
        const { apiUrl } = config;
        return createSlack({
          config,
          apiUrl,
          bot,
          installations,
          seenEvents,
          // A file has one process, which remembers by itself.
          seenRequests: store.file === null ? seenEvents : null,
          log,
          http,
          nowMs: now,
          onLost,
        });
      },
      async renderer() {
        const { fits, renderMessage } = await import('../adapters/slack/render-message.js');
        return { fits, render: renderMessage };
      },
      async remark({ botToken, apiUrl }) {
        if (botToken === null) return null;
        const { scopeProblem } = await import('../adapters/slack/check-token.js');
        return scopeProblem(botToken, apiUrl);
      },
    }),
  },
  webhook: {
    label: 'Webhooks',
    personTenant: ownTenant,
    connection: connection({
      isChat: false,
      settings: ({ webhooks }) => webhooks,
      // A URL may hold a token.
      secrets: ({ hooks, secrets }) => [...secrets, ...hooks.map(({ url }) => url)],
      async open({ hooks, secrets }, { store, catalog, now }) {
        const { createWebhooks } = await import('../adapters/webhook/create-webhooks.js');
        const urls = hooks.map(({ url }) => url);
        const platform = createWebhooks({ urls, keys: secrets.map(webhookKey), version: VERSION, now });
        return {
          platform,
          start: () => keepWebhooks({ hooks, chat: store.chat, catalog, now }),
          stop: async () => undefined,
        };
      },
      async renderer() {
        const { fitsRequest } = await import('../adapters/webhook/fits.js');
        const { toWebhookBody } = await import('../digest/contract/webhook-body.js');
        return {
          fits: fitsRequest,
          render: (view, _, content) =>
            toWebhookBody({ id: '', headline: null, view, content: content ?? null }),
        };
      },
    }),
  },
  terminal: { label: 'the terminal', personTenant: ownTenant, connection: null },
  memory: { label: 'the chat', personTenant: ownTenant, connection: null },
};

/** Builds a connection on the settings that the configuration has for the chat; null: it has none. */
function connection<Settings>(chat: {
  readonly isChat?: false;
  readonly settings: (config: Config) => Settings | null;
  readonly secrets: (settings: Settings) => readonly (string | null | undefined)[];
  readonly open: (settings: Settings, setting: OpenSetting) => Promise<Chat>;
  readonly renderer: () => Promise<Renderer>;
  readonly remark?: (settings: Settings) => Promise<string | null>;
}): Connection {
  return {
    isChat: chat.isChat ?? true,
    isConfigured: (config) => chat.settings(config) !== null,
    secrets(config) {
      const settings = chat.settings(config);
      if (settings === null) return [];
      return chat.secrets(settings).flatMap((secret) => (secret ? [secret] : []));
    },
    async open(config, setting) {
      const settings = chat.settings(config);
      return settings === null ? null : chat.open(settings, setting);
    },
    renderer: chat.renderer,
    async remark(config) {
      const settings = chat.settings(config);
      return settings === null || chat.remark === undefined ? null : chat.remark(settings);
    },
  };
}

/** A chat that can be connected to, by its name. */
export interface ConnectedPlatform {
  readonly name: string;
  readonly label: string;
  readonly connection: Connection;
}

/** The chats that can be connected to, in the order of the table. */
export const connectedPlatforms: readonly ConnectedPlatform[] = Object.entries(platforms).flatMap(
  ([name, row]) => (row.connection === null ? [] : [{ name, label: row.label, connection: row.connection }]),
);

/** Whether the configuration has a token for any chat. Without one covernote is a chat in the terminal. */
export function isAnyConfigured(config: Config): boolean {
  return connectedPlatforms.some(({ connection: { isConfigured } }) => isConfigured(config));
}

/** Opens, without connecting them yet, the chats that the configuration has tokens for. */
export async function openChats(config: Config, setting: OpenSetting): Promise<Chat[]> {
  const opened = await Promise.all(
    connectedPlatforms.map(({ connection: { open } }) => open(config, setting)),
  );
  return opened.filter((chat) => chat !== null);
}

export function chatSecrets(config: Config): string[] {
  return connectedPlatforms.flatMap(({ connection: { secrets } }) => secrets(config));
}
