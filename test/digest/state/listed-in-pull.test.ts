import { describe, expect, it } from 'vitest';
import type { JoinFacts } from '../../../src/digest/revision/revision.js';
import { decideState } from '../../../src/digest/state/decide-state.js';
import type { Deciders } from '../../../src/digest/state/weigh-claim.js';
import { factsOf, jane, mai, pat, revisionOf, settingOf } from './facts.js';

const PLACE = 'https://git.example.org/pub/scm/git/frob/linux.git tags/frob-6.19-20260305';
const POSTED = '2026-03-01T09:00:00.000Z';
const LATER = '2026-03-05T09:00:00.000Z';
const part = (number: number, author = 'Jane Doe') => ({ author, title: `frob: part ${number} of wings` });

/** A request by Mai, who maintains what Jane's series changes; what a row does not say. */
const pull = (rest: Partial<JoinFacts> = {}): JoinFacts =>
  factsOf('pull', {
    kind: 'pull',
    title: 'frob updates for 6.19',
    author: mai,
    date: LATER,
    received: LATER,
    pullFrom: PLACE,
    shortlog: [part(1), part(2), part(3), { author: 'Pat Erson', title: 'frob: sing at night' }],
    ...rest,
  });
const series = (version: number, date: string, total = 3) => {
  const revision = revisionOf(version, total, date);
  return { ...revision, slots: revision.slots.map((slot, at) => ({ ...slot, ...part(at + 1) })) };
};
const stateOf = (
  pulls: readonly JoinFacts[],
  deciders: Partial<Deciders> = {},
  revisions = [series(1, POSTED)],
) => decideState({ ...settingOf(revisions, [], deciders), pulls });

describe('a pull request that lists a series', () => {
  it('proves that it is in the sender’s tree', () => {
    expect(stateOf([pull()])).toEqual({
      name: 'applied',
      applied: { patches: 3, total: 3 },
      evidence: [
        {
          messageId: 'pull',
          url: null,
          by: mai,
          date: LATER,
          source: 'pull-request',
          says: 'applied',
          tree: 'frob/linux',
          branch: 'frob-6.19-20260305',
          confidence: 0.85,
          quote: 'frob updates for 6.19',
        },
      ],
    });
  });

  it.each<[string, Partial<JoinFacts>, Partial<Deciders>, number | null]>([
    [
      'in other case',
      { shortlog: [1, 2, 3].map((at) => ({ ...part(at), title: part(at).title.toUpperCase() })) },
      {},
      3,
    ],
    ['as more than half of it', { shortlog: [part(1), part(3)] }, {}, 2],
    ['as less than half of it', { shortlog: [part(2)] }, {}, null],
    ['by another author', { shortlog: [1, 2, 3].map((at) => part(at, 'Pat Erson')) }, {}, null],
    [
      'before it was posted',
      { date: '2026-02-01T09:00:00.000Z', received: '2026-02-01T09:00:00.000Z' },
      {},
      null,
    ],
    [
      'an hour before it was posted',
      { date: '2026-03-01T08:00:00.000Z', received: '2026-03-01T08:00:00.000Z' },
      {},
      3,
    ],
    ['but is not authentic', { unauthenticated: true }, {}, null],
    ['from a program', { bot: true }, {}, null],
    ['as a cover that lists what others wrote', { kind: 'cover' }, {}, 3],
    ['as an RFC', { rfc: true }, {}, null],
    ['without saying where to pull from', { pullFrom: undefined as never }, {}, null],
    [
      'as a cover by a maintainer of something else',
      { kind: 'cover', author: pat, senderEmail: pat.email },
      { maintainsSomething: () => true },
      null,
    ],
    [
      'two years after it was posted',
      { date: '2028-03-05T09:00:00.000Z', received: '2028-03-05T09:00:00.000Z' },
      {},
      null,
    ],
    ['as a cover that asks for no pull', { kind: 'cover', pullFrom: undefined as never }, {}, null],
    [
      'as a cover of its author',
      { kind: 'cover', author: jane, senderEmail: jane.email },
      { mayDecide: () => true },
      null,
    ],
    [
      'by the author, who maintains it',
      { author: jane, senderEmail: jane.email },
      { mayDecide: () => true },
      3,
    ],
    ['by the author, who does not', { author: jane, senderEmail: jane.email }, {}, null],
    [
      'by a maintainer of something else',
      { author: pat, senderEmail: pat.email },
      { maintainsSomething: () => true },
      3,
    ],
    [
      'by someone whom the author wrote to',
      { author: pat, senderEmail: pat.email },
      { isAddressed: () => true },
      3,
    ],
    ['by a stranger', { author: pat, senderEmail: pat.email }, {}, null],
    ['where no maintainer is known', { author: pat, senderEmail: pat.email }, { known: false }, 3],
    [
      'where no maintainer is known, as the author’s own alone',
      { author: jane, senderEmail: jane.email, shortlog: [part(1), part(2), part(3)] },
      { known: false, mayDecide: () => false },
      null,
    ],
  ])('%s', (_, request, deciders, patches) => {
    const state = stateOf([pull(request)], deciders);
    expect(state.applied).toEqual(patches === null ? null : { patches, total: 3 });
  });

  it('counts for the newest version before it', () => {
    const newer = series(2, '2026-03-03T09:00:00.000Z');
    expect(stateOf([pull()], {}, [series(1, POSTED), newer]).name).toBe('applied');
    const after = series(2, '2026-03-09T09:00:00.000Z');
    expect(stateOf([pull()], {}, [series(1, POSTED), after]).name).toBe('new');
  });

  it('adds up with another one', () => {
    const first = pull({ shortlog: [part(1)] });
    const second = { ...pull({ shortlog: [part(2)] }), id: 'second' };
    expect(stateOf([first, second]).applied).toEqual({ patches: 2, total: 3 });
  });

  it('is left out where its titles say nothing', () => {
    const posting = revisionOf(1, 1, POSTED);
    const plain = {
      ...posting,
      slots: posting.slots.map((slot) => ({ ...slot, title: 'drm/frob: fix typos' })),
    };
    const request = pull({ shortlog: [{ author: 'Jane Doe', title: 'drm/frob: fix typos' }] });
    expect(stateOf([request], {}, [plain]).name).toBe('new');
  });

  it('says nothing of itself', () => {
    const own = { ...series(1, POSTED), members: ['pull'], id: 'pull', coverId: 'pull' };
    expect(stateOf([pull()], {}, [own]).name).toBe('new');
  });
});
