import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { webhookBodySchema } from '../../src/digest/contract/webhook-body.js';

/** What a receiver does with one request. `keeps`: whether it stores what came, before that. */
export type Behaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly keeps?: boolean;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** It takes the request and answers never. */
  | { readonly kind: 'hang'; readonly keeps: boolean }
  | { readonly kind: 'reset'; readonly keeps: boolean }
  /** A body without end. */
  | { readonly kind: 'flood' };

interface Received {
  readonly id: string;
  readonly path: string;
  readonly body: z.infer<typeof webhookBodySchema>;
}

export interface WebhookReceiver {
  readonly url: string;
  /** What it stored: each id once. */
  readonly kept: Received[];
  /** Every request, repeats too, by its id. */
  readonly requests: string[];
  /** What is wrong with requests: signatures that do not fit. */
  readonly faults: string[];
  /** Of the next requests, in order; then it works. */
  readonly next: Behaviour[];
  close(): Promise<void>;
}

const headersSchema = z.object({
  'webhook-id': z.string(),
  'webhook-timestamp': z.string().regex(/^\d{10}$/),
  'webhook-signature': z.string(),
  'content-type': z.literal('application/json'),
});

/** A program that takes webhooks as docs/webhooks.md says: it checks the signature, and drops an id that it has. */
export async function receiveWebhooks(secret: string): Promise<WebhookReceiver> {
  const key = Buffer.from(secret, 'base64');
  const [kept, requests, faults, next]: [Received[], string[], string[], Behaviour[]] = [[], [], [], []];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const headers = headersSchema.parse(request.headers);
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = headers;
    const expected = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
    if (!signatures.split(' ').includes(expected)) faults.push(`${id}: wrong signature`);
    requests.push(id);
    const does = next.shift() ?? { kind: 'status', status: 204, keeps: true };
    const keeps = does.kind === 'status' ? (does.keeps ?? false) : does.kind === 'flood' || does.keeps;
    if (keeps && !kept.some((one) => one.id === id))
      kept.push({ id, path: request.url ?? '', body: webhookBodySchema.parse(JSON.parse(body)) });
    if (does.kind === 'status') response.writeHead(does.status, does.headers).end();
    if (does.kind === 'reset') request.socket.destroy();
    if (does.kind === 'flood') {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    }
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => {
      faults.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    kept,
    requests,
    faults,
    next,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
