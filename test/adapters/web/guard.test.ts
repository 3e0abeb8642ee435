import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { clientKey, trustProxies } from '../../../src/adapters/web/client-address.js';
import { makeWebScene, type WebScene } from './web-scene.js';

let scene: WebScene;
afterEach(() => scene.close());

const open = async (setting: Parameters<typeof makeWebScene>[0]) => {
  scene = await makeWebScene({ examples: false, ...setting });
};
const statuses = async (headers: Readonly<Record<string, string>>, n: number) => {
  const found: number[] = [];
  for (let i = 0; i < n; i++) found.push((await scene.get('/', headers)).status);
  return found;
};

describe('requests of one client', () => {
  it('are refused over the limit, with when to try again', async () => {
    await open({ limits: { perMinute: 3 } });
    expect(await statuses({}, 4)).toEqual([200, 200, 200, 429]);
    const refused = await scene.get('/');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('Try again in');
    const inJson = await (await scene.get('/api/series?q=x')).json();
    expect(inJson).toMatchObject({ error: { code: 'http-429' } });
  });

  it('are counted by X-Forwarded-For only where a trusted proxy wrote it', async () => {
    await open({ limits: { perMinute: 2 } });
    const invented = (n: number) => ({ 'x-forwarded-for': `192.0.2.${n}` });
    expect([
      ...(await statuses(invented(1), 1)),
      ...(await statuses(invented(2), 1)),
      ...(await statuses(invented(3), 1)),
    ]).toEqual([200, 200, 429]);
    await scene.close();
    await open({ limits: { perMinute: 2 }, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
    expect(await statuses(invented(1), 3)).toEqual([200, 200, 429]);
    expect(await statuses(invented(2), 1)).toEqual([200]);
    // What is before the proxy's own entry may be invented.
    expect(await statuses({ 'x-forwarded-for': '198.51.100.7, 192.0.2.1' }, 1)).toEqual([429]);
  });
});

it('is given again for a while, with its headers, and to each who asks', async () => {
  await open({ limits: { keptMs: 60_000 } });
  const [first, again] = [await scene.get('/subsystems'), await scene.get('/subsystems')];
  expect(await again.text()).toBe(await first.text());
  for (const name of ['content-type', 'etag', 'cache-control', 'content-security-policy'])
    expect(again.headers.get(name)).toBe(first.headers.get(name));
  expect((await scene.get('/subsystems', { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(
    304,
  );
  expect(await scene.text('/')).toContain('There is no mail here yet.');
  await scene.add([{ id: 'new@example.org', date: '2026-11-16T09:00:00Z', body: 'New.' }]);
  expect(await scene.text('/')).toContain('There is no mail here yet.');
  expect(await scene.text('/?fresh=1')).not.toContain('There is no mail here yet.');
  // What was not found is looked for again.
  expect([(await scene.get('/nothing')).status, (await scene.get('/nothing')).status]).toEqual([404, 404]);
});

it.each([
  ['POST', '/', 405],
  ['DELETE', '/series/x', 405],
  ['GET', '/series/%E0%A4%A', 404],
  ['GET', '/digest?follow=%00%ff', 200],
  ['GET', `/digest?${'follow=kvm&'.repeat(11)}`, 400],
  ['GET', '/..%2f..%2fetc/passwd', 404],
] as const)('%s %s: %i', async (method, path, status) => {
  await open({});
  const answered = await new Promise<number>((resolve, reject) => {
    const url = new URL(scene.url);
    request({ host: url.hostname, port: url.port, method, path }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
  expect(answered).toBe(status);
  expect(scene.bugs).toEqual([]);
});

it('refuses an address that is too long', async () => {
  await open({});
  expect((await scene.get(`/series/${'x'.repeat(7_000)}`)).status).toBe(414);
});

it('keeps health and metrics from those who come through a proxy', async () => {
  await open({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  expect((await scene.get('/metrics')).status).toBe(200);
  for (const path of ['/metrics', '/healthz'])
    expect((await scene.get(path, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(404);
});

describe('below a path', () => {
  it('serves pages whether or not the proxy hands the path on, with links that hold it', async () => {
    await open({ examples: true, env: { PUBLIC_URL: 'https://example.org/lists/' } });
    for (const path of ['/lists/s/mm', '/s/mm']) {
      const page = await scene.text(path);
      expect(page).toContain('href="/lists/assets/site-');
      expect(page).toContain('<link rel="canonical" href="https://example.org/lists/s/mm"');
      expect(page).toContain('<code>https://example.org/lists/feed.atom?follow=mm</code>');
    }
    expect((await scene.get('/lists')).status).toBe(200);
    expect((await scene.get('/listsomething')).status).toBe(404);
  });
});

describe('clientKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s: %s', async (address, key) => {
    await open({});
    expect(clientKey(address)).toBe(key);
  });
});

it('trusts addresses and networks, and nothing that is neither', async () => {
  await open({});
  const isTrusted = trustProxies(['10.0.0.0/8', '::1']);
  expect(['10.1.2.3', '::1', '11.0.0.1', 'unknown', ''].map(isTrusted)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
