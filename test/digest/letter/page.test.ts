import { describe, expect, it } from 'vitest';
import { openPage } from '../../../src/digest/letter/page.js';

describe('a line that says Notes:', () => {
  it.each([
    ['Notes:\n    v3: take the lock', 'ruler'],
    ['Notes (review):\n    v3: take the lock', 'ruler'],
    ['Notes:\n\n- what to know', 'prose'],
    ['Notes:\n- what to know', 'prose'],
    ['Notes:', 'prose'],
  ])('in %j is a %s', (text, role) => {
    expect(openPage(text).roles[0]).toBe(role);
  });
});
