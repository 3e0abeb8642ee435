import { createHmac } from 'node:crypto';

/**
 * The headers by which a receiver knows that a request is ours, is new, and is not a repeat (standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body`, once with each key, so that a key can be replaced without a gap.
 */
export function signedHeaders(
  keys: readonly Buffer[],
  { id, atMs, body }: { readonly id: string; readonly atMs: number; readonly body: string },
): Readonly<Record<string, string>> {
  // Whole seconds since 1970.
  const timestamp = String(Math.floor(atMs / 1000));
  const signatures = keys.map(
    (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
