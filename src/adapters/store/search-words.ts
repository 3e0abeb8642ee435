import type { SeriesRecord } from '../../digest/series/record.js';

/** Longer ones are hashes and noise. */
const MAX_WORD_LENGTH = 48;
/** Words of one field: a series of 370 patches has some 4,000. */
const MAX_WORDS = 8_000;

/**
 * The words of a text as they are indexed and asked for: lower case, without accents; letters, digits and `_` belong to a
 * word, so that `FOLL_PIN` is one. Safe to be put between quotes in a query.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, 200_000)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words: string[] = [];
  for (const [word] of plain.matchAll(/[\p{L}\p{N}_]+/gu)) {
    words.push(word.slice(0, MAX_WORD_LENGTH).toWellFormed());
    if (words.length >= MAX_WORDS) break;
  }
  return words;
}

/** What of a series can be searched: its titles, its people, and the titles of its patches; each word once. */
export interface SearchFields {
  readonly title: readonly string[];
  readonly people: readonly string[];
  readonly patches: readonly string[];
}

export function searchFields(series: SeriesRecord): SearchFields {
  const titles = [series.title, ...series.revisions.map((revision) => revision.title), ...series.prefixes];
  const people = [series.author, ...series.authors].flatMap(({ name, email }) => [name, email]);
  const patches = series.revisions.flatMap((revision) =>
    revision.patches.flatMap((patch) => [patch.title, patch.author]),
  );
  return { title: once(titles), people: once(people), patches: once(patches) };
}

/** The words of a title, by which it is found whole. */
export function titleKey(title: string): string {
  return wordsOf(title).join(' ').slice(0, 400);
}

function once(texts: readonly string[]): string[] {
  const words = new Set<string>();
  for (const text of texts) for (const word of wordsOf(text)) words.add(word);
  return [...words];
}
