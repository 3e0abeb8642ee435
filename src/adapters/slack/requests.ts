import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HTTPReceiver, type InstallationStore } from '@slack/bolt';
import { type ClientSettings, clientOptions } from './clients.js';
import { boltLogger, type SlackLog, tellError } from './log.js';
import { scopes } from './scopes.js';
import type { SlackMode } from './settings.js';

export interface Requests {
  readonly receiver: HTTPReceiver;
  /** Answers each request below /slack/: events, commands and presses (signed), and the installing. */
  readonly listener: RequestListener;
}

const BODY_LIMIT = 1024 * 1024;

/** HTTP mode. Signatures and their age (five minutes) are checked before a body is read as anything. */
export function createRequests(
  config: Extract<SlackMode, { mode: 'http' }>,
  store: InstallationStore,
  settings: ClientSettings,
  log: SlackLog,
): Requests {
  const { oauth, signingSecret } = config;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: '/slack/events',
    bodyLimit: BODY_LIMIT,
    logger: boltLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.error({ why: tellError(error) }, 'a request of Slack was not dealt with');
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
    ...(oauth === null
      ? {}
      : {
          clientId: oauth.clientId,
          clientSecret: oauth.clientSecret,
          // The state is sealed with it and comes back within minutes; a process that starts anew can still read it.
          stateSecret: createHash('sha256').update(`oauth state ${oauth.clientSecret}`).digest('hex'),
          installationStore: store,
          scopes: scopes.map(({ scope }) => scope),
        }),
    installerOptions: {
      clientOptions: clientOptions(settings),
      directInstall: true,
      ...(settings.apiUrl === null
        ? {}
        : { authorizationUrl: new URL('/oauth/v2/authorize', settings.apiUrl).href }),
    },
  });
  return { receiver, listener: (request, response) => listen(receiver, log, request, response) };
}

function listen(
  receiver: HTTPReceiver,
  log: SlackLog,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  try {
    receiver.requestListener(request, response);
  } catch (error) {
    // What it knows no path for, and an address that is none.
    log.debug({ why: tellError(error) }, 'a request below /slack/ that is none of Slack’s');
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
  }
}
