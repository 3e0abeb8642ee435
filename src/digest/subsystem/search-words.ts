import type { MaintainersEntry, Subsystem } from './subsystem.js';

/** Lower-case words of letters, digits and `_`. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9_]+/)
    .filter((word) => word !== '');
}

/** All that a subsystem may be found by: slug, name, aliases, and the names of its entries where they are few. */
export function searchWordsOf(entries: readonly MaintainersEntry[], subsystem: Subsystem): string[] {
  const sections =
    subsystem.entries.length > 60 ? [] : subsystem.entries.map((position) => entries[position]?.name ?? '');
  return wordsOf([subsystem.slug, subsystem.name, ...subsystem.aliases, ...sections].join(' '));
}
