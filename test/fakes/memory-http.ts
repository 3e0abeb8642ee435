import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MemoryAnswer, MemoryChat, MemoryReply, MemoryRequest } from './memory-chat.js';

/** The memory chat behind HTTP on a free loopback port, so that a bot in another process can be killed without it. */
export async function serveMemoryChat(
  chat: MemoryChat,
  delayMs: () => number = () => 0,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { fate, reply } = chat.ask(JSON.parse(Buffer.concat(chunks).toString('utf8')) as MemoryRequest);
      const answer = () => response.end(JSON.stringify(reply));
      if (fate === 'lost') request.socket.destroy();
      else if (fate === 'arrives') setTimeout(answer, delayMs());
      // `late`: the client has long gone when it closes the connection.
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Asks a chat that is served elsewhere. Throws when the connection fails or the reply takes too long. */
export function askOverHttp(url: string, timeoutMs = 300): (request: MemoryRequest) => Promise<MemoryAnswer> {
  return (request) =>
    new Promise((resolve, reject) => {
      const call = httpRequest(url, { method: 'POST', agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            fate: 'arrives',
            reply: JSON.parse(Buffer.concat(chunks).toString('utf8')) as MemoryReply,
          }),
        );
      });
      call.setTimeout(timeoutMs, () => call.destroy(new Error('timed out')));
      call.on('error', reject);
      call.end(JSON.stringify(request));
    });
}
