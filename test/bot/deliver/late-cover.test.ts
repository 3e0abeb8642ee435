import { expect, it } from 'vitest';
import { createTick } from '../../../src/bot/deliver/tick.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { openMemory, prepareAll, type Written } from '../../adapters/store/written-mail.js';

const at = (time: string) =>
  /^\d\d:/.test(time) ? `2026-03-02T${time}:00Z` : `2026-03-03T${time.slice(5)}:00Z`;

const patch: Written = {
  id: 'p@example.org',
  subject: '[PATCH 1/1] mm: fix a thing',
  inReplyTo: 'c@example.org',
};
const cover: Written = {
  id: 'c@example.org',
  subject: '[PATCH 0/1] mm: rework a thing',
  body: 'A thing is broken in a way that takes words.\n\nAda Example (1):\n  mm: fix a thing\n',
};
const alone: Written = { id: 'p@example.org', subject: '[PATCH] mm: fix a thing' };

/** What the digests of two days at 09:00 hold: `1 series`, `1 single`, or nothing. */
async function digests(mails: readonly (readonly [string, Written])[]): Promise<string[]> {
  const store = await openMemory();
  const made = await store.chat.destinations.ensure(
    { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' },
    { name: '#c', zone: 'UTC', setBy: 'u', setByName: 'Uta', madeAt: '2026-03-01T09:30:00Z' },
  );
  await store.chat.follows.add(made.id, [
    {
      tree: { version: 1, where: { kind: 'list', list: 'linux-mm' }, bots: false },
      words: 'list:linux-mm',
      madeBy: 'u',
      madeByName: 'Uta',
      madeAt: '2026-03-01T09:30:00Z',
    },
  ]);
  const daily = parseSchedule('daily at 9', { zone: 'UTC' });
  if (!daily.ok) throw new Error('no schedule');
  await store.chat.destinations.update(made.id, { schedule: daily.schedule }, '2026-03-01T09:30:00Z');
  let now = '';
  const tick = createTick({
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => () => true,
    now: () => Date.parse(now),
    yieldToEventLoop: async () => {},
    onError: (_, error) => {
      throw error;
    },
  });
  const posted: string[] = [];
  const left = mails.map(([time, mail]) => ({ when: at(time), mail }));
  for (const slot of ['2026-03-02T09:00:00Z', '2026-03-03T09:00:00Z', '2026-03-04T09:00:00Z']) {
    for (const { when, mail } of left.splice(0, left.filter((one) => one.when < slot).length))
      await store.ingestBatch(await prepareAll([{ ...mail, date: when }]), when);
    now = slot;
    await tick.run();
    const counts = (await store.chat.slots.last(made.id))?.digest.counts;
    posted.push(
      [
        counts?.series ? `${counts.series} series` : '',
        counts?.versions ? `${counts.versions} versions` : '',
        counts?.singlePatches ? `${counts.singlePatches} single` : '',
      ].join(''),
    );
  }
  await store.close();
  return posted;
}

it.each<[string, [string, Written][], string[]]>([
  [
    'its cover just behind it',
    [
      ['08:00', patch],
      ['08:10', cover],
    ],
    ['1 series', '', ''],
  ],
  [
    'its cover on time',
    [
      ['08:00', cover],
      ['08:10', patch],
    ],
    ['1 series', '', ''],
  ],
  [
    'an hour before its cover, nothing posted yet',
    [
      ['07:00', patch],
      ['08:30', cover],
    ],
    ['1 series', '', ''],
  ],
  [
    'minutes before the digest, the cover minutes after it',
    [
      ['08:50', patch],
      ['09:05', cover],
    ],
    ['', '1 series', ''],
  ],
  ['a cover that never comes', [['08:50', patch]], ['', '1 single', '']],
  // Counted is reported: a revision appears once.
  [
    'counted among the single patches, its cover a day late',
    [
      ['07:00', patch],
      ['10:00', cover],
    ],
    ['1 single', '', ''],
  ],
  [
    'a cover that waits for its patch',
    [
      ['08:50', cover],
      ['09:05', patch],
    ],
    ['', '1 series', ''],
  ],
  [
    'a cover posted without its patch, which comes the next day',
    [
      ['07:00', cover],
      ['next 07:00', patch],
    ],
    ['1 series', '', ''],
  ],
  ['an unnumbered patch, which waits for nothing', [['08:59', alone]], ['1 single', '', '']],
])('tells a posting of one patch once: %s', async (_, mails, expected) => {
  expect(await digests(mails)).toEqual(expected);
});
