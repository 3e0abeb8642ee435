import type { Server } from 'node:net';
import { connect, type Socket } from 'node:net';

/** Connections that are handed on to a server on loopback, and end in the middle of what it says. */
export interface Relay {
  /** Hands a client on; it ends after a number of bytes of the server's answers. */
  pass(client: Socket, most: number): void;
  /** Begins to listen, on a free port. */
  listen(server: Server): Promise<number>;
  close(server: Server): Promise<void>;
}

export function createRelay(targetPort: number): Relay {
  const sockets = new Set<Socket>();
  return {
    pass(client, most) {
      const upstream = connect(targetPort, '127.0.0.1');
      let left = most;
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      client.pipe(upstream);
      upstream.on('data', (chunk: Buffer) => {
        const passed = chunk.subarray(0, Math.max(0, left));
        left -= chunk.length;
        if (left > 0) client.write(passed);
        else client.end(passed, () => upstream.destroy());
      });
      upstream.on('end', () => client.end());
    },
    async listen(server) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
    async close(server) {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
