import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChatCompletions } from '../../../src/adapters/llm/chat-completions.js';
import { type ModelServer, says, startModelServer, status } from '../../fakes/model-server.js';

const request = { system: 'Sum it up.', user: '{"title":"x"}', schema: { type: 'object' } };
const never = new AbortController().signal;
let server: ModelServer;

beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const modelAt = (url = server.url, key: string | null = null, timeoutMs = 5_000) =>
  createChatCompletions({ url, model: 'small', key }, { timeoutMs });

it('asks for one answer by a JSON schema, and reads what the server counts', async () => {
  server.behave(says('{"a":1}', 321));
  expect(await modelAt(server.url, 'sk-secret')(request, never)).toEqual({ text: '{"a":1}', tokens: 321 });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({
    path: '/v1/chat/completions',
    authorization: 'Bearer sk-secret',
    body: {
      model: 'small',
      temperature: 0,
      messages: [
        { role: 'system', content: request.system },
        { role: 'user', content: request.user },
      ],
      response_format: { type: 'json_schema', json_schema: { schema: request.schema } },
    },
  });
});

it.each([
  ['', '/v1/chat/completions'],
  ['/', '/v1/chat/completions'],
  ['/chat/completions', '/v1/chat/completions'],
])('takes a base that ends in “%s”', async (end, path) => {
  server.behave(says('{}'));
  await modelAt(`${server.url}${end}`)(request, never);
  expect(server.requests[0]?.path).toBe(path);
});

it('sends no authorization without a key', async () => {
  server.behave(says('{}'));
  await modelAt()(request, never);
  expect(server.requests[0]?.authorization).toBeUndefined();
});

it('leaves out the settings that a server refuses, from then on', async () => {
  server.behave((response, request) =>
    request.body.temperature === undefined ? says('{}')(response, request) : status(400)(response, request),
  );
  const ask = modelAt();
  await ask(request, never);
  await ask(request, never);
  expect(server.requests.map(({ body }) => body.temperature)).toEqual([0, undefined, undefined]);
});

it.each([[-5], [0], [1.5], ['many'], [null], [1e12]])(
  'estimates the tokens where the server says %s',
  async (total) => {
    server.behave(
      (response) =>
        void response.end(
          JSON.stringify({ choices: [{ message: { content: 'abcd' } }], usage: { total_tokens: total } }),
        ),
    );
    expect((await modelAt()(request, never)).tokens).toBe(
      Math.ceil((request.system.length + request.user.length + 4) / 4),
    );
  },
);

describe('a server that fails', () => {
  it.each([
    [401, 'UserError', 'model-key'],
    [403, 'UserError', 'model-key'],
    [404, 'UserError', 'model-address'],
    [422, 'UserError', 'model-refused'],
    [204, 'UserError', 'model-refused'],
    [429, 'TransientFailure', 'rate-limited'],
    [500, 'TransientFailure', 'server-error'],
    [503, 'TransientFailure', 'server-error'],
  ])('answers HTTP %i: %s %s', async (code, name, failure) => {
    server.behave(status(code));
    const reply = modelAt(server.url, 'sk-secret')(request, never);
    await expect(reply).rejects.toMatchObject({ name, code: failure });
    await expect(reply).rejects.not.toThrow('sk-secret');
  });

  it('asks to wait', async () => {
    server.behave(status(429, { 'retry-after': '90' }));
    await expect(modelAt()(request, never)).rejects.toMatchObject({ retryAfterMs: 90_000 });
  });

  it('sends the request elsewhere: the key does not go there', async () => {
    const other = await startModelServer();
    server.behave(status(307, { location: `${other.url}/chat/completions` }));
    await expect(modelAt(server.url, 'sk-secret')(request, never)).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it.each([
    ['no JSON', 'Sure! Here is your summary.'],
    ['another shape', '{"choices":[]}'],
    ['no text', '{"choices":[{"message":{"content":null}}]}'],
    ['nothing', ''],
  ])('replies with %s', async (_, text) => {
    server.behave((response) => void response.end(text));
    await expect(modelAt()(request, never)).rejects.toMatchObject({ code: 'bad-reply' });
  });

  it('sends without end', async () => {
    server.behave((response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    await expect(modelAt()(request, never)).rejects.toMatchObject({ code: 'bad-reply' });
  });

  it('never answers', async () => {
    server.behave(() => undefined);
    await expect(modelAt(server.url, null, 50)(request, never)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('falls silent within its answer', async () => {
    server.behave((response) => void response.write('{"choices":'));
    await expect(modelAt(server.url, null, 50)(request, never)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is not there', async () => {
    await server.close();
    await expect(modelAt()(request, never)).rejects.toMatchObject({ code: 'unreachable' });
    server = await startModelServer();
  });
});

it('ends when it is stopped', async () => {
  server.behave(() => undefined);
  const stop = new AbortController();
  const reply = modelAt()(request, stop.signal);
  stop.abort();
  await expect(reply).rejects.toMatchObject({ name: 'AbortError' });
});
