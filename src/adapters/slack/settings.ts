import type { RequestListener } from 'node:http';
import type { UserError } from '../../digest/failure/failure.js';
import type { ChatBot } from '../../digest/ports/chat-bot.js';
import type { Log } from '../../digest/ports/log.js';

/** How Slack reaches us: a socket that we open (one workspace, behind a firewall), or signed requests. */
export type SlackMode =
  | { readonly mode: 'socket'; readonly appToken: string; readonly botToken: string }
  | {
      readonly mode: 'http';
      readonly signingSecret: string;
      /** Of the one workspace; null if workspaces install by OAuth alone. */
      readonly botToken: string | null;
      readonly oauth: { readonly clientId: string; readonly clientSecret: string } | null;
    };

/** Where installations are kept: the store's, keyed by (platform, tenant). Documents are JSON and hold tokens. */
export interface KeptInstallations {
  get(platform: string, tenant: string): Promise<{ readonly document: string } | null>;
  put(installation: {
    readonly platform: string;
    readonly tenant: string;
    readonly document: string;
    readonly madeAt: string;
  }): Promise<void>;
  remove(platform: string, tenant: string): Promise<void>;
}

/** Slack delivers some events twice: true the first time that one is seen. */
export interface SeenEvents {
  first(platform: string, event: string, now: string): Promise<boolean>;
}

/** What was seen by every process on one database. */
export interface SharedMemory extends SeenEvents {
  /** It may come again. */
  forget(platform: string, event: string): Promise<void>;
}

/** The process's HTTP server: everything below `prefix` goes to the listener, which answers each request. */
interface SlackHttp {
  mount(prefix: string, listener: RequestListener): void;
}

export interface SlackOptions {
  readonly config: SlackMode;
  /** `http://127.0.0.1:8080/api/`; null: Slack itself. */
  readonly apiUrl: string | null;
  readonly bot: ChatBot;
  readonly installations: KeptInstallations;
  readonly seenEvents: SeenEvents;
  /** Where several processes answer: what one has answered, no other does. Null: this is the only one. */
  readonly seenRequests?: SharedMemory | null;
  readonly log: Log;
  /** Null in Socket Mode, which needs no server. */
  readonly http: SlackHttp | null;
  readonly nowMs: () => number;
  /** The one workspace of SLACK_BOT_TOKEN is lost after it was connected: the app was removed, or a token was revoked. */
  readonly onLost?: (error: UserError) => void;
  /** A call to Slack ends within; 10 seconds. */
  readonly timeoutMs?: number;
}

/** Everything below this goes to Slack's part: /slack/events, /slack/install, /slack/oauth_redirect. */
export const HTTP_PREFIX = '/slack/';
