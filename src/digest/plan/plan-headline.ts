import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import type { Digest, DigestGroup } from './digest.js';
import { unitsOf } from './digest-units.js';
import { importanceOf } from './item-order.js';
import type { Fits, PartContent } from './part-content.js';

/** Up to this many need no thread. */
const COMPACT_ITEMS = 3;
const HEADLINE_TITLES = 15;
const MAX_FOLLOWS = 5;

type Headline = Extract<PartContent, { kind: 'headline' }>;

/** The headline that shows some groups, above a number of messages of details. `otherGroups`: how many more it only counts. */
export type HeadlineMaker = (
  groups: readonly DigestGroup[],
  details: number,
  notes?: readonly string[],
  otherGroups?: number,
) => Headline;

/** Everything in one message if there is little to say; null if there is more, or it does not fit. */
export function compactHeadline(
  digest: Digest,
  groups: readonly DigestGroup[],
  fits: Fits,
  headlineWith: HeadlineMaker,
): PartContent | null {
  const units = unitsOf(groups);
  if (units.filter(({ item }) => item !== null).length > COMPACT_ITEMS) return null;
  const content = headlineWith(groups, 0);
  if (digest.groups.length === 0 || fits(content)) return content;
  return null;
}

/** The most important titles of each subsystem, as many as fit; then only the first subsystems. */
export function planHeadline(
  groups: readonly DigestGroup[],
  details: number,
  fits: Fits,
  notes: readonly string[],
  headlineWith: HeadlineMaker,
): PartContent {
  const most = Math.min(3, Math.floor(HEADLINE_TITLES / groups.length));
  for (let titles = most; titles >= 0; titles--) {
    const content = headlineWith(withTitles(groups, titles), details, notes);
    if (fits(content)) return content;
  }
  let [low, high] = [0, groups.length - 1];
  const upTo = (n: number): PartContent => {
    const others = groups.length - n;
    const more = [...notes, `And ${count(others, 'more subsystem')}.`];
    return headlineWith(withTitles(groups.slice(0, n), 0), details, more, others);
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(upTo(middle))) low = middle;
    else high = middle - 1;
  }
  return upTo(low);
}

/** A headline of a digest; more than a few follows are counted. */
export function headlineOf(
  { window, follows, counts }: Digest,
  groups: readonly DigestGroup[],
  details: number,
  notes: readonly string[],
): Headline {
  const named = follows.slice(0, MAX_FOLLOWS).map((text) => shorten(oneLine(text), 60));
  return {
    kind: 'headline',
    version: 1,
    window,
    follows: follows.length > MAX_FOLLOWS ? [...named, `${follows.length - MAX_FOLLOWS} more`] : named,
    counts,
    groups: [...groups],
    details,
    notes: [...notes],
  };
}

/** The group with only its most important items, in their order; the others are in `more`. */
function withTitles(groups: readonly DigestGroup[], titles: number): DigestGroup[] {
  return groups.map((group) => {
    const all = group.sections.flatMap((section) => section.items);
    const chosen = new Set([...all].sort((a, b) => importanceOf(b) - importanceOf(a)).slice(0, titles));
    const sections = group.sections.map((section) => {
      const items = section.items.filter((item) => chosen.has(item));
      return { ...section, items, more: section.more + section.items.length - items.length };
    });
    return { ...group, sections };
  });
}
