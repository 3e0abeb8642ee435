import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorsLines } from '../../../src/digest/view/authors-lines.js';

const WRAPPED = 'a line that is long enough to have been broken because it was full,';

describe('what an author lists', () => {
  it.each<[string, string, string[]]>([
    ['items', '- one\n- two', ['one', 'two']],
    ['wrapped items', `- ${WRAPPED}\n  and goes on\n- two`, [`${WRAPPED} and goes on`, 'two']],
    [
      'other marks',
      '* one\n+ two\no three\n1. four\n2) five\n• six',
      ['one', 'two', 'three', 'four', 'five', 'six'],
    ],
    [
      'headings that stand as they are',
      'Patch 3:\n- one\n\nPatch 4:\ntwo',
      ['Patch 3:', 'one', 'Patch 4:', 'two'],
    ],
    ['paragraphs', 'One.\n\nTwo.', ['One.', 'Two.']],
    ['lines without marks that ended early', 'rename it\ndrop the lock', ['rename it', 'drop the lock']],
    ['a wrapped paragraph', `${WRAPPED}\nand goes on`, [`${WRAPPED} and goes on`]],
    ['nothing', ' \n\n', []],
  ])('%s', (_, text, expected) => {
    expect(authorsLines(text)).toEqual(expected);
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void authorsLines(text)));
  });
});
