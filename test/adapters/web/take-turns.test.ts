import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { WebEnv } from '../../../src/adapters/web/guard.js';
import { takeTurns } from '../../../src/adapters/web/take-turns.js';

const TIMEOUT_MS = 10_000;

/** Pages that are asked for together; `made` lists them in the order in which they were made. */
function scene(answer: () => Promise<void> = async () => undefined) {
  let nowMs = 0;
  const soon: (() => void)[] = [];
  const made: string[] = [];
  const app = new Hono<WebEnv>();
  app.use(takeTurns({ timeoutMs: TIMEOUT_MS, monotonicMs: () => nowMs, soon: (run) => soon.push(run) }));
  app.get('*', async (c) => {
    made.push(c.req.path);
    await answer();
    return c.text('page');
  });
  return {
    made,
    ask: (paths: readonly string[]) => void paths.map((path) => app.request(path)),
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** Everything else has had its turn so many times. */
    async turn(times: number) {
      for (let i = 0; i < times; i++) {
        soon.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

it('makes one page a turn, in the order in which they were asked for', async () => {
  const { ask, turn, made } = scene();
  ask(['/a', '/b', '/c']);
  await turn(1);
  expect(made).toEqual(['/a']);
  await turn(2);
  expect(made).toEqual(['/a', '/b', '/c']);
  ask(['/d']);
  await turn(1);
  expect(made).toEqual(['/a', '/b', '/c', '/d']);
});

it('lets a comparison wait for others, but not for all of them', async () => {
  const { ask, turn, made } = scene();
  ask(['/series/x/diff/v1..v2', '/series/y/diff/v1..v2', ...Array.from({ length: 9 }, (_, i) => `/${i}`)]);
  await turn(11);
  expect(made.map((path) => (path.includes('diff') ? 'diff' : path.slice(1)))).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    'diff',
    '6',
    '7',
    '8',
    'diff',
  ]);
});

it('begins no more while some wait for the database', async () => {
  const answers: (() => void)[] = [];
  const { ask, turn, made } = scene(() => new Promise((resolve) => answers.push(resolve)));
  ask(Array.from({ length: 9 }, (_, i) => `/${i}`));
  await turn(9);
  expect(made).toHaveLength(4);
  answers.shift()?.();
  await turn(2);
  expect(made).toHaveLength(5);
});

it('makes no page for those who were told that it takes too long', async () => {
  const { ask, turn, pass, made } = scene();
  ask(['/a', '/b']);
  await turn(1);
  pass(TIMEOUT_MS);
  ask(['/c']);
  await turn(2);
  expect(made).toEqual(['/a', '/c']);
});
