import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS, summarise } from '../../../src/digest/summary/summarise.js';
import { letterOf } from './letter.js';

const summaryOf = (intro: string, title = 'mm: rework the zone lock', patches: readonly string[] = []) =>
  summarise(letterOf(intro, patches), title);

describe('a summary says what and why', () => {
  it('takes the problem and what is done about it', () => {
    const intro = `Hi all,

Currently every allocation takes one global lock, which stalls machines with many nodes.

This series splits the lock per node, so that allocations on different nodes no longer wait for each other.

The patches apply on top of v6.12-rc1. Tested on a box with 8 nodes.

Thanks,
Ada`;
    expect(summaryOf(intro)).toBe(
      'Currently every allocation takes one global lock, which stalls machines with many nodes. ' +
        'This series splits the lock per node, so that allocations on different nodes no longer wait for each other.',
    );
  });

  it('keeps the problem that the fix speaks of', () => {
    const intro =
      'The reader may see a freed page when the reclaim worker runs on another CPU. Fix this by taking a reference before the lock is dropped.';
    expect(summaryOf(intro)).toBe(intro);
  });

  it('gives a fix far below no problem that it does not speak of', () => {
    const intro =
      'Currently the zone defers all of its work to a worker.\n\nThat was easy to write.\n\nNodes are many. Nodes have lists of pages.\n\nThe list of a node may be empty. Fix this by looking at the list before the lock is taken.';
    expect(summaryOf(intro)).not.toMatch(/Currently.*Fix this/);
  });

  it('takes the list in that a sentence announces', () => {
    expect(
      summaryOf('The sensor has two more channels:\n - proximity\n - attention\n\nAdd support for them.'),
    ).toBe('The sensor has two more channels: proximity, attention. Add support for them.');
  });

  it('finds the point behind talk about the version', () => {
    expect(
      summaryOf(
        'here is the seventh version of my patches to fix use-after-free in the queue when a process moves.',
      ),
    ).toBe('Fix use-after-free in the queue when a process moves.');
  });

  it('takes the commit message of a single patch', () => {
    expect(
      summaryOf(
        'io_poll_add() frees the request twice when the file is closed at the same time. Clear the pointer before the lock is dropped.\n\nFixes: 123456789abc ("io: x")\nSigned-off-by: Ada Example <ada@example.org>',
        'io: fix a double free',
      ),
    ).toBe(
      'io_poll_add() frees the request twice when the file is closed at the same time. Clear the pointer before the lock is dropped.',
    );
  });
});

describe('the sentence that says what the series does', () => {
  const background =
    'The zone list is an array of pointers to the pages that are free. Each zone has a list of its own, which the reclaim worker reads when memory is short.';

  it.each([
    [
      'stands behind the background',
      'This series adds a lock per node, so that readers of a list no longer wait.',
    ],
    ['names a goal', 'The goal of this series is to split the lock, so that readers no longer wait.'],
    [
      'is a proposal',
      'This series is a proposal to at least partially split the lock per reader of the list.',
    ],
    [
      'has an adjective before the series',
      'This QEMU series is intended to split the lock per reader of the list.',
    ],
    ['is an order with an article', 'Limit the time for which the lock is held to what the reader needs.'],
  ])('%s', (_name, what) => {
    expect(summaryOf(`${background}\n\n${what}`)).toContain(what);
    expect(summaryOf(`${what}\n\n${background}`)).toContain(what);
  });

  it.each([
    [
      'is found behind who said it',
      'Bob recently pointed out that readers wait for a lock that nobody holds any more.',
      'Readers wait for a lock that nobody holds any more.',
    ],
    [
      'is found behind what was said elsewhere',
      'As discussed with Bob, readers wait for a lock that nobody holds any more.',
      'Readers wait for a lock that nobody holds any more.',
    ],
    [
      'loses the base it goes on about',
      'This series adds readers of the list and it is based on the v10 of the lock series.',
      'This series adds readers of the list.',
    ],
    [
      'loses the number of its patch',
      'Patch# 1: Adds a check for readers that hold no lock while the list is read.',
      'Adds a check for readers that hold no lock while the list is read.',
    ],
  ])('%s', (_name, intro, summary) => {
    expect(summaryOf(intro)).toBe(summary);
  });

  it('goes with the sentence whose words it takes up, not with a stray one', () => {
    const what = 'This series adds readers of the list that hold no lock.';
    expect(summaryOf(`${what}\n\nFeathers are light. Some of the birds fly south.`)).toBe(what);
  });
});

describe('what is never shown', () => {
  const good = 'This series splits the zone lock per node to let allocations run side by side.';

  it.each([
    ['a greeting', 'Hello everyone,'],
    ['thanks', 'Thanks to Bob for the detailed look at all of the locking rules.'],
    ['the base', 'This series applies on top of mm-unstable as of last Friday morning.'],
    ['the base in other words', 'The patches are based on linux-next and some fixes which are there.'],
    ['a test report', 'I have tested this on arm64 and x86 with many nodes and many workers.'],
    ['talk about versions', 'This is v3 of the series, changes since v2 are listed with each patch.'],
    [
      'the base of a version',
      'This is a new version which bases on the charging rework by Bob of last week.',
    ],
    [
      'a changelog left in the text',
      'Changes since v2:\n- rename zone_lock() to zone_node_lock() in all of its callers',
    ],
    ['a link', 'The numbers are at https://example.org/numbers/of/zone/locks and show it.'],
    ['where to fetch', 'A branch with the patches can be found at the usual place for my work.'],
    ['what version it is, and how it looks now', 'v2 of this RFC, now a bit more polished and split up.'],
    ['a question', 'Should the lock of node zero be split up as well as those of the others?'],
    ['a wish', 'I hope that this is now good enough to be taken for the coming release.'],
    ['a request', 'Please review the locking rules in the second patch with special care.'],
    ['the part that prepares', 'Patch 1 is just a preparation for what the second one does.'],
    ['a note in brackets', '[Still marked as RFC as I have yet to run the tests. The design is done.]'],
    [
      'what a version changed',
      'v4 mainly addresses the support of drivers. Drivers should take care of the lock.',
    ],
    ['talk to one reader', 'Bob, I kept your numbers even though this differs from what you ran.'],
    [
      'titles whose line ends were lost',
      'mm/zone: Create the lock mm/zone: use the lock mm/zone: drop the old one.',
    ],
    [
      'a sentence whose end was a mark',
      'The lock was asked for a few times in the channels, such as in [1,2].',
    ],
    ['who wrote it', 'Author: Ada Example Quill of the Zone Lock'],
    ['a list of tests', 'Tested fixed kernels at L0, L1 and L2, with most combinations of locks.'],
    ['what still fails', 'Two tests still fail on bare metal for reasons that I could not figure out.'],
    [
      'what could not be tested',
      'The big thing I can’t test are all the changes of the zone drivers.'.replace('’', "'"),
    ],
    ['what stayed the same', "The uapi didn't change, after registration it looks like a normal buffer."],
    [
      'a changelog told as prose',
      'Before listing what has changed, I want to mention what is the same: the lock of a zone.',
    ],
    ['what the new version has more', 'The current version expands upon that by making the lock visible.'],
    [
      'what a colon joins to the author',
      'However: I might work on that soon, because it is needed to handle zones.',
    ],
    ['a guess about a patch', 'The fourth patch might indicate there is a bug in the zone lock.'],
    ['how it was timed', 'All timings are done by hand with an Android stopwatch app.'],
    ['the subject of a mail', 'This is a successor of "[PATCH] mm: drop the zone lock from the fast path".'],
    [
      'half a sentence, however long',
      'Since I do think that potentially increasing how sure one may be of the zone is a worthy thing.',
    ],
    ['a wink', 'A little something for everyone here.'],
    ['a dependency', 'This depends on the series of Bob that moves the zone into its own file.'],
  ])('%s', (_name, noise) => {
    expect(summaryOf(`${noise}\n\n${good}`)).toBe(good);
    expect(summaryOf(`${good}\n\n${noise}`)).toBe(good);
    expect(summaryOf(noise)).toBeNull();
  });

  it.each([
    [
      'a reference mark',
      'The lock was split once [1] but allocations still wait for each other [2][3].',
      /\[|\]/,
    ],
    [
      'a bracketed link',
      'The lock (https://example.org/lock) still makes allocations wait on big machines.',
      /http|\(/,
    ],
    [
      'what led to a reference mark',
      'This fixes the issues that Ada mentioned in [1], which affect the zones of old machines.',
      / in,|\[/,
    ],
  ])('%s inside a sentence', (_name, intro, mark) => {
    expect(summaryOf(intro)).not.toBeNull();
    expect(summaryOf(intro)).not.toMatch(mark);
  });

  it.each([
    [
      'what is only the half of a sentence whose start was shown as code',
      'These functions:\n\n    zone_free\n    zone_list_free\n\nare not called by any reader of the list. The zone list needs no lock for its readers.',
      'The zone list needs no lock for its readers.',
    ],
    [
      'a command',
      'Align the values of the zone flags with those of the list.\n\ndiff -Nur\n\tzone/zone.h\n\tlist/zone.h',
      'Align the values of the zone flags with those of the list.',
    ],
  ])('%s', (_name, intro, summary) => {
    expect(summaryOf(intro)).toBe(summary);
  });

  it('gives nothing for a letter that is a changelog alone, or empty', () => {
    expect(summaryOf('')).toBeNull();
    expect(summaryOf('v2:\n - rebased\n - collected tags\n')).toBeNull();
  });
});

describe('a sentence is kept whole', () => {
  it.each([
    [
      'where the commit that it names starts a line',
      'The last reader of zone_list_free() was removed in commit\n123456789abc ("zone: read without a lock"). Remove the function as well.',
      'The last reader of zone_list_free() was removed in commit 123456789abc ("zone: read without a lock"). Remove the function as well.',
    ],
    [
      'where it starts with what it is told besides',
      'Besides the readers of the zone list, the writers of each node take a lock which nobody needs.',
      'Besides the readers of the zone list, the writers of each node take a lock which nobody needs.',
    ],
    [
      'where a name in it ends with a stop and a star',
      'The handling of time in zone/list.* is hard to follow because it converts back and forth.',
      'The handling of time in zone/list.* is hard to follow because it converts back and forth.',
    ],
    [
      'where the letter is indented below its heading',
      'Overview\n\n        Defer the lock of the zone until a reader of its list comes, so that writers need not wait.\n\nTiming\n\nAll of it was timed by hand on a box with eight nodes and many readers.\nThe second line of the timing is here as well, to make it longer.',
      'Defer the lock of the zone until a reader of its list comes, so that writers need not wait.',
    ],
  ])('%s', (_name, intro, summary) => {
    expect(summaryOf(intro)).toBe(summary);
  });

  it('tells the same of a letter whatever letters were read before it', () => {
    const intro = 'This series splits the zone lock per node. Readers of the list of a node no longer wait.';
    const first = summaryOf(intro);
    for (let at = 0; at < 40; at += 1) {
      const words = Array.from({ length: 400 }, (_, word) => `word${at}x${word}`);
      summaryOf(`This series adds ${words.join(' ')} to the zone list.`, `zone: ${words.join(' ')}`);
    }
    expect(summaryOf(intro)).toBe(first);
  });
});

describe('a sentence that leans on another', () => {
  const problem = 'The zone list may be read while another CPU frees it, which ends in a crash of the guest.';

  it.each([
    [
      'goes with the one before it',
      `${problem} This is fixed by taking the lock earlier.`,
      `${problem} This is fixed by taking the lock earlier.`,
    ],
    [
      'is left out alone',
      `${problem} I hope so. Even those of small machines with few nodes crash because of that one.`,
      problem,
    ],
    [
      'speaks of the title at the start of a letter',
      'This adds a lock per node so that allocations can run side by side.',
      'This adds a lock per node so that allocations can run side by side.',
    ],
    [
      'loses the word that joined it',
      'However, the zone list may be read while another CPU frees it.',
      'The zone list may be read while another CPU frees it.',
    ],
    [
      'loses how the author came to it',
      'While looking at something else, I noticed that zone_free() is called twice for an empty list.',
      'zone_free() is called twice for an empty list.',
    ],
    [
      'is left out where two things that it speaks of are lost',
      'I tried O=dir and the other way. This series aims to make both work.',
      null,
    ],
    [
      'is kept where it names the two things itself',
      'This series adds O=dir and OUTPUT=dir to the tests and makes both work.',
      'This series adds O=dir and OUTPUT=dir to the tests and makes both work.',
    ],
    [
      'is left out where it only names what the author found',
      'While at it I found dead code which gets removed and an odd assumption in the zone list.',
      null,
    ],
    [
      'is left out where its start was lost',
      'I.e. after the exit is taken the timer is armed again on the same node.',
      null,
    ],
    [
      'is left out where it stands in brackets',
      '(applied one more fix there that makes the build of the module go through).',
      null,
    ],
    [
      'is left out where a tool printed it',
      'Error: cycles: the hardware does not support sampling of this event.',
      null,
    ],
    [
      'may end in `and so on`',
      'Fix various mistakes of comments, such as typos, wrong names and so on.',
      'Fix various mistakes of comments, such as typos, wrong names and so on.',
    ],
    [
      'is left out where its subject was lost',
      'This instruction call is made once and only once during the start of a guest.',
      null,
    ],
    [
      'is left out where the line before it was dropped',
      '[PATCH 1/2] mm: zone\neffectively disabled the lock since the list of a zone needs none.',
      null,
    ],
    [
      'stands where `it` is the series',
      'This patchset is about locks. It adds a lock per node so that readers of a list never wait.',
      'It adds a lock per node so that readers of a list never wait.',
    ],
    [
      'goes with the problem that it only says to solve',
      `${problem} This patchset automatically resolves the issues.`,
      `${problem} This patchset automatically resolves the issues.`,
    ],
    [
      'is left out where the problem that it solves is not told',
      'Tested on a box with 8 nodes. This patchset automatically resolves the issues.',
      null,
    ],
    [
      'is left out where `this is` speaks of a paragraph that is not shown',
      'Tested on a box with 8 nodes.\n\nThis is generally not an issue of zones, save for those who read the list.',
      null,
    ],
    ['is left out where it says the title again', 'Rework the zone lock.', null],
  ])('%s', (_name, intro, summary) => {
    expect(summaryOf(intro)).toBe(summary);
  });

  it('does not take a name of the title for a version', () => {
    const text = 'Some of the v1 code is still in the v2 code base because of fields in a shared struct.';
    expect(summaryOf(text, 'memcg: decouple v1 code from v2')).toBe(text);
  });
});

describe('a sentence about one patch', () => {
  it.each([
    [
      'loses the number that no reader knows',
      'Patch 2 moves the flags of the zone to atomics, so that readers need no lock.',
      'Moves the flags of the zone to atomics, so that readers need no lock.',
    ],
    [
      'loses several numbers',
      'Patches 4-5 simplify the use of the index of a zone, which now stays the same.',
      'Simplify the use of the index of a zone, which now stays the same.',
    ],
    [
      'loses what it is called by its place',
      'The 4th patch supports groups of zones, which share one lock among themselves.',
      'Supports groups of zones, which share one lock among themselves.',
    ],
    [
      'keeps its number where it only says what the patches hold',
      'Patches 1 to 5 contain changes to the documentation of the zone.',
      'Patches 1 to 5 contain changes to the documentation of the zone.',
    ],
    [
      'is left out where it tells how the author came to it',
      'Patch 1 I ran into while doing other work, causing leaks of zones.',
      null,
    ],
    [
      'is left out where it is about its title',
      'Patch #1 "zone: Use no lock" is straightforward and came about because of an error of mine.',
      null,
    ],
    [
      'is left out where it only prepares',
      'Patch 2 is cleanup that is made possible by patch 1. The 1st 3 patches are cleanup of the zone.',
      null,
    ],
  ])('%s', (_name, intro, summary) => {
    expect(summaryOf(intro)).toBe(summary);
  });

  it('gives way to one about the whole', () => {
    const what = 'This series splits the zone lock per node.';
    const part = 'Patch 3 adds a helper that takes both locks of a zone in the right order.';
    expect(summaryOf(`${part}\n\n${what}`)).toContain(what);
  });
});

describe('a letter in which nothing stands by itself', () => {
  it.each([
    [
      'is told by what leans on the title',
      'KVM: VMX: use the basic exit reason for checking',
      'The exit reason is used whole when\n\n1) checking: if (a == b)\n\nHowever, only the low 16 bits serve as basic exit reason. Fix it by using the 16 bits of the basic exit reason.',
      'Only the low 16 bits serve as basic exit reason. Fix it by using the 16 bits of the basic exit reason.',
    ],
    [
      'is told by its only sentence',
      'io: shrink the mapped buffer',
      'This shrinks it from 48 bytes to 32 bytes.',
      'This shrinks it from 48 bytes to 32 bytes.',
    ],
    [
      'is told by one long sentence',
      'KVM: arm64: Expose CSV3 to guests',
      "When running on big systems that are known not to be vulnerable, guests are not presented with the CSV3 property if the hardware includes a core that doesn't have CSV3, despite being known to be safe (it is on the list).",
      "When running on big systems that are known not to be vulnerable, guests are not presented with the CSV3 property if the hardware includes a core that doesn't have CSV3, despite being known to be safe.",
    ],
    [
      'stays silent where a part of what is not shown is told',
      'mm: rework the zone lock',
      'The second one uses the helper for the zone lock of readers.',
      null,
    ],
  ])('%s', (_name, title, intro, summary) => {
    expect(summaryOf(intro, title)).toBe(summary);
  });
});

describe('a pull request', () => {
  it('is told by the items of its message', () => {
    const intro = `io_uring/napi: pass ktime to the timer (2024-07-26 08:31:59 -0600)

----------------------------------------------------------------
- Fix a race with reading how many entries are available, which made programs spin.
- Fix an issue with passthrough commands, where the timer was not set up.`;
    expect(summaryOf(intro, 'io_uring fixes for 6.12-rc4')).toBe(
      'Fix a race with reading how many entries are available, which made programs spin. Fix an issue with passthrough commands, where the timer was not set up.',
    );
  });
});

describe('a long sentence', () => {
  it('ends at a clause, not in the middle', () => {
    const intro =
      'The driver maps each page of the ring on its own when a queue is started and never uses the fact that they are contiguous in most cases, ' +
      'which costs one entry of the table for each of these pages and makes the start of a queue with large rings take longer than all of the rest together.';
    expect(summaryOf(intro)).toBe(
      'The driver maps each page of the ring on its own when a queue is started and never uses the fact that they are contiguous in most cases.',
    );
  });

  it('keeps half a word in brackets', () => {
    const intro =
      'Concerns were expressed (quite often) around (ab)using the zone lock for all that nodes tell each other, which seems not to have been a great idea after all, since other locks are there.';
    expect(summaryOf(intro) ?? '').not.toMatch(/around ?using/);
  });

  it('does not end where what is asked for follows', () => {
    const intro =
      'Given that most events of the zone are not architected, there is no easy way to designate which events of a node should not be counted other than specifying the raw number of the event and all of its bits for each and every one of the nodes that there are.';
    expect(summaryOf(intro) ?? '').not.toMatch(/designate\.$/);
  });

  it('is left out where it has no place to end', () => {
    expect(summaryOf('the lock is held by a task and '.repeat(12))).toBeNull();
  });
});

describe('any letter', () => {
  const words = fc.constantFrom(
    'This',
    'series',
    'adds',
    'the',
    'lock',
    'of',
    'foo()',
    'bar_baz',
    'e.g.',
    'i.e.',
    '[1]',
    '(',
    ')',
    ',',
    '.',
    '. ',
    ': ',
    '\n',
    '\n\n',
    '- ',
    'v2',
    'thanks',
    'which',
    ', which ',
    '; ',
    '"',
    '=====',
    '|',
    '    ',
    'https://example.org/x',
    '>',
    'Because',
    'It',
    'fixes',
    'a',
    'race',
    '?',
    '…',
    'ß',
    '🙂',
  ); // prettier-ignore

  test('has a summary within its limits, without links or line ends', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 300 }), fc.string(), (parts, title) => {
        const summary = summaryOf(parts.join(' '), title);
        if (summary === null) return;
        expect(summary.length).toBeLessThanOrEqual(MAX_SUMMARY_CHARS);
        expect(summary.split(' ').length).toBeLessThanOrEqual(MAX_SUMMARY_WORDS);
        expect(summary).not.toMatch(/\n|:\/\/|\[\d|^\s|\s$/);
      }),
      { numRuns: 500 },
    );
  });

  it('does not keep the space behind a row of stops that was taken off its front', () => {
    expect(summaryOf('. . , This series fixes a race of the lock which grows.')).not.toMatch(/^\s/);
  });

  test('throws nothing on any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string(), (intro, title) => {
        summaryOf(intro, title);
      }),
    );
  });

  // Every line of a hostile mail may be as long as it likes: nothing in here may be worse than linear.
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
    'the patch set to ',
    '>',
    '-',
    '1/1/',
    '|',
    'here is v1 of the ',
    'a (b',
    '"',
    'This series adds x\n',
    '- a\n',
    '    x\n',
    'a,',
    '; ',
    'While a',
    'test ',
    '_a',
  ])('of a megabyte of %j is read in no time', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const start = performance.now();
    summaryOf(text, text.slice(0, 200));
    expect(performance.now() - start).toBeLessThan(10_000);
  }); // prettier-ignore
});
