import { createHmac } from 'node:crypto';
import { createPeople, type People } from './people.js';
import { type SlackServer, startSlackServer } from './server.js';
import type { Ack } from './sockets.js';
import { createWorld, type Json, SIGNING_SECRET, type World } from './world.js';

/** How Slack reaches the app. */
export type Transport =
  | { readonly mode: 'socket' }
  /** `url`: where the app listens, without a path. */
  | { readonly mode: 'http'; readonly url: string };

/** What may be wrong with a delivery. */
export interface Lie {
  readonly signature?: string;
  /** The request's timestamp is so old. */
  readonly ageSec?: number;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

/** A Slack of our own on the loopback: two workspaces, people who act, a log of all that the app does. */
export interface FakeSlack extends SlackServer {
  readonly world: World;
  transport: Transport;
  /** Delivers to the app as Slack would. */
  deliver(type: EnvelopeType, payload: Json, lie?: Lie): Promise<Ack>;
  readonly people: People;
  /** Waits until something holds; throws with `what` after `withinMs`. */
  until<T>(what: string, find: () => T | undefined | null | false, withinMs?: number): Promise<T>;
}

export async function startFakeSlack(transport: Transport = { mode: 'socket' }): Promise<FakeSlack> {
  const world = createWorld();
  const server = await startSlackServer(world);
  const fake: FakeSlack = Object.assign(server, {
    world,
    transport,
    people: undefined as unknown as People,
    async deliver(type: EnvelopeType, payload: Json, lie: Lie = {}): Promise<Ack> {
      const ack = await (fake.transport.mode === 'socket'
        ? server.sockets.deliver(type, payload, lie.retry)
        : deliverByHttp(fake.transport.url, type, payload, lie));
      world.log.push({
        at: Date.now(),
        kind: 'delivered',
        what: `${type} ${String((payload.event as Json | undefined)?.type ?? payload.command ?? payload.type)}`,
        team: String(payload.team_id ?? (payload.team as Json | undefined)?.id ?? ''),
        body: payload,
        outcome: String(ack.status),
      });
      // That an answer comes late says nothing on a busy machine, that it never comes does.
      if (ack.status === 0) world.problems.push(`not acknowledged: ${type}`);
      return ack;
    },
    async until<T>(what: string, find: () => T | undefined | null | false, withinMs = 50_000): Promise<T> {
      const end = Date.now() + withinMs;
      for (;;) {
        const found = find();
        if (found !== undefined && found !== null && found !== false) return found;
        if (Date.now() > end) {
          const last = world.log.slice(-8).map((one) => `${one.kind} ${one.what}: ${one.outcome}`);
          throw new Error(`waited in vain for ${what}; last seen:\n${last.join('\n')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  });
  Object.assign(fake, { people: createPeople(fake) });
  return fake;
}

/** Slack waits 3 s; how long an answer takes on a busy machine says nothing of the adapter. */
const ACK_MS = 50_000;

async function deliverByHttp(url: string, type: EnvelopeType, payload: Json, lie: Lie): Promise<Ack> {
  const isJson = type === 'events_api';
  const body = isJson
    ? JSON.stringify(payload)
    : type === 'interactive'
      ? new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
      : new URLSearchParams(payload as Record<string, string>).toString();
  const timestamp = String(Math.floor(Date.now() / 1000) - (lie.ageSec ?? 0));
  const signature =
    lie.signature ??
    `v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const started = Date.now();
  try {
    const response = await fetch(`${url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
        ...(lie.retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(lie.retry.attempt), 'x-slack-retry-reason': lie.retry.reason }),
      },
      body,
      signal: AbortSignal.timeout(ACK_MS),
    });
    const text = await response.text();
    return { status: response.status, body: toJson(text), tookMs: Date.now() - started };
  } catch (error) {
    // Refused or cut: the bot is down, and Slack sends it again. Never answered: its fault.
    const isOpen = error instanceof Error && error.name === 'TimeoutError';
    return { status: isOpen ? 0 : -1, body: {}, tookMs: Date.now() - started };
  }
}

function toJson(text: string): Json {
  try {
    return text === '' ? {} : (JSON.parse(text) as Json);
  } catch {
    return { text };
  }
}
