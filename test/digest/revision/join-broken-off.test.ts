import { expect, it } from 'vitest';
import { assembleRevisions } from '../../../src/digest/revision/assemble.js';
import { ANN, BOB, DAY, type LittleMail, makeFacts, short } from './make-facts.js';

const TITLES = ['one thing', 'another thing', 'a third thing'];

/** A posting of three patches of which `count` came. */
function posting(
  name: string,
  at: number,
  count: number,
  {
    tag = 'PATCH',
    title = 'a finer lock',
    lists = TITLES,
    titles = lists,
    from = ANN,
  }: Partial<{
    tag: string;
    title: string;
    lists: readonly string[];
    titles: readonly string[];
    from: string;
  }> = {},
): readonly LittleMail[] {
  const letter = { id: `${name}0`, subject: `[${tag} 0/3] ${title}`, at, from, shortlog: lists };
  const patches = titles.slice(0, count).map((words, place) => ({
    id: `${name}${place + 1}`,
    subject: `[${tag} ${place + 1}/3] ${words}`,
    at: at + place + 1,
    from,
    re: [`${name}0`],
  }));
  return [letter, ...patches];
}

const HOUR = DAY / 24;

it.each<[string, readonly LittleMail[], readonly string[]]>([
  [
    'a letter alone, then everything',
    [...posting('a', 0, 0), ...posting('b', 60, 3)],
    ['3/3 b0 a0 b0 b1 b2 b3'],
  ],
  [
    'a letter alone, and everything a few hours later',
    [...posting('a', 0, 0), ...posting('b', 20 * HOUR, 3)],
    ['3/3 b0 a0 b0 b1 b2 b3'],
  ],
  [
    'two patches, then everything',
    [...posting('a', 0, 2), ...posting('b', 90, 3)],
    ['3/3 b0 a0 a1 a2 b0 b1 b2 b3'],
  ],
  [
    'three attempts',
    [...posting('a', 0, 0), ...posting('b', 60, 1), ...posting('c', 120, 3)],
    ['3/3 c0 a0 b0 b1 c0 c1 c2 c3'],
  ],
  [
    'sent again with the word for it',
    [...posting('a', 0, 1), ...posting('b', 60, 3, { tag: 'PATCH RESEND' })],
    ['3/3 b0 a0 a1 b0 b1 b2 b3'],
  ],
  // Two postings.
  [
    'two complete ones',
    [...posting('a', 0, 3), ...posting('b', 60, 3)],
    ['3/3 a0 a0 a1 a2 a3', '3/3 b0 b0 b1 b2 b3'],
  ],
  ['two letters alone', [...posting('a', 0, 0), ...posting('b', 60, 0)], ['0/3 a0 a0', '0/3 b0 b0']],
  [
    'an incomplete one long before',
    [...posting('a', 0, 2), ...posting('b', 5 * HOUR, 3)],
    ['2/3 a0 a0 a1 a2', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'a letter alone after it',
    [...posting('a', 0, 3), ...posting('b', 60, 0)],
    ['0/3 b0 b0', '3/3 a0 a0 a1 a2 a3'],
  ],
  [
    'another version',
    [...posting('a', 0, 0), ...posting('b', 60, 3, { tag: 'PATCH v2' })],
    ['0/3 a0 a0', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'an RFC',
    [...posting('a', 0, 0, { tag: 'RFC PATCH' }), ...posting('b', 60, 3)],
    ['0/3 a0 a0', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'another tree',
    [...posting('a', 0, 0, { tag: 'PATCH 6.1' }), ...posting('b', 60, 3, { tag: 'PATCH 6.6' })],
    ['0/3 a0 a0', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'another title',
    [...posting('a', 0, 0, { title: 'a coarse lock' }), ...posting('b', 60, 3)],
    ['0/3 a0 a0', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'other patches under one title',
    [...posting('a', 0, 0, { lists: ['x one', 'x two', 'x three'] }), ...posting('b', 60, 3)],
    ['0/3 a0 a0', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'another patch in one place',
    [...posting('a', 0, 1, { titles: ['drop the tests'] }), ...posting('b', 60, 3)],
    ['1/3 a0 a0 a1', '3/3 b0 b0 b1 b2 b3'],
  ],
  [
    'another sender',
    [...posting('a', 0, 0), ...posting('b', 60, 3, { from: BOB })],
    ['0/3 a0 a0', '3/3 b0 b0 b1 b2 b3'],
  ],
])('a sending that broke off: %s', (_, mails, expected) => {
  for (const order of [mails, mails.toReversed()]) {
    const { revisions } = assembleRevisions(order.map(makeFacts));
    const tell = ({ id, slots, total, members }: (typeof revisions)[number]) =>
      `${slots.filter((slot) => slot.id !== null).length}/${total} ${short(id)} ${members.map(short).sort().join(' ')}`;
    expect(revisions.map(tell).sort()).toEqual(expected);
  }
});
