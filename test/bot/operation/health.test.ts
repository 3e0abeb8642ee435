import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkHealth } from '../../../src/bot/operation/health.js';
import { HOUR, MINUTE, makeScene, type Scene } from '../deliver/scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await makeScene();
});
afterEach(() => scene.store.close());

const clock = () => ({ problems: [], facts: {} });

/** What is wrong at the scene's moment, the last tick this long ago. */
const problems = async (tickAgoMs = 0): Promise<readonly string[]> => {
  const now = Date.parse(scene.iso());
  const setting = { store: scene.store, sources: [], lastTick: () => now - tickAgoMs, now: () => now, clock };
  return (await checkHealth(setting)).problems;
};

it.each([
  ['a minute ago', MINUTE, []],
  ['five minutes ago', 5 * MINUTE, []],
  [
    'seven minutes ago',
    7 * MINUTE,
    ['No digest was planned for 7 minutes: the log says why. Restart covernote.'],
  ],
])('judges a last tick %s', async (_, agoMs, expected) => {
  expect(await problems(agoMs)).toEqual(expected);
});

it('says when messages outlive their slot, which delivery would have ended', async () => {
  await scene.plan('kvm', 'digest', 2, { staleInMs: HOUR });
  expect(await problems()).toEqual([]);
  scene.pass(HOUR + 4 * MINUTE);
  expect(await problems()).toEqual([]);
  scene.pass(2 * MINUTE);
  expect(await problems()).toEqual([
    'Messages are still waiting 6 minutes after their digest’s time ran out: nothing is sent. Restart covernote.',
  ]);
  await scene.delivery.turn();
  expect(await problems()).toEqual([]);
});

it('tells when it last ticked', async () => {
  const now = Date.parse(scene.iso());
  const { facts } = await checkHealth({
    store: scene.store,
    sources: [],
    lastTick: () => now,
    now: () => now,
    clock,
  });
  expect(facts).toMatchObject({ lastTick: scene.iso(), messagesWaiting: 0 });
});
