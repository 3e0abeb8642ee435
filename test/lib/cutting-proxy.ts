import { connect, createServer, type Socket } from 'node:net';

/** A proxy on loopback that ends each connection in the middle of what the server says. */
export interface CuttingProxy {
  readonly port: number;
  /** From now on connections end after so many bytes of the server's answers; null: never. */
  cutAfter(bytes: number | null): void;
  close(): Promise<void>;
}

/** `bytes`: as `cutAfter` takes it, from the start. */
export async function startCuttingProxy(
  targetPort: number,
  bytes: number | null = null,
): Promise<CuttingProxy> {
  let limit = bytes;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let left = limit ?? Number.POSITIVE_INFINITY;
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
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutAfter: (bytes) => {
      limit = bytes;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
