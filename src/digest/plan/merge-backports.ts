import { titleKey } from '../revision/title-key.js';
import { wholeNumber } from '../text/bounded-number.js';
import { isBackportPlaced, type Placed } from './place-series.js';

/** Copies of one change, which are one line: the largest posting leads. */
interface Copies {
  readonly lead: Placed;
  readonly all: Placed[];
}

/**
 * Backports of one change to several branches as one item: those of one sender in one group that have the same title, or of which the
 * larger holds half of the patches of the other. All else stays as it is, in its order.
 */
export function mergeBackports(placed: readonly Placed[]): Placed[] {
  const leads = new Map(copiesOf(placed).map((copies) => [copies.lead, copies]));
  return placed.flatMap((one) => {
    if (!isBackportPlaced(one)) return [one];
    const copies = leads.get(one);
    return copies === undefined ? [] : [merged(copies)];
  });
}

/** DigestItem.id of what was merged → that of the item in which it is. */
export function leadsOf(placed: readonly Placed[]): ReadonlyMap<string, string> {
  return new Map(copiesOf(placed).flatMap(({ lead, all }) => all.map(({ item }) => [item.id, lead.item.id])));
}

function copiesOf(placed: readonly Placed[]): Copies[] {
  const found: Copies[] = [];
  const byTitle = new Map<string, Copies>();
  const backports = placed.filter(isBackportPlaced);
  // The order in which they came does not matter.
  backports.sort(
    (a, b) => b.item.received - a.item.received || newerBranch(b, a) || (a.item.id < b.item.id ? -1 : 1),
  );
  for (const one of backports) {
    const keys = keysOf(one);
    const shared = new Map<Copies, number>();
    for (const known of keys.flatMap((key) => byTitle.get(key) ?? []))
      shared.set(known, (shared.get(known) ?? 0) + 1);
    const best = [...shared].find(([, count]) => count * 2 >= keys.length)?.[0];
    const copies = best ?? { lead: one, all: [] };
    copies.all.push(one);
    if (best !== undefined) continue;
    found.push(copies);
    for (const key of keys) if (!byTitle.has(key)) byTitle.set(key, copies);
  }
  return found;
}

/** What makes two postings copies of one change: the title of a letter, else those of the patches. */
function keysOf({ item, revision, slug, single }: Placed): string[] {
  const { email, name } = item.backport?.sender ?? item.author;
  const where = `${slug}\n${single}\n${(email || name).toLowerCase()}`;
  const isLed = !revision.patches.some(({ messageId }) => messageId !== null && messageId === item.messageId);
  const titles = isLed
    ? [item.title]
    : revision.patches.filter(({ messageId }) => messageId !== null).map(({ title }) => title);
  return [
    ...new Set((titles.length === 0 ? [item.title] : titles).map((title) => `${where}\n${titleKey(title)}`)),
  ];
}

function merged({ lead, all }: Copies): Placed {
  const { backport } = lead.item;
  if (backport === undefined || all.length === 1) return lead;
  const branches = [...new Set(all.flatMap(({ item }) => item.backport?.branches ?? []))].sort(byBranch);
  const outcomes = new Set(all.map(({ item }) => item.stateText));
  return {
    ...lead,
    item: {
      ...lead.item,
      backport: { ...backport, branches },
      // What became of one says nothing of the others.
      ...(outcomes.size === 1 ? {} : { state: 'under-review' as const, stateText: null }),
      replies: all.reduce((sum, { item }) => sum + item.replies, 0),
      repliers: Math.max(...all.map(({ item }) => item.repliers)),
    },
  };
}

function newerBranch(a: Placed, b: Placed): number {
  return -byBranch(a.item.backport?.branches[0] ?? '', b.item.backport?.branches[0] ?? '');
}

/** The newest first: `6.12.y`, `6.6.y`, `5.15.y`. */
function byBranch(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return (right[0] ?? 0) - (left[0] ?? 0) || (right[1] ?? 0) - (left[1] ?? 0) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The tags of a subject have three digits at most. */
const MOST_RELEASE = 999;

function numbersOf(branch: string): number[] {
  return branch.split('.').map((part) => wholeNumber(part, MOST_RELEASE) ?? 0);
}
