import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HTTPReceiver, type InstallationStore } from '@slack/bolt';
import type { Log } from '../../digest/ports/log.js';
import { toIso } from '../../digest/time/iso.js';
import { type ClientSettings, clientOptions } from './clients.js';
import { boltLogger, describeError } from './log.js';
import { oauthPages } from './oauth-pages.js';
import { createRequestGuard } from './request-guard.js';
import { scopes } from './scopes.js';
import type { SharedMemory, SlackMode } from './settings.js';
import { createSharedGuard, type SharedGuard } from './shared-guard.js';

export interface Requests {
  readonly receiver: HTTPReceiver;
  /** Answers each request below /slack/: events, commands and presses (signed), and the installing. */
  readonly listener: RequestListener;
}

const BODY_LIMIT = 1024 * 1024;
const ENDPOINT = '/slack/events';

/** HTTP mode. Signatures, their age and whether they were seen before are checked before a body is read as anything. */
export function createRequests(
  config: Extract<SlackMode, { mode: 'http' }>,
  store: InstallationStore,
  settings: ClientSettings,
  log: Log,
  shared: SharedMemory | null,
): Requests {
  const { oauth, signingSecret } = config;
  const nowMs = () => settings.clock?.now() ?? Date.now();
  const guard = createSharedGuard(createRequestGuard(signingSecret, nowMs), shared, () => toIso(nowMs()));
  const receiver = new HTTPReceiver({
    signingSecret,
    // Checked by our guard: by Slack's time, into the future as well, and against copies.
    signatureVerification: false,
    endpoints: ENDPOINT,
    bodyLimit: BODY_LIMIT,
    logger: boltLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.error({ error: describeError(error) }, 'slack.request_failed');
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
    ...(oauth === null
      ? {}
      : {
          clientId: oauth.clientId,
          clientSecret: oauth.clientSecret,
          // The state is sealed with it and comes back within minutes; a process that starts over can still read it.
          stateSecret: createHash('sha256').update(`oauth state ${oauth.clientSecret}`).digest('hex'),
          installationStore: store,
          scopes: scopes.map(({ scope }) => scope),
        }),
    installerOptions: {
      clientOptions: clientOptions(settings),
      directInstall: true,
      callbackOptions: oauthPages,
      ...(settings.apiUrl === null
        ? {}
        : { authorizationUrl: new URL('/oauth/v2/authorize', settings.apiUrl).href }),
    },
  });
  return {
    receiver,
    listener: (request, response) => {
      if (request.method !== 'POST' || pathOf(request) !== ENDPOINT)
        return listen(receiver, log, request, response);
      void guarded(guard, log, request, response, () => listen(receiver, log, request, response));
    },
  };
}

/** Lets a request through with its body, where it is Slack's and new. */
async function guarded(
  guard: SharedGuard,
  log: Log,
  request: IncomingMessage,
  response: ServerResponse,
  pass: () => void,
): Promise<void> {
  const body = await bodyOf(request).catch(() => null);
  if (body === null) return void response.writeHead(413, { connection: 'close' }).end();
  // Slack asks this way whether our certificate is good, unsigned; nothing else of such a body is read.
  const isSslCheck = new URLSearchParams(body.toString('latin1')).get('ssl_check') === '1';
  const fault = isSslCheck ? null : await guard.check(request.headers, body);
  if (fault === 'unknown') return void response.writeHead(503).end();
  if (fault !== null) {
    log.warn({ fault }, 'slack.request_refused');
    return void response.writeHead(401).end();
  }
  Object.assign(request, { rawBody: isSslCheck ? Buffer.from('ssl_check=1') : body });
  response.once('finish', () => {
    if (response.statusCode >= 500) guard.forget(request.headers);
  });
  pass();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pathOf({ url }: IncomingMessage): string {
  return (url ?? '/').split('?')[0] ?? '/';
}

function listen(receiver: HTTPReceiver, log: Log, request: IncomingMessage, response: ServerResponse): void {
  try {
    receiver.requestListener(request, response);
  } catch (error) {
    // What it knows no path for, and an address that is none.
    log.debug({ error: describeError(error) }, 'slack.foreign_request');
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
  }
}
