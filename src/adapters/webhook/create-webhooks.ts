import { createHash } from 'node:crypto';
import { toWebhookBody } from '../../digest/contract/webhook-body.js';
import type { Address, ChatPlatform, Post, SendOutcome } from '../../digest/ports/chat-platform.js';
import { DAY_MS, SECOND_MS } from '../../digest/time/iso.js';
import { fitsRequest } from './fits.js';
import { failureOutcome, outcomeOf } from './outcome.js';
import { signedHeaders } from './sign.js';

export interface WebhookSetting {
  /** Where requests may go, and nowhere else. They may hold a token: no log, error or database holds them. */
  readonly urls: readonly string[];
  /** Keys that each request is signed with. */
  readonly keys: readonly Buffer[];
  /** Of covernote. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** For one request and its answer. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10 * SECOND_MS;
const MOST_BODY_BYTES = 1024 * 1024;
/** A receiver drops an id that it has already, for as long as it remembers: what is unclear is sent again for most of this time. */
const REMEMBERED_MS = 2 * DAY_MS;

/** Where a webhook is in the database: its URL may hold a token, so a hash of it. */
export function webhookAddress(url: string): Address {
  const address = createHash('sha256').update(url).digest('base64url').slice(0, 22);
  return { platform: 'webhook', tenant: 'local', address, kind: 'channel' };
}

/** Receivers of digests over HTTP, as a chat: each message is one signed POST. */
export function createWebhooks(setting: WebhookSetting): ChatPlatform {
  const urls = new Map(setting.urls.map((url) => [webhookAddress(url).address, url]));
  return {
    name: 'webhook',
    capabilities: { idempotentMs: REMEMBERED_MS, find: false, edit: false, threads: false },
    time: () => null,
    send: (post) => send(setting, urls.get(post.to.address), post),
    find: async () => ({ kind: 'unknown', message: 'a webhook cannot be searched' }),
    edit: async () => ({ kind: 'unclear', message: 'a webhook edits nothing' }),
    fits: fitsRequest,
  };
}

async function send(setting: WebhookSetting, url: string | undefined, post: Post): Promise<SendOutcome> {
  if (url === undefined)
    return {
      kind: 'refused',
      reason: 'gone',
      message: 'This webhook is not configured any more.',
      remedy: 'Put its address back into WEBHOOKS.',
    };
  const { key, under, view, content = null } = post;
  const body = JSON.stringify(toWebhookBody({ id: key, headline: under?.messageId ?? null, view, content }));
  if (Buffer.byteLength(body) > MOST_BODY_BYTES)
    return {
      kind: 'refused',
      reason: 'invalid',
      message: 'The message is too large.',
      remedy: 'Report it: it is a bug.',
    };
  const timeoutMs = setting.timeoutMs ?? TIMEOUT_MS;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': `covernote/${setting.version}`,
        ...signedHeaders(setting.keys, { id: key, atMs: setting.now(), body }),
      },
      body,
      // It would take the digest to an address that no one configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // What it says is of no use, and may be without end.
    await response.body?.cancel().catch(() => undefined);
    return outcomeOf(response, key, setting.now());
  } catch (error) {
    return failureOutcome(error, timeoutMs);
  }
}
