import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from '../../../src/adapters/store/turns.js';

/** Work that ends when it is let go. */
function makeWork(name: string, log: string[]) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
  };
  return { work, end };
}

it('lets work run together, one piece alone, and serves first what came first', async () => {
  const turns = createTurns();
  const log: string[] = [];
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => makeWork(name, log));
  if (!a || !b || !c || !d) throw new Error('four were made');
  const all = [turns.together(a.work), turns.together(b.work), turns.alone(c.work), turns.together(d.work)];
  await nextTurn();
  expect(log).toEqual(['a begins', 'b begins']);
  a.end();
  await nextTurn();
  expect(log).toEqual(['a begins', 'b begins', 'a ends']);
  b.end();
  await nextTurn();
  expect(log.slice(3)).toEqual(['b ends', 'c begins']);
  c.end();
  d.end();
  await Promise.all(all);
  expect(log.slice(5)).toEqual(['c ends', 'd begins', 'd ends']);
});

it('goes on after work that fails', async () => {
  const turns = createTurns();
  const fail = () => Promise.reject(new Error('no'));
  await expect(turns.alone(fail)).rejects.toThrow('no');
  await expect(turns.together(fail)).rejects.toThrow('no');
  expect(await turns.alone(async () => 1)).toBe(1);
});
