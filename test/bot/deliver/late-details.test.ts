import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MemoryRequest } from '../../fakes/memory-chat.js';
import { HOUR, MINUTE, makeScene, type Scene } from './scene.js';

const DAY = 24 * HOUR;
let scene: Scene;
beforeEach(async () => {
  scene = await makeScene();
});
afterEach(() => scene.store.close());

const destination = () =>
  scene.store.chat.destinations.byAddress({ platform: 'memory', tenant: 't1', address: 'kvm' });
const reportedKeys = async (...keys: string[]) => {
  const { id = 0 } = (await destination()) ?? {};
  const delivered = await scene.store.chat.ledger.delivered(id, keys);
  return keys.filter((key) => delivered.has(key));
};
const ALL = ['one-0@example.org', 'one-1@example.org', 'one-2@example.org'];
const isDetail = (request: MemoryRequest) => request.op === 'send' && request.under !== null;

it('are announced by their headline while they are late, so that no other names them, and come in its thread with the next digest', async () => {
  scene.chat.setFaults((request) => (isDetail(request) ? { kind: 'before' } : null));
  await scene.plan('kvm', 'one', 3, { staleInMs: HOUR });
  await scene.run(3 * HOUR);
  expect(scene.texts('kvm')).toEqual(['one 0']);
  expect(await reportedKeys(...ALL)).toEqual(ALL);
  // Nothing of it is checked again either.
  expect((await destination())?.cursorSeq).toBe(10);
  scene.chat.setFaults(() => null);
  await scene.plan('kvm', 'two', 2);
  await scene.run(HOUR);
  expect(scene.chat.log.map(({ body, under }) => [body.text.trim(), under])).toEqual([
    ['one 0', null],
    ['one 1', 'm1'],
    ['one 2', 'm1'],
    ['two 0', null],
    ['two 1', 'm4'],
  ]);
  expect(await scene.store.chat.outbox.depth()).toMatchObject({ waiting: 0, unclear: 0 });
});

it.each(['forbidden', 'gone'] as const)(
  'come later where they were refused (%s) below a headline that stays',
  async (kind) => {
    scene.chat.setFaults((request) => (isDetail(request) ? { kind } : null));
    await scene.plan('kvm', 'one', 3);
    await scene.run(HOUR);
    expect(await reportedKeys(...ALL)).toEqual(ALL);
    scene.pass(DAY);
    scene.chat.setFaults(() => null);
    await scene.plan('kvm', 'two', 1);
    await scene.run(HOUR);
    expect(scene.texts('kvm')).toEqual(['one 0', 'one 1', 'one 2', 'two 0']);
    expect(await destination()).toMatchObject({ state: 'active', failedSlots: 0 });
  },
);

it('are left to the headline where the chat will never take them', async () => {
  scene.chat.setFaults((request) => (isDetail(request) ? { kind: 'invalid' } : null));
  await scene.plan('kvm', 'one', 2);
  await scene.run(HOUR);
  scene.chat.setFaults(() => null);
  scene.pass(DAY);
  await scene.plan('kvm', 'two', 1);
  await scene.run(HOUR);
  expect(scene.texts('kvm')).toEqual(['one 0', 'two 0']);
  expect(await reportedKeys('one-1@example.org')).toEqual(['one-1@example.org']);
});

it('are tried for fifteen days: two weekly digests', async () => {
  scene.chat.setFaults((request) => (isDetail(request) ? { kind: 'gone' } : null));
  await scene.plan('kvm', 'one', 2);
  await scene.run(HOUR);
  scene.pass(16 * DAY);
  scene.chat.setFaults(() => null);
  await scene.plan('kvm', 'two', 1);
  await scene.run(HOUR);
  expect(scene.texts('kvm')).toEqual(['one 0', 'two 0']);
});

it('wait until it is known whether the headline is posted, and are reported again only if it is not', async () => {
  await scene.plan('kvm', 'one', 2, { staleInMs: HOUR });
  scene.chat.failNext('send', { kind: 'reply-lost' });
  let away = true;
  scene.chat.setFaults(({ op }) => (op === 'find' && away ? { kind: 'before' } : null));
  await scene.run(3 * HOUR);
  expect(await reportedKeys(...ALL.slice(0, 2))).toEqual(ALL.slice(0, 2));
  expect(await scene.store.chat.outbox.waitingPast()).toBeNull();
  away = false;
  await scene.run(HOUR);
  expect(await reportedKeys(...ALL.slice(0, 2))).toEqual(ALL.slice(0, 2));
  await scene.plan('kvm', 'two', 1);
  await scene.run(10 * MINUTE);
  expect(scene.texts('kvm')).toEqual(['one 0', 'one 1', 'two 0']);
});
