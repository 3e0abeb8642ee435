import { afterEach, expect, it } from 'vitest';
import { type Health, type HttpServer, serveHttp } from '../../../src/bot/operation/http-server.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';

let server: HttpServer;
afterEach(() => server.close());

const serve = async (health: () => Promise<Health>) => {
  const metrics = createMetrics({ processToo: true });
  server = await serveHttp({ host: '127.0.0.1', port: 0, health, metrics });
  return metrics;
};
const fine = async () => ({ problems: [], facts: { lastTick: '2026-11-16T09:00:00Z' } });

it.each([
  ['fine', fine, 200, { ok: true, problems: [], lastTick: '2026-11-16T09:00:00Z' }],
  [
    'what is wrong',
    async () => ({ problems: ['nothing was planned for 7 minutes'], facts: {} }),
    503,
    { ok: false, problems: ['nothing was planned for 7 minutes'] },
  ],
  [
    'a database that is away',
    async () => {
      throw new Error('SQLITE_IOERR');
    },
    503,
    { ok: false, problems: ['the database does not answer'] },
  ],
] as const)('tells at /healthz: %s', async (_, health, status, body) => {
  await serve(health as () => Promise<Health>);
  const response = await fetch(`${server.url}/healthz`);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(body);
});

it('tells counters at /metrics as Prometheus reads them', async () => {
  const metrics = await serve(fine);
  metrics.digest('sent');
  metrics.sent('slack', 'later', 0.2);
  metrics.depth({ waiting: 3, sending: 1, unclear: 0, edits: 2 });
  metrics.sourceLag('lore:kvm', 42);
  metrics.command('series', 'done', 0.003);
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  for (const line of [
    'covernote_digests_total{state="sent"} 1',
    'covernote_messages_total{platform="slack",outcome="later"} 1',
    'covernote_outbox_messages{state="waiting"} 3',
    'covernote_source_lag_seconds{source="lore:kvm"} 42',
    'covernote_command_seconds_count{command="series",outcome="done"} 1',
    'covernote_process_resident_memory_bytes',
  ])
    expect(text).toContain(line);
});

it.each([
  ['GET', '/', 404],
  ['GET', '/../etc/passwd', 404],
  ['POST', '/metrics', 405],
  ['GET', '/metrics?x=1', 200],
])('%s %s: %i', async (method, path, status) => {
  await serve(fine);
  expect((await fetch(server.url + path, { method })).status).toBe(status);
});

it('gives what is below a prefix to whoever mounted it, body and all', async () => {
  await serve(fine);
  server.mount('/slack/', (request, response) => {
    request.on('data', (chunk) => response.end(`${request.url} ${chunk}`));
  });
  const response = await fetch(`${server.url}/slack/events`, { method: 'POST', body: 'hello' });
  expect(await response.text()).toBe('/slack/events hello');
});

it('gives a path to the longest prefix that fits, and keeps its own', async () => {
  await serve(fine);
  for (const prefix of ['/', '/slack/'])
    server.mount(prefix, (_, response) => {
      response.end(prefix);
    });
  const answers = ['/', '/slack/events', '/slack', '/other'].map((path) => fetch(server.url + path));
  const texts = await Promise.all((await Promise.all(answers)).map((response) => response.text()));
  expect(texts).toEqual(['/', '/slack/', '/', '/']);
  expect((await fetch(`${server.url}/healthz`)).headers.get('content-type')).toBe('application/json');
});

it('says what to do when the port is taken', async () => {
  await serve(fine);
  const port = Number(new URL(server.url).port);
  const again = serveHttp({ host: '127.0.0.1', port, health: fine, metrics: createMetrics() });
  await expect(again).rejects.toMatchObject({
    code: 'http-listen',
    remedy: expect.stringContaining('HTTP_PORT'),
  });
});
