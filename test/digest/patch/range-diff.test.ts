import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedLines, contentSimilarity } from '../../../src/digest/patch/content-similarity.js';
import { type PatchText, readPatchText } from '../../../src/digest/patch/patch-text.js';
import { rangeDiff } from '../../../src/digest/patch/range-diff.js';

const FILE = ['int pin(void)', '{', '\tint n = 0;', '', '\tcount(n);', '\treturn n;', '}'];

/** The mail of a patch that changes one line of FILE to others. */
function mail(change: { line: string; to: readonly string[]; message?: string; path?: string }): string {
  const { line, to, message = 'Count pages once.', path = 'mm/gup.c' } = change;
  const at = FILE.indexOf(line);
  const body = FILE.flatMap((one, n) =>
    n === at ? [`-${one}`, ...to.map((now) => `+${now}`)] : [` ${one}`],
  );
  return `${message}

Signed-off-by: Ada Quill <ada@example.org>
---
Changes in v2: none.

 ${path} | 2 +-

diff --git a/${path} b/${path}
index 1111111..2222222 100644
--- a/${path}
+++ b/${path}
@@ -1,${FILE.length} +1,${FILE.length - 1 + to.length} @@ static long follow(void)
${body.join('\n')}
--${' '}
2.39.2
`;
}

function patch(change: Parameters<typeof mail>[0]): PatchText {
  const read = readPatchText(mail(change));
  if (read === null) throw new Error('no patch');
  return read;
}

const base = { line: '\tcount(n);', to: ['\tcount_pages(n);'] };

describe('readPatchText', () => {
  it('reads message, files and hunks, without tags, notes and signature', () => {
    const { message, files } = patch(base);
    expect(message).toEqual(['Count pages once.']);
    expect(files.map(({ file }) => file.path)).toEqual(['mm/gup.c']);
    expect(files[0]?.hunks).toEqual([
      {
        section: 'static long follow(void)',
        lines: [
          ' int pin(void)',
          ' {',
          ' \tint n = 0;',
          ' ',
          '-\tcount(n);',
          '+\tcount_pages(n);',
          ' \treturn n;',
          ' }',
        ],
      },
    ]);
  });

  it.each([
    ['a letter without a diff', 'Please take this.\n'],
    ['a quoted diff', '> diff --git a/x b/x\n> --- a/x\n> +++ b/x\n> @@ -1 +1 @@\n> -a\n> +b\n'],
    ['nothing', ''],
  ])('reads no patch in %s', (_, text) => {
    expect(readPatchText(text)).toBeNull();
  });

  it.each([
    ['scissors', 'Hi all,\n\n-- >8 --\nThe message.', ['The message.']],
    ['headers in the body', 'From: Bo <bo@example.org>\nSubject: mm: x\n\nThe message.', ['The message.']],
    ['a note of the maintainer', 'The message.\n\n[ada: fixed the title]', ['The message.']],
    ['prose that looks like a tag', 'Note: it is slow.\n\nThe rest.', ['Note: it is slow.', '', 'The rest.']],
  ])('takes the message after %s', (_, message, expected) => {
    expect(patch({ ...base, message }).message).toEqual(expected);
  });
});

describe('rangeDiff', () => {
  it('finds no difference between a patch and itself, nor by tags alone', () => {
    expect(rangeDiff(patch(base), patch(base))).toEqual({ lines: [], rewritten: false });
    const tagged = patch({ ...base, message: 'Count pages once.\n\nReviewed-by: Bo Berg <bo@example.org>' });
    expect(rangeDiff(patch(base), tagged).lines).toEqual([]);
  });

  it('shows what became of the lines that a patch changes', () => {
    const { lines } = rangeDiff(patch(base), patch({ ...base, to: ['\tcount_pages(n, true);'] }));
    expect(lines).toEqual([
      '@@ mm/gup.c: static long follow(void)',
      '  \tint n = 0;',
      '  ',
      ' -\tcount(n);',
      '-+\tcount_pages(n);',
      '++\tcount_pages(n, true);',
      '  \treturn n;',
      '  }',
      '  ## Commit message ##',
    ]);
  });

  it('names the file that is new in the patch', () => {
    const { lines } = rangeDiff(patch(base), patch({ ...base, path: 'mm/pin.c' }));
    expect(lines.filter((line) => line.includes('##'))).toEqual(['- ## mm/gup.c ##', '+ ## mm/pin.c ##']);
  });

  it('gives up on patches that share nothing, however long', () => {
    const many = (word: string) => Array.from({ length: 3_000 }, (_, n) => `\t${word}(${n});`);
    expect(rangeDiff(patch({ ...base, to: many('a') }), patch({ ...base, to: many('b') }))).toEqual({
      lines: [],
      rewritten: true,
    });
  });

  it('has as many lines that differ as git range-diff has', () => {
    const lines = fc.array(fc.constantFrom('\ta();', '\tb();', '\tc();', '\tif (n)', '\t\treturn 1;'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(lines, lines, (older, newer) => {
        const [a, b] = [
          { ...base, to: ['\tfirst();', ...older] },
          { ...base, to: ['\tfirst();', ...newer] },
        ];
        const ours = rangeDiff(patch(a), patch(b)).lines.filter((line) => /^[+-][ +-]/.test(line));
        // Which of two equal lines is the one that moved is for each to say.
        expect(countOfEach(ours)).toEqual(countOfEach(gitRangeDiff(a.to, b.to)));
      }),
      { numRuns: 6 },
    );
  });
});

/** How many lines only the older patch has, and how many only the newer. */
const countOfEach = (lines: readonly string[]) =>
  ['-', '+'].map((sign) => lines.filter((line) => line.startsWith(sign)).length);

/** What git says of the same change to FILE, lines that differ alone. */
function gitRangeDiff(older: readonly string[], newer: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-range-diff-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
  const commit = (to: readonly string[]) => {
    const text = FILE.flatMap((one) => (one === base.line ? to : [one]));
    writeFileSync(join(folder, 'gup.c'), `${text.join('\n')}\n`);
    git('add', '-A');
    git('commit', '-qm', 'Count pages once.');
    return git('rev-parse', 'HEAD').trim();
  };
  try {
    git('init', '-q');
    const start = commit([base.line]);
    const a = commit(older);
    git('checkout', '-q', start);
    const b = commit(newer);
    return git('range-diff', '--no-color', '--creation-factor=100', `${start}..${a}`, `${start}..${b}`)
      .split('\n')
      .map((line) => line.slice(4))
      .filter((line) => /^[+-][ +-]/.test(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('contentSimilarity', () => {
  it.each([
    ['the same', base, base, 1],
    ['white space alone', base, { ...base, to: ['    count_pages( n );'] }, 1],
    ['half', base, { ...base, to: ['\tother(n);'] }, 0.5],
    ['nothing', base, { line: '\treturn n;', to: ['\treturn 0;'] }, 0],
  ])('of %s', (_, a, b, expected) => {
    expect(contentSimilarity(changedLines(patch(a)), changedLines(patch(b)))).toBeCloseTo(expected, 2);
  });
});
