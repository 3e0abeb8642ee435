import type { ComparedChangelog } from './comparison.js';
import type { RevisionRecord } from './record.js';
import type { Versioned } from './version-name.js';

type Entry = RevisionRecord['changelog'][number];

/**
 * What the author says about the versions after `revisions[from]` up to `revisions[to]`, newest first. A version's own letter is preferred;
 * a version that is not here is described by a later letter. Counting starts again when work leaves RFC: across that border only what a
 * letter says about itself is used.
 */
export function changelogBetween(
  revisions: readonly RevisionRecord[],
  from: number,
  to: number,
): readonly ComparedChangelog[] {
  const base = revisions[from];
  const target = revisions[to];
  if (base === undefined || target === undefined) return [];
  const span = revisions.slice(from + 1, to + 1).reverse();
  const found = new Map<string, ComparedChangelog>();
  const take = (teller: RevisionRecord, version: number, { text }: Entry) => {
    const key = `${teller.rfc} ${version}`;
    if (text !== '' && !found.has(key))
      found.set(key, { version, rfc: teller.rfc, text, patch: null, messageId: teller.messageId });
  };
  for (const revision of span) {
    const own = ownEntry(revision, base);
    if (own !== undefined) take(revision, revision.version, own);
  }
  for (const revision of span) {
    for (const entry of revision.changelog)
      if (entry.version !== null && isBetween(entry.version, base, revision))
        take(revision, entry.version, entry);
  }
  return newestFirst([...found.values()], base);
}

/** The newest version first, those of the earlier stage last; otherwise in their order. */
export function newestFirst(entries: readonly ComparedChangelog[], base: Versioned): ComparedChangelog[] {
  const place = (entry: ComparedChangelog) => (entry.rfc === base.rfc ? 0 : 1);
  return [...entries].sort((a, b) => place(b) - place(a) || b.version - a.version);
}

/** Whether what a letter says about a version is about one after `base`: RFC versions have their own numbers. */
export function isBetween(version: number, base: Versioned, target: Versioned): boolean {
  return base.rfc === target.rfc && version > base.version && version <= target.version;
}

/** What a letter says about its own version: under its number, or under a heading that names none. */
function ownEntry(revision: RevisionRecord, base: RevisionRecord): Entry | undefined {
  const named = revision.changelog.find((entry) => entry.version === revision.version);
  // `Changes since RFC v3` in the first version after it.
  const [newest] = revision.changelog;
  if (revision.rfc !== base.rfc && newest?.since === base.version) return newest;
  if (revision.rfc === base.rfc && revision.version === base.version) return undefined;
  return named ?? revision.changelog.find((entry) => entry.version === null);
}
