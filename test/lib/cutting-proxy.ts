import { createServer } from 'node:net';
import { createRelay } from './relay.js';

/** A proxy on loopback that ends each connection in the middle of what the server says. */
export interface CuttingProxy {
  readonly port: number;
  /** From now on connections end after this many bytes of the server's answers; null: never. */
  cutAfter(bytes: number | null): void;
  close(): Promise<void>;
}

/** `bytes`: as `cutAfter` takes it, from the start. */
export async function startCuttingProxy(
  targetPort: number,
  bytes: number | null = null,
): Promise<CuttingProxy> {
  let limit = bytes;
  const relay = createRelay(targetPort);
  const server = createServer((client) => relay.pass(client, limit ?? Number.POSITIVE_INFINITY));
  return {
    port: await relay.listen(server),
    cutAfter: (bytes) => {
      limit = bytes;
    },
    close: () => relay.close(server),
  };
}
