import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendNow } from '../../../src/bot/deliver/send-now.js';
import { prepareAll } from '../../adapters/store/written-mail.js';
import { HOUR, MINUTE, makeScene, type Scene } from './scene.js';

let scene: Scene;
let destinationId: number;

beforeEach(async () => {
  scene = await makeScene();
  destinationId = await scene.follow('c', 'list:linux-mm@example.org');
});
afterEach(() => scene.store.close());

const place = () => scene.store.chat.destinations.byId(destinationId);

/** Ten more series, and a digest that is requested; returns the answer to the request. */
async function digest(name: string) {
  scene.pass(HOUR);
  const mails = Array.from({ length: 10 }, (_, i) => ({
    id: `${name}-${i}-1@example.org`,
    subject: `[PATCH 1/1] mm: ${name} thing ${i}`,
    date: scene.iso(),
  }));
  const covers = mails.map(({ id, subject, date }) => ({
    id: id.replace('-1@', '-0@'),
    subject: subject.replace('1/1', '0/1'),
    date,
  }));
  await scene.store.ingestBatch(await prepareAll([...covers, ...mails]), scene.iso());
  scene.pass(HOUR);
  const destination = await place();
  if (destination === null) throw new Error('no destination');
  const planned = await scene.tick.digestNow(destination);
  await scene.run(20 * MINUTE);
  const { slots } = scene.store.chat;
  return sendNow(planned, { slots, destinationId, sleep: async () => undefined });
}

const headlines = () => scene.chat.log.filter(({ under, to }) => under === null && to.address === 'c');
const PROMISE = 'Details are in the thread';
const NO_THREAD = 'The details could not be posted in a thread: `/digest last` shows them.';

it.each(['forbidden', 'gone', 'invalid'] as const)(
  'is not promised by a headline without details (%s), and no headline is posted twice',
  async (kind) => {
    scene.chat.setFaults((request) => (request.op === 'send' && request.under !== null ? { kind } : null));
    for (const name of ['one', 'two', 'three', 'four', 'five']) await digest(name);
    expect(headlines()).toHaveLength(5);
    for (const [i, { body }] of headlines().entries()) {
      expect(body.text).not.toContain(PROMISE);
      expect(body.text).toContain(NO_THREAD);
      expect(body.text).toContain('10 new series');
      const name = ['one', 'two', 'three', 'four', 'five'][i] ?? '';
      expect(body.text).toContain(`mm: ${name} thing`);
    }
    expect(await place()).toMatchObject({ state: 'active' });
  },
);

it('is pointed to again once its details are there', async () => {
  scene.chat.setFaults((request) =>
    request.op === 'send' && request.under !== null ? { kind: 'forbidden' } : null,
  );
  const refused = await digest('one');
  expect(refused).toMatchObject({ kind: 'planned', refused: 'c is forbidden. Invite covernote again.' });
  expect(headlines()[0]?.body.text).toContain(NO_THREAD);
  scene.chat.setFaults(() => null);
  expect(await digest('two')).not.toHaveProperty('refused');
  expect(headlines().map(({ body }) => body.text.includes(PROMISE))).toEqual([true, true]);
  expect(scene.chat.log.filter(({ under }) => under === headlines()[0]?.messageId)).toHaveLength(1);
});

it('gets its details with the next digest of a week that is a moment late', async () => {
  let isRefused = true;
  scene.chat.setFaults((request) =>
    isRefused && request.op === 'send' && request.under !== null ? { kind: 'forbidden' } : null,
  );
  await digest('one');
  isRefused = false;
  scene.pass(7 * 24 * HOUR);
  await digest('two');
  expect(scene.chat.log.filter(({ under }) => under === headlines()[0]?.messageId)).toHaveLength(1);
});

it('says to the person who asks for a digest that the place refuses it', async () => {
  scene.chat.setStanding('c', 'forbidden');
  expect(await digest('one')).toMatchObject({ refused: 'c is forbidden. Invite covernote again.' });
});

it('waits as long as the chat asks after a storm of refused calls, and no longer', async () => {
  let storm = true;
  scene.chat.setFaults(({ op }) =>
    storm && op === 'send' ? { kind: 'rate-limited', delayMs: 5_000 } : null,
  );
  await digest('one');
  storm = false;
  const due = await scene.store.chat.outbox.nextDue();
  expect(Date.parse(due ?? '') - Date.parse(scene.iso())).toBeLessThanOrEqual(8_000);
});
