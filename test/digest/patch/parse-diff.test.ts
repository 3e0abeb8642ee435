import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffFile } from '../../../src/digest/patch/diff.js';
import { parseDiff } from '../../../src/digest/patch/parse-diff.js';
import { splitAtDiff } from '../../../src/digest/patch/split-at-diff.js';
import { finishesOnAll } from '../../lib/hang-guard.js';
import { hostileLines } from '../message/hostile-lines.js';

const HUNK = '@@ -1,3 +1,4 @@ int x\n a\n-b\n+c\n+d\n e\n';

/** kind, path, oldPath, insertions, deletions */
function rows(text: string): unknown[] | null {
  const diff = parseDiff(text);
  return diff === null
    ? null
    : diff.files.map((file: DiffFile) => [
        file.kind,
        file.path,
        file.oldPath,
        file.insertions,
        file.deletions,
      ]);
}

describe('a diff', () => {
  it.each<[string, string, unknown[]]>([
    [
      'git',
      `diff --git a/mm/x.c b/mm/x.c\nindex 1111111..2222222 100644\n--- a/mm/x.c\n+++ b/mm/x.c\n${HUNK}`,
      ['modify', 'mm/x.c', null, 2, 1],
    ],
    [
      'git without prefixes',
      `diff --git mm/x.c mm/x.c\nindex 1111111..2222222 100644\n--- mm/x.c\n+++ mm/x.c\n${HUNK}`,
      ['modify', 'mm/x.c', null, 2, 1],
    ],
    [
      'git with mnemonic prefixes',
      `diff --git i/mm/x.c w/mm/x.c\nindex 1111111..2222222 100644\n--- i/mm/x.c\n+++ w/mm/x.c\n${HUNK}`,
      ['modify', 'mm/x.c', null, 2, 1],
    ],
    [
      'plain, as quilt writes it',
      `--- linux-2.6.orig/mm/x.c\t2010-01-01 10:00:00.000000000 +0100\n+++ linux-2.6/mm/x.c\t2010-01-02 10:00:00.000000000 +0100\n${HUNK}`,
      ['modify', 'mm/x.c', null, 2, 1],
    ],
    ['plain a/ and b/', `--- a/mm/x.c\n+++ b/mm/x.c\n${HUNK}`, ['modify', 'mm/x.c', null, 2, 1]],
    ['plain with a backup', `--- mm/x.c.orig\n+++ mm/x.c\n${HUNK}`, ['modify', 'mm/x.c', null, 2, 1]],
    [
      'Index:',
      `Index: linux/mm/x.c\n${'='.repeat(67)}\n--- linux.orig/mm/x.c\n+++ linux/mm/x.c\n${HUNK}`,
      ['modify', 'mm/x.c', null, 2, 1],
    ],
    [
      'diff -u',
      `diff -urN old/mm/x.c new/mm/x.c\n--- old/mm/x.c\n+++ new/mm/x.c\n${HUNK}`,
      ['modify', 'mm/x.c', null, 2, 1],
    ],
    [
      'a new file',
      'diff --git a/x b/x\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n',
      ['add', 'x', null, 2, 0],
    ],
    ['a plain new file', '--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n', ['add', 'x', null, 1, 0]],
    [
      'a new empty file',
      'diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n',
      ['add', 'x', null, 0, 0],
    ],
    [
      'a deleted file',
      'diff --git a/x b/x\ndeleted file mode 100644\nindex 1111111..0000000\n--- a/x\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n',
      ['delete', 'x', null, 0, 2],
    ],
    [
      'a mode alone',
      'diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755\n',
      ['mode', 'x.sh', null, 0, 0],
    ],
    [
      'a mode with a change',
      `diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755\nindex 1111111..2222222\n--- a/x.sh\n+++ b/x.sh\n${HUNK}`,
      ['modify', 'x.sh', null, 2, 1],
    ],
    [
      'a rename alone',
      'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n',
      ['rename', 'y', 'x', 0, 0],
    ],
    [
      'a rename with a change',
      `diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nindex 1111111..2222222 100644\n--- a/x\n+++ b/y\n${HUNK}`,
      ['rename', 'y', 'x', 2, 1],
    ],
    [
      'a copy',
      'diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n',
      ['copy', 'y', 'x', 0, 0],
    ],
    [
      'a binary file named',
      'diff --git a/x.png b/x.png\nindex 1111111..2222222 100644\nBinary files a/x.png and b/x.png differ\n',
      ['binary', 'x.png', null, 0, 0],
    ],
    [
      'a binary file in full',
      'diff --git a/x.png b/x.png\nindex 1111111..2222222 100644\nGIT binary patch\nliteral 5\nMcmZQzWMT#Y01f~L\n\nliteral 3\nKcmZQzWMT#Y01f~L\n\n',
      ['binary', 'x.png', null, 0, 0],
    ],
    [
      'a path with blanks',
      `diff --git a/a b/x y.c b/a b/x y.c\nindex 1111111..2222222 100644\n--- a/a b/x y.c\t\n+++ b/a b/x y.c\t\n${HUNK}`,
      ['modify', 'a b/x y.c', null, 2, 1],
    ],
    [
      'a mode of a path with blanks',
      'diff --git a/x y b/x y\nold mode 100644\nnew mode 100755\n',
      ['mode', 'x y', null, 0, 0],
    ],
    [
      'a quoted path',
      `diff --git "a/\\303\\266 \\"x\\".c" "b/\\303\\266 \\"x\\".c"\nindex 1111111..2222222 100644\n--- "a/\\303\\266 \\"x\\".c"\n+++ "b/\\303\\266 \\"x\\".c"\n${HUNK}`,
      ['modify', 'ö "x".c', null, 2, 1],
    ],
    [
      'CRLF',
      `diff --git a/x b/x\r\nindex 1111111..2222222 100644\r\n--- a/x\r\n+++ b/x\r\n${HUNK.replaceAll('\n', '\r\n')}`,
      ['modify', 'x', null, 2, 1],
    ],
    [
      'without a last newline',
      `diff --git a/x b/x\nindex 1111111..2222222 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file`,
      ['modify', 'x', null, 1, 1],
    ],
  ])('is read: %s', (_name, text, expected) => {
    expect(rows(text)).toEqual([expected]);
    expect(
      rows(`A letter.\n\nSigned-off-by: J <j@example.org>\n---\n x | 3 ++-\n\n${text}-- \n2.40.1\n`),
    ).toEqual([expected]);
  });

  it.each([
    ['prose', 'I ran diff --git on it.\n'],
    ['a sentence that begins like one', 'diff --git a/x b/x is what I typed\nand nothing came\n'],
    [
      'a quote',
      `> diff --git a/x b/x\n> index 1111111..2222222 100644\n> --- a/x\n> +++ b/x\n${HUNK.replaceAll(/^/gm, '> ')}`,
    ],
    [
      'an indented one',
      `    diff --git a/x b/x\n    index 1111111..2222222 100644\n    --- a/x\n    +++ b/x\n`,
    ],
    ['a ruler', '--- \n+++ yes\nno hunk\n'],
    ['nothing', ''],
  ])('is not read where there is none: %s', (_name, text) => {
    expect(parseDiff(text)).toBeNull();
    expect(splitAtDiff(text)).toEqual({ before: text, diff: '' });
  });

  it('counts lines that look like headers', () => {
    const text =
      'diff --git a/x b/x\nindex 1111111..2222222 100644\n--- a/x\n+++ b/x\n@@ -1,4 +1,3 @@\n a\n--- a/y\n--- \n+++ b/y\n+@@ -1 +1 @@\n-diff --git a/z b/z\n';
    expect(rows(text)).toEqual([['modify', 'x', null, 2, 3]]);
  });

  it('does not take the signature for a deletion, though the hunk is cut short', () => {
    expect(rows('--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n+c\n-- \n2.40.1\n')).toEqual([
      ['modify', 'x', null, 1, 1],
    ]);
  });

  it('goes on with the next file where a hunk is cut short', () => {
    const text = `--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n+c\ndiff --git a/y b/y\nindex 1111111..2222222 100644\n--- a/y\n+++ b/y\n${HUNK}`;
    expect(rows(text)).toEqual([
      ['modify', 'x', null, 1, 0],
      ['modify', 'y', null, 2, 1],
    ]);
  });

  it('bears lines that a mail program wrapped or stripped', () => {
    const text =
      '--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@ static int\nfoo(void)\n a\n\n-b\n+c that was\nwrapped\n d\n';
    expect(rows(text)).toEqual([['modify', 'x', null, 1, 1]]);
  });

  it('reads several files of every kind', () => {
    const text = `diff --git a/x b/x\nold mode 100644\nnew mode 100755\ndiff --git a/i.png b/i.png\nindex 1111111..2222222 100644\nBinary files a/i.png and b/i.png differ\ndiff --git a/y b/y\nindex 1111111..2222222 100644\n--- a/y\n+++ b/y\n${HUNK}${HUNK}`;
    expect(rows(text)).toEqual([
      ['mode', 'x', null, 0, 0],
      ['binary', 'i.png', null, 0, 0],
      ['modify', 'y', null, 4, 2],
    ]);
    expect(parseDiff(text)).toMatchObject({ insertions: 4, deletions: 2 });
  });
});

describe('the patch id', () => {
  const file = (path: string, at: number, line: string) =>
    `diff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n@@ -${at},3 +${at},3 @@\n a\n-b\n+${line}\n d\n`;
  const id = (text: string) => parseDiff(text)?.patchId;

  it.each([
    ['line numbers', file('x', 1, 'c'), file('x', 99, 'c')],
    ['white space', file('x', 1, 'c d'), file('x', 1, 'c\td')],
    ['blob ids', file('x', 1, 'c'), file('x', 1, 'c').replace('1111111', '3333333')],
    ['the order of files', file('x', 1, 'c') + file('y', 1, 'c'), file('y', 1, 'c') + file('x', 1, 'c')],
    ['the signature', file('x', 1, 'c'), `${file('x', 1, 'c')}-- \n2.40.1\n`],
    [
      'blank context lines that lost their blank (T19)',
      file('x', 1, 'c').replace(',3 +1,3', ',4 +1,4').replace(' a\n', ' a\n \n'),
      file('x', 1, 'c').replace(',3 +1,3', ',4 +1,4').replace(' a\n', ' a\n\n'),
    ],
    [
      "a mailman's footer (M10)",
      file('x', 1, 'c'),
      `${file('x', 1, 'c')}\n${'_'.repeat(47)}\nwidgets mailing list\nwidgets@example.org\n`,
    ],
    [
      "vger's footer (M10)",
      file('x', 1, 'c'),
      `${file('x', 1, 'c')}\n--\nTo unsubscribe from this list: send the line "unsubscribe kvm" in\n`,
    ],
    ['the letter', file('x', 1, 'c'), `A letter.\n---\n${file('x', 1, 'c')}`],
  ])('is blind to %s', (_name, a, b) => {
    expect(id(a)).toMatch(/^[0-9a-f]{40}$/);
    expect(id(a)).toBe(id(b));
  });

  it('sees lines and paths', () => {
    expect(new Set([file('x', 1, 'c'), file('x', 1, 'd'), file('y', 1, 'c')].map(id)).size).toBe(3);
  });

  const git = gitPatchId();
  it.skipIf(git === null).each([
    ['one file', file('x', 1, 'c')],
    ['two files', file('x', 1, 'c') + file('y', 7, 'd')],
    ['a mode and a change', `diff --git a/s b/s\nold mode 100644\nnew mode 100755\n${file('x', 1, 'c')}`],
    [
      'a new file',
      'diff --git a/x b/x\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n',
    ],
    [
      'a rename',
      'diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nindex 1111111..2222222 100644\n--- a/x\n+++ b/y\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n',
    ],
    [
      'a binary file before another',
      `diff --git a/i b/i\nindex 1111111..2222222 100644\nBinary files a/i and b/i differ\n${file('x', 1, 'c')}`,
    ],
    [
      'no last newline',
      'diff --git a/x b/x\nindex 1111111..2222222 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n',
    ],
    ['a signature', `${file('x', 1, 'c')}-- \n2.40.1\n\n`],
  ])('is the one that git patch-id --stable prints: %s', (_name, text) => {
    expect(id(text)).toBe(git?.(text));
  });
});

/** The installed git's own sum; null where git is missing. */
function gitPatchId(): ((text: string) => string) | null {
  const run = (input: string) => execFileSync('git', ['patch-id', '--stable'], { input, encoding: 'utf8' });
  try {
    run('');
  } catch {
    return null;
  }
  return (text) => run(text).slice(0, 40);
}

describe('any text', () => {
  const words = fc.constantFrom(
    'diff --git a/x b/x\n',
    'index 1..2\n',
    '--- a/x\n',
    '+++ b/x\n',
    '@@ -1,3 +1,3 @@\n',
    ' a\n',
    '-b\n',
    '+c\n',
    '\n',
    '-- \n',
    'Index: x\n',
    '--- /dev/null\n',
    '+++ /dev/null\n',
    'rename from x\n',
    'rename to "y\\303\n',
    'GIT binary patch\n',
    'x\n',
    '> ',
    '\\ No\n',
    'old mode 1\n',
  );
  it('is read without failing, and its counts add up', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const { before, diff } = splitAtDiff(text);
        expect(before + diff).toBe(text);
        const read = parseDiff(text);
        if (read === null) return;
        expect(read.insertions).toBe(read.files.reduce((sum, each) => sum + each.insertions, 0));
        expect(read.files.every((each) => each.path !== '')).toBe(true);
        expect(read.insertions + read.deletions).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read in linear time', () => {
    const headed = hostileLines.flatMap((line) => [
      line,
      `--- ${line}\n+++ ${line}\n@@ -1,9 +1,9 @@\n${line}`,
      `diff --git ${line}\nindex ${line}\n+${line}`,
    ]);
    finishesOnAll(headed, parseDiff);
  });
});

describe('a combined diff', () => {
  const file = (path: string, hunk: string) =>
    `diff --cc ${path}\nindex 1111111,2222222..3333333\n--- a/${path}\n+++ b/${path}\n${hunk}`;
  const two = '@@@ -1,3 -1,3 +1,4 @@@ int x\n  int a;\n- int b;\n++int b = 1;\n++int d;\n  int c;\n';
  const three = '@@@@ -1,2 -1,2 -1,2 +1,2 @@@@\n   a\n---b\n+ +c\n';

  it.each<[string, string, unknown[]]>([
    ['of two parents', file('mm/x.c', two), [['modify', 'mm/x.c', null, 2, 1]]],
    ['of three', file('mm/x.c', three), [['modify', 'mm/x.c', null, 1, 1]]],
    [
      'of two files, and a signature',
      `${file('a', two)}${file('b', three)}-- \n2.40.0\n`,
      [
        ['modify', 'a', null, 2, 1],
        ['modify', 'b', null, 1, 1],
      ],
    ],
    ['written out', file('mm/x.c', two).replace('--cc', '--combined'), [['modify', 'mm/x.c', null, 2, 1]]],
    ['cut off', file('mm/x.c', two).slice(0, -8), [['modify', 'mm/x.c', null, 2, 1]]],
  ])('%s', (_name, text, expected) => {
    expect(rows(`Merge.\n\n${text}`)).toEqual(expected);
  });

  it('is none in prose', () => {
    expect(parseDiff('diff --cc x shows a merge\nof two.\n')).toBeNull();
  });
});
