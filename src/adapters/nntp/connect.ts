import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { TransientFailure } from '../../digest/failure/failure.js';
import { type AnswerReader, readAnswers } from './answer-reader.js';
import { type Answer, nonsense, refusal, socketFailure } from './failures.js';
import type { TimeLimits } from './limits.js';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** One connection to an NNTP server (RFC 3977), greeted. Requests may be sent ahead; answers come in their order. */
export interface Connection {
  /** `nntp.lore.kernel.org`, with the port if it is not the usual one. */
  readonly server: string;
  /** Sends a request, which must not contain line ends. */
  send(request: string): void;
  /** The status line of the next answer. */
  answer(request: string): Promise<Answer>;
  readonly reader: AnswerReader;
  /** Says goodbye without waiting. */
  close(): void;
}

/** Connects, and reads the greeting. Rejects with TransientFailure or UserError; a signal destroys the socket. */
export async function connect(
  address: ServerAddress,
  limits: TimeLimits,
  signal: AbortSignal,
): Promise<Connection> {
  const server = nameOf(address);
  const socket = openSocket(address);
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
  try {
    if (signal.aborted) socket.destroy();
    await connected(socket, address, server, limits.connectMs);
    const reader = readAnswers(socket, server, limits);
    const connection = asConnection(socket, server, reader);
    const hello = await connection.answer('at first');
    if (hello.code !== 200 && hello.code !== 201) throw refusal(server, 'at first', hello);
    return connection;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function openSocket({ host, port, tls }: ServerAddress): Socket {
  const socket = tls
    ? connectTls({ host, port, servername: isName(host) ? host : '' })
    : connectPlain({ host, port });
  // The reader reports errors; without a listener an early one would end the process.
  socket.on('error', () => undefined);
  return socket;
}

/** SNI is defined only for names. */
function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(':');
}

function nameOf({ host, port, tls }: ServerAddress): string {
  return port === (tls ? 563 : 119) ? host : `${host}:${port}`;
}

function connected(socket: Socket, address: ServerAddress, server: string, waitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const event = address.tls ? 'secureConnect' : 'connect';
    const settle = (act: () => void) => {
      clearTimeout(timer);
      socket.off(event, done).off('error', failed).off('close', closed);
      act();
    };
    const done = () => settle(resolve);
    const failed = (error: unknown) => settle(() => reject(socketFailure(server, error)));
    const closed = () => failed(new Error('closed'));
    const timer = setTimeout(() => {
      const seconds = Math.ceil(waitMs / 1000);
      settle(() =>
        reject(new TransientFailure('timeout', `${server} could not be reached within ${seconds} s.`)),
      );
    }, waitMs);
    socket.once(event, done).once('error', failed).once('close', closed);
  });
}

function asConnection(socket: Socket, server: string, reader: AnswerReader): Connection {
  return {
    server,
    reader,
    send(request) {
      if (/[\r\n]/.test(request)) throw new Error('a request of more than one line');
      if (socket.writable) socket.write(`${request}\r\n`);
    },
    answer: async (request) => toAnswer(server, request, await reader.line(request)),
    close() {
      socket.end('QUIT\r\n');
      // Whatever the server still sends is ignored.
      socket.destroySoon();
    },
  };
}

function toAnswer(server: string, request: string, line: string): Answer {
  const found = /^(\d{3})(?: (.*))?$/s.exec(line);
  if (found === null) throw nonsense(server, request, line);
  return { code: Number(found[1]), text: found[2] ?? '' };
}
