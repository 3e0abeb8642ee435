import { randomBytes } from 'node:crypto';
import { App, type Receiver } from '@slack/bolt';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { Place, Requester } from '../../digest/ports/chat-bot.js';
import type { ChatPlatform } from '../../digest/ports/chat-platform.js';
import { createServerClock } from '../../digest/time/server-clock.js';
import { type ClientSettings, clientOptions, createClients } from './clients.js';
import { createScopeWatch } from './granted-scopes.js';
import { type HomeNews, renderHome } from './home.js';
import { createInstallationStore, createTokens, type OwnWorkspace } from './installations.js';
import { boltLogger, describeError } from './log.js';
import { onCommands } from './on-command.js';
import { end, onEvents } from './on-event.js';
import { onForms } from './on-form.js';
import { onPresses } from './on-press.js';
import { onShortcuts } from './on-shortcut.js';
import { onSuggestions } from './on-suggestion.js';
import { GONE_CODES, outcomeOf, slackCode } from './outcome.js';
import { createSlackPlatform } from './platform.js';
import { createReplies } from './replies.js';
import { createRequesters } from './requesters.js';
import { createRequests } from './requests.js';
import type { Scene } from './scene.js';
import { reauthoriseText } from './scopes.js';
import { HTTP_PREFIX, type SlackOptions } from './settings.js';
import { createSocket } from './socket.js';
import { createTokenWatch, tokenLost } from './token-watch.js';
import { welcomePerson } from './welcome.js';

export interface Slack {
  readonly platform: ChatPlatform;
  /** Checks the token and connects. Throws UserError for what a person must fix, TransientFailure where Slack stayed away. */
  start(): Promise<void>;
  /** Takes nothing new; what is being answered gets a few seconds. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
/** The library's code for a request from a workspace that has no token. */
const NOT_AUTHORIZED = 'slack_bolt_authorization_error';
const STOP_WITHIN_MS = 5_000;

/** covernote on Slack. In HTTP mode it answers below /slack/ on the server `http`, once started. */
export function createSlack(options: SlackOptions): Slack {
  const { config, log, nowMs } = options;
  const clock = createServerClock(() => performance.now());
  const settings: ClientSettings = {
    apiUrl: options.apiUrl,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    log,
    clock,
  };
  let own: OwnWorkspace | null = null;
  let isLost = false;
  const now = () => new Date(nowMs()).toISOString();
  const clients = createClients(
    createTokens(config, options.installations, () => own),
    settings,
    createTokenWatch(log, tokenDied),
  );
  const store = createInstallationStore(
    options.installations,
    now,
    () => (config.botToken === null || own === null ? null : { token: config.botToken, workspace: own }),
    (tenant, user) => void welcomePerson(clients, tenant, user, log),
  );
  const scopeWatch = createScopeWatch(clients, log, nowMs);
  const scene: Scene = {
    bot: options.bot,
    clients,
    requesters: createRequesters(clients, log, nowMs),
    replies: createReplies(clients, log, settings.timeoutMs),
    log,
    newReference: () => randomBytes(4).toString('hex'),
    async publishHome(requester: Requester, self: Place, news: HomeNews | null) {
      const missing = await scopeWatch.missing(requester.tenant);
      const notice = missing.length === 0 ? null : reauthoriseText(missing);
      const view = renderHome(await options.bot.overview(requester, self), self, news, notice);
      const client = await clients.for(requester.tenant);
      await client.views.publish({ user_id: requester.id, view });
    },
  };
  const open = new Set<Promise<unknown>>();
  const takesOthers = config.mode === 'http' && config.oauth !== null;
  const ending = {
    installations: options.installations,
    onEnded(tenant: string) {
      if (own !== null && (tenant === own.teamId || tenant === own.enterpriseId)) lose('app_uninstalled');
    },
  };

  function makeApp(receiver: Receiver, usesOAuth: boolean): App {
    const app = new App({
      receiver,
      logger: boltLogger(log),
      clientOptions: clientOptions(settings),
      convoStore: false,
      ...(usesOAuth ? {} : { authorize: authorizeOwn }),
      extendedErrorHandler: true,
    });
    app.use(async ({ next }) => {
      const work = next();
      open.add(work);
      await work.finally(() => open.delete(work));
    });
    const onError = async ({ error, body }: { error: { code: string }; body: unknown }): Promise<void> => {
      log.error({ error: describeError(error) }, 'slack.request_failed');
      if (error.code === NOT_AUTHORIZED) await scene.replies.notInstalled(body).catch(() => undefined);
    };
    app.error(onError);
    onCommands(app, scene);
    onPresses(app, scene);
    onForms(app, scene);
    onSuggestions(app, scene);
    onShortcuts(app, scene);
    onEvents(app, scene, { seenEvents: options.seenEvents, now, ...ending });
    return app;
  }

  /** Slack refuses a token that it took before, and sent no word of it: the events of an uninstalling may be lost. */
  async function tokenDied(tenant: string, code: string): Promise<void> {
    if (own === null && config.botToken !== null) return;
    if (takesOthers && tenant !== own?.teamId) {
      log.error({ tenant, code }, 'slack.token_rejected');
      if (GONE_CODES.has(code)) await end(scene, ending, tenant);
      return;
    }
    lose(code);
  }

  /** Without its only workspace there is nothing left to do; if there are others, it is reported. */
  function lose(code: string): void {
    if (isLost) return;
    isLost = true;
    const { message, remedy } = tokenLost(code);
    log.error({ code, error: message, remedy }, 'slack.token_rejected');
    if (!takesOthers) options.onLost?.(tokenLost(code));
  }

  /** The one workspace of SLACK_BOT_TOKEN. */
  async function authorizeOwn() {
    if (own === null) throw new Error('not started');
    return {
      botToken: config.botToken ?? '',
      botId: own.botId,
      botUserId: own.botUserId,
    };
  }

  /** Who the token belongs to: a wrong one is reported at the start, not by the first digest. */
  async function checkToken(): Promise<void> {
    if (config.botToken === null) return;
    try {
      const client = await clients.for('');
      const identity = await client.auth.test();
      own = {
        teamId: identity.team_id ?? '',
        enterpriseId: identity.enterprise_id ?? null,
        botId: identity.bot_id ?? '',
        botUserId: identity.user_id ?? '',
      };
      log.info({ team: identity.team_id, name: identity.team }, 'slack.authenticated');
    } catch (error) {
      throw startFailure(error);
    }
  }

  const socket =
    config.mode === 'socket'
      ? createSocket(config.appToken, settings, log, (error) => options.onLost?.(error))
      : null;
  const requests =
    config.mode === 'http'
      ? createRequests(config, store, settings, log, options.seenRequests ?? null)
      : null;

  return {
    platform: createSlackPlatform(clients, clock),
    async start() {
      await checkToken();
      if (socket !== null) {
        makeApp(socket.receiver, false);
        await socket.start();
      }
      if (requests !== null) {
        makeApp(requests.receiver, takesOthers);
        if (options.http === null)
          throw new UserError(
            'slack-http',
            'Slack’s HTTP mode needs a port to listen on.',
            'Set HTTP_PORT, or use Socket Mode: set SLACK_APP_TOKEN.',
          );
        options.http.mount(HTTP_PREFIX, requests.listener);
      }
    },
    async stop() {
      socket?.stop();
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
      await Promise.race([Promise.allSettled([...open]), late]);
    },
  };
}

function startFailure(error: unknown): Error {
  const outcome = outcomeOf(error, 'Slack');
  if (outcome.kind !== 'refused')
    return new TransientFailure('refused', outcome.message, {
      cause: error,
      retryAfterMs: outcome.kind === 'retryAfter' ? outcome.delayMs : null,
    });
  return new UserError(
    'slack-token',
    `Slack does not accept SLACK_BOT_TOKEN (${slackCode(error) ?? 'no reason given'}).`,
    'Copy the one that begins with xoxb- again, from OAuth & Permissions of the app, and install the app to the workspace.',
    { cause: error },
  );
}
