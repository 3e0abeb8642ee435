import { afterEach, beforeEach, expect, it } from 'vitest';
import { markStaleMessages } from '../../../src/bot/deliver/mark-stale-messages.js';
import { layoutSchema } from '../../../src/digest/plan/layout.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { prepareAll, type Written } from '../../adapters/store/written-mail.js';
import { MINUTE, makeScene, type Scene, searchable } from './scene.js';

let scene: Scene;
let destinationId: number;
let deliver: () => Promise<void>;

beforeEach(async () => {
  scene = await makeScene(searchable, Date.parse('2026-03-02T10:00:00Z'));
  deliver = scene.deliver;
  destinationId = await scene.follow('c');
  const daily = parseSchedule('daily at 9', { zone: 'UTC' });
  if (!daily.ok) throw new Error('no schedule');
  await scene.store.chat.destinations.update(destinationId, { schedule: daily.schedule }, scene.iso());
  await markStale();
});
afterEach(() => scene.store.close());

const follow = (...texts: string[]) => scene.follow('c', ...texts);
const markStale = () => markStaleMessages({ store: scene.store, now: () => Date.parse(scene.iso()) });

/** Mail that comes now; then a minute's work. */
async function come(...mails: Written[]): Promise<void> {
  const date = scene.iso();
  await scene.store.ingestBatch(await prepareAll(mails.map((mail) => ({ date, ...mail }))), date);
  await beat();
}

/** What the process does each minute. */
async function beat(): Promise<void> {
  scene.pass(MINUTE);
  await markStale();
  await scene.atOnce.run();
  await scene.tick.run();
  await deliver();
}

/** On to a time of day. */
async function until(time: string): Promise<void> {
  const now = scene.iso();
  scene.pass(Date.parse(`${now.slice(0, 10)}T${time}:00Z`) - Date.parse(now));
  await beat();
}

/** A series of one patch and its cover. */
const series = (name: string, version = 1): Written[] => {
  const tag = version === 1 ? 'PATCH' : `PATCH v${version}`;
  const id = (n: number) => `${name}-v${version}-${n}@example.org`;
  return [
    { id: id(0), subject: `[${tag} 0/1] mm: rework ${name}`, body: `This reworks ${name}.\n` },
    { id: id(1), subject: `[${tag} 1/1] mm: ${name} step`, inReplyTo: id(0) },
  ];
};

const reply = (name: string, n: number, body: string, to = `${name}-v1-0@example.org`): Written => ({
  id: `${name}-re${n}@example.org`,
  from: 'Bo Reviewer <bo@example.org>',
  subject: `Re: [PATCH 0/1] mm: rework ${name}`,
  inReplyTo: to,
  body,
});

/** What is posted: `root: …` in the channel, `m1: …` below that message. */
const standing = () =>
  scene.chat.log.map(({ under, body }) => `${under ?? 'root'}: ${body.text.split('\n').join(' | ')}`);

it('posts a series when it is whole, and all later news in its thread, each once', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  await come(reply('apple', 1, 'Reviewed-by: Bo Reviewer <bo@example.org>\n'));
  await come(reply('apple', 2, 'I have a question.\n'));
  await come(...series('apple', 2));
  await beat();
  expect(standing()).toEqual([
    'root: ### New series in mm | mm: rework apple |   superseded by v2 · Ada Example · 1 patch +1 −1',
    'm1: Reviewed-by: Bo Reviewer (patch 1) | v1: mm: rework apple',
    'm1: 1 reply | v1: mm: rework apple',
    'm1: ### New version in mm | mm: rework apple |   v2 by Ada Example · 1 patch +1 −1',
  ]);
  await until('23:00');
  scene.pass(10 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log).toHaveLength(4);
});

/** What a program reports of the patch of a version. */
const report = (name: string, n: number, from: string, body: string, version = 1): Written => ({
  ...reply(name, 100 + n, body, `${name}-v${version}-1@example.org`),
  from,
});

it('posts what a program found: that something fails, and that it passes again, each once', async () => {
  const robot = 'kernel test robot <lkp@intel.com>';
  const errors = 'kernel test robot noticed the following build errors:\n\n  a.c:1: error: no\n';
  const warnings = 'kernel test robot noticed the following build warnings:\n\n  a.c:1: warning: no\n';
  const ci = 'KernelCI <bot@kernelci.org>';
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  await come(report('apple', 1, ci, 'All tests passed.\n'));
  await come(report('apple', 2, robot, warnings));
  expect(standing()).toHaveLength(1);
  await come(report('apple', 3, robot, errors));
  await come(report('apple', 4, ci, '3 tests failed.\n'));
  await come(report('apple', 5, ci, 'All tests passed.\n'));
  await come(...series('apple', 2));
  await come(report('apple', 6, ci, 'All tests passed.\n', 2));
  await beat();
  expect(standing().slice(1)).toEqual([
    'm1: kernel test robot: the build fails (patch 1) | v1: mm: rework apple',
    'm1: KernelCI: CI fails (patch 1) | v1: mm: rework apple',
    'm1: KernelCI: CI passes again (patch 1) | v1: mm: rework apple',
    'm1: ### New version in mm | mm: rework apple |   v2 by Ada Example · 1 patch +1 −1',
  ]);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log).toHaveLength(5);
});

it('posts no verdict where a place wants no talk', async () => {
  await follow('list:linux-mm@example.org when:now');
  const layout = layoutSchema.parse({ sections: ['series', 'versions', 'applied'] });
  await scene.store.chat.destinations.update(destinationId, { layout }, scene.iso());
  await come(...series('apple'));
  await come(report('apple', 1, 'KernelCI <bot@kernelci.org>', '3 tests failed.\n'));
  expect(scene.chat.log).toHaveLength(1);
});

it('sets by an edit the label of a post that could not be set when its message was posted', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  const relabelled: (string | null)[] = [];
  const { platform } = scene;
  const delivery = scene.another({
    platforms: [
      {
        ...platform,
        async send(post) {
          const outcome = await platform.send(post);
          return outcome.kind === 'sent' ? { ...outcome, unlabelled: true } : outcome;
        },
        edit(change) {
          relabelled.push(change.topic?.label ?? null);
          return platform.edit(change);
        },
      },
    ],
  });
  deliver = async () => {
    while ((await delivery.turn()) > 0);
  };
  await come(reply('apple', 1, 'I have a question.\n'));
  expect(relabelled).toEqual(['under review']);
  expect(standing()).toHaveLength(2);
  await beat();
  expect(relabelled).toHaveLength(1);
});

it('waits until a posting is whole or quiet', async () => {
  await follow('list:linux-mm@example.org when:now');
  const [cover, patch] = series('apple');
  if (cover === undefined || patch === undefined) throw new Error('no mail');
  await come(cover);
  for (let passed = 0; passed < 28; passed++) await beat();
  expect(standing()).toEqual([]);
  await beat();
  await beat();
  expect(standing()).toHaveLength(1);
  await come(patch);
  expect(standing()).toHaveLength(1);
});

it.each<[string, string[], number, number]>([
  ['what a follow wants with the digest', ['list:linux-mm@example.org'], 0, 1],
  [
    'what both kinds of follow want',
    ['list:linux-mm@example.org', 'list:linux-mm@example.org when:now'],
    1,
    0,
  ],
  ['what is followed at once alone', ['list:linux-mm@example.org when:now'], 1, 0],
  ['what is not followed at all', ['list:netdev when:now'], 0, 0],
])('tells once %s', async (_, follows, atOnceCount, inDigest) => {
  await follow(...follows);
  await come(...series('apple'));
  expect(scene.chat.log).toHaveLength(atOnceCount);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log).toHaveLength(atOnceCount + inDigest);
});

it('leaves single patches to be counted by the digest, unless a follow includes them', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come({ id: 's@example.org', subject: '[PATCH] mm: a single thing' });
  expect(standing()).toEqual([]);
  await follow('list:linux-mm@example.org kind:single when:now');
  await come({ id: 't@example.org', subject: '[PATCH] mm: another single thing' });
  expect(standing()).toHaveLength(1);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log.at(-1)?.body.text).toContain('a single thing');
});

it('posts nothing of what is muted, nor while digests are paused; that comes with the next digest', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'), ...series('pear'));
  await scene.store.chat.mutes.add(destinationId, {
    messageKey: 'apple-v1-0@example.org',
    title: 'apple',
    madeBy: 'uta',
    madeByName: 'Uta',
    madeAt: scene.iso(),
  });
  await come(reply('apple', 1, 'A question.\n'), ...series('apple', 2));
  expect(standing()).toHaveLength(2);
  await scene.store.chat.destinations.update(destinationId, { state: 'paused' }, scene.iso());
  await come(...series('plum'), reply('pear', 1, 'A question.\n'));
  await scene.store.chat.destinations.update(destinationId, { state: 'active' }, scene.iso());
  await beat();
  expect(standing()).toHaveLength(2);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  const digest = scene.chat.log.at(-1)?.body.text ?? '';
  expect(digest).toContain('plum');
  expect(digest).toContain('pear');
  expect(digest).not.toContain('apple');
});

it('posts so many messages an hour, what matters most first, and leaves the rest to the digest', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...Array.from({ length: 40 }, (_, i) => series(`thing${i}x`)).flat());
  expect(scene.chat.log).toHaveLength(30);
  await come(...series('apple'));
  expect(scene.chat.log).toHaveLength(30);
  scene.pass(60 * MINUTE);
  await come(...series('pear'));
  expect(scene.chat.log).toHaveLength(31);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log[31]?.body.text).toContain('11 new series');
  expect(scene.chat.log[31]?.body.text).toContain(
    '11 of these were not posted at once (at most 30 messages an hour).',
  );
});

it('posts nothing in quiet hours, by the clocks of the place; the next digest says so', async () => {
  await follow('list:linux-mm@example.org when:now');
  const layout = layoutSchema.parse({ quiet: { from: '22:00', to: '07:00' }, limit: 5 });
  await scene.store.chat.destinations.update(
    destinationId,
    { layout, zone: 'America/New_York' },
    scene.iso(),
  );
  await come(...series('apple'));
  await until('14:00');
  await come(...series('pear'));
  expect(standing()).toEqual([expect.stringContaining('rework pear')]);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  const digest = scene.chat.log[1]?.body.text ?? '';
  expect(digest).toContain('rework apple');
  expect(digest).toContain(
    'One of these was not posted at once (quiet hours 22:00–07:00, at most 5 messages an hour).',
  );
});

it('tells in the digest of a failure that came in quiet hours, though nothing else did', async () => {
  await follow('list:linux-mm@example.org when:now');
  const layout = layoutSchema.parse({ quiet: { from: '22:00', to: '07:00' } });
  await scene.store.chat.destinations.update(destinationId, { layout }, scene.iso());
  await come(...series('apple'));
  expect(standing()).toHaveLength(1);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  await until('23:00');
  await come(report('apple', 1, 'KernelCI <bot@kernelci.org>', '3 tests failed.\n'));
  expect(scene.chat.log).toHaveLength(1);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log.at(-1)?.body.text).toContain('rework apple');
  expect(scene.chat.log).toHaveLength(2);
});

it('tells what was held back of a series together with its next news', async () => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  await scene.store.chat.destinations.update(destinationId, { state: 'paused' }, scene.iso());
  await come(...series('apple', 2));
  await scene.store.chat.destinations.update(destinationId, { state: 'active' }, scene.iso());
  await come(reply('apple', 1, 'A question.\n', 'apple-v2-0@example.org'));
  expect(standing()[1]).toMatch(/^m1: ### New version in mm .*1 reply/);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log).toHaveLength(2);
});

it.each([
  ['the message about a series was deleted', 'gone'],
  ['a message is refused', 'forbidden'],
] as const)('leaves it to the digest where %s', async (_, kind) => {
  await follow('list:linux-mm@example.org when:now');
  await come(...series('apple'));
  scene.chat.failNext('send', { kind });
  await come(reply('apple', 1, 'A question.\n'));
  expect(scene.chat.log).toHaveLength(1);
  await come(reply('apple', 2, 'Another.\n'));
  // What was refused is posted with it, in a new thread if the old one is gone.
  expect(scene.chat.log[1]?.body.text).toContain('2 replies');
  expect(scene.chat.log[1]?.under).toBe(kind === 'gone' ? null : 'm1');
  await until('23:00');
  scene.pass(10 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log).toHaveLength(2);
  expect((await scene.store.chat.destinations.byId(destinationId))?.failedSlots).toBe(0);
});

it('leaves what could not be sent within an hour to the digest, with what was to go below it', async () => {
  await follow('list:linux-mm@example.org when:now');
  scene.chat.setFaults(({ op }) => (op === 'send' ? { kind: 'rate-limited', delayMs: 60_000 } : null));
  await come(...series('apple'));
  await come(reply('apple', 1, 'A question.\n'));
  for (let passed = 0; passed < 70; passed += 10) {
    scene.pass(9 * MINUTE);
    await beat();
  }
  scene.chat.setFaults(() => null);
  await come(...series('pear'));
  expect(standing()).toEqual([expect.stringContaining('rework pear')]);
  scene.pass(24 * 60 * MINUTE);
  await beat();
  expect(scene.chat.log.at(-1)?.body.text).toContain('rework apple');
  expect(scene.chat.log.at(-1)?.body.text).not.toContain('pear');
});
