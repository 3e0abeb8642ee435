import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert, oneLine, shorten } from '../../../src/digest/text/inert.js';

describe('inert', () => {
  it.each([
    ['a terminal escape', 'x\u001b[31mred', 'x[31mred'],
    ['a bell and a backspace', 'a\u0007\u0008b', 'ab'],
    ['a right-to-left override', 'gnp.\u202eexe', 'gnp.exe'],
    ['zero-width characters', 'fo\u200bo\u2060\ufeff', 'foo'],
    ['an eight-bit escape', 'x\u009b31m', 'x31m'],
    ['letters of any language', 'Björn 汉字 ok', 'Björn 汉字 ok'],
  ])('takes %s out', (_, text, expected) => {
    expect(inert(text)).toBe(expected);
  });
});

describe('oneLine', () => {
  it('leaves no line end and no tab', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\n\r\t]/);
      }),
    );
  });
});

describe('shorten', () => {
  it('cuts at a word and says so', () => {
    expect(shorten('the quick brown fox jumps', 16)).toBe('the quick brown…');
    expect(shorten('short', 16)).toBe('short');
  });
  it('never exceeds its limit and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const cut = shorten(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});
