import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sentencesOf, splitSentences } from '../../../src/digest/summary/sentences.js';

describe('a paragraph is split where a sentence ends', () => {
  it.each([
    ['It leaks. Fix it.', ['It leaks.', 'Fix it.']],
    ['Some flags, i.e. those of v2, are lost.', ['Some flags, i.e. those of v2, are lost.']],
    ['Reads e.g. TEST_CTRL vs. the rest.', ['Reads e.g. TEST_CTRL vs. the rest.']],
    ['It is slow, big, etc. The new one is not.', ['It is slow, big, etc.', 'The new one is not.']],
    ['Files, locks etc. are kept.', ['Files, locks etc. are kept.']],
    ['Broken since v5.10 in foo.c and 5.10-rc1.', ['Broken since v5.10 in foo.c and 5.10-rc1.']],
    ['It calls foo(). io_uring does not.', ['It calls foo().', 'io_uring does not.']],
    ['See https://example.org/a.b. It says why.', ['See https://example.org/a.b.', 'It says why.']],
    ['He said "stop." Then it stopped.', ['He said "stop."', 'Then it stopped.']],
    ['Wait... it works.', ['Wait... it works.']],
    ['A bug (see Fig. 2) remains.', ['A bug (see Fig. 2) remains.']],
    [
      'It counts (see spec: 6.22. Flow Control), and waits. It ends.',
      ['It counts (see spec: 6.22. Flow Control), and waits.', 'It ends.'],
    ],
    ['It counts. (Not all. Some.) It ends.', ['It counts.', '(Not all.', 'Some.)', 'It ends.']],
    ['It has (so far. It ends.', ['It has (so far.', 'It ends.']],
    ['1. Add it. 2. Use it.', ['1. Add it.', '2. Use it.']],
    [
      'It checks normal pages.If we use large ones, it does not.',
      ['It checks normal pages.', 'If we use large ones, it does not.'],
    ],
    ['On Hypervisor.Framework and foo.The it stays.', ['On Hypervisor.Framework and foo.', 'The it stays.']],
    ['Reads info.If_x of a.In, no more.', ['Reads info.If_x of a.In, no more.']],
    [
      'It was used in the code path, i. e. linuxrc, till now.',
      ['It was used in the code path, i. e. linuxrc, till now.'],
    ],
    ['No stop at the end', ['No stop at the end']],
  ])('%s', (paragraph, sentences) => {
    expect(sentencesOf(paragraph)).toEqual(sentences);
  });
});

describe('what is shown rather than described is left out', () => {
  const texts = (text: string) => splitSentences(text).map((sentence) => sentence.text);

  it.each([
    ['a wrapped line is joined', 'The lock is held\nfor too long.', ['The lock is held for too long.']],
    [
      'a greeting in front of a sentence',
      'Dear maintainers, this series splits the lock.',
      ['this series splits the lock.'],
    ],
    ['no greeting', 'Hidden pages, once mapped, leak.', ['Hidden pages, once mapped, leak.']],
    [
      'a greeting of several people',
      'Hi Rafael, Łukasz & Ada, this series splits the lock of the zone.',
      ['this series splits the lock of the zone.'],
    ],
    [
      'a patch that is the object',
      'This series splits the lock and makes\nPatch 3 much simpler.',
      ['This series splits the lock and makes Patch 3 much simpler.'],
    ],
    [
      'no name behind all',
      'Hi all, Intel, AMD and ARM machines use a frob.',
      ['Intel, AMD and ARM machines use a frob.'],
    ],
    [
      'no greeting, as nobody is greeted',
      'Hello timers, which are per bridge, use the queue.\n\nThree frames are new:\n - Hello, Ack and Bye',
      ['Hello timers, which are per bridge, use the queue.', 'Three frames are new:', 'Hello, Ack and Bye'],
    ],
    [
      'a script in the middle of a sentence',
      'If the file is there,\nstat01.sh will test what is in it.',
      ['If the file is there, stat01.sh will test what is in it.'],
    ],
    ['no script that is run', 'The lock is split.\n\n./stat01.sh -x now', ['The lock is split.']],
    [
      'a commit that a sentence begins with',
      '0a1b2c3d4e5f ("fs: add a flag") takes the lock as a\nworkaround for slow readers.',
      ['0a1b2c3d4e5f ("fs: add a flag") takes the lock as a workaround for slow readers.'],
    ],
    ['no list of commits', 'The lock is split.\n\n0a1b2c3d4e5f ("fs: add a flag")', ['The lock is split.']],
    [
      'no dump of packets',
      'It writes one command:\n\n< Command: Write Flow (0x03) plen 1\n\nThe lock is split.',
      ['The lock is split.'],
    ],
    [
      'no results of tests, nor what a daemon logged',
      'FAIL: the ring is full\n\nfrobd[5324]: the ring is full\n\nThe lock is split.',
      ['The lock is split.'],
    ],
    [
      'an option in the middle of a sentence',
      'Build it with this and pass\n-Bsymbolic to the linker.',
      ['Build it with this and pass -Bsymbolic to the linker.'],
    ],
    [
      'the title of an item is a sentence of its own',
      'Patch 1: frob: add a lock\n  This makes walks safe.\nPatch 2: use the lock in\n  Frob drivers.',
      ['frob: add a lock.', 'This makes walks safe.', 'use the lock in Frob drivers.'],
    ],
    [
      'a request on a line of its own',
      'Checking it every second should be enough\nPlease check the assumptions.',
      ['Checking it every second should be enough.', 'Please check the assumptions.'],
    ],
    [
      'a patch on a line of its own',
      'Patch 1 is a cleanup to simplify things\nPatch 2 is the fix.',
      ['Patch 1 is a cleanup to simplify things.', 'Patch 2 is the fix.'],
    ],
    [
      'no title that goes on',
      '- take the lock, because\n  We walk the list.',
      ['take the lock, because We walk the list.'],
    ],
    [
      'list marks without a space',
      'Two things are wrong:\n-1st: it leaks.\n-Nobody frees it.\n\n-Wall warns of it.',
      ['Two things are wrong:', '1st: it leaks.', 'Nobody frees it.', '-Wall warns of it.'],
    ],
    [
      'prose that begins with code',
      '```count()``` does not count all of them.\n\nIt leaks.\n\n```\nThis is code.\n```',
      ['```count()``` does not count all of them.', 'It leaks.'],
    ],
    [
      'what make, a checker and a sanitizer print',
      "It hangs:\n\nmake[1]: Entering directory '/src/tools'\nlock.c:line 10, column 3 The value is not set.\nRead of size 8 at addr ffff8000 by task frob\nThe buggy address belongs to the stack of frob\n\nMake it wait.",
      ['Make it wait.'],
    ],
    [
      'a warning that is named within a sentence',
      'This silences the warning of clang [-Wunused] by moving\nthe helper below the guard.',
      ['This silences the warning of clang [-Wunused] by moving the helper below the guard.'],
    ],
    [
      'an operator at the beginning of a line',
      'It pastes the name with the\n## operator of the preprocessor.',
      ['It pastes the name with the ## operator of the preprocessor.'],
    ],
    [
      'why a commit is reverted, which is prose',
      'This reverts commit 0123456789ab which hangs.',
      ['This reverts commit 0123456789ab which hangs.'],
    ],
    [
      'a commit named in the middle of a sentence',
      'It hangs since\n0123456789ab ("lock: hold it for longer") of last week.',
      ['It hangs since 0123456789ab ("lock: hold it for longer") of last week.'],
    ],
    [
      'a line that ends in a commit',
      'The commit 0123456789ab\n("lock: hold it for longer") hangs.',
      ['The commit 0123456789ab ("lock: hold it for longer") hangs.'],
    ],
    ['a greeting', 'Hi all,\n\nThe lock is held too long.', ['The lock is held too long.']],
    [
      'a heading with an underline',
      'Background\n==========\nThe lock is held too long.',
      ['The lock is held too long.'],
    ],
    [
      'what git left to be filled in',
      '*** BLURB HERE ***\n\nThe lock is held too long.',
      ['The lock is held too long.'],
    ],
    ['a heading with a colon', 'Overview:\nThe lock is held too long.', ['The lock is held too long.']],
    ['indented code', 'So:\n\n    lock(&a);\n    unlock(&a);\n\nIt hangs.', ['It hangs.']],
    ['a table', 'It is faster.\n\n| size | before | after |\n| 4k   | 10     | 12    |', ['It is faster.']],
    [
      'a table of columns',
      'It is faster.\n\nsize     before      after\n4k       10 us       8 us',
      ['It is faster.'],
    ],
    ['a kernel log', 'Crashes:\n[   12.345678] BUG: sleeping\n[   12.345679] Call Trace:', []],
    [
      'an item that was wrapped without an indent',
      '* zone_get(): stop compensating for\nbuggy callers of the old one.\n\nIt hangs.',
      ['zone_get(): stop compensating for buggy callers of the old one.', 'It hangs.'],
    ],
    ['a quote', '> why is that?\n> and this?\n\nIt hangs.', ['It hangs.']],
    ['trailers', 'It hangs.\n\nSigned-off-by: Ada Example <ada@example.org>', ['It hangs.']],
    ['a shell command', 'It is seen by\n\n$ echo 1 > /proc/sys/kernel/x\nsudo ./run.sh\n', []],
    [
      'code in a fence',
      'With old compilers it does not build:\n```\nzcrx.c: undeclared\nAll of it\n```\nThe lock hangs.',
      ['With old compilers it does not build:', 'The lock hangs.'],
    ],
    [
      'code in a fence with its language',
      'It hangs.\n\n```c\nThis is code.\n```\n\nIt leaks.',
      ['It hangs.', 'It leaks.'],
    ],
    [
      'a fence that nothing closes',
      'With two tasks it hangs like this:\n```\nThe lock is held.',
      ['With two tasks it hangs like this:', 'The lock is held.'],
    ],
    [
      'headings of Markdown',
      '## Patch 1: Fix the lock of the cache.\n\nIt hangs.\n\n### Why?\nIt leaks.',
      ['It hangs.', 'It leaks.'],
    ],
    ['a label', '[BUG]\nThe lock hangs.\n\n[Test results]\nAll pass.', ['The lock hangs.', 'All pass.']],
    [
      'a backtrace',
      'It crashes.\n#0  lock_it (lock=0x0) at lock.c:12\n#1 run at main.c:3\n(gdb) print lock\n',
      ['It crashes.'],
    ],
    [
      'what a compiler says',
      'It warns.\nlock.c: In function ‘run’:\n‘int’ and ‘long’ [-Wsign-compare]\nld.lld: error: undefined symbol: lock\nmake[1]: *** [all] Error 1',
      ['It warns.', 'lock.c: In function ‘run’:'],
    ],
    ['that a commit is reverted', 'This reverts commit 0123456789ab.\n\nIt hangs.', ['It hangs.']],
    [
      'a drawing in a list',
      '- one by one: the lock of each\n  ^   |\n  |---|\n- It hangs.',
      ['one by one: the lock of each', 'It hangs.'],
    ],
    ['a drawing', 'As so:\n\n+------+   +------+\n| a    |-->| b    |\n+------+   +------+', []],
    [
      'a shortlog and what is below',
      'It hangs.\n\nAda Example (2):\n  foo: add x\n  foo: fix y',
      ['It hangs.'],
    ],
    [
      'an indented first line is prose',
      '    The lock is held by one\ntask for too long.',
      ['The lock is held by one task for too long.'],
    ],
    [
      'a letter that is indented as a whole',
      '    The lock is held by one task for long.\n    It hangs.',
      ['The lock is held by one task for long.', 'It hangs.'],
    ],
    [
      'a list of patches',
      '[PATCH 1/2 v4] foo: add the flag\n[PATCH 2/2 v4] foo: use it\n\nIt hangs.',
      ['It hangs.'],
    ],
    [
      'the head of a pull request',
      'io_uring/x: pass y (2024-07-26 08:31:59 -0600)\n\nIt hangs.',
      ['It hangs.'],
    ],
    [
      'what a compiler printed',
      'It warns.\n\ndrivers/frob/core.c:13:10: warning: unused variable x in the walk of the list\n\nDrop it.',
      ['It warns.', 'Drop it.'],
    ],
    ['a link on its own line', 'It hangs.\nhttps://example.org/x\n', ['It hangs.']],
  ])('%s', (_name, text, sentences) => {
    expect(texts(text)).toEqual(sentences);
  });

  it('gives each item of a list as a sentence of its own', () => {
    expect(
      splitSentences('- Add a flag that\n  says so.\n- Fix the\n  leak.').map((s) => [s.kind, s.text]),
    ).toEqual([
      ['item', 'Add a flag that says so.'],
      ['item', 'Fix the leak.'],
    ]);
  });

  it('knows the items of a list and what announces it', () => {
    const found = splitSentences('It has two channels:\n - proximity\n - attention\n\nAdd them.');
    expect(found.map(({ text, list, lead }) => [text, list, lead])).toEqual([
      ['It has two channels:', ['proximity', 'attention'], -1],
      ['proximity', [], 0],
      ['attention', [], 0],
      ['Add them.', [], -1],
    ]);
  });

  it('knows the heading that a sentence is under', () => {
    const found = splitSentences(
      'It hangs.\n\nTesting:\n\nRan it for a week.\n\nDesign\n======\nOne lock is split.',
    );
    expect(found.map(({ text, heading }) => [text, heading])).toEqual([
      ['It hangs.', ''],
      ['Ran it for a week.', 'testing'],
      ['One lock is split.', 'design'],
    ]);
  });
});

describe('any text', () => {
  test('gives sentences without line ends, none empty, and throws nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const sentence of splitSentences(text)) {
          expect(sentence.text.trim()).toBe(sentence.text);
          expect(sentence.text).not.toMatch(/^$|\n/);
        }
      }),
    );
  });
});
