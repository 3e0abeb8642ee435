import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { summarisePull } from '../../../src/digest/summary/pull-request.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from '../../../src/digest/summary/read-letter.js';

const TITLE = 'frob fixes for 6.12-rc4';

describe('a pull request', () => {
  it.each([
    [
      'is its list, without the pleasantries',
      'Hi Linus,\n\nJust a few odd fixes that should make it into -rc4:\n\n- Fix a leak in the probe\n\n- Take the lock early\n\nPlease pull!',
      'Fix a leak in the probe; Take the lock early.',
    ],
    [
      'cuts long changes before their clauses',
      'Fixes:\n\n- Fix a race with reading how many entries are there, causing userspace to need to loop around the wait\n- Take the lock early\n- Free it late',
      'Fixes: Fix a race with reading how many entries are there; Take the lock early; Free it late.',
    ],
    [
      'keeps the headings, counts what is much, and names the devices',
      'Please pull.\n\ncore:\n\n - Add support for timestamps\n\ndrivers:\n\n - btfoo: Add an id\n - btfoo: Fix a leak\n - btbar: Add an id\n - btbaz: Add an id\n - btbaz: Fix a leak\n',
      'Core: Add support for timestamps. Drivers: 5 changes (btfoo, btbar, btbaz).',
    ],
    [
      'keeps an opening that says more than that it is one',
      'The frob core learns to walk its widgets backwards.\n\n- Add the walk over widgets\n- Use it in the reader',
      'The frob core learns to walk its widgets backwards. Add the walk over widgets; Use it in the reader.',
    ],
  ])('%s', (_name, intro, summary) => {
    expect(summarisePull(intro, TITLE)).toBe(summary);
  });

  it('counts the changes that do not fit', () => {
    const items = Array.from(
      { length: 9 },
      (_, at) => `- Take the lock of zone ${at} before the list of it is read`,
    );
    expect(summarisePull(items.join('\n'), TITLE)).toMatch(/^Take the lock of zone 0 .*; \+\d more\.$/);
  });

  it('without a list is left to the picker', () => {
    expect(summarisePull('Just a single fix for the walk of the list.', TITLE)).toBeNull();
  });

  test('fits whatever it holds', () => {
    const piece = fc.constantFrom(
      '- ',
      '\n',
      '\n\n',
      'core:\n\n',
      'add ',
      'btfoo: ',
      'the lock of a zone, which is held ',
      'https://x.org/y ',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
        const text = summarisePull(pieces.join(''), TITLE);
        if (text === null) return;
        expect(text.length).toBeLessThanOrEqual(MAX_SUMMARY_CHARS);
        expect(text.split(' ').length).toBeLessThanOrEqual(MAX_SUMMARY_WORDS);
      }),
    );
  });
});
