import { structuredPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../src/digest/patch/line-diff.js';

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

/** What the package says of the same lines. */
function byPackage(before: readonly string[], after: readonly string[], most: number, context: number) {
  const patch = structuredPatch('', '', joined(before), joined(after), '', '', {
    context,
    maxEditLength: most,
  });
  return patch?.hunks.map(({ newStart, lines }) => ({ newStart: newStart - 1, lines })) ?? null;
}

describe('diffLines', () => {
  it('takes the same of several shortest ways as the package diff', () => {
    const lines = (of: string) => fc.array(fc.constantFrom(...of), { maxLength: 40 });
    const pair = fc.oneof(fc.tuple(lines('ab'), lines('ab')), fc.tuple(lines('abcdef'), lines('abcdef')));
    fc.assert(
      fc.property(pair, fc.nat(30), fc.nat(3), ([before, after], most, context) => {
        expect(diffLines(before, after, { most, context })).toEqual(byPackage(before, after, most, context));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['', '', []],
    ['abc', 'abc', []],
    ['', 'ab', [{ newStart: 0, lines: ['+a', '+b'] }]],
    ['ab', '', [{ newStart: 0, lines: ['-a', '-b'] }]],
    ['abcdef', 'abXdef', [{ newStart: 1, lines: [' b', '-c', '+X', ' d'] }]],
  ])('%j to %j', (before, after, expected) => {
    expect(diffLines([...before], [...after], { most: 10, context: 1 })).toEqual(expected);
  });

  it('gives up where more lines differ than are asked for', () => {
    expect(diffLines([...'abcd'], [...'wxyz'], { most: 7, context: 1 })).toBeNull();
    expect(diffLines([...'abcd'], [...'wxyz'], { most: 8, context: 1 })).not.toBeNull();
  });
});
