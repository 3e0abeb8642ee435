import { describe, expect, it } from 'vitest';
import { byImportance, byTalk } from '../../../src/digest/plan/item-order.js';

type Ranked = Parameters<typeof byImportance>[0];

function ranked(id: string, overrides: Partial<Ranked> = {}): Ranked {
  return {
    id,
    kind: 'series',
    rfc: false,
    resend: false,
    date: '2026-11-16T10:00:00Z',
    total: 2,
    replies: 0,
    repliers: 0,
    reviews: null,
    because: ['kvm'],
    ...overrides,
  };
}

const sorted = (order: typeof byImportance, items: readonly Ranked[]) =>
  [...items].sort(order).map(({ id }) => id);

describe('the order of items', () => {
  it.each<[string, Partial<Ranked>, Partial<Ranked>]>([
    ['many patches before few', { total: 12 }, { total: 3 }],
    ['what is reviewed before what is not', { reviews: 'Reviewed by 2 people, 2 of 2 patches covered' }, {}],
    ['what people talk about before what they do not', { repliers: 2, replies: 3 }, { total: 30 }],
    ['what answers more follows', { because: ['kvm', 'author:jane'] }, {}],
    ['the older of two that are equal', {}, { date: '2026-11-16T11:00:00Z' }],
    ['what asks to be merged before an RFC', {}, { rfc: true, total: 40, repliers: 5 }],
    ['an RFC before a resend', { rfc: true }, { resend: true, total: 40 }],
    ['a series before a pull request', {}, { kind: 'pull', total: 40 }],
  ])('puts %s', (_, first, second) => {
    const [a, b] = [ranked('a', first), ranked('b', second)];
    expect(sorted(byImportance, [b, a])).toEqual(['a', 'b']);
  });

  it('lets no crowd outweigh all else', () => {
    const crowd = ranked('crowd', { repliers: 500, replies: 900 });
    const large = ranked('large', { repliers: 5, replies: 5, total: 20 });
    expect(sorted(byImportance, [crowd, large])).toEqual(['large', 'crowd']);
  });

  it('puts talk by people first among what was discussed', () => {
    const items = [
      ranked('a', { total: 40, repliers: 1, replies: 9 }),
      ranked('b', { repliers: 2, replies: 2 }),
    ];
    expect(sorted(byTalk, items)).toEqual(['b', 'a']);
  });
});
