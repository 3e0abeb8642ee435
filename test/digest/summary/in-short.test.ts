import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inShort } from '../../../src/digest/summary/in-short.js';

const WHY =
  'Every page that is freed walks up the whole tree of groups to be uncharged there, which takes long.';

describe('a summary in one line', () => {
  it.each([
    ['Adds a pin.', 'Adds a pin.'],
    [`${WHY} This series batches the walks. Tested.`, WHY],
    [`${WHY} This series adds batches of them.`, WHY],
    [`${WHY} This series adds batches of pages.`, 'This series adds batches of pages.'],
    [`${WHY} With that, these patches convert two drivers.`, 'With that, these patches convert two drivers.'],
    [`${WHY} We introduce batches of pages.`, 'We introduce batches of pages.'],
    [`${WHY} Introduce batches of pages.`, 'Introduce batches of pages.'],
    [`${WHY} Fixing that is for later.`, WHY],
    [
      `This series adds batches of pages, for all groups. ${WHY}`,
      'This series adds batches of pages, for all groups.',
    ],
  ])('of %j is %j', (summary, short) => {
    expect(inShort(summary, 110)).toBe(short);
  });

  it('is never longer than it may be', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 60 }), (text, limit) => {
        expect(inShort(text, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('cuts no sentence for its last word, where there is a little more room', () => {
    const sentence = 'This series adds FOLL_PIN and pin_user_pages().';
    expect(inShort(sentence, 46)).toBe('This series adds FOLL_PIN and…');
    expect(inShort(sentence, 46, 12)).toBe(sentence);
    expect(inShort(sentence, 30, 12)).toMatch(/…$/);
    expect(inShort(`Pages are pinned. ${sentence}`, 46, 12)).toBe(sentence);
  });
});
