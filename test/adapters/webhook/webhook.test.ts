import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebhooks, webhookAddress } from '../../../src/adapters/webhook/create-webhooks.js';
import { outcomeOf } from '../../../src/adapters/webhook/outcome.js';
import { signedHeaders } from '../../../src/adapters/webhook/sign.js';
import type { Post } from '../../../src/digest/ports/chat-platform.js';
import { type ChatWorld, chatPlatformContract, type PlatformFailure } from '../../contract/chat-platform.js';
import { textView } from '../../contract/chat-views.js';
import { type Behaviour, receiveWebhooks, type WebhookReceiver } from '../../fakes/webhook-receiver.js';

const SECRET = Buffer.alloc(32, 7).toString('base64');
const OTHER = Buffer.alloc(32, 8).toString('base64');
const NOW = Date.parse('2026-11-16T09:00:00Z');

const platformAt = (urls: readonly string[], keys: readonly string[] = [SECRET]) =>
  createWebhooks({
    urls,
    keys: keys.map((key) => Buffer.from(key, 'base64')),
    version: '0.0.0',
    now: () => NOW,
    timeoutMs: 1_000,
  });

function behaviourOf(failure: PlatformFailure): Behaviour {
  switch (failure.kind) {
    case 'before':
      return { kind: 'reset', keeps: false };
    case 'reply-lost':
      return { kind: 'reset', keeps: true };
    case 'slow':
      return { kind: 'hang', keeps: true };
    case 'internal-error':
      return { kind: 'status', status: 500 };
    case 'rate-limited':
      return { kind: 'status', status: 429, headers: { 'retry-after': String(failure.delayMs / 1000) } };
    case 'gone':
      return { kind: 'status', status: 410 };
    case 'invalid':
      return { kind: 'status', status: 422 };
    case 'forbidden':
    case 'closed':
      return { kind: 'status', status: 403 };
    default:
      return failure satisfies never;
  }
}

chatPlatformContract('a webhook', async (): Promise<ChatWorld> => {
  const receiver = await receiveWebhooks(SECRET);
  const url = `${receiver.url}/hook`;
  return {
    platform: platformAt([url]),
    channel: webhookAddress(url),
    person: null,
    isPressed: false,
    standing: async () =>
      receiver.kept.map(({ id, body }) => ({
        messageId: id,
        key: id,
        under: null,
        text: body.text,
        mentions: [],
        links: [],
        actions: [],
      })),
    failNext: (_, failure) => void receiver.next.push(behaviourOf(failure)),
    close: () => receiver.close(),
  };
});

describe('a request', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await receiveWebhooks(SECRET);
  });
  afterEach(() => receiver.close());
  const post = (url: string): Post => ({
    key: 'key-1',
    to: webhookAddress(url),
    under: null,
    view: textView('one new series'),
    actions: [],
    silent: true,
  });

  it('is signed with each key, so that a receiver may know either', async () => {
    const platform = platformAt([receiver.url], [OTHER, SECRET]);
    expect(await platform.send(post(receiver.url))).toEqual({ kind: 'sent', messageId: 'key-1' });
    expect(receiver.faults).toEqual([]);
    const wrong = platformAt([receiver.url], [OTHER]);
    await wrong.send({ ...post(receiver.url), key: 'key-2' });
    expect(receiver.faults).toEqual(['key-2: wrong signature']);
  });

  it('goes to no address that is not configured', async () => {
    const outcome = await platformAt([`${receiver.url}/mine`]).send(post(`${receiver.url}/other`));
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'gone' });
    expect(receiver.requests).toEqual([]);
  });

  it('follows no redirect', async () => {
    const other = await receiveWebhooks(SECRET);
    receiver.next.push({ kind: 'status', status: 307, headers: { location: other.url } });
    const outcome = await platformAt([receiver.url]).send(post(receiver.url));
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'forbidden',
      remedy: expect.stringContaining('Redirects'),
    });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('reads no answer without end', async () => {
    receiver.next.push({ kind: 'flood' });
    expect(await platformAt([receiver.url]).send(post(receiver.url))).toMatchObject({ kind: 'sent' });
  });

  it('names the address in no message', async () => {
    const gone = `${receiver.url}/with-token`;
    await receiver.close();
    const outcome = await platformAt([gone]).send(post(gone));
    expect(outcome).toMatchObject({ kind: 'retryAfter', message: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(outcome)).not.toContain('127.0.0.1');
    receiver = await receiveWebhooks(SECRET);
  });
});

it.each([
  [200, {}, 'sent'],
  [202, {}, 'sent'],
  [302, {}, 'refused forbidden'],
  [400, {}, 'refused invalid'],
  [401, {}, 'refused forbidden'],
  [404, {}, 'refused forbidden'],
  [408, {}, 'unclear'],
  [410, {}, 'refused gone'],
  [413, {}, 'refused invalid'],
  [429, {}, 'retryAfter 5000'],
  [429, { 'retry-after': '90' }, 'retryAfter 90000 named'],
  [503, { 'retry-after': 'Mon, 16 Nov 2026 09:01:00 GMT' }, 'retryAfter 60000 named'],
  [503, { 'retry-after': '999999' }, 'retryAfter 3600000 named'],
  [503, { 'retry-after': 'soon' }, 'retryAfter 5000'],
  [500, {}, 'unclear'],
  [502, {}, 'unclear'],
] as const)('HTTP %i %j is %s', (status, headers, expected) => {
  const outcome = outcomeOf({ status, headers: new Headers(headers) }, 'key', NOW);
  const words = {
    sent: () => 'sent',
    unclear: () => 'unclear',
    refused: () => `refused ${'reason' in outcome ? outcome.reason : ''}`,
    retryAfter: () =>
      'delayMs' in outcome ? `retryAfter ${outcome.delayMs}${outcome.isNamed === true ? ' named' : ''}` : '',
  };
  expect(words[outcome.kind]()).toBe(expected);
});

it('signs as standardwebhooks.com has it', () => {
  // The example of the specification.
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const body = '{"test": 2432232314}';
  const atMs = 1_614_265_330_000;
  expect(signedHeaders([key], { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', atMs, body })['webhook-signature']).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});
