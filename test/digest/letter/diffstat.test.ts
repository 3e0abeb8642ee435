import { describe, expect, it } from 'vitest';
import { parseRow } from '../../../src/digest/letter/diffstat-row.js';
import { letterOf } from './letters.js';

describe('a row', () => {
  // line, path, older path, changes
  it.each<[string, string, string | null, number | null]>([
    [' mm/free.c | 16 +++++++++-------', 'mm/free.c', null, 16],
    ['mm/free.c | 1 +', 'mm/free.c', null, 1],
    [
      ' drivers/virtio/virtio_mem.c     | 1939 +++++++++++++++++++++++++++++++',
      'drivers/virtio/virtio_mem.c',
      null,
      1939,
    ],
    [' mm/empty.c                 |    0', 'mm/empty.c', null, 0],
    [' logo.png | Bin 0 -> 123 bytes', 'logo.png', null, null],
    [' logo.png | Bin', 'logo.png', null, null],
    [' .../selftests/mm/free_pages.c | 13 ++-', '.../selftests/mm/free_pages.c', null, 13],
    [' {mm => lib}/free.c | 5 +-', 'lib/free.c', 'mm/free.c', 5],
    [' mm/{ => free}/pages.c | 5 +-', 'mm/free/pages.c', 'mm/pages.c', 5],
    [' mm/{free => }/pages.c | 5 +-', 'mm/pages.c', 'mm/free/pages.c', 5],
    [' old.c => new.c | 5 +-', 'new.c', 'old.c', 5],
    [' .../mm/free2}/pages.c | 57 +--', '.../mm/free2/pages.c', null, 57],
    [' a file with spaces.txt | 2 +-', 'a file with spaces.txt', null, 2],
  ])('%s', (line, path, oldPath, changes) => {
    expect(parseRow(line)).toMatchObject({ path, oldPath, changes });
  });

  it.each([
    '|            Container |    |              QEMU(VM) |   |',
    '---------+---------- | 12',
    ' None          | 36.807s  | 33.677s',
    ' mm/free.c |',
    '| 12 ++',
    'mm/free.c 12 ++',
    'a || 12 b',
  ])('is not %j', (line) => {
    const row = parseRow(line);
    expect(row === null || row.path.startsWith('--')).toBe(true);
  });
});

const read = (text: string) => {
  const { diffstat, problems } = letterOf(text, { total: null });
  return { diffstat, codes: problems.map(({ code }) => code) };
};
const totals = (text: string) => {
  const { diffstat } = read(text);
  return diffstat === null
    ? null
    : [diffstat.files, diffstat.insertions, diffstat.deletions, diffstat.rows.length];
};

describe('the diffstat', () => {
  it.each<[string, string, number[] | null]>([
    ['with insertions alone', ' a.c | 2 ++\n 1 file changed, 2 insertions(+)', [1, 2, 0, 1]],
    ['with deletions alone', ' a.c | 2 --\n 1 file changed, 2 deletions(-)', [1, 0, 2, 1]],
    ['with neither', ' a.c | 0\n 1 file changed', [1, 0, 0, 1]],
    ['with both', ' a.c | 2 +-\n b.c | 1 +\n 2 files changed, 2 insertions(+), 1 deletion(-)', [2, 2, 1, 2]],
    [
      'whose spaces were lost (seed 002)',
      'a.c | 2 +-\n1 file changed, 1 insertion(+), 1 deletion(-)',
      [1, 1, 1, 1],
    ],
    [
      'whose totals were wrapped',
      ' a.c | 2 +-\n 1 file changed, 1 insertion(+), 1\n deletion(-)',
      [1, 1, 1, 1],
    ],
    [
      'whose row was wrapped behind the bar',
      ' a/very/long/path.c |\n 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)',
      [1, 1, 1, 1],
    ],
    ['that counts only', '3 files changed, 10 insertions(+)', [3, 10, 0, 0]],
    ['that is not there (C4)', 'Text.\n\nAda (1):\n  one\n\n-- \n2.43.0', null],
    [
      'below a table of bars, with a comma in a path (C4)',
      ' runs | 12 ++ | 13\n\n a, b.c | 3 +++\n 1 file changed, 3 insertions(+)',
      [1, 3, 0, 1],
    ],
    ['that is a drawing (C4)', ' guest | host\n -------|------\n   vq   | 2\n', null],
    ['that is quoted', '> a.c | 2 ++\n> 1 file changed, 2 insertions(+)', null],
    ['that is prose', 'In all, 3 files changed since.', null],
    ['that is a table', '| a | 12 |\n|---|----|\n| b | 13 |', null],
  ])('%s', (_, text, expected) => {
    expect(totals(text)).toEqual(expected);
  });

  it('is the one behind the shortlog where there are several', () => {
    const stat = (files: string) => ` ${files}.c | 1 +\n 1 file changed, 1 insertion(+)\n`;
    const letter = letterOf(
      `Before.\n\n${stat('old')}\nAda (1):\n  one\n\n${stat('new')}\nTests.\n\n${stat('test')}`,
      { total: 1 },
    );
    expect(letter.diffstat?.rows.map(({ path }) => path)).toEqual(['new.c']);
    expect(letter.intro).toBe('Before.\n\nTests.');
  });

  it('is not what a range-diff or an interdiff holds', () => {
    const text = `Text.

Range-diff against v1:
1:  0123456 ! 1:  89abcde mm: free
    @@ mm/free.c
      1 file changed, 1 insertion(+)
2:  0123456 = 2:  89abcde mm: test

 a.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
`;
    expect(totals(text)).toEqual([1, 1, 1, 1]);
    expect(letterOf(text).intro).toBe('Text.');
  });

  it('takes full paths from the lines below it', () => {
    const { diffstat } = read(`
 .../mm/free2}/pages.c      | 4 +-
 .../testing/mm/free_test.c | 9 +++++++++
 .../testing/mm/other.c     | 1 +
 3 files changed, 12 insertions(+), 2 deletions(-)
 rename {mm => lib/mm/free2}/pages.c (84%)
 create mode 100644 tools/testing/mm/free_test.c
`);
    expect(diffstat?.rows.map(({ path, oldPath, shortened }) => [path, oldPath, shortened])).toEqual([
      ['lib/mm/free2/pages.c', 'mm/pages.c', false],
      ['tools/testing/mm/free_test.c', null, false],
      ['.../testing/mm/other.c', null, true],
    ]);
  });

  it.each<[string, string[]]>([
    [' a.c | 2 ++\n 2 files changed, 2 insertions(+)', ['diffstat-rows']],
    [' a.c | 3 ++\n 1 file changed, 2 insertions(+)', ['diffstat-sum']],
    [' a.c | 2 ++\n b.png | Bin 0 -> 9 bytes\n 2 files changed, 2 insertions(+)', []],
    ['2 files changed, 2 insertions(+)', []],
  ])('%j has the problems %j', (text, expected) => {
    expect(read(text).codes).toEqual(expected);
  });

  it('takes mode lines along, which are no prose', () => {
    const modes =
      ' create mode 100644 a.c\n delete mode 100755 b.sh\n rename c.c => d.c (90%)\n copy e.c => f.c (70%)\n mode change 100644 => 100755 g.sh\n rewrite h.c (61%)\n';
    expect(letterOf(` a.c | 2 ++\n 1 file changed, 2 insertions(+)\n${modes}\nRegards`).intro).toBe(
      'Regards',
    );
  });
});
