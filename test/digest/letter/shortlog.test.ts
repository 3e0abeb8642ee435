import { describe, expect, it } from 'vitest';
import { letterOf, TAIL } from './letters.js';

const titles = (text: string, total: number | null = 3) =>
  letterOf(text, { total }).shortlog.map(({ author, title }) => [author, title]);
const codes = (text: string, total: number | null = 3) =>
  letterOf(text, { total }).problems.map(({ code }) => code);

describe('the shortlog', () => {
  it('unwraps titles and reads authors with parentheses and umlauts', () => {
    expect(titles(TAIL)).toEqual([
      ['Ada Example', 'mm: count free pages'],
      ['Ada Example', 'mm: free them'],
      [
        'Jörg (the other) Example',
        'mm: document both, in a title that is so long that git wraps it onto a second line',
      ],
    ]);
    expect(codes(TAIL)).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['with six spaces, as git shortlog prints it', 'Ada (2):\n      one\n      two\n', ['one', 'two']],
    ['with tabs', 'Ada (2):\n\tone\n\ttwo\n', ['one', 'two']],
    ['without indentation (seed 002)', 'Ada (2):\none\ntwo\n\n', ['one', 'two']],
    ['of an author without a name', 'unknown (2):\n  one\n  two\n', ['one', 'two']],
    [
      'whose tail a mailer wrapped to the margin',
      'Ada (2):\n  one\nand more\n  two\n',
      ['one and more', 'two'],
    ],
    ['that was spaced out', 'Ada (2):\n  one\n\n  two\n', ['one', 'two']],
    ['that is there twice', 'Ada (2):\n  one\n  two\nAda (2):\n  one\n  two\n', ['one', 'two']],
    ['behind an older one', 'Ada (1):\n  old\n\nText.\n\nAda (2):\n  one\n  two\n', ['one', 'two']],
  ])('%s', (_, text, expected) => {
    expect(letterOf(text, { total: 2 }).shortlog.map(({ title }) => title)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      'its message, where the only commit has no title',
      'Ada (1):\n  It took two attempts and one evening to find out that\n  the lock is not needed while the tables are read, e.g. in\n  the walk.\n',
      [
        'It took two attempts and one evening to find out that the lock is not needed while the tables are read, e.g. in the walk.',
      ],
    ],
    [
      'two short titles, though one is declared',
      'Ada (1):\n  Add the frob driver\n  document the frob driver\n',
      ['Add the frob driver', 'document the frob driver'],
    ],
    [
      'two long titles, though one is declared',
      'Ada (1):\n  Add the driver of the frob in the corner of the board\n  Document the frob driver\n',
      ['Add the driver of the frob in the corner of the board', 'Document the frob driver'],
    ],
    ['two titles, though one is declared', 'Ada (1):\n  mm: one\n  mm: two\n', ['mm: one', 'mm: two']],
  ])('one patch: %s', (_, text, expected) => {
    expect(letterOf(text, { total: 1 }).shortlog.map(({ title }) => title)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['Ada (2):\n  one\n  two\n', ['shortlog-sum']],
    ['Ada (3):\n  one\n  two\n', ['shortlog-count']],
    ['Ada (1):\n  Add the frob\n  Document the frob\n  Test it\n', ['shortlog-sum', 'shortlog-count']],
    ['Ada (3):\n  one\n  two\n  three\n', []],
  ])('of three patches, %j has the problems %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  const wrapped = (count: number) => {
    const line = '  and it took another evening to find out that this was not all of it\n';
    return `Ada (1):\n  It took two attempts and one evening to find out that\n${line.repeat(count)}`;
  };

  it('does not join two titles of two patches', () => {
    expect(titles(wrapped(1), 1)).toHaveLength(1);
    expect(titles(wrapped(1), 2)).toHaveLength(2);
    expect(codes(wrapped(1), 2)).toContain('shortlog-count');
  });

  it('has no endless title', () => {
    expect(titles(wrapped(20_000), 1).map(([, title]) => title?.length)).toEqual([500]);
    const tails = '    of the walk over the tables\n'.repeat(100);
    expect(titles(`Ada (1):\n  mm: one\n${tails}`, 1).map(([, title]) => title?.length)).toEqual([500]);
  });

  it('says both numbers where they differ', () => {
    expect(letterOf('Ada (2):\n  one\n  two\n').problems[0]?.detail).toBe(
      'the shortlog counts 2 patches, the subject says 3',
    );
  });

  it('is not checked where the subject has no number', () => {
    expect(codes('Ada (2):\n  one\n  two\n', null)).toEqual([]);
  });

  it.each([['Known limits (3):\nnone of them bad\n'], ['Known limits (3):\n'], ['See patch (3):']])(
    'is not %j',
    (text) => {
      expect(titles(text)).toEqual([]);
    },
  );

  it('may be a numbered list, which names no authors', () => {
    const list =
      '[PATCH v2 1/3] mm: count\n[PATCH v2 2/3] mm: free a very long list of\n  pages\n[PATCH v2 3/3] mm: test\n';
    expect(titles(list)).toEqual([
      ['', 'mm: count'],
      ['', 'mm: free a very long list of pages'],
      ['', 'mm: test'],
    ]);
    expect(titles('[1/3] one is quoted from elsewhere\n')).toEqual([]);
  });
});
