import { describe, expect, it } from 'vitest';
import type { LoggedMessage } from '../fakes/memory-chat.js';
import { judgePlace, judgeTimes, type Place } from './judge.js';
import { judgeEdits } from './judge-edits.js';
import type { Posting } from './postings.js';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(`2026-03-${iso}:00Z`);
const place: Place = {
  platform: 'discord',
  address: 'c1',
  schedule: { zone: 'UTC', times: ['09:00'], days: [1, 2, 3, 4, 5, 6, 7] },
  lists: ['kvm'],
  fromMs: at('01T00:00'),
};

const alone = (from: string, surely: string, until: string) => ({
  fromMs: at(from),
  surelyMs: at(surely),
  untilMs: at(until),
});

function posting(overrides: Partial<Posting> = {}): Posting {
  const firstMs = overrides.firstMs ?? at('02T08:00');
  const made = {
    ...{ token: 'tok1x', version: 1, lists: ['kvm'], members: [], replies: [], reports: [] },
    ...{ isLate: false, sentMs: 0, appliedMs: null, alone: null },
  };
  return { ...made, firstMs, readyMs: firstMs, ...overrides };
}

let keys = 0;
/** A digest with these titles (`tok1x v2`), and what it shows by now. */
function digest(
  when: string,
  titles: readonly string[],
  options: { now?: string; key?: string; tail?: string } = {},
): LoggedMessage {
  const text = (line: string) =>
    [
      '## kvm',
      '### New series',
      ...titles.flatMap((one) => {
        const [token, version] = one.split(' ');
        return [`${token} handling`, `  ${version === undefined ? '' : `${version} by `}Ada · ${line}`];
      }),
      options.tail ?? '',
    ].join('\n');
  return {
    messageId: `m${++keys}`,
    key: options.key ?? `k${keys}`,
    to: { platform: 'discord', tenant: 't1', address: 'c1', kind: 'channel' },
    under: null,
    at: new Date(at(when)).toISOString(),
    firstText: text('2 patches'),
    body: { text: text(options.now ?? '2 patches'), links: [], actions: [] },
    edits: 0,
  };
}

const v2 = posting({ version: 2, firstMs: at('05T08:00') });

describe('the judge', () => {
  it.each<[string, LoggedMessage[], Posting[], string[]]>([
    ['each posting once', [digest('02T09:00', ['tok1x'])], [posting()], []],
    ['nothing', [], [posting()], ['tok1x v1 was never listed']],
    [
      'one that is counted and not shown',
      [digest('02T09:00', [], { tail: '+1 more' })],
      [posting()],
      ['tok1x v1 was never listed (1 are counted and not shown)'],
    ],
    [
      'one twice',
      [digest('02T09:00', ['tok1x']), digest('03T09:00', ['tok1x'])],
      [posting()],
      ['tok1x v1 was listed 2 times'],
    ],
    [
      'one message twice',
      [digest('02T09:00', ['tok1x'], { key: 'same' }), digest('03T09:00', [], { key: 'same' })],
      [posting()],
      ['the message same is there 2 times'],
    ],
    [
      'what is not followed',
      [digest('02T09:00', ['tok1x'])],
      [posting({ lists: ['mm'] })],
      ['tok1x v1 was listed though it is not followed'],
    ],
    [
      'what is old',
      [digest('02T09:00', ['tok1x'])],
      [posting({ isLate: true })],
      ['tok1x v1 was listed though it is old'],
    ],
    [
      'two versions that came for one digest',
      [digest('02T09:00', ['tok1x v2'])],
      [posting(), posting({ version: 2, firstMs: at('02T08:30') })],
      [],
    ],
    [
      'a version lost days before the next came',
      [digest('05T09:00', ['tok1x v2'])],
      [posting(), v2],
      ['tok1x v1 was never listed'],
    ],
    [
      'a patch that was alone when its digest came',
      [],
      [posting({ alone: alone('02T08:30', '02T09:00', '02T10:00'), readyMs: at('02T10:00') })],
      [],
    ],
    [
      'a patch that was alone when its digest came, and is reported again',
      [digest('03T09:00', ['tok1x'])],
      [posting({ alone: alone('02T08:30', '02T09:00', '02T10:00'), readyMs: at('02T10:00') })],
      ['tok1x v1 was counted among single patches, and listed as well'],
    ],
    [
      'a patch that may have been fetched too late to be reported alone',
      [digest('03T09:00', ['tok1x'])],
      [posting({ alone: alone('02T08:58', '02T09:30', '02T10:00'), readyMs: at('02T10:00') })],
      [],
    ],
    [
      'one that was alone between two digests',
      [],
      [
        posting({
          firstMs: at('02T09:30'),
          alone: alone('02T10:00', '02T10:30', '02T12:00'),
          readyMs: at('02T12:00'),
        }),
      ],
      ['tok1x v1 was never listed'],
    ],
  ])('sees %s', (_, log, postings, problems) => {
    expect(judgePlace(place, log, postings, true, { calm: true }).problems).toEqual(
      problems.map((problem) => `discord/c1: ${problem}`),
    );
  });

  it.each([
    ['on time', '02T09:00', 0],
    // A digest at no moment of the schedule, and a posting that is reported too late.
    ['half an hour late', '02T09:30', 2],
    ['a day late', '03T09:00', 1],
    ['before it came', '01T09:00', 1],
  ])('sees a digest that is %s', (_, when, count) => {
    expect(judgeTimes(place, [digest(when, ['tok1x'])], [posting()], at('20T00:00'))).toHaveLength(count);
  });

  it.each([
    ['the later version', 'superseded by v2', 0],
    ['nothing of it', '2 patches', 1],
    ['a wrong version', 'superseded by v3', 1],
  ])('sees a message that says by now: %s', (_, now, count) => {
    const { problems } = judgeEdits(place, [digest('02T09:00', ['tok1x'], { now })], [posting(), v2]);
    expect(problems).toHaveLength(count);
  });

  it('asks no edit after a fortnight', () => {
    const late = posting({ version: 2, firstMs: at('02T09:00') + 15 * 24 * HOUR });
    expect(judgeEdits(place, [digest('02T09:00', ['tok1x'])], [posting(), late]).problems).toEqual([]);
  });
});
