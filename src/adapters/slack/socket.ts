import { SocketModeReceiver } from '@slack/bolt';
import { TransientFailure, type UserError } from '../../digest/failure/failure.js';
import type { Log } from '../../digest/ports/log.js';
import { type ClientSettings, clientOptions } from './clients.js';
import { boltLogger, describeError } from './log.js';
import { appTokenRefused, deadCode } from './token-watch.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** One refusal of a valid token may be a problem of Slack: this many in a row are final. */
const REFUSALS = 3;
const CONNECT_WITHIN_MS = 20_000;

/** Socket Mode, connected again whenever the connection ends. */
export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Throws UserError for a token that Slack does not take, TransientFailure where Slack cannot be reached. */
  start(): Promise<void>;
  stop(): void;
}

/**
 * The library's own reconnecting waits five seconds and lets a rejected promise go where Slack refuses a new connection, which
 * ends the process: so it is off, and this loop connects instead, with a back-off that ends when it is stopped.
 */
export function createSocket(
  appToken: string,
  settings: ClientSettings,
  log: Log,
  onLost: (error: UserError) => void,
): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(settings) },
    processEventErrorHandler: async ({ error }) => {
      log.error({ error: describeError(error) }, 'slack.request_failed');
      return true;
    },
  });
  const { client } = receiver;
  let stopped = false;
  let started = false;
  let waiting: NodeJS.Timeout | null = null;
  let failures = 0;
  let refusals = 0;

  async function connect(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        void Promise.resolve(client.disconnect()).catch(() => undefined);
        reject(new TransientFailure('timeout', 'Slack’s socket did not open in time'));
      }, CONNECT_WITHIN_MS);
    });
    try {
      await Promise.race([client.start(), late]);
    } finally {
      clearTimeout(timer);
    }
    failures = 0;
    refusals = 0;
    log.info({}, 'slack.connected');
  }

  function connectLater(): void {
    if (stopped || waiting !== null) return;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    failures++;
    waiting = setTimeout(() => {
      waiting = null;
      connect().catch((error: unknown) => {
        const code = deadCode(error);
        refusals = code === null ? 0 : refusals + 1;
        if (code !== null && refusals >= REFUSALS) return onLost(appTokenRefused(code));
        log.warn({ error: describeError(error) }, 'slack.connection_failed');
        connectLater();
      });
    }, waitMs);
  }

  client.on('disconnected', () => {
    if (!started || stopped) return;
    log.info({}, 'slack.reconnecting');
    connectLater();
  });
  return {
    receiver,
    async start() {
      try {
        await connect();
        started = true;
      } catch (error) {
        const code = deadCode(error);
        if (code !== null) throw appTokenRefused(code);
        throw error instanceof TransientFailure
          ? error
          : new TransientFailure('refused', 'Slack’s socket could not be opened', { cause: error });
      }
    },
    stop() {
      stopped = true;
      if (waiting !== null) clearTimeout(waiting);
      // It settles when the socket has closed; nothing waits for that.
      void Promise.resolve(client.disconnect()).catch(() => undefined);
    },
  };
}
