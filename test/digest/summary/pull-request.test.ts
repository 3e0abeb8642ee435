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
      'keeps what follows from a fix where there is room',
      'Fixes:\n\n- Fix a race with reading how many entries are there, causing userspace to need to loop around the wait\n- Take the lock early\n- Free it late',
      'Fixes: Fix a race with reading how many entries are there, causing userspace to need to loop around the wait; Take the lock early; Free it late.',
    ],
    [
      'tells all of a single fix',
      '- Fix waiting for the lock of a zone in terms of calling walk_zone(), leading to a deadlock if someone tries to freeze the list with readers in it, as each of the two sides waits for the other.',
      'Fix waiting for the lock of a zone in terms of calling walk_zone(), leading to a deadlock if someone tries to freeze the list with readers in it, as each of the two sides waits for the other.',
    ],
    [
      'cuts long changes before their clauses where there is none',
      '- Fix a race with reading how many entries are there, causing userspace to need to loop around the wait\n- Take the lock of the widget list before the reader starts to walk it\n- Free the buffers of a ring only after the last of its requests has ended\n- Count readers',
      'Fix a race with reading how many entries are there; Take the lock of the widget list before the reader starts to walk it; Free the buffers of a ring only after the last of its requests has ended; Count readers.',
    ],
    [
      'names no authors, in whatever way they follow the change',
      '1) Split the lock, from Ada Quill.\n\n2) Take the new one early,\n   also from Ada.\n\n3) Free it late, fix from Bo Ferry and Ada Quill.\n\n4) Count readers, Cy Dale.\n\n5) Drop its tables, Kconfig and docs (me)\n',
      'Split the lock; Take the new one early; Free it late; Count readers; Drop its tables, Kconfig and docs.',
    ],
    [
      'does not end a change before it says what is changed',
      '- Fix for a regression in this release cycle, where the walk could start at an entry that was freed\n- Two fixes for the ring. One takes the lock of its readers early.\n- Count the readers of a zone before the pages in it are moved elsewhere\n- Free the last page late',
      'Fix for a regression, where the walk could start at an entry that was freed; Two fixes for the ring. One takes the lock of its readers early; Count the readers of a zone before the pages in it are moved elsewhere; +1 more.',
    ],
    [
      'shows the list of what is done, not that of what is wrong',
      'Several builds fail. Common problems include:\n\n 1) Missing headers of the frob library\n\n 2) Types that only one libc has\n\nSo this adds a build to the tests:\n\n - Add a build with the small libc\n\n - Fix the headers of the frob test',
      'Add a build with the small libc; Fix the headers of the frob test.',
    ],
    [
      'keeps a list of problems that are solved, and one that is alone',
      'Fixes for these problems:\n\n- A leak in the probe\n- A race of two readers',
      'Fixes for these problems: A leak in the probe; A race of two readers.',
    ],
    [
      'does not repeat that it is a pull request, or which version',
      'This is v2 with one more fix for the widget walk.\n\nfrob pull request for net:\n\n - btfoo: Add the widget walk\n - btbar: Fix a leak',
      'btfoo: Add the widget walk; btbar: Fix a leak.',
    ],
    [
      'names whose changes are left out',
      Array.from({ length: 4 }, (_, at) => ` - btfoo: Take the lock of zone ${at} before its list is read`)
        .concat(' - btbar: Fix a leak of the second ring in the probe', ' - btbaz: Count what it reads')
        .join('\n'),
      'btfoo: Take the lock of zone 0 before its list is read; btfoo: Take the lock of zone 1 before its list is read; btfoo: Take the lock of zone 2 before its list is read; +3 more (btfoo, btbar, btbaz).',
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
