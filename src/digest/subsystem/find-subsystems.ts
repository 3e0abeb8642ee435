import { editDistance } from '../text/edit-distance.js';
import type { Catalog } from './catalog.js';
import { resolveSubsystem } from './look-up.js';
import { wordsOf } from './search-words.js';
import type { Subsystem } from './subsystem.js';

export type FoundSubsystems =
  | { readonly found: readonly Subsystem[]; readonly near?: undefined }
  /** Nothing has this name; these are the closest, best first, at most five. */
  | { readonly found: readonly []; readonly near: readonly Subsystem[] };

const MAX_WORDS = 200;
const MAX_FOUND = 50;
const MAX_NEAR = 5;

/** Nearer is smaller: beginning of the same word, few edits apart, then the same letters in groups of three. */
function distanceTo(word: string, candidate: string): number {
  if (candidate.startsWith(word) || word.startsWith(candidate))
    return candidate.length > 1 ? 0.5 + Math.abs(candidate.length - word.length) / 10 : 9;
  const most = word.length <= 3 ? 1 : word.length <= 7 ? 2 : 3;
  return editDistance(word, candidate, most) <= most ? editDistance(word, candidate, most) : 9;
}

/** The subsystems with names closest to a word that names none, best first, at most five. */
export function nearSubsystems(catalog: Catalog, words: string): Subsystem[] {
  const query = words.slice(0, MAX_WORDS).trim().toLowerCase();
  if (query === '') return [];
  const best = new Map<string, number>();
  const consider = (slug: string, distance: number): void => {
    if (distance < 4 && distance < (best.get(slug) ?? 9)) best.set(slug, distance);
  };
  for (const { slug } of catalog.subsystems) {
    consider(slug, distanceTo(query, slug));
    const slash = slug.indexOf('/');
    if (slash > 0) consider(slug, distanceTo(query, slug.slice(slash + 1)) + 0.6);
  }
  for (const [alias, slug] of catalog.byAlias) consider(slug, distanceTo(query, alias) + 0.1);
  return [...best]
    .sort(([a, x], [b, y]) => x - y || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, MAX_NEAR)
    .flatMap(([slug]) => catalog.bySlug.get(slug) ?? []);
}

/**
 * What can be followed under some words: by slug, alias or list address exactly, else every subsystem that holds all the words
 * in its name, aliases or section names (those whose slug holds them first); else the closest. No words: the top-level ones.
 */
export function findSubsystems(catalog: Catalog, words: string): FoundSubsystems {
  const text = words.slice(0, MAX_WORDS).trim();
  if (text === '') return { found: catalog.subsystems.filter(({ parent }) => parent === null) };
  const exact = resolveSubsystem(catalog, text.replace(/^list:/i, ''));
  if (exact !== null)
    return { found: [exact, ...catalog.subsystems.filter(({ parent }) => parent === exact.slug)] };
  const queryWords = wordsOf(text);
  const texts = catalog.searchWords();
  const found = catalog.subsystems.filter((_, position) => {
    const there = texts[position] ?? [];
    return queryWords.length > 0 && queryWords.every((word) => there.some((other) => other.startsWith(word)));
  });
  if (found.length === 0) return { found: [], near: nearSubsystems(catalog, text) };
  const rank = ({ slug, parent }: Subsystem): number =>
    (queryWords.every((word) => slug.includes(word)) ? 0 : 2) + (parent === null ? 0 : 1);
  return { found: found.sort((a, b) => rank(a) - rank(b) || (a.slug < b.slug ? -1 : 1)).slice(0, MAX_FOUND) };
}
