import { describe, expect, it } from 'vitest';
import { candidatesOf, FEATURES } from '../../../src/digest/summary/features.js';
import { readLetter } from '../../../src/digest/summary/read-letter.js';
import { wordTable } from '../../../src/digest/summary/word-table.js';

type Feature = (typeof FEATURES)[number];

const LETTER = `The widget driver takes a lock for each frob, which is slow.

This series adds 2 counters and splits the lock, so readers wait for nobody:

- count the frobs of each node
- drop the old lock
`;
const table = wordTable([
  ['counter', 0.5],
  ['split the', 0.25],
  ['^this', 0.125],
]);
const letter = readLetter(LETTER, 'widget: add frob counters', ['widget: drop the old lock'], false);
const candidates = candidatesOf(letter, table);

describe('the features of a sentence', () => {
  it.each<[string, Feature, number]>([
    ['The widget driver', 'index', 0],
    ['The widget driver', 'problem', 1],
    ['The widget driver', 'titleWords', 2],
    ['The widget driver', 'openingWeight', 0],
    ['This series adds', 'index', 1],
    ['This series adds', 'namesSeries', 1],
    ['This series adds', 'pointsBack', 1],
    ['This series adds', 'numbers', 1],
    ['This series adds', 'doing', 2],
    ['This series adds', 'openingWeight', 0.125],
    ['This series adds', 'commit', 0],
    ['count the frobs', 'item', 1],
    ['count the frobs', 'hasLead', 1],
    ['count the frobs', 'leadDoing', 2],
    ['Drop the old', 'opensOrder', 1],
    ['Drop the old', 'inPatches', 1],
  ])('%s …: %s', (opening, feature, value) => {
    const found = candidates.find(({ text }) => text.startsWith(opening) && !text.includes(';'));
    expect(found?.features[FEATURES.indexOf(feature)]).toBe(value);
  });

  it('has a value for each name', () => {
    for (const { features } of candidates) expect(features).toHaveLength(FEATURES.length);
  });
});

describe('the lists of a letter', () => {
  const texts = (intro: string) =>
    candidatesOf(readLetter(intro, 'frob: be fast', [], false), table).map(({ text }) => text);

  it('are shown without what announces them as well', () => {
    expect(
      texts('This series makes changes:\n\n- Add a ring for frobs\n- Drop the lock of the list\n'),
    ).toContain('Add a ring for frobs; Drop the lock of the list.');
  });

  it('that tell what is wrong are left out beside one that tells what is done', () => {
    const problems =
      'Frobs cannot be fast for two reasons:\n\n- each of them takes the lock\n- the ring has no index at all\n';
    expect(texts(problems).join(' ')).toMatch(/takes the lock/);
    const both = `${problems}\nThe following patches add what helps:\n\n- add an index to the ring\n- split the lock by node\n`;
    expect(texts(both).join(' ')).not.toMatch(/takes the lock|cannot be fast/);
    expect(texts(both).join(' ')).toMatch(/index to the ring/);
  });
});
