import { KNOWN_SUBSYSTEMS } from './known-subsystems.js';
import { listSlug, listWords } from './list-address.js';
import { humanSectionName, significantWords } from './section-name.js';
import type { MaintainersEntry, Subsystem } from './subsystem.js';

/** A subsystem while the catalog is made. */
export interface Draft {
  readonly slug: string;
  name: string;
  readonly parent: string | null;
  readonly lists: string[];
  readonly entries: number[];
  readonly aliases: Set<string>;
}

/** The slug above: `mm` of `mm/gup`; null at the top. */
export const parentOf = (slug: string): string | null => {
  const slash = slug.indexOf('/');
  return slash < 0 ? null : slug.slice(0, slash);
};

export const KNOWN_BY_SLUG = new Map(KNOWN_SUBSYSTEMS.map((known) => [known.slug, known]));

export function createDrafts(): {
  drafts: Map<string, Draft>;
  get(slug: string): Draft;
  ofList(address: string): string;
} {
  const drafts = new Map<string, Draft>();
  const byList = new Map<string, string>();
  const get = (slug: string): Draft => {
    const there = drafts.get(slug);
    if (there !== undefined) return there;
    const known = KNOWN_BY_SLUG.get(slug);
    const made: Draft = {
      slug,
      name: known?.name ?? '',
      parent: parentOf(slug),
      lists: [...(known?.lists ?? [])],
      entries: [],
      aliases: new Set(known?.aliases ?? []),
    };
    drafts.set(slug, made);
    return made;
  };
  for (const known of KNOWN_SUBSYSTEMS) for (const list of known.lists) byList.set(list, known.slug);
  const ofList = (address: string): string => {
    const there = byList.get(address);
    if (there !== undefined) return there;
    const slug = listSlug(address);
    byList.set(address, slug);
    const draft = get(slug);
    if (!draft.lists.includes(address)) draft.lists.push(address);
    return slug;
  };
  return { drafts, get, ofList };
}

/** An unused slug: with more words of the name, then a number, if two sections give the same. */
export function freeSlug(preferred: string, section: string, taken: (slug: string) => boolean): string {
  if (!taken(preferred)) return preferred;
  const longer = `${preferred}-${significantWords(section, 4)}`;
  if (!taken(longer)) return longer;
  for (let number = 2; ; number += 1) if (!taken(`${preferred}-${number}`)) return `${preferred}-${number}`;
}

export function finishDrafts(drafts: Map<string, Draft>, entries: readonly MaintainersEntry[]): Subsystem[] {
  return [...drafts.values()]
    .map((draft) => {
      const only = draft.entries.length === 1 ? entries[draft.entries[0] ?? -1] : undefined;
      const name =
        draft.name !== '' ? draft.name : only !== undefined ? humanSectionName(only.name) : draft.slug;
      const aliases = [...draft.aliases, ...draft.lists.flatMap(listWords)].filter(
        (alias) => alias !== draft.slug,
      );
      return { ...draft, name, entries: draft.entries, aliases: [...new Set(aliases)].sort() };
    })
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}
