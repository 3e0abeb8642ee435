import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ChangelogEntry } from '../../../src/digest/letter/letter.js';
import { changedLine, MAX_CHANGED_CHARS } from '../../../src/digest/summary/changed-line.js';
import { changelogItems } from '../../../src/digest/summary/changelog-items.js';

const entry = (version: number | null, text: string): ChangelogEntry => ({
  version,
  since: version === null ? null : version - 1,
  text,
});

describe('the changes that an entry lists', () => {
  it.each([
    ['bullets', '- fix the race\n- drop patch 3', ['fix the race', 'drop patch 3']],
    [
      'stars and wrapped lines',
      '* fix the race in\n  foo()\n* drop it all',
      ['fix the race in foo()', 'drop it all'],
    ],
    ['numbers', '1) fix the race\n2) drop it all', ['fix the race', 'drop it all']],
    ['lines without marks', 'Fix the race.\nDrop it all.', ['Fix the race', 'Drop it all']],
    [
      'lines that broke early',
      'move foo() into bar()\nchange the Fixes tag',
      ['move foo() into bar()', 'change the Fixes tag'],
    ],
    [
      'prose',
      'Fix the race that Bob found in the worker. The lock is now taken\nbefore the list is read.',
      ['Fix the race that Bob found in the worker', 'The lock is now taken before the list is read'],
    ],
    [
      'who asked for it is left out',
      '- fix the race (Bob)\n- drop it all [Ada Example]\n- keep x as suggested by Bob Example',
      ['fix the race', 'drop it all', 'keep x'],
    ],
    [
      'a constant in brackets stays',
      '- use a bigger default (MAX_RING)',
      ['use a bigger default (MAX_RING)'],
    ],
    [
      'a list whose first line lost its indentation',
      '* fix the race, which hit on\n    large machines\n  * drop it all\n  * take a lock',
      ['fix the race, which hit on large machines', 'drop it all', 'take a lock'],
    ],
    [
      'headings per patch',
      'Patch 1:\n- fix the race\n[PATCH v2 2/3]\n- drop it all',
      ['fix the race', 'drop it all'],
    ],
    [
      'numbers with commas and small letters',
      '1, fix the race\n2, drop it all\ni) keep it\nii) lose it',
      ['fix the race', 'drop it all', 'keep it', 'lose it'],
    ],
    [
      'a sentence that breaks where no line can end',
      'switched to the other ring, so that we\nonly take the lock once',
      ['switched to the other ring, so that we only take the lock once'],
    ],
    [
      'lines without marks that continue below their beginning',
      'Open a ring instead of\n  calling foo() (thanks Ada Example)\nAdd bar() for it\nRename the ring to\nzone_ring in the docs',
      [
        'Open a ring instead of calling foo()',
        'Add bar() for it',
        'Rename the ring to zone_ring in the docs',
      ],
    ],
    [
      'long lines without marks that begin with capitals',
      'Update the second patch for what the first one no longer does in foo()\nMove the lock to where the list of zones is walked',
      [
        'Update the second patch for what the first one no longer does in foo()',
        'Move the lock to where the list of zones is walked',
      ],
    ],
    [
      'the changes below the title of a patch',
      'mm: walk the zones backwards\n  Added a check for empty ones',
      ['Added a check for empty ones'],
    ],
    [
      'numbers in square brackets, which are no references',
      '[1] fix the race\n[2] drop it all\n\n[3] https://example.org/thread\n[4] The thread\nhttps://example.org/other',
      ['fix the race', 'drop it all'],
    ],
    [
      'numbers in brackets without a space and stars in brackets',
      '(1)rename the ring to\nzone_ring\n(2)drop it all\n(*) Take the lock and\n    the reader',
      ['rename the ring to zone_ring', 'drop it all', 'Take the lock and the reader'],
    ],
    [
      'a change whose link is below, and what is no change',
      '- Fix the race that a robot found:\n  https://example.org/report\n- Note that patch 2 is not ready\n- Patch 3:',
      ['Fix the race that a robot found'],
    ],
    [
      'numbers without a space and arrows',
      '1)fix the race\n2)drop it all\n=> keep it',
      ['fix the race', 'drop it all', 'keep it'],
    ],
    [
      'a sentence that begins behind a short line',
      "- Don't take the lock (Ada)\n  Other zones don't, so neither does this.\n- use the helper from\n  The Book",
      ["Don't take the lock. Other zones don't, so neither does this", 'use the helper from The Book'],
    ],
    [
      'patches that the sentence needs',
      '- recheck it in [PATCH v2 07/28]\n- [PATCH v2 2/28]: take the lock\n- fix the race [PATCH v2 1/28]\n- use the [net-next v2] prefix',
      ['recheck it in patch 7', 'take the lock', 'fix the race', 'use the [net-next v2] prefix'],
    ],
    [
      'what has not changed, in a change',
      '- Fix a race where the flag has not changed\n- Skip the write if the value did not change',
      ['Fix a race where the flag has not changed', 'Skip the write if the value did not change'],
    ],
    [
      'what is owed to a thing',
      '- Thanks to the new lock, readers never wait\n- Guarded by a mutex',
      ['Thanks to the new lock, readers never wait', 'Guarded by a mutex'],
    ],
    [
      'who is behind it, alone, is no change',
      '- Big thanks to Ada and Bob for their reviews!\n- Suggested by: Ada Example\n- fix the race.(Bob)\n- thank the reader in the log',
      ['fix the race', 'thank the reader in the log'],
    ],
    [
      'parts of the code over what is changed in them',
      '- Zone driver\n  - Remove the lock.\n  - Add a name.\n- Lock taken early\n  - this avoids a race\n- Bindings\n  - it is a list',
      ['Remove the lock', 'Add a name', 'Lock taken early', 'Bindings'],
    ],
    [
      'a heading that was wrapped',
      "* Fixes resulting from Ada Example's and Bob Example's\n  reviews:\n    * fix the race\n    * drop it all",
      ['fix the race', 'drop it all'],
    ],
    [
      'a heading that was wrapped, in front of the list',
      "Fixes resulting from Ada Example's and Bob Example's\nreviews:\n\n* fix the race\n* drop it all",
      ['fix the race', 'drop it all'],
    ],
    [
      'the titles of patches',
      '- "mm: take the lock\n  early"\n-- fix the race\n- "mm: drop the lock"\n-- drop it all',
      ['fix the race', 'drop it all'],
    ],
    [
      'what is nested stays with the verb above it',
      '- Drop these patches:\n  * frob: add widget table\n  * frob: add widget index\n- Fix a leak in probe',
      ['Drop these patches: frob: add widget table, frob: add widget index', 'Fix a leak in probe'],
    ],
    [
      'the same below a heading',
      'Remove the following patches:\n- frob: add widget table\n- frob: add widget index',
      ['Remove the following patches: frob: add widget table, frob: add widget index'],
    ],
    [
      'what explains a change goes without it',
      '- Fix a leak in probe\n  - it was found by a test\n  - and is old\n- Take the lock early',
      ['Fix a leak in probe', 'Take the lock early'],
    ],
    [
      'changes below the title of their patch',
      '- frob: add widget table\n  - take the lock early\n  - free it late',
      ['take the lock early', 'free it late'],
    ],
    [
      'changes in line with the first, whose indentation is lost',
      '* take the lock of every zone\n     early\n   * free it late\n   * add a test\n* rebase',
      ['take the lock of every zone early', 'free it late', 'add a test', 'rebase'],
    ],
    ['those whose comments follow', '- Ada, Bo:\n- Ada, Bo\n- fix the race', ['fix the race']],
    ['brackets within a name', '- split frob_[ab]_lock', ['split frob_[ab]_lock']],
    ['the name of a version is no change', '- v2\n- v1 -> v2\nRFC v1\n- fix the race', ['fix the race']],
    [
      'links',
      '- fix the race\nv1: https://example.org/r/1\n- Link to v1: https://example.org/r/1',
      ['fix the race'],
    ],
  ])('%s', (_name, text, items) => {
    expect(changelogItems(text)).toEqual(items);
  });
});

describe('one line of what changed', () => {
  const v3 = [
    entry(3, '- rebase on mm-unstable\n- split patch 2'),
    entry(2, '- fix a leak\n- add a test'),
    entry(1, 'first'),
  ];

  it.each([
    ['since the version before', v3, 3, 2, 'split patch 2; rebase on mm-unstable'],
    [
      'since an older version, when some were skipped',
      v3,
      3,
      1,
      'fix a leak; add a test; split patch 2; rebase on mm-unstable',
    ],
    ['of the newest where none was seen', v3, 3, null, 'split patch 2; rebase on mm-unstable'],
    ['is nothing where no letter tells', [], 3, 2, null],
    ['is nothing where the letter tells of older ones alone', [entry(2, '- fix a leak')], 3, 2, null],
    ['takes an entry of unknown version for the newest', [entry(null, '- fix a leak')], 2, 1, 'fix a leak'],
    ['says the same change once', [entry(3, '- fix a leak'), entry(2, '- Fix a leak')], 3, 1, 'fix a leak'],
    [
      'tells how patches were cut behind what they do',
      [
        entry(
          2,
          "- Added Bo's Reviewed-by to patch 4\n- Folded the documentation patch into patch 2\n- vfio: pins are dropped before the container is closed",
        ),
      ],
      2,
      1,
      "vfio: pins are dropped before the container is closed; Folded the documentation patch into patch 2; Added Bo's Reviewed-by to patch 4",
    ],
    [
      'tells chores last',
      [entry(2, '- collected tags from Bob\n- fix typos\n- take the lock earlier')],
      2,
      1,
      'take the lock earlier; collected tags from Bob; fix typos',
    ],
  ] as [string, ChangelogEntry[], number, number | null, string | null][])(
    '%s',
    (_name, changelog, version, since, line) => {
      expect(changedLine({ version, changelog }, since)).toBe(line);
    },
  );

  it.each([
    '- Rebased on linux-next\n- Collected tags from Bob',
    "- Addressed Ada's review comments\n- rebased",
    '- no functional changes',
    "- Address Ada's comments on the ring",
    '- Move the description to the first patch of the series',
    '- Keep commit messages short and neutral',
    '- fix typos in the commit messages',
    '- added Reviewed-by tags',
    '- rebased, typos fixed and tags added',
    '- Introduce "Fixes:" and "Cc: stable@vger.kernel.org" where necessary',
    '- Synced with v6.8-rc3\n- Update to latest mainline v6.9',
    '- Removed a space before the id in the message, no code changes',
    '- Unchanged, only tagged for another tree',
    '- The clock driver did not change since v18, only tested on 6.6-rc1',
  ])('bookkeeping alone is nothing: %j', (text) => {
    expect(changedLine({ version: 2, changelog: [entry(2, text)] }, 1)).toBeNull();
  });

  it.each([
    ['rebase + drop the patch for old kernels', 'drop the patch for old kernels'],
    ['Rebased on next, and take the lock of the ring early', 'take the lock of the ring early'],
    [
      '- Update patch 2 to fix a minor bug and update its comments',
      'Update patch 2 to fix a minor bug and update its comments',
    ],
    ['rebase on next, and fold the fix into patch 3', 'fold the fix into patch 3'],
    [
      "- Addressed Ada's comments on the lock, the ring\n- fix the race",
      "fix the race; Addressed Ada's comments on the lock, the ring",
    ],
    [
      '- Reshuffle the patchset for bisection\n- Add a lock',
      'Add a lock; Reshuffle the patchset for bisection',
    ],
    ['- Remove patch 3\n- Remove the lock from patch 2', 'Remove the lock from patch 2; Remove patch 3'],
    ["Address Ada's comments on v2: keep the list sorted", 'keep the list sorted'],
    ['Incorporate feedback -- reset the ring, and take the lock', 'reset the ring, and take the lock'],
    [
      '- Misc changes in patch 5\n- New patch 10\n- Send a notice for each ring',
      'Send a notice for each ring; Misc changes in patch 5; New patch 10',
    ],
    [
      '- Update the ring to protocol 2.0\n- The lock was not taken',
      'Update the ring to protocol 2.0; The lock was not taken',
    ],
    [
      '- Rebased on top of the patch of Ada Quill (https://example.org/1) which brings the list. Dropped the patch that did the same',
      'Dropped the patch that did the same',
    ],
    ['- Rebased on "mm: count pages and free them" and tags added', null],
    [
      '- Move the cleanup patch to the end\n- Add a lock for the ring',
      'Add a lock for the ring; Move the cleanup patch to the end',
    ],
  ])('tells the change that goes with a chore: %j', (text, line) => {
    expect(changedLine({ version: 2, changelog: [entry(2, text)] }, 1)).toBe(line);
  });

  it('tells what is trivial behind what the code now does', () => {
    const text =
      '- Sort the includes\n- Handle a ring of one entry\n- Rename a variable\n- Stop reading behind the end';
    expect(changedLine({ version: 2, changelog: [entry(2, text)] }, 1)).toBe(
      'Handle a ring of one entry; Stop reading behind the end; Sort the includes; Rename a variable',
    );
  });

  it.each([
    [
      'In walk_zone(), take the lock before the list is read, and free it behind the last of the entries that were found there\n- rename it',
      'In walk_zone(), take the lock before the list is read, and free it behind …; rename it',
    ],
    [
      '- Fix the leak of a ring that is closed while it has requests in flight which wait for others, and add a test for it\n- Rebased',
      'Fix the leak of a ring that is closed while it has requests in flight which wait for others, and add a test for it',
    ],
    [
      '- Give the reader of a zone its own entry in the list of all those that wait for the lock\n- Count readers of all zones that are not empty',
      'Give the reader of a zone its own entry in the list of all those that wait …; Count readers of all zones that are not empty',
    ],
  ])('cuts so that what is left can be understood: %j', (text, line) => {
    expect(changedLine({ version: 2, changelog: [entry(2, text)] }, 1)).toBe(line);
  });

  it('counts what does not fit', () => {
    const text = Array.from(
      { length: 8 },
      (_, i) => `- take the lock of zone ${i} before its list is read`,
    ).join('\n');
    expect(changedLine({ version: 2, changelog: [entry(2, text)] }, 1)).toBe(
      'take the lock of zone 0 before its list is read; take the lock of zone 1 before its list is read; +6 more',
    );
  });

  it.each([
    [
      'a bracket that a cut would leave open is left out',
      `- take the lock of the zone early (since the reader, which ${'runs on another CPU and '.repeat(6)}waits)`,
      'take the lock of the zone early',
    ],
    [
      'a quote that a cut would leave open is left out',
      `- rename the zone lock to what it is "${'the lock of the list of pages '.repeat(6)}"`,
      'rename the zone lock …',
    ],
  ])('%s', (_name, text, line) => {
    expect(changedLine({ version: 2, changelog: [entry(2, text)] }, 1)).toBe(line);
  });

  it('cuts one long change after a whole word', () => {
    const long = `- ${'take the lock of every zone early '.repeat(9)}`;
    expect(changedLine({ version: 2, changelog: [entry(2, long)] }, 1)).toMatch(
      /^(?:take the lock of every zone early )+.*(?:take|the|lock|of|every|zone|early) …$/,
    );
  });

  test('of any changelog is one line within its limit', () => {
    const text = fc.array(
      fc.constantFrom(
        '- ',
        '\n',
        '* ',
        'fix ',
        'a very long word-that-goes-on ',
        ', ',
        '. ',
        '(',
        ')',
        ':',
        'https://x.org ',
        '[',
        ']',
        'Rebased ',
      ),
      { maxLength: 120 },
    ); // prettier-ignore
    fc.assert(
      fc.property(text, fc.option(fc.nat(5)), (parts, since) => {
        const line = changedLine(
          { version: 3, changelog: [entry(3, parts.join('')), entry(null, parts.join(' '))] },
          since,
        );
        if (line !== null) {
          expect(line.length).toBeLessThanOrEqual(MAX_CHANGED_CHARS);
          expect(line).not.toMatch(/\n|^\s*$/);
        }
      }),
    );
  });

  it.each(['-', '- a\n', ' ', '(', '[', 'A, ', '(A ', 'a:', ', by A', 'Patch 1', '1/'])(
    'of a megabyte of %j is made in no time',
    (piece) => {
      const start = performance.now();
      changedLine(
        { version: 2, changelog: [entry(2, piece.repeat(Math.ceil(1_000_000 / piece.length)))] },
        1,
      );
      expect(performance.now() - start).toBeLessThan(10_000);
    },
  );
});
