import { describe, expect, it } from 'vitest';
import { withTitles } from '../../../src/digest/summary/pull-titles.js';

const TITLE = 'frob fix for 6.13-rc3';

describe('a pull request without a list', () => {
  it.each([
    [
      'is what it says of its patch',
      'Just a single fix for the walk of widgets.',
      ['frob/walk: hold the lock'],
      'Just a single fix for the walk of widgets.',
    ],
    [
      'is the title of its patch, if it tells of the request alone',
      'Just a single fix for a regression introduced in the 6.13 merge window.',
      ['frob/walk: hold the lock'],
      'frob/walk: hold the lock.',
    ],
    [
      'is the title and what it says in other words',
      'One more pull request, as another fix came late. Single fix in there, for an overflow in counting the entries of a zone.',
      ['frob: fix truncation of nr_walked'],
      'frob: fix truncation of nr_walked. Single fix in there, for an overflow in counting the entries of a zone.',
    ],
    [
      'shows no sentence that waits for another',
      'Since people are hitting this every day, it would be a shame to miss the boat.',
      ['frob: fix wrong check in frob_walk()'],
      'frob: fix wrong check in frob_walk().',
    ],
    [
      'is left alone if there are more patches than fit',
      'Various fixes.',
      ['frob: a', 'frob: b', 'frob: c', 'frob: d'],
      'Various fixes.',
    ],
    ['is left alone if its patches are not known', 'Various fixes.', [], 'Various fixes.'],
    ['is the title of its patch if it says nothing', null, ['frob: count readers'], 'frob: count readers.'],
  ])('%s', (_name, text, patches, summary) => {
    expect(withTitles(text, patches, TITLE)).toBe(summary);
  });
});
