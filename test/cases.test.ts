import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
/** How many cases of each letter the checklist has. */
const CHECKLIST = { S: 27, G: 31, T: 20, M: 17, C: 10 };

/** Case, file below `test/`, part of a test's name. */
const named = read('CASES.md')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d/.test(line))
  .flatMap((line) => {
    const [, id = '', , places = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return places.split('<br>').flatMap((place) => {
      const [file = ''] = place.split(':', 1);
      return [...place.matchAll(/`([^`]+)`/g)].map(
        ([, name = '']) => [id, file, name.replaceAll('\\|', '|')] as const,
      );
    });
  });

describe('CASES.md', () => {
  it('has every case of the checklist, each with a test', () => {
    const wanted = Object.entries(CHECKLIST).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, at) => `${letter}${at + 1}`),
    );
    expect([...new Set(named.map(([id]) => id))]).toEqual(wanted);
  });

  it('names tests that are there', () => {
    const gone = named.filter(([, file, name]) => !read(`${file}.test.ts`).includes(name));
    expect(gone).toEqual([]);
  });
});
