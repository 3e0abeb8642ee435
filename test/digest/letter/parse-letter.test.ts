import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLetter } from '../../../src/digest/letter/parse-letter.js';
import { finishesOnAll } from '../../lib/hang-guard.js';
import { hostileLines } from '../message/hostile-lines.js';
import { letterOf, TAIL } from './letters.js';

it('takes a whole letter apart', () => {
  const letter = letterOf(`Free pages early.

v1 -> v2:
- drop the lock

v1: https://lore.kernel.org/r/1@example.org

${TAIL}`);
  expect(letter).toEqual({
    intro: 'Free pages early.',
    changelog: [{ version: 2, since: 1, text: '- drop the lock' }],
    shortlog: [
      { author: 'Ada Example', title: 'mm: count free pages' },
      { author: 'Ada Example', title: 'mm: free them' },
      {
        author: 'Jörg (the other) Example',
        title: 'mm: document both, in a title that is so long that git wraps it onto a second line',
      },
    ],
    diffstat: {
      files: 2,
      insertions: 12,
      deletions: 5,
      rows: [
        { path: 'Documentation/mm/free.rst', oldPath: null, changes: 5, shortened: false },
        { path: 'mm/free.c', oldPath: null, changes: 12, shortened: false },
      ],
    },
    previousVersions: [
      { version: 1, messageId: '1@example.org', url: 'https://lore.kernel.org/r/1@example.org' },
    ],
    links: ['https://lore.kernel.org/r/1@example.org'],
    base: null,
    changeId: null,
    supersedes: [],
    bodyVersion: 2,
    pullFrom: null,
    problems: [],
  });
});

/** Lines that letters are made of, so that chance meets every branch. */
const LINE = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    '---',
    '-- ',
    '> quoted',
    'v2:',
    'Changes since v1:',
    'Changelog:',
    'RFC v1 -> RFC v2:',
    '- a point',
    '  deeper',
    'Ada (2):',
    '  mm: free',
    ' a.c | 2 +-',
    ' 1 file changed, 1 insertion(+), 1 deletion(-)',
    '| 3',
    ' {a => b}.c | 1 +',
    ' rename {a => b}.c (90%)',
    '[1] https://lore.kernel.org/r/1@example.org',
    'v1: https://lore.kernel.org/r/1@example.org',
    'See v1 [1]',
    'base-commit: 0123456789ab',
    'change-id: 20250102-a-b',
    'Supersedes: <1@example.org>',
    '2.43.0',
    'Range-diff against v1:',
    '1:  0123456 = 1:  0123456 mm: free',
    'diff --git a/a b/a',
    '[PATCH 1/2] one',
    'Best regards,',
    'Signed-off-by: Ada <ada@example.org>',
    'From: Ada <ada@example.org>',
    'applies on top of kvm/queue',
    '=====',
  ),
);

const SUBJECT = fc.record({
  version: fc.integer({ min: 1, max: 40 }),
  total: fc.option(fc.integer({ min: 0, max: 300 })),
  kind: fc.constantFrom('cover' as const, 'patch' as const, 'pull' as const),
});

describe('any text', () => {
  it('is read without a throw, and nothing is invented', () => {
    fc.assert(
      fc.property(fc.array(LINE, { maxLength: 40 }), SUBJECT, (lines, subject) => {
        const text = lines.join('\n');
        const letter = parseLetter(text, subject);
        for (const { title } of letter.shortlog) expect(title).not.toBe('');
        for (const { text: entry } of letter.changelog) expect(entry).not.toBe('');
        for (const one of letter.previousVersions) expect(one.messageId ?? one.url).not.toBeNull();
        for (const link of letter.links) expect(text).toContain(link);
        for (const word of letter.intro.split(/\s+/)) expect(text).toContain(word);
        expect(new Set(letter.links).size).toBe(letter.links.length);
        const versions = letter.changelog.map((one) => one.version).filter((version) => version !== null);
        for (const version of versions) expect(version).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same letter twice', () => {
    fc.assert(
      fc.property(fc.array(LINE, { maxLength: 20 }), SUBJECT, (lines, subject) => {
        const text = lines.join('\n');
        expect(parseLetter(text, subject)).toEqual(parseLetter(text, subject));
      }),
    );
  });
});

describe('hostile text', () => {
  const read = (text: string) => parseLetter(text, { version: 3, total: 2, kind: 'cover' });

  it('of one long line does not hang it', () => {
    const lines = [
      ...hostileLines,
      ...['https://a/', 'v1->', '[1] ', "'s v2 ", 'the previous version ', 'x@y '].map((unit) =>
        unit.repeat(80_000),
      ),
    ];
    finishesOnAll(
      lines.filter((line) => !line.includes('\n')),
      read,
    );
  });

  it.each([
    'v2:',
    'Changes since v1',
    ' a.c | 1 +',
    'A (1):',
    '[1] https://lore.kernel.org/r/1@a.org',
    '',
    '- x',
    '>',
  ])('of 100,000 lines of %j does not hang it', (line) => {
    finishesOnAll([`${line}\n`.repeat(100_000)], read);
  });

  it('is cut where it is longer than any letter, and says so', () => {
    expect(read('a\n'.repeat(50_000)).problems.map(({ code }) => code)).toEqual(['letter-cut']);
  });
});
