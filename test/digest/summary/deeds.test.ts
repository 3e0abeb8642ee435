import { describe, expect, it } from 'vitest';
import { countDenials, recallsProblem, tellsDeed } from '../../../src/digest/summary/deeds.js';
import { outlineOf } from '../../../src/digest/summary/outline.js';
import { readLetter } from '../../../src/digest/summary/read-letter.js';
import { newVocabulary, tokensOf } from '../../../src/digest/summary/tokens.js';

const tokens = (text: string) => tokensOf(text, newVocabulary());

describe('a sentence tells a deed', () => {
  it.each([
    ['This series adds a cache for frobs.', true],
    ['The following patches, three of them, convert the drivers.', true],
    ['In this patch set the lock of the ring is split.', true],
    ['With these patches we split the lock.', true],
    ['I plan to split the lock later.', false],
    ['We are hoping to remove it.', false],
    ["I've added a test for it.", true],
    ['This series makes names unique per ring.', true],
    ['This changeset aims at a lock per ring.', true],
    ['This series makes no difference to readers.', false],
    ['This series makes sense for rings alone.', false],
    ['This patch set was let down by its ring.', false],
    ['It makes names unique, as we use them.', false],
    ['This series does not change the format.', false],
    ['We cannot add a frob while the ring is torn down.', false],
    ['The ring takes a lock for each frob.', false],
    ['A patch was added to stable.', false],
    ['These patches pull what is common out of them.', true],
    ['This series goes through the whole table of frobs.', true],
    ['This patch series finally teaches the ring to wait.', true],
    ['This adds a flag for it.', true],
    ['This allows large frobs.', false],
    ['This adds overhead to each call.', false],
    ['This series applies to next.', false],
    ['This series depends on the locks of Ada.', false],
    ['This patch comes with a test.', false],
    ['These patches from Ada are old.', false],
    ['This series of mails is long.', false],
    ['This series is based on next; the driver adds a ring.', false],
  ])('%s %s', (text, expected) => {
    const read = tokens(text);
    expect(tellsDeed(read, 0, read.length)).toBe(expected);
  });
});

describe('a sentence names the problem of the one before', () => {
  it.each([
    ['We can remove this limitation by taking the lock once.', true],
    ['Move the check up to avoid these bugs.', true],
    ['This issue was found by a robot.', true],
    ['Fix a race that crashes the guest.', false],
    ['Without the lock this crashes the guest.', false],
    ['Fix the bug in the ring.', false],
    ['Fix this by taking the lock once.', false],
  ])('%s %s', (text, expected) => {
    const read = tokens(text);
    expect(recallsProblem(read, 0, read.length)).toBe(expected);
  });
});

describe('words that say no', () => {
  it.each([
    ['It does not fail.', 1],
    ["It can't be without one, nor doesn’t it.", 4],
    ['It fails now.', 0],
  ])('%s %i', (text, count) => {
    const read = tokens(text);
    expect(countDenials(read, 0, read.length)).toBe(count);
  });
});

describe('the outline of a letter', () => {
  const letter = readLetter(
    `Frobs are slow for two reasons, none of which is a bug:

- each of them takes the lock of the ring
- the ring has no index

The following patches add what is missing.

They were tried on one machine.
`,
    'frob: be fast',
    [],
  );
  const outline = outlineOf(letter);

  it('knows how far each sentence is from what is done', () => {
    expect(outline.deeds).toEqual([false, false, false, true, false]);
    expect(outline.afterDeed).toEqual([12, 12, 12, 12, 1]);
    expect(outline.beforeDeed).toEqual([3, 2, 1, 12, 12]);
  });

  it('knows the lists, and whether they tell what is wrong', () => {
    expect(outline.itemPlaces).toEqual([-1, 0, 1, -1, -1]);
    expect([...outline.itemCounts]).toEqual([[0, 2]]);
    expect([...outline.leadProblems]).toEqual([[0, 3]]);
  });
});
