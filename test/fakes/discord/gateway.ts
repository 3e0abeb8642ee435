import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { botObject, guildObject } from './objects.js';
import { type Json, snowflake, type World } from './world.js';

/** One thing that happened on the gateway, for a test to judge. */
type GatewayEntry =
  | { readonly what: 'identify'; readonly intents: number; readonly shard: readonly number[] | null }
  | { readonly what: 'resume'; readonly accepted: boolean; readonly replayed: number }
  | { readonly what: 'heartbeat' }
  | { readonly what: 'close'; readonly code: number };

export interface Gateway {
  readonly log: GatewayEntry[];
  /** Sends an event to the session, or keeps it until the session resumes. */
  dispatch(event: string, data: Json): void;
  /** Closes the connection; the client may resume. `terminate`: without a word. */
  drop(code?: number): void;
  /** Op 9: the session is gone, or may still be resumed. */
  invalidate(resumable: boolean): void;
  /** Op 7. */
  askToReconnect(): void;
  /** Heartbeats get no answer until `false`. */
  mute(muted: boolean): void;
  /** The next identify is closed with this code. */
  refuseIdentify(code: number): void;
  readonly isConnected: boolean;
  stop(): void;
}

export interface GatewaySetting {
  readonly token: string;
  readonly heartbeatMs: number;
  readonly allowsMessageContent: boolean;
}

const MESSAGE_CONTENT = 1 << 15;

interface Session {
  readonly id: string;
  seq: number;
  readonly events: { readonly s: number; readonly t: string; readonly d: Json }[];
}

export function createGateway(server: Server, world: World, setting: GatewaySetting): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const log: GatewayEntry[] = [];
  let session: Session | null = null;
  let socket: WebSocket | null = null;
  let muted = false;
  let refusal: number | null = null;

  const url = () => {
    const address = server.address();
    return `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
  const write = (to: WebSocket | null, frame: Json) => {
    if (to?.readyState === 1) to.send(JSON.stringify(frame));
  };

  function dispatch(event: string, data: Json): void {
    if (session === null) return;
    const entry = { s: ++session.seq, t: event, d: data };
    session.events.push(entry);
    write(socket, { op: 0, ...entry });
  }

  function identify(from: WebSocket, given: Json): void {
    const intents = Number(given.intents ?? 0);
    const shard = Array.isArray(given.shard) ? given.shard.map(Number) : null;
    log.push({ what: 'identify', intents, shard });
    if (given.token !== setting.token) {
      from.close(4004, 'Authentication failed.');
      return;
    }
    if (refusal !== null) {
      from.close(refusal);
      refusal = null;
      return;
    }
    if ((intents & MESSAGE_CONTENT) !== 0 && !setting.allowsMessageContent) {
      from.close(4014);
      return;
    }
    session = { id: `session-${snowflake()}`, seq: 0, events: [] };
    socket = from;
    dispatch('READY', {
      v: 10,
      user: botObject(world),
      guilds: [...world.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: url(),
      shard: shard ?? [0, 1],
      application: { id: world.applicationId, flags: 0 },
      user_settings: {},
      relationships: [],
      private_channels: [],
      presences: [],
      guild_join_requests: [],
      geo_ordered_rtc_regions: [],
      auth: {},
      _trace: [],
    });
    for (const id of world.guilds.keys()) dispatch('GUILD_CREATE', guildObject(world, id));
  }

  function resume(from: WebSocket, given: Json): void {
    const accepted = session !== null && given.session_id === session.id && given.token === setting.token;
    const missed = accepted ? (session?.events.filter((event) => event.s > Number(given.seq)) ?? []) : [];
    log.push({ what: 'resume', accepted, replayed: missed.length });
    if (!accepted) {
      session = null;
      write(from, { op: 9, d: false });
      return;
    }
    socket = from;
    for (const event of missed) write(from, { op: 0, ...event });
    dispatch('RESUMED', { _trace: [] });
  }

  function receive(from: WebSocket, text: string): void {
    const frame: { op: number; d: Json } = JSON.parse(text);
    if (frame.op === 1) {
      log.push({ what: 'heartbeat' });
      if (!muted) write(from, { op: 11 });
    } else if (frame.op === 2) identify(from, frame.d);
    else if (frame.op === 6) resume(from, frame.d);
  }

  sockets.on('connection', (connection: WebSocket) => {
    connection.on('message', (text) => receive(connection, String(text)));
    connection.on('error', () => {});
    connection.on('close', (code) => {
      log.push({ what: 'close', code });
      if (socket === connection) socket = null;
    });
    write(connection, { op: 10, d: { heartbeat_interval: setting.heartbeatMs, _trace: [] } });
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
    sockets.handleUpgrade(request, stream, head, (connection) => sockets.emit('connection', connection)),
  );

  return {
    log,
    dispatch,
    drop(code) {
      if (code === undefined) socket?.terminate();
      else socket?.close(code);
    },
    invalidate(resumable) {
      const from = socket;
      if (!resumable) session = null;
      write(from, { op: 9, d: resumable });
    },
    askToReconnect: () => write(socket, { op: 7, d: null }),
    mute(on) {
      muted = on;
    },
    refuseIdentify(code) {
      refusal = code;
    },
    get isConnected() {
      return socket !== null;
    },
    stop() {
      for (const connection of sockets.clients) connection.terminate();
      sockets.close();
    },
  };
}
