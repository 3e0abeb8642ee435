import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MAX_SENTENCES, readLetter } from '../../../src/digest/summary/read-letter.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS, summarise } from '../../../src/digest/summary/summarise.js';
import { letterOf } from './letter.js';

const summaryOf = (intro: string, title = 'mm: rework the zone lock', patches: readonly string[] = []) =>
  summarise(letterOf(intro, patches), title);

const WHAT =
  'This series splits the lock per node, so that allocations on different nodes no longer wait for each other.';

const WHY = 'Currently every allocation takes one global lock, which stalls machines with many nodes.';

describe('a summary says what and why', () => {
  it('takes the problem and what is done about it', () => {
    const intro = `Hi all,

${WHY}

${WHAT}

The patches apply on top of v6.12-rc1. Tested on a box with 8 nodes.

Thanks,
Ada`;
    expect(summaryOf(intro)).toContain(WHAT);
    expect(summaryOf(intro)).toContain('every allocation takes one global lock');
  });

  it('takes the commit message of a single patch', () => {
    const intro =
      'io_poll_add() frees the request twice when the file is closed at the same time. Clear the pointer before the lock is dropped.';
    expect(summarise(letterOf(intro), 'io: fix a double free', 'patch')).toBe(intro);
  });

  it('counts the changes of a series that is to be pulled', () => {
    const items =
      'Split the lock, from Ada Quill.|Fix a leak of the ring, also from Ada Quill.|Count the readers.';
    const list = items.split('|').map((item, at) => `${at + 1}) ${item}`);
    const intro = `Hi,\n\nThe following batch contains updates for the zone:\n\n${list.join('\n\n')}\n\nPlease, pull these changes from:\n\nThanks.`;
    expect(summaryOf(intro, 'zone: updates')).toContain(
      'Split the lock; Fix a leak of the ring; Count the readers.',
    );
    // Only its own letter asks: a quoted one does not, nor does a sentence about pulling.
    const other = `${WHY} ${WHAT}\n\n- the lock is split\n- readers are counted\n\nIt says: please pull.`;
    expect(summaryOf(other)).toContain('splits the lock per node');
  });

  it('takes the commit message, not what a compiler printed', () => {
    const intro = `The walk of the list keeps a variable that it never reads. Drop the variable and take the lock early.

drivers/frob/core.c:13:10: warning: unused variable 'x' in the walk of the list that takes the lock
drivers/frob/core.c:14:10: warning: unused variable 'y' in the walk of the list that takes the lock`;
    expect(summarise(letterOf(intro), 'frob: clean up the walk', 'patch')).not.toContain('warning');
  });

  it.each([WHY, 'The frob measures how near a hand is.', ''])(
    'shows the items of a list only with what announces it, which ends in no colon (%j)',
    (before) => {
      const intro = `${before}\n\nThis series adds two channels to the sensor of the frob:\n - proximity\n - attention`;
      const shown = summaryOf(intro, 'iio: frob') ?? '';
      if (shown.includes('proximity')) expect(shown).toContain('of the frob: proximity; attention.');
      expect(shown).not.toMatch(/:$|frob: *$/);
    },
  );

  it.each([
    'so that large sends cost no copy, and tells user space when a buffer may be used again',
    'so as to keep large sends from being copied, and tells user space when a buffer may be used again',
    'that is, for longer than before, and tells user space when a buffer may be used again',
  ])('cuts no purpose or aside off its clause: %s', (purpose) => {
    const intro = `Sending from a registered buffer still copies when the buffer spans more than one page. This series lets the network stack hold the pages for as long as it needs them, ${purpose}.`;
    expect(summaryOf(intro, 'io_uring/net: Zero-copy send')).not.toMatch(/(?:^|[.] )(?:That|As|To) /);
  });

  it('finds the point behind the changelog and a quoted letter', () => {
    const intro = `> The lock of the zone is held by one task for very long.
> It should be split.

${WHY}

${WHAT}`;
    expect(summaryOf(intro)).toContain('splits the lock per node');
  });
});

describe('what is never shown', () => {
  it.each([
    ['a greeting', 'Hello everyone,'],
    ['thanks', 'Thanks to Bob for the detailed look at all of the locking rules.'],
    ['the base', 'This series applies on top of mm-unstable as of last Friday morning.'],
    ['a request', 'Please review the locking rules in the second patch with special care.'],
    ['a link', 'The numbers are at https://example.org/numbers/of/zone/locks and show it.'],
    ['a log', '[   12.345678] BUG: sleeping function called from invalid context at mm/zone.c:12'],
  ])('%s', (_name, noise) => {
    const words = noise.split(' ').slice(0, 4).join(' ');
    expect(summaryOf(`${noise}\n\n${WHY} ${WHAT}`)).not.toContain(words);
    expect(summaryOf(`${WHY} ${WHAT}\n\n${noise}`)).not.toContain(words);
  });

  it.each([
    [
      'the end of a log',
      'frobd[12]: the walk of the list was\nstopped, as the ring of the zone is full.',
      'stopped',
    ],
    ['a clause whose end was dropped', 'If the ring of the zone is full,\n  | zone | full |', 'If the ring'],
  ])('%s', (_name, noise, opening) => {
    expect(summaryOf(`${noise}\n\n${WHY} ${WHAT}`)).not.toContain(opening);
    expect(summaryOf(`${WHY} ${WHAT}\n\n${noise}`)).not.toContain(opening);
  });

  it('an empty letter, or one that is a changelog alone, has no summary', () => {
    expect(summaryOf('')).toBeNull();
    expect(summaryOf('v2:\n - rebased\n - collected tags\n')).toBeNull();
  });
});

it('says the same of a letter whatever letters were read before it', () => {
  const first = summaryOf(`${WHY} ${WHAT}`);
  for (let at = 0; at < 20; at += 1)
    summaryOf(`This series adds word${at} to the zone list.`, `zone: word${at}`);
  expect(first).not.toBeNull();
  expect(summaryOf(`${WHY} ${WHAT}`)).toBe(first);
});

describe('any letter', () => {
  const words = fc.constantFrom(
    ...'This series adds the lock of foo() bar_baz e.g. i.e. [1] ( ) , . : - v2 thanks which ; " ===== | > Because It fixes a race ? … ß 🙂'.split(
      ' ',
    ),
    '\n',
    '\n\n',
    ', which ',
    '. ',
    '    ',
    'https://example.org/x',
  ); // prettier-ignore

  test('has a summary that begins with a word, where signs come before it', () => {
    const letter = ['.', ',', ',', ' which ', 'bar_baz', 'fixes', ',', 'Because', 'series'].join(' ');
    expect(summaryOf(letter, '')).not.toMatch(/^\s|\s$/);
  });

  test('has a summary within its limits, without links or line ends', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 300 }), fc.string(), (parts, title) => {
        const summary = summaryOf(parts.join(' '), title);
        if (summary === null) return;
        expect(summary.length).toBeLessThanOrEqual(MAX_SUMMARY_CHARS);
        expect(summary.split(' ').length).toBeLessThanOrEqual(MAX_SUMMARY_WORDS);
        expect(summary).not.toMatch(/\n|:\/\/|\[\d|^\s|\s$/);
      }),
      { numRuns: 300 },
    );
  });

  test('throws nothing on any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string(), (intro, title) => {
        summaryOf(intro, title);
      }),
    );
  });

  it.each([
    '.',
    'e.g. ',
    'word ',
    'a: ',
    '(',
    '[1',
    '**a',
    'this, which ',
    ' ',
    ' <a@',
    '>',
    '-',
    '1/1/',
    '|',
    'a (b',
    '"',
    'This series adds x\n',
    '- a\n',
    '    x\n',
    'a,',
    '; ',
    'It adds x. ',
    '_a',
  ])('is read to a bound: a megabyte of %j', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const { sentences, count } = readLetter(text, text, [text]);
    expect(count).toBeLessThanOrEqual(MAX_SENTENCES);
    for (const { forms, tokens } of sentences) {
      expect(forms.length).toBeLessThanOrEqual(10);
      expect(tokens.length).toBeLessThanOrEqual(120);
    }
    summaryOf(text, text.slice(0, 200), [text]);
  }); // prettier-ignore
});
