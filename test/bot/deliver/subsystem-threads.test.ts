import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_LAYOUT } from '../../../src/digest/plan/layout.js';
import { prepareAll } from '../../adapters/store/written-mail.js';
import { HOUR, MINUTE, makeScene, type Scene } from './scene.js';

const LISTS = ['linux-mm', 'kvm'];

let scene: Scene;
let destinationId: number;

beforeEach(async () => {
  scene = await makeScene();
  destinationId = await scene.follow('c', ...LISTS.map((list) => `list:${list}@example.org`));
  const layout = { ...DEFAULT_LAYOUT, threads: 'subsystem' as const };
  await scene.store.chat.destinations.update(destinationId, { layout }, scene.iso());
});
afterEach(() => scene.store.close());

/** Six more series on each list, and a digest that is requested. */
async function digest(name: string): Promise<void> {
  scene.pass(HOUR);
  const date = scene.iso();
  const mails = LISTS.flatMap((list) =>
    Array.from({ length: 6 }, (_, i) =>
      [0, 1].map((n) => ({
        id: `${name}-${list}-${i}-${n}@example.org`,
        subject: `[PATCH ${n}/1] ${list}: ${name} thing ${i}`,
        list: `${list}@example.org`,
        date,
      })),
    ).flat(),
  );
  await scene.store.ingestBatch(await prepareAll(mails), date);
  scene.pass(HOUR);
  const destination = await scene.store.chat.destinations.byId(destinationId);
  if (destination === null) throw new Error('no destination');
  await scene.tick.digestNow(destination);
  await scene.run(20 * MINUTE);
}

/** The subsystem that a headline is about. */
const headed = (text: string) => /\b(mm|kvm): \d/.exec(text)?.[1];

/** Which subsystems have a headline, each with the number of messages below it. */
const threads = () =>
  scene.chat.log
    .filter(({ under, to }) => under === null && to.address === 'c')
    .map(({ messageId, body }) => [
      headed(body.text),
      scene.chat.log.filter(({ under }) => under === messageId).length,
    ]);

it('posts a headline a subsystem, each with its details below it', async () => {
  await digest('one');
  expect(threads()).toEqual([
    ['kvm', 1],
    ['mm', 1],
  ]);
  const [, kvmDetails, , mmDetails] = scene.chat.log;
  expect(mmDetails?.body.text).toContain('linux-mm: one thing 5');
  expect(kvmDetails?.body.text).toContain('kvm: one thing 5');
});

it('posts each headline alone where threads are forbidden, and says so in each', async () => {
  scene.chat.setFaults((request) =>
    request.op === 'send' && request.under !== null ? { kind: 'forbidden' } : null,
  );
  await digest('one');
  expect(threads()).toEqual([
    ['kvm', 0],
    ['mm', 0],
  ]);
  const headlines = scene.chat.log.filter(({ to }) => to.address === 'c');
  for (const { body } of headlines)
    expect(body.text).toContain('The details could not be posted in a thread');
  scene.chat.setFaults(() => null);
  await digest('two');
  expect(threads()).toEqual([
    ['kvm', 1],
    ['mm', 1],
    ['kvm', 1],
    ['mm', 1],
  ]);
});

it('takes the subsystem whose headline was wrong into the next digest, and the others not', async () => {
  scene.chat.setFaults((request) =>
    request.op === 'send' && request.under === null && headed(request.body.text) === 'kvm'
      ? { kind: 'invalid' }
      : null,
  );
  await digest('one');
  expect(threads()).toEqual([['mm', 1]]);
  scene.chat.setFaults(() => null);
  await digest('two');
  const texts = scene.chat.log.map(({ body }) => body.text).join('\n');
  for (const list of LISTS)
    for (const name of ['one', 'two'])
      expect(texts.split(`${list}: ${name} thing 0`).length - 1, `${list} ${name}`).toBeGreaterThanOrEqual(1);
  expect(threads().map(([list]) => list)).toEqual(['mm', 'kvm', 'mm']);
});
