import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../digest/failure/failure.js';
import type { Metrics } from './metrics.js';

/** How it goes: everything that is wrong, in words; empty: fine. */
export interface Health {
  readonly problems: readonly string[];
  readonly facts: Readonly<Record<string, string | number | null>>;
}

export interface HttpSetting {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly health: () => Promise<Health>;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Whether a request came from outside: `/healthz` and `/metrics` are not there for those. By default none did. */
  readonly cameByProxy?: (request: IncomingMessage) => boolean;
}

export interface HttpServer {
  readonly url: string;
  /** Everything below a path (`/slack/`) goes to the listener, which answers each request; the longest path that fits wins. */
  mount(prefix: string, listener: RequestListener): void;
  /** Ends open connections and waits until the port is free. */
  close(): Promise<void>;
}

/** A request that is not there in time is ended: no one may hold connections open. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** Serves `/healthz` and `/metrics`, and what chats mount. Throws UserError if the address cannot be listened on. */
export async function serveHttp({
  host,
  port,
  health,
  metrics,
  cameByProxy = () => false,
}: HttpSetting): Promise<HttpServer> {
  const mounted = new Map<string, RequestListener>();
  const own = new Map<string, (response: ServerResponse) => Promise<void>>([
    ['/healthz', (response) => answerHealth(response, health)],
    ['/metrics', async (response) => answer(response, 200, metrics.contentType, await metrics.text())],
  ]);
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    (request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const serve = cameByProxy(request) ? undefined : own.get(path);
      const prefix = [...mounted.keys()]
        .filter((candidate) => path.startsWith(candidate))
        .sort((a, b) => b.length - a.length)[0];
      if (serve === undefined && prefix !== undefined) return mounted.get(prefix)?.(request, response);
      request.resume();
      if (serve === undefined) return answer(response, 404, 'text/plain', 'Not found.\n');
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return answer(response, 405, 'text/plain', 'Only GET is allowed.\n');
      serve(response).catch(() => answer(response, 500, 'text/plain', 'Internal error.\n'));
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, error)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shown}:${address.port}`,
    mount: (prefix, listener) => void mounted.set(prefix, listener),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerHealth(response: ServerResponse, health: HttpSetting['health']): Promise<void> {
  const { problems, facts } = await health().catch(() => ({
    problems: ['the database does not answer'],
    facts: {},
  }));
  const status = problems.length === 0 ? 200 : 503;
  answer(
    response,
    status,
    'application/json',
    `${JSON.stringify({ ok: status === 200, problems, ...facts })}\n`,
  );
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): UserError {
  const why =
    cause.code === 'EADDRINUSE'
      ? 'another program is listening there'
      : cause.code === 'EACCES'
        ? 'covernote does not have permission'
        : (cause.code ?? 'unknown');
  return new UserError(
    'http-listen',
    `Can't listen on ${host}:${port}: ${why}.`,
    'Set HTTP_HOST and HTTP_PORT to an address that is free, or leave HTTP_PORT empty.',
    { cause },
  );
}
