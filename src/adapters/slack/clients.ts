import { webApi } from '@slack/bolt';
import type { Log } from '../../digest/ports/log.js';
import type { ServerClock } from '../../digest/time/server-clock.js';
import { boltLogger } from './log.js';
import { NotInstalled } from './outcome.js';
import type { TokenWatch } from './token-watch.js';

export type WebClient = webApi.WebClient;

/** Where tokens come from; null if the app is not installed. */
export interface SlackTokens {
  tokenFor(tenant: string): Promise<string | null>;
}

export interface SlackClients {
  /** Throws NotInstalled if there is no token. */
  for(tenant: string): Promise<WebClient>;
}

export interface ClientSettings {
  /** Null: Slack itself. */
  readonly apiUrl: string | null;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Gets the time from each answer. */
  readonly clock?: ServerClock;
}

const RATE_LIMITED = 429;
const DEFAULT_RETRY_AFTER_SEC = 30;

/**
 * How every client calls: without retries, since a repeated chat.postMessage is a second message; the caller decides what to do about a failure.
 */
export function clientOptions({ apiUrl, timeoutMs, log, clock }: ClientSettings): webApi.WebClientOptions {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
    fetch: fetchVia(clock),
  };
}

/** The client can tell a 429 from a failure only where `Retry-After` says something. */
const fetchVia =
  (clock: ServerClock | undefined): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    clock?.saw(response.headers.get('date'));
    if (response.status !== RATE_LIMITED || Number(response.headers.get('retry-after')) > 0) return response;
    const headers = new Headers(response.headers);
    headers.set('retry-after', String(DEFAULT_RETRY_AFTER_SEC));
    return new Response(response.body, { status: RATE_LIMITED, headers });
  };

/** Says what every call of it met; a class, since the library binds its methods while one is made. */
class WatchedClient extends webApi.WebClient {
  readonly #saw: (error: unknown) => void;
  constructor(token: string, options: webApi.WebClientOptions, saw: (error: unknown) => void) {
    super(token, options);
    this.#saw = saw;
  }
  override async apiCall(method: string, options?: Record<string, unknown>) {
    try {
      return await super.apiCall(method, options);
    } catch (error) {
      this.#saw(error);
      throw error;
    }
  }
}

/** Clients by token, so that a new installation is a new client. */
export function createClients(
  tokens: SlackTokens,
  settings: ClientSettings,
  watch: TokenWatch = { saw: () => undefined },
): SlackClients {
  const options = clientOptions(settings);
  const kept = new Map<string, { token: string; client: WebClient }>();
  return {
    async for(tenant) {
      const token = await tokens.tokenFor(tenant);
      if (token === null) {
        kept.delete(tenant);
        throw new NotInstalled(tenant);
      }
      const known = kept.get(tenant);
      if (known?.token === token) return known.client;
      const unwatched = new webApi.WebClient(token, options);
      const client = new WatchedClient(token, options, (error) => watch.saw(tenant, error, unwatched));
      kept.set(tenant, { token, client });
      return client;
    },
  };
}
