import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A web server that answers as a test says, badly where it must. */
export interface FakeHttpServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The requests, oldest first: `GET /kvm/new.atom`. */
  readonly requests: readonly string[];
  /** The headers of the last request. */
  lastHeaders(): IncomingMessage['headers'];
  close(): Promise<void>;
}

export type FakeAnswer = (request: IncomingMessage, response: ServerResponse) => void;

export async function startFakeHttp(answer: FakeAnswer): Promise<FakeHttpServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let headers: IncomingMessage['headers'] = {};
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers = request.headers;
    answer(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    requests,
    lastHeaders: () => headers,
    async close() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Answers with a status, a body and headers. */
export function answers(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): FakeAnswer {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** Sends the headers and part of a body, then nothing more. */
export function hangs(part: string | Buffer = ''): FakeAnswer {
  return (_, response) => {
    response.writeHead(200);
    response.flushHeaders();
    if (part.length > 0) response.write(part);
  };
}

/** Never says anything. */
export const staysSilent: FakeAnswer = () => undefined;

/** Sends part of a body and cuts the connection. */
export function breaksOff(part: string | Buffer): FakeAnswer {
  return (_, response) => {
    response.writeHead(200);
    response.write(part, () => setTimeout(() => response.socket?.resetAndDestroy(), 20));
  };
}
