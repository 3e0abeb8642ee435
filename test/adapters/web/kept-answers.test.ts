import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { WebEnv } from '../../../src/adapters/web/guard.js';
import { keepAnswers, MAX_BYTES, MOST_BYTES } from '../../../src/adapters/web/kept-answers.js';

const KEPT_MS = 30_000;

/** Answers of a length, kept; `made` counts those that were made. */
function scene(answer: () => Promise<string> | string = () => 'page') {
  let nowMs = 0;
  let made = 0;
  const app = new Hono<WebEnv>();
  app.use(keepAnswers(KEPT_MS, () => nowMs));
  app.get('*', async (c) => {
    made++;
    return c.text(await answer());
  });
  return {
    ask: async (path: string) => {
      const response = await app.request(path);
      return { text: await response.text(), etag: response.headers.get('etag') };
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    made: () => made,
  };
}

it('makes an answer once for half of the time at least, and anew after all of it', async () => {
  const { ask, pass, made } = scene();
  const first = await ask('/a');
  pass(KEPT_MS / 2 - 1);
  expect(await ask('/a')).toEqual(first);
  expect(made()).toBe(1);
  pass(KEPT_MS / 2 + 1);
  expect(await ask('/a')).toEqual(first);
  expect(made()).toBe(2);
});

it('ends answers that were made together at different times', async () => {
  let page = 0;
  const { ask, pass, made } = scene(() => `page ${page++}`);
  const paths = Array.from({ length: 40 }, (_, i) => `/${i}`);
  for (const path of paths) await ask(path);
  pass(KEPT_MS * 0.75);
  for (const path of paths) await ask(path);
  expect(made()).toBeGreaterThan(45);
  expect(made()).toBeLessThan(75);
});

it('tells different answers apart by their tags, and gives the same answer the same', async () => {
  let page = 'one';
  const { ask, pass } = scene(() => page);
  const [a, b] = [await ask('/a'), await ask('/b')];
  expect(a.etag).toMatch(/^"[0-9a-f]{40}"$/);
  expect(b.etag).toBe(a.etag);
  page = 'two';
  pass(KEPT_MS + 1);
  expect((await ask('/a')).etag).not.toBe(a.etag);
});

it('keeps one of several that were made at the same time, however often that happens', async () => {
  const body = 'x'.repeat(MAX_BYTES);
  const { ask, pass, made } = scene(() => new Promise((resolve) => setImmediate(() => resolve(body))));
  const rounds = Math.ceil(MOST_BYTES / MAX_BYTES / 10) + 1;
  for (let round = 0; round < rounds; round++) {
    await Promise.all(Array.from({ length: 10 }, () => ask('/same')));
    pass(KEPT_MS + 1);
  }
  const before = made();
  await ask('/after');
  await ask('/after');
  expect(made()).toBe(before + 1);
});

it('drops the oldest where all together are too large, and never keeps a large one', async () => {
  const { ask, made } = scene(() => 'x'.repeat(MAX_BYTES));
  const count = Math.ceil(MOST_BYTES / MAX_BYTES) + 1;
  for (let i = 0; i < count; i++) await ask(`/${i}`);
  await ask(`/${count - 1}`);
  expect(made()).toBe(count);
  await ask('/0');
  expect(made()).toBe(count + 1);
  const large = scene(() => 'x'.repeat(MAX_BYTES + 1));
  await large.ask('/a');
  await large.ask('/a');
  expect(large.made()).toBe(2);
});

it('counts long addresses of short answers', async () => {
  const { ask, made } = scene(() => '');
  const long = 'q'.repeat(6_000);
  const count = Math.ceil(MOST_BYTES / 12_000);
  for (let i = 0; i < count; i++) await ask(`/${i}?${long}`);
  await ask(`/0?${long}`);
  expect(made()).toBe(count + 1);
});
