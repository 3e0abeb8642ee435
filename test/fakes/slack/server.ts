import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, type Faults } from './faults.js';
import { createResponseUrls, type ResponseUrls } from './response-urls.js';
import { createSockets, type Sockets } from './sockets.js';
import { documentedProblems, messageProblems, prepareSchemas, schemaProblems } from './validate.js';
import { type Call, methods, type Reply } from './web-api.js';
import { APP_TOKEN, CLIENT, type FakeTeam, type Json, type World } from './world.js';

/** The fake's side of the network: Web API, OAuth, response_url and the socket's door, on one loopback port. */
export interface SlackServer {
  /** What SLACK_API_URL is set to. */
  readonly apiUrl: string;
  readonly origin: string;
  readonly faults: Faults;
  readonly sockets: Sockets;
  readonly responseUrls: ResponseUrls;
  /** Trigger ids that were given out, with the moment of giving. */
  readonly triggers: Map<string, { at: number; user: string; team: string; used: boolean }>;
  /** Codes of OAuth that have not been traded for a token yet. */
  readonly codes: Map<string, { team: string; enterprise: boolean }>;
  /** Answers requests outside Slack's own paths; false if it does not know them. */
  onOther: (request: IncomingMessage, response: ServerResponse, body: string) => boolean;
  close(): Promise<void>;
}

const JSON_ARGS = new Set(['blocks', 'view', 'unfurls', 'metadata', 'attachments']);
const FLAGS = new Set([
  'unfurl_links',
  'unfurl_media',
  'include_all_metadata',
  'inclusive',
  'link_names',
  'mrkdwn',
  'reply_broadcast',
  'return_im',
  'include_locale',
]);
const TRIGGER_MS = 3000;
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** A form's fields as typed arguments: by the argument's name, never by how its text looks. */
function readArgs(body: string): Json {
  const args: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    if (JSON_ARGS.has(name)) args[name] = JSON.parse(value);
    else if (FLAGS.has(name)) args[name] = value === 'true';
    else if (name === 'limit') args[name] = Number(value);
    // Bolt adds it to every call; the typings know nothing of it.
    else if (name !== 'team_id') args[name] = value;
  }
  return args;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts on a free port of the loopback. */
export async function startSlackServer(world: World): Promise<SlackServer> {
  prepareSchemas();
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      world.problems.push(`the fake failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const slack: SlackServer = {
    apiUrl: `${origin}/api/`,
    origin,
    faults: createFaults(),
    sockets: createSockets(server, world),
    responseUrls: createResponseUrls(world, origin),
    triggers: new Map(),
    codes: new Map(),
    onOther: () => false,
    close: () => closeServer(server, slack.sockets),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', origin).pathname;
    const body = await readBody(request);
    if (path.startsWith('/api/')) return api(path.slice('/api/'.length), request, response, body);
    if (path.startsWith('/response/')) {
      const { status, text } = slack.responseUrls.use(path, JSON.parse(body) as Json, slack.faults);
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
      return;
    }
    if (slack.onOther(request, response, body)) return;
    response.writeHead(404).end();
  }

  function api(method: string, request: IncomingMessage, response: ServerResponse, body: string): void {
    const args = readArgs(body);
    const token = (request.headers.authorization ?? '').replace('Bearer ', '') || String(args.token ?? '');
    const { token: _, ...fields } = args;
    const team = [...world.teams.values()].find((one) => one.botToken === token) ?? null;
    const fault = slack.faults.take(method, fields);
    const log = (outcome: string) =>
      world.log.push({
        at: Date.now(),
        kind: 'api',
        what: method,
        team: team?.id ?? null,
        body: fields,
        outcome,
      });
    if (method !== 'oauth.v2.access') world.problems.push(...schemaProblems(method, fields));
    if (/^chat\.(?:post|update)/.test(method)) world.problems.push(...messageProblems(method, fields));
    const send = (reply: Reply) => {
      log(reply.ok ? 'ok' : String(reply.error));
      const scopes =
        team?.scopes === null || team === null ? {} : { 'x-oauth-scopes': team.scopes.join(',') };
      response.writeHead(200, { ...JSON_TYPE, ...scopes }).end(JSON.stringify(reply));
    };
    switch (fault?.kind) {
      case 'http-429':
        log('429');
        response
          .writeHead(429, fault.retryAfterSec === null ? {} : { 'retry-after': String(fault.retryAfterSec) })
          .end('{"ok":false,"error":"ratelimited"}');
        return;
      case 'error':
        send({ ok: false, error: fault.error, ...fault.more });
        return;
      case 'http-500':
        log('500');
        response.writeHead(500).end('oops');
        return;
      case 'page':
        log('page');
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the proxy</html>');
        return;
      case 'before':
        log('before');
        request.socket.destroy();
        return;
      case 'late': {
        const reply = perform(method, fields, token, team);
        log('late');
        setTimeout(() => response.writeHead(200, JSON_TYPE).end(JSON.stringify(reply)), fault.ms).unref();
        return;
      }
      case 'lost':
      case 'slow':
        log(`${fault.kind}: ${String(perform(method, fields, token, team).ok)}`);
        if (fault.kind === 'lost') request.socket.destroy();
        return;
      case undefined:
        send(perform(method, fields, token, team));
        return;
      default:
        fault satisfies never;
    }
  }

  function perform(method: string, args: Json, token: string, team: FakeTeam | null): Reply {
    if (method === 'apps.connections.open')
      return token === APP_TOKEN
        ? { ok: true, url: slack.sockets.ticket(origin) }
        : { ok: false, error: 'invalid_auth' };
    if (method === 'oauth.v2.access') return tradeCode(args);
    if (team === null) return { ok: false, error: token === '' ? 'not_authed' : 'invalid_auth' };
    if (team.state !== 'installed') return { ok: false, error: 'token_revoked' };
    if (method === 'views.open') return openView(args, team);
    const call: Call = { args, team };
    const known = methods[method];
    return known === undefined ? { ok: false, error: 'unknown_method' } : known(world, call);
  }

  function openView(args: Json, team: FakeTeam): Reply {
    const trigger = slack.triggers.get(String(args.trigger_id));
    if (trigger === undefined || trigger.used) return { ok: false, error: 'exchanged_trigger_id' };
    if (Date.now() - trigger.at > TRIGGER_MS) return { ok: false, error: 'expired_trigger_id' };
    trigger.used = true;
    const view = args.view as Json;
    world.problems.push(...documentedProblems((view.blocks ?? []) as Json[]));
    const id = world.nextId('V');
    world.views.set(id, { id, user: trigger.user, team: team.id, view, open: true });
    return { ok: true, view: { id, ...view } };
  }

  function tradeCode(args: Json): Reply {
    const code = slack.codes.get(String(args.code));
    if (code === undefined || args.client_id !== CLIENT.id || args.client_secret !== CLIENT.secret)
      return { ok: false, error: 'invalid_code' };
    slack.codes.delete(String(args.code));
    const team = world.teams.get(code.team);
    if (team === undefined) return { ok: false, error: 'invalid_code' };
    team.state = 'installed';
    return {
      ok: true,
      access_token: team.botToken,
      token_type: 'bot',
      scope: 'chat:write,commands',
      bot_user_id: team.botUserId,
      app_id: 'A0COVERNOTE',
      team: code.enterprise ? null : { id: team.id, name: team.name },
      enterprise: team.enterpriseId === null ? null : { id: team.enterpriseId, name: 'Enterprise' },
      is_enterprise_install: code.enterprise,
      authed_user: { id: 'U0ADA' },
    };
  }
  return slack;
}

function closeServer(server: Server, sockets: Sockets): Promise<void> {
  sockets.close();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
