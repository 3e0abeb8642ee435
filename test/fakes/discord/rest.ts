import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERRORS, type Fault, type Faults } from './faults.js';
import { channelProblems, commandProblems, messageProblems, postProblems } from './limits.js';
import { type Carried, operations, type Request, type Site } from './operations.js';
import { schemaProblems } from './validate.js';
import type { Json } from './world.js';

/** One request as a test judges it. */
export interface RequestEntry {
  readonly atMs: number;
  /** `POST /channels/{channel_id}/messages`. */
  readonly operation: string;
  readonly path: string;
  readonly body: unknown;
  status: number;
  /** Discord's code where it was refused. */
  code: number | null;
  /** What the description or the documented limits forbid; empty for a good request. */
  readonly problems: readonly string[];
  readonly fault: Fault['kind'] | null;
}

/** How many requests for one channel's messages are allowed in what time: what the headers say and 429 enforces. */
export interface Bucket {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RestSetting {
  readonly token: string;
  readonly faults: Faults;
  readonly log: RequestEntry[];
  readonly site: () => Site;
  readonly bucket: () => Bucket | null;
  readonly delayMs: () => number;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
}

/** The operation that a request asks for, and what its path names; null for one that Discord does not know. */
export function routeOf(
  method: string,
  path: string,
): { readonly operation: string; readonly ids: Request['ids'] } | null {
  for (const route of routes) {
    const found = route.method === method ? route.pattern.exec(path) : null;
    if (found !== null) return { operation: route.operation, ids: { ...found.groups } };
  }
  return null;
}

const routes: readonly Route[] = Object.keys(operations).map((operation) => {
  const [method = '', template = ''] = operation.split(' ');
  const pattern = template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { operation, method, pattern: new RegExp(`^/api/v10${pattern}$`) };
});

export function createRest(setting: RestSetting): Server {
  const used = new Map<string, number[]>();
  return createServer((request, response) => {
    void handle(setting, used, request, response).catch((error: unknown) => {
      setting.log.push({
        atMs: Date.now(),
        operation: 'the fake failed',
        path: request.url ?? '',
        body: String(error instanceof Error ? error.stack : error),
        status: 500,
        code: null,
        problems: ['the fake failed'],
        fault: null,
      });
      response.writeHead(500).end();
    });
  });
}

async function handle(
  setting: RestSetting,
  used: Map<string, number[]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await read(request);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = decodeURIComponent(url.pathname);
  const method = request.method ?? 'GET';
  const match = routeOf(method, path);
  const operation = match?.operation ?? `${method} ${path}`;
  const body: unknown = text === '' ? {} : JSON.parse(text);
  const fault = setting.faults.take(operation, path);
  const problems = problemsOf(operation, body, request, match === null);
  const entry: RequestEntry = {
    atMs: Date.now(),
    operation,
    path,
    body,
    status: 0,
    code: null,
    problems,
    fault: fault?.kind ?? null,
  };
  setting.log.push(entry);
  const carryOut = (): Carried => {
    if (!isAuthorized(operation, request, setting.token)) return ERRORS.badToken;
    if (match === null) return { kind: 'error', status: 404, code: 0, message: '404: Not Found' };
    if (problems.length > 0) return { ...ERRORS.invalidBody, message: problems.join('; ') };
    const carried: Request = { ids: match.ids, query: url.searchParams, body: body as Json };
    return operations[operation]?.(setting.site(), carried) ?? ERRORS.unknownChannel;
  };
  await wait(setting.delayMs());
  const headers = limited(setting.bucket(), used, operation, path, response);
  if (headers === null) return refuse(response, entry, { kind: 'rateLimited', retryAfterMs: 1000 });
  if (fault === null) return answer(response, entry, carryOut(), headers);
  await fail(response, entry, fault, carryOut, headers);
}

async function fail(
  response: ServerResponse,
  entry: RequestEntry,
  fault: Fault,
  carryOut: () => Carried,
  headers: Record<string, string>,
): Promise<void> {
  switch (fault.kind) {
    case 'error':
      return answer(response, entry, fault, headers);
    case 'rateLimited':
      return refuse(response, entry, fault);
    case 'badGateway':
      if (fault.carriedOut === true) carryOut();
      entry.status = 502;
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
      return;
    case 'dropBefore':
      response.socket?.destroy();
      return;
    case 'dropAfter':
      carryOut();
      response.socket?.destroy();
      return;
    case 'slow': {
      const carried = carryOut();
      await wait(fault.ms);
      return answer(response, entry, carried, headers);
    }
    default:
      fault satisfies never;
  }
}

function answer(
  response: ServerResponse,
  entry: RequestEntry,
  carried: Carried,
  headers: Record<string, string>,
): void {
  entry.status = carried.status;
  if (carried.kind === 'error') entry.code = carried.code;
  const body = carried.kind === 'error' ? { code: carried.code, message: carried.message } : carried.body;
  if (response.destroyed) return;
  // A 204 with a content type makes a client parse nothing.
  if (body === undefined) response.writeHead(carried.status, headers).end();
  else
    response
      .writeHead(carried.status, { ...headers, 'content-type': 'application/json' })
      .end(JSON.stringify(body));
}

function refuse(
  response: ServerResponse,
  entry: RequestEntry,
  { retryAfterMs, global = false }: Extract<Fault, { kind: 'rateLimited' }>,
): void {
  const seconds = retryAfterMs / 1000;
  entry.status = 429;
  response
    .writeHead(429, {
      'content-type': 'application/json',
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    })
    .end(JSON.stringify({ message: 'You are being rate limited.', retry_after: seconds, global }));
}

/** The headers of a bucket that has room; null if it has none. */
function limited(
  bucket: Bucket | null,
  used: Map<string, number[]>,
  operation: string,
  path: string,
  _response: ServerResponse,
): Record<string, string> | null {
  if (bucket === null || operation !== 'POST /channels/{channel_id}/messages') return {};
  const now = Date.now();
  const recent = (used.get(path) ?? []).filter((at) => now - at < bucket.windowMs);
  if (recent.length >= bucket.limit) return null;
  used.set(path, [...recent, now]);
  const resetMs = bucket.windowMs - (now - (recent[0] ?? now));
  return {
    'x-ratelimit-limit': String(bucket.limit),
    'x-ratelimit-remaining': String(bucket.limit - recent.length - 1),
    'x-ratelimit-reset-after': String(resetMs / 1000),
    'x-ratelimit-bucket': 'messages',
  };
}

function isOpen(operation: string): boolean {
  return operation.includes('/interactions/') || operation.includes('/webhooks/');
}

function isAuthorized(operation: string, request: IncomingMessage, token: string): boolean {
  return isOpen(operation) || request.headers.authorization === `Bot ${token}`;
}

const MESSAGES =
  /^(?:POST|PATCH) (?:\/channels\/\{channel_id\}\/messages(?:\/\{message_id\})?|\/webhooks\/.*)$/;

function problemsOf(
  operation: string,
  body: unknown,
  request: IncomingMessage,
  isUnknown: boolean,
): string[] {
  const problems = isUnknown ? ['no such request'] : bodyProblems(operation, body);
  if (isOpen(operation) && request.headers.authorization !== undefined)
    problems.push('the bot’s token where the interaction’s own is enough');
  return problems;
}

/** What the body of a request has against the description and the documented limits. */
export function bodyProblems(operation: string, body: unknown): string[] {
  const problems = schemaProblems(operation, body);
  if (operation.endsWith('/commands') && Array.isArray(body)) problems.push(...commandProblems(body));
  if (typeof body !== 'object' || body === null) return problems;
  if (MESSAGES.test(operation))
    problems.push(...messageProblems(body as Json, operation.startsWith('PATCH')));
  if (operation === 'POST /channels/{channel_id}/threads') problems.push(...postProblems(body as Json));
  if (operation === 'PATCH /channels/{channel_id}') problems.push(...channelProblems(body as Json));
  if (operation.endsWith('/callback')) problems.push(...callbackProblems(body as Json));
  return problems;
}

const MESSAGE_CALLBACKS: ReadonlySet<unknown> = new Set([4, 7]);

function callbackProblems({ type, data }: Json): string[] {
  if (!MESSAGE_CALLBACKS.has(type) || typeof data !== 'object' || data === null) return [];
  return messageProblems(data as Json, type === 7);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function wait(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms).unref());
}
