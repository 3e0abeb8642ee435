import { shorten } from '../text/inert.js';
import { oncePerObject } from '../text/once-per-object.js';
import type { DigestGroup, DigestItem, DigestSection } from './digest.js';

/** The smallest piece of a digest that a message can hold: one item, or a subsystem that shows none. */
export interface Unit {
  readonly group: DigestGroup;
  readonly section: DigestSection | null;
  readonly item: DigestItem | null;
  /** The last of its section: says how many more there are. */
  readonly ends: boolean;
  /** The last of its group: says what the group counts without showing it. */
  readonly last: boolean;
}

export function unitsOf(groups: readonly DigestGroup[]): Unit[] {
  return groups.flatMap((group) => {
    const shown = group.sections.filter((section) => section.items.length > 0);
    if (shown.length === 0) return [{ group, section: null, item: null, ends: true, last: true }];
    return shown.flatMap((section, s) =>
      section.items.map((item, i): Unit => {
        const ends = i === section.items.length - 1;
        return { group, section, item, ends, last: ends && s === shown.length - 1 };
      }),
    );
  });
}

/** The Message-IDs of all items, each once. */
export function messageIdsOf(groups: readonly DigestGroup[]): string[] {
  const items = groups.flatMap(({ sections, singles = [] }) => [
    ...sections.flatMap((section) => section.items),
    ...singles,
  ]);
  return [...new Set(items.flatMap(({ messageId }) => messageId ?? []))];
}

const NOTHING_OMITTED = { items: 0, singlePatches: 0, singlePatchesApplied: 0, singlePatchesDiscussed: 0 };

export function groupsOf(units: readonly Unit[]): DigestGroup[] {
  const groups: DigestGroup[] = [];
  for (const { group, section, item, ends, last } of units) {
    let into = groups.at(-1);
    if (into === undefined || into.subsystem.slug !== group.subsystem.slug) {
      into = { subsystem: group.subsystem, sections: [], omitted: NOTHING_OMITTED };
      groups.push(into);
    }
    if (section !== null && item !== null) {
      let part = into.sections.at(-1);
      if (part === undefined || part.name !== section.name) {
        part = { name: section.name, items: [], more: 0 };
        into.sections.push(part);
      }
      part.items.push(item);
      if (ends) part.more = section.more;
    }
    if (last) into.omitted = group.omitted;
  }
  return groups;
}

/** The item without the lines that a reader can do without. */
export const briefly = oncePerObject(({ summaryBy, extract, ...item }: DigestItem): DigestItem => {
  return { ...item, summary: null, changed: null };
});

/** The unit without the lines that a reader can do without. */
export function withoutSummary(unit: Unit): Unit {
  return unit.item === null ? unit : { ...unit, item: briefly(unit.item) };
}

/** Ever shorter forms of a unit that is too large for a message of its own. */
export const SHORTER: readonly ((unit: Unit) => Unit)[] = [
  withoutSummary,
  (unit) =>
    withItem(withoutSummary(unit), (item) => ({
      ...item,
      title: shorten(item.title, 100),
      prefixes: [],
      also: [],
      because: [],
      reviews: null,
      author: { name: shorten(item.author.name, 40), email: shorten(item.author.email, 40) },
      stateText: item.stateText === null ? null : shorten(item.stateText, 60),
    })),
  (unit) =>
    withItem(withoutSummary(unit), (item) => ({
      ...item,
      title: shorten(item.title, 40),
      prefixes: [],
      also: [],
      because: [],
      reviews: null,
      url: null,
      size: null,
      author: { name: shorten(item.author.name, 20), email: '' },
      stateText: null,
    })),
];

function withItem(unit: Unit, change: (item: DigestItem) => DigestItem): Unit {
  return unit.item === null ? unit : { ...unit, item: change(unit.item) };
}
