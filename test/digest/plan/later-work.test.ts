import { describe, expect, it } from 'vitest';
import { laterWork } from '../../../src/digest/plan/later-work.js';
import type { RevisionRecord, SeriesRecord } from '../../../src/digest/series/record.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const patch = (title: string): RevisionRecord['patches'][number] => ({
  messageId: null,
  index: 1,
  author: 'Ada Quill',
  title,
  url: null,
  reviews: [],
});
const made = (id: string, revision: Partial<RevisionRecord>, more: Partial<SeriesRecord> = {}) =>
  aSeries({ id, revisions: [aRevision({ id, patches: [patch(`mm: ${id}`)], ...revision })], ...more });
const older = made('older', { patches: [patch('mm/gup: count pinned pages twice')] });
const later = (more: Partial<RevisionRecord>) => ({
  date: '2026-11-20T08:00:00Z',
  arrived: '2026-11-20T08:01:00Z',
  ...more,
});
const paths = (...names: string[]) => ({ paths: names.map((path) => ({ path, changes: 1 })) });

describe('what an author sent since that seems to replace a series', () => {
  it.each<[string, SeriesRecord, boolean]>([
    ['is a v2 of which no v1 is known', made('newer', later({ version: 2 })), true],
    ['is not a v1', made('newer', later({})), false],
    ['is a v3, where v2 is not here', made('newer', later({ version: 3 })), true],
    [
      'is a v2 that someone else began',
      {
        ...made('newer', later({ version: 2 })),
        revisions: [
          aRevision({ id: 'begun', author: { name: 'Ben Rook', email: 'ben@example.org' } }),
          aRevision({ id: 'newer', ...later({ version: 2 }) }),
        ],
      },
      true,
    ],
    ['is not what changes other files', made('newer', later({ version: 2 }), paths('mm/slub.c')), false],
    [
      'is not what changes one of its files among many',
      made('newer', later({ version: 2 }), paths('mm/gup.c', 'mm/slub.c', 'mm/swap.c')),
      false,
    ],
    [
      'is not what was sent before',
      made('newer', later({ version: 2, date: '2026-11-10T08:00:00Z', arrived: '2026-11-10T08:00:00Z' })),
      false,
    ],
    ['is not what was sent with it', made('newer', { version: 2, arrived: '2026-11-16T08:31:00Z' }), false],
    [
      'is not what was sent with it and came late',
      made('newer', { version: 2, date: '2026-11-16T08:00:20Z', arrived: '2026-11-16T12:00:00Z' }),
      false,
    ],
    [
      'is not what came months later',
      made('newer', later({ version: 2, date: '2027-03-16T08:31:00Z', arrived: '2027-03-16T08:31:00Z' })),
      false,
    ],
    [
      'is not the work of another',
      made('newer', later({ version: 2 }), { author: { name: 'Ben Rook', email: 'ben@example.org' } }),
      false,
    ],
    [
      'is what holds the same patch, also as a first version',
      made('newer', later({ patches: [patch('mm: prepare'), patch('mm/gup: Count pinned pages twice')] })),
      true,
    ],
  ])('%s', (_, newer, expected) => {
    expect(laterWork([older, newer])(older)).toBe(expected);
    expect(laterWork([newer, older])(older)).toBe(expected);
    expect(laterWork([older, newer])(newer)).toBe(false);
  });

  it.each<[string, string, SeriesRecord['kind'], readonly string[], boolean]>([
    ['lists all of its changes', 'frob-next 2026-11-20', 'pull', ['one', 'two', 'three'], true],
    ['lists the same', 'frob-next 2026-11-20', 'pull', ['one', 'two'], true],
    ['lists some of them', 'frob-next 2026-11-20', 'pull', ['two', 'three'], false],
    ['lists others', 'frob-next 2026-11-20', 'pull', ['three'], false],
    ['is for another tree', 'frob 2026-11-20', 'pull', ['one', 'two', 'three'], false],
    ['is no request', 'frob-next 2026-11-20', 'series', [], false],
  ])('of a pull request, a later one that %s', (_, title, kind, names, expected) => {
    const listing = (count: readonly string[]) => ({
      patches: count.map((name) => patch(`frob: handle number ${name}`)),
    });
    const first = made('first', listing(['one', 'two']), { kind: 'pull', title: 'frob-next 2026-11-16' });
    const newer = made('newer', later(listing(names)), { kind, title });
    expect(laterWork([first, newer])(first)).toBe(expected);
    expect(laterWork([newer, first])(newer)).toBe(false);
  });

  it.each([
    ['pull request: frob-next 2026-11-16', 'pull request: frob-next 2026-11-17', true],
    ['frob-next-20261116', 'frob-next-20261117-2', true],
    ['frob fixes for v6.13-rc3', 'frob fixes for v6.13-rc4', true],
    ['frob updates for 6.13', 'frob updates for 6.13 #2', true],
    ['frob backports for 5.10.y', 'frob backports for 5.15.y', false],
    ['frob backports, 5.10.y (1)', 'frob backports, 5.15.y (2)', false],
    ['frob updates for 5', 'frob updates for 6', false],
    ['frob fixes for stable 5.10', 'frob fixes for stable 5.15', false],
    ['frob fixes v6.12-rc7', 'frob fixes v6.13-rc1', false],
  ])('of the pull request %j, %j with the same changes: %s', (title, next, expected) => {
    const listed = { patches: [patch('frob: handle number one')] };
    const first = made('first', listed, { kind: 'pull', title });
    expect(laterWork([made('next', later(listed), { kind: 'pull', title: next })])(first)).toBe(expected);
  });

  it('is never a pull request for what was posted as patches', () => {
    const titles = { patches: [patch('mm/gup: count pinned pages twice')] };
    expect(laterWork([made('request', later(titles), { kind: 'pull' })])(older)).toBe(false);
  });

  it('holds half of the patches, not one of many that was split off', () => {
    const titles = [
      'mm/gup: count pinned pages',
      'mm/gup: free pinned pages late',
      'mm/slub: shrink the empty lists',
    ];
    const three = made('three', { patches: titles.map(patch) });
    const holding = (count: number) =>
      made(`${count}`, later({ patches: titles.slice(0, count).map(patch) }));
    expect([1, 2, 3].map((count) => laterWork([three, holding(count)])(three))).toEqual([false, true, true]);
  });

  it('took it in with a later version of work that began before', () => {
    const whole = {
      patches: [patch('mm/gup: count pinned pages twice'), patch('mm/gup: free pinned pages late')],
    };
    const begun = aRevision({
      id: 'v1',
      date: '2026-11-01T08:00:00Z',
      arrived: '2026-11-01T08:00:00Z',
      ...whole,
    });
    const having = (...revisions: RevisionRecord[]) => aSeries({ id: 'whole', revisions });
    const v2 = aRevision({ id: 'v2', version: 2, ...later(whole) });
    expect(laterWork([having(begun, v2)])(older)).toBe(true);
    expect(laterWork([having(begun)])(older)).toBe(false);
    const without = { ...v2, patches: [patch('mm/gup: free pinned pages late')] };
    expect(laterWork([having(begun, without)])(older)).toBe(false);
    const other = paths('mm/slub.c');
    expect(laterWork([{ ...having({ ...begun, ...whole }, v2), ...other }])(older)).toBe(false);
  });

  it.each<[string, string, string, boolean]>([
    ['follows the request within a week', '2026-11-18T08:00:00Z', 'mm/gup.c', true],
    ['follows it later', '2026-11-10T08:00:00Z', 'mm/gup.c', false],
    ['was sent before it', '2026-11-22T08:00:00Z', 'mm/gup.c', false],
    ['changes other files', '2026-11-18T08:00:00Z', 'mm/slub.c', false],
  ])('is a first version that %s: %s, %s: %s', (_, requested, path, expected) => {
    const evidence = {
      messageId: 'r@example.org',
      url: null,
      by: { name: 'Ben Rook', email: 'ben@example.org' },
      date: requested,
      source: 'person' as const,
      tree: null,
      branch: null,
      confidence: 0.6,
      quote: 'Please lock it instead.',
    };
    const state = { name: 'changes-requested' as const, evidence: [evidence] };
    const asked = made('asked', {}, { ...paths('mm/gup.c'), state });
    expect(laterWork([asked, made('newer', later({}), paths(path))])(asked)).toBe(expected);
  });

  it.each<[string, Partial<RevisionRecord>, string, boolean, Partial<RevisionRecord>?]>([
    ['went on', { version: 3 }, 'mm/gup.c', true],
    [
      'went on under a title that is nearly the same',
      { version: 3, patches: [patch('mm, gup: count pinned pages twice')] },
      'mm/gup.c',
      true,
    ],
    ['was sent again with its number', { version: 1 }, 'mm/gup.c', false],
    [
      'went on with other patches',
      { version: 3, patches: [patch('mm/gup: lock the counters')] },
      'mm/gup.c',
      false,
    ],
    ['went on in other files', { version: 3 }, 'mm/slub.c', false],
    [
      'went on before',
      { version: 3, date: '2026-11-16T07:00:00Z', arrived: '2026-11-16T07:00:00Z' },
      'mm/gup.c',
      false,
    ],
    ['was begun later', { version: 3 }, 'mm/gup.c', false, { date: '2026-11-16T08:30:00Z' }],
    ['was received later', { version: 3 }, 'mm/gup.c', false, { arrived: '2026-11-16T08:30:00Z' }],
    ['had another number', { version: 3 }, 'mm/gup.c', false, { version: 2 }],
    [
      'is nearly the same',
      { version: 3, patches: [patch('mm/gup: count pinned pages thrice')] },
      'mm/gup.c',
      false,
      { patches: [patch('mm/gup: count pinned pages thrice')] },
    ],
  ])('is another copy, begun before, that %s', (_, more, path, expected, copied = {}) => {
    const patches = [patch('mm/gup: count pinned pages twice')];
    const began = aRevision({
      id: 'copy',
      patches,
      date: '2026-11-16T07:30:00Z',
      arrived: '2026-11-16T07:30:00Z',
      ...copied,
    });
    const next = aRevision({ id: 'copy-3', patches, ...later(more) });
    const copy = aSeries({ id: 'copy', revisions: [began, next], ...paths(path) });
    const here = { ...older, ...paths('mm/gup.c') };
    expect(laterWork([here, copy])(here)).toBe(expected);
  });

  it('is not the same for another machine', () => {
    const quirk = (name: string) => ({
      patches: [patch(`ALSA: hda/realtek: Add quirk for Frob Yoga ${name}`)],
      total: 1,
    });
    const nine = made('nine', quirk('9'));
    const began = { date: '2026-11-14T08:00:00Z', arrived: '2026-11-14T08:00:00Z' };
    const seven = aSeries({
      id: 'seven',
      revisions: [
        aRevision({ id: 'seven', ...quirk('7'), ...began }),
        aRevision({ id: 'seven-2', ...quirk('7'), ...later({ version: 2 }) }),
      ],
    });
    expect(laterWork([nine, seven])(nine)).toBe(false);
  });

  it('may begin with the number at which the other ends', () => {
    const eleventh = made('v11', { version: 11 });
    expect(laterWork([eleventh, made('v11 again', later({ version: 11 }))])(eleventh)).toBe(true);
  });

  it('is not told apart by titles that say little', () => {
    const typos = made('typos', { patches: [patch('mm: fix typos')] });
    expect(laterWork([typos, made('more', later({ patches: [patch('mm: fix typos')] }))])(typos)).toBe(false);
  });
});
