import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json, World } from './world.js';

/** How an app answered what was delivered to it. */
export interface Ack {
  /** HTTP status; 200 for an envelope that was acknowledged, 0 if no answer came. */
  readonly status: number;
  /** What was sent back with it. */
  readonly body: Json;
  readonly tookMs: number;
}

/** Socket Mode: connections, pings, envelopes and their acknowledgements. */
export interface Sockets {
  /** A fresh address for one connection. */
  ticket(origin: string): string;
  readonly open: () => number;
  deliver(type: string, payload: Json, retry?: { attempt: number; reason: string }): Promise<Ack>;
  /** Slack recycles the connection: the app has to reconnect. */
  disconnect(): void;
  /** The network cuts it. */
  cut(): void;
  close(): void;
}

const PING_MS = 2000;
const ACK_MS = 50_000;

export function createSockets(server: Server, world: World): Sockets {
  const tickets = new Set<string>();
  const connections = new Set<WebSocket>();
  const waiting = new Map<string, (body: Json) => void>();
  const log = (what: string, body: Json = {}) =>
    world.log.push({ at: Date.now(), kind: 'socket', what, team: null, body, outcome: 'ok' });
  const door = new WebSocketServer({ noServer: true });

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) {
      socket.destroy();
      return;
    }
    door.handleUpgrade(request, socket, head, (connection) => {
      connections.add(connection);
      log('connected');
      const pings = setInterval(() => connection.ping('Ping from the fake'), PING_MS);
      connection.on('close', () => {
        clearInterval(pings);
        connections.delete(connection);
        log('closed');
      });
      connection.on('error', () => undefined);
      connection.on('message', (raw) => {
        const envelope = JSON.parse(String(raw)) as { envelope_id?: string; payload?: Json };
        const done = waiting.get(envelope.envelope_id ?? '');
        if (done === undefined) world.problems.push(`an unknown envelope was acknowledged: ${String(raw)}`);
        else done(envelope.payload ?? {});
      });
      connection.ping('Ping from the fake');
      connection.send(
        JSON.stringify({
          type: 'hello',
          num_connections: connections.size,
          connection_info: { app_id: 'A0' },
        }),
      );
    });
  });

  return {
    ticket(origin) {
      const ticket = world.nextId('ticket');
      tickets.add(ticket);
      return `${origin.replace('http', 'ws')}/socket?ticket=${ticket}`;
    },
    open: () => connections.size,
    deliver(type, payload, retry) {
      const [connection] = connections;
      const started = Date.now();
      if (connection === undefined) return Promise.resolve({ status: -1, body: {}, tookMs: 0 });
      const envelopeId = world.nextId('env');
      return new Promise((resolve) => {
        const end = (status: number, body: Json) => {
          clearTimeout(timer);
          waiting.delete(envelopeId);
          resolve({ status, body, tookMs: Date.now() - started });
        };
        const timer = setTimeout(() => end(0, {}), ACK_MS);
        waiting.set(envelopeId, (body) => end(200, body));
        connection.send(
          JSON.stringify({
            type,
            envelope_id: envelopeId,
            accepts_response_payload: type !== 'events_api',
            payload,
            ...(retry === undefined ? {} : { retry_attempt: retry.attempt, retry_reason: retry.reason }),
          }),
        );
      });
    },
    disconnect() {
      for (const connection of connections)
        connection.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    cut() {
      for (const connection of connections) connection.terminate();
    },
    close() {
      for (const connection of connections) connection.terminate();
      door.close();
    },
  };
}
