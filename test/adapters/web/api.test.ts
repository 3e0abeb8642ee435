import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriesAnswerSchema } from '../../../src/digest/contract/series-answer.js';
import { makeWebScene, type WebScene } from './web-scene.js';

let scene: WebScene;
beforeAll(async () => {
  scene = await makeWebScene({ env: { PUBLIC_URL: 'https://example.org/lists' } });
});
afterAll(() => scene.close());

const idsOf = async (response: Response): Promise<readonly string[]> =>
  seriesAnswerSchema.parse(await response.json()).matches.map(({ id }) => id);

/** The addresses of other pages, by what they are. */
const linksOf = (response: Response): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [
      ...(response.headers.get('link') ?? '').matchAll(
        /<https?:\/\/[^>]*?(\/api[^>]*)>; rel="(\w+)"|<([^>]*)>; rel="(\w+)"/g,
      ),
    ].map(([, whole, rel, path, other]) => [rel ?? other ?? '', whole ?? path ?? '']),
  );

describe('pages of results', () => {
  it('lead from the first to the last and back, and hold everything once', async () => {
    const all = await idsOf(await scene.get('/api/series?q=mm&limit=50'));
    const ids: string[] = [];
    let path = '/api/series?q=mm&limit=2';
    let last: Response | null = null;
    for (let page = 1; path !== '' && page < 20; page++) {
      last = await scene.get(path.replace('/lists', ''));
      ids.push(...(await idsOf(last)));
      path = linksOf(last).next ?? '';
    }
    expect(ids).toEqual(all);
    expect(ids.length).toBeGreaterThan(4);
    expect(Object.keys(last === null ? {} : linksOf(last))).toEqual(['prev']);
  });

  it.each([
    ['/api/series?q=mm&page=0', 400],
    ['/api/series?q=mm&page=1001', 400],
    ['/api/series?q=mm&limit=51', 400],
    ['/api/series?q=mm&page=1000', 200],
    ['/api/subsystems?page=999', 200],
    ['/api/board?q=mm&page=900', 200],
  ] as const)('%s: %i', async (path, status) => {
    expect((await scene.get(path)).status).toBe(status);
    expect(scene.bugs).toEqual([]);
  });
});

describe('an answer that is known', () => {
  const PATHS = [
    '/api/series?q=foll_pin',
    '/api/digest?follow=mm&since=7d',
    '/api/board?q=mm',
    '/api/openapi.json',
  ];
  it.each(PATHS)('is not sent again: %s', async (path) => {
    const first = await scene.get(path);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^(?:W\/)?"[^"]+"$/);
    expect(await first.text()).not.toBe('');
    for (const known of [tag, `"other", ${tag}`]) {
      const again = await scene.get(path, { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    }
    expect((await scene.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('has another tag where the answer is another', async () => {
    const tagOf = async (path: string) => (await scene.get(path)).headers.get('etag');
    expect(await tagOf('/api/series?q=foll_pin')).not.toBe(await tagOf('/api/series?q=foll_pin&page=2'));
  });
});

describe('pages of other sites', () => {
  const origin = { origin: 'https://elsewhere.example.org' };
  it('may read answers and errors, with the headers that they need', async () => {
    for (const path of ['/api/series?q=foll_pin', '/api/series/none', '/api/series?q=']) {
      const { headers } = await scene.get(path, origin);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('access-control-expose-headers')).toMatch(/ETag.*Link.*Retry-After/i);
    }
  });

  it('may ask first, and learn that they may only read', async () => {
    const response = await fetch(`${scene.url}/api/series?q=foll_pin`, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,HEAD');
    const post = await fetch(`${scene.url}/api/series?q=foll_pin`, { method: 'POST', headers: origin });
    expect(post.status).toBe(405);
  });

  it('get none of the pages for people', async () => {
    expect((await scene.get('/', origin)).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('too many requests', () => {
  let limited: WebScene;
  afterEach(() => limited.close());
  it('are refused in JSON, with when to try again, also to pages of other sites', async () => {
    limited = await makeWebScene({ examples: false, limits: { perMinute: 2 } });
    const headers = { origin: 'https://elsewhere.example.org' };
    for (let i = 0; i < 2; i++) expect((await limited.get('/api/series?q=x', headers)).status).toBe(200);
    const refused = await limited.get('/api/series?q=x', headers);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(await refused.json()).toMatchObject({
      error: { code: 'http-429', remedy: expect.stringContaining('') },
    });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });
});
