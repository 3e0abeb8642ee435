import type { Catalog } from './catalog.js';
import { isCopiedList, isEverybodysList, listBreadth } from './list-address.js';
import { resolvePrefix, subsystemOfList, subsystemsOfPrefix, titlePrefixes, unknownList } from './look-up.js';
import type { ChangedPath, Subsystem, SubsystemMatch } from './subsystem.js';
import { tallyPaths, topOf } from './tally-paths.js';
import {
  BY_BARE_TITLE,
  BY_BROAD_LIST,
  BY_CARRYING_LIST,
  BY_GENERIC_TITLE,
  BY_LIST,
  BY_OTHER_LIST,
  BY_SECOND_TITLE,
  BY_TAG,
  BY_TITLE,
  BY_TOUCH,
  GENERIC_PREFIXES,
  OTHER_PROJECTS,
  OTHER_SUBSYSTEMS,
  SECONDARY,
} from './weights.js';

/** What a series says about itself that shows where it belongs. */
export interface SeriesSigns {
  readonly paths: readonly ChangedPath[];
  readonly title: string;
  /** Tags of the subject: `net-next`, `bpf`. */
  readonly prefixes: readonly string[];
  /** Lists that it came over. */
  readonly lists: readonly string[];
  /** Addresses in To and Cc. */
  readonly recipients: readonly string[];
}

/** A series belongs where a quarter of its changed lines are. */
const QUARTER = 0.25;
/** Longer tags and addresses are not real. */
const MAX_WORD = 320;
/** Sums over paths in another order differ in their last bits. */
const ROUNDING = 1e-9;

interface Tally {
  readonly subsystem: Subsystem;
  touched: number;
  votes: number;
  signs: number;
  listed: boolean;
  /** It was sent to a list of the subsystem: to its own, or to one that collects work from many. */
  sentTo: 'own' | 'broad' | null;
  named: boolean;
}

/** The tallies of one series, created as signs are found. */
interface Tallies {
  readonly all: Map<string, Tally>;
  get(subsystem: Subsystem): Tally;
}

function createTallies(): Tallies {
  const all = new Map<string, Tally>();
  const get = (subsystem: Subsystem): Tally => {
    const there = all.get(subsystem.slug);
    if (there !== undefined) return there;
    const made: Tally = {
      subsystem,
      touched: 0,
      votes: 0,
      signs: 0,
      listed: false,
      sentTo: null,
      named: false,
    };
    all.set(subsystem.slug, made);
    return made;
  };
  return { all, get };
}

function addPaths(catalog: Catalog, signs: SeriesSigns, { get }: Tallies): void {
  if (signs.prefixes.some((prefix) => OTHER_PROJECTS.has(prefix.toLowerCase()))) return;
  for (const [slug, { touched, votes }] of tallyPaths(catalog, signs.paths)) {
    const subsystem = catalog.bySlug.get(slug);
    if (subsystem === undefined) continue;
    const tally = get(subsystem);
    tally.touched = touched;
    tally.votes = SECONDARY.has(slug) ? votes / 4 : votes;
  }
}

function strengthOfList(slug: string, address: string, isCarried: boolean): number {
  if (SECONDARY.has(slug)) return BY_BROAD_LIST / 2;
  if (listBreadth(address) > 1) return BY_BROAD_LIST;
  return isCarried ? BY_CARRYING_LIST : BY_LIST;
}

function noteList(tally: Tally, address: string): void {
  if (SECONDARY.has(tally.subsystem.slug)) return;
  if (listBreadth(address) <= 1) tally.sentTo = 'own';
  else tally.sentTo ??= 'broad';
}

function addLists(catalog: Catalog, signs: SeriesSigns, { all, get }: Tallies): void {
  const short = (address: string): boolean => address.length <= MAX_WORD;
  const carried = new Set(signs.lists.filter(short).map((list) => list.toLowerCase()));
  const sent = signs.recipients.filter(short).map((address) => address.toLowerCase());
  const lists = new Set<string>();
  for (const address of new Set([...carried, ...sent])) {
    const isCarried = carried.has(address);
    if (isEverybodysList(address) || (!isCarried && isCopiedList(address))) continue;
    lists.add(address);
    const found = subsystemOfList(catalog, address) ?? (isCarried ? unknownList(address) : null);
    if (found === null) continue;
    for (const slug of new Set([found.slug, topOf(found.slug)])) {
      const tally = get(catalog.bySlug.get(slug) ?? found);
      noteList(tally, address);
      if (tally.listed) continue;
      tally.listed = true;
      tally.signs += strengthOfList(slug, address, isCarried);
    }
  }
  // VFIO has no list of its own: its entries name KVM's.
  for (const tally of all.values()) {
    if (tally.subsystem.lists.length > 0 || tally.touched < QUARTER - ROUNDING) continue;
    for (const entry of tally.subsystem.entries)
      for (const list of catalog.entries[entry]?.lists ?? []) if (lists.has(list)) noteList(tally, list);
  }
}

/** QEMU's series go to kvm@ too; their paths (`hw/`, `target/`) distinguish them from the kernel's. */
function addOtherProjects(catalog: Catalog, signs: SeriesSigns, { all }: Tallies): void {
  const unknown = signs.paths.filter(({ path }) => catalog.matchPath(path).length === 0).length;
  if (catalog.entries.length === 0 || unknown * 2 <= signs.paths.length) return;
  for (const slug of OTHER_SUBSYSTEMS) {
    const tally = all.get(slug);
    if (tally?.listed !== true) continue;
    tally.signs += BY_OTHER_LIST;
    tally.named = true;
  }
}

/** Marks what a tag or title names; the strength goes to the subsystem at the top. */
function addName(catalog: Catalog, { get }: Tallies, subsystem: Subsystem, strength: number): void {
  get(subsystem).named = true;
  const top = catalog.bySlug.get(topOf(subsystem.slug)) ?? subsystem;
  const tally = get(top);
  tally.named = true;
  tally.signs += SECONDARY.has(top.slug) ? strength / 4 : strength;
}

/** Where the paths are known, a title counts little if it names a subsystem that has none of them and that no list confirms. */
function isBorneOut(signs: SeriesSigns, { get }: Tallies, subsystem: Subsystem): boolean {
  const tally = get(subsystem);
  return signs.paths.length === 0 || tally.touched > 0 || tally.listed;
}

function addTitle(catalog: Catalog, signs: SeriesSigns, tallies: Tallies): void {
  let strength = BY_TITLE;
  let above: Subsystem | null = null;
  for (const prefix of titlePrefixes(signs.title)) {
    const head = prefix.includes('/') ? prefix.slice(0, prefix.indexOf('/')) : prefix;
    // `selftests/bpf` is about bpf.
    const tail = GENERIC_PREFIXES.has(head) && prefix.includes('/') ? prefix.slice(head.length + 1) : prefix;
    const child: Subsystem | undefined =
      above === null ? undefined : catalog.bySlug.get(`${above.slug}/${prefix}`);
    const found: Subsystem[] = (child !== undefined ? [child] : subsystemsOfPrefix(catalog, tail)).slice(
      0,
      3,
    );
    const generic = GENERIC_PREFIXES.has(prefix);
    for (const subsystem of found) {
      const sure = isBorneOut(signs, tallies, subsystem) ? strength / found.length : BY_BARE_TITLE;
      addName(catalog, tallies, subsystem, generic ? BY_GENERIC_TITLE : sure);
    }
    above ??= found[0] ?? null;
    if (found.length > 0 && !generic) strength = BY_SECOND_TITLE;
  }
}

function addTags(catalog: Catalog, signs: SeriesSigns, tallies: Tallies): void {
  for (const prefix of signs.prefixes) {
    if (prefix.length > MAX_WORD) continue;
    const tag = prefix.toLowerCase();
    const word = OTHER_PROJECTS.get(tag) ?? tag;
    const tree = word.endsWith('-next') ? word.slice(0, -'-next'.length) : word;
    const found = resolvePrefix(catalog, word) ?? resolvePrefix(catalog, tree);
    if (found !== null && found.slug !== 'stable') addName(catalog, tallies, found, BY_TAG);
  }
}

const scoreOf = ({ votes, signs, touched, subsystem }: Tally): number =>
  votes + signs + (SECONDARY.has(subsystem.slug) ? 0 : BY_TOUCH * touched);

/**
 * The top-level subsystem that is the home of the series: of those whose own list it was sent to, and which it is about by its title,
 * its tag or a quarter of its lines, else of all, the one with the highest score. null if nothing applies.
 */
function choosePrimary(tallies: Tallies): Tally | null {
  const all = [...tallies.all.values()].filter(
    (tally) => tally.subsystem.parent === null && scoreOf(tally) > 0,
  );
  return highest(all.filter(isSentTo)) ?? highest(all);
}

/** It was sent there, and is about it; for a list that collects work from many only if both title and lines say so. */
function isSentTo({ sentTo, named, touched }: Tally): boolean {
  if (sentTo === 'own') return named || touched >= QUARTER - ROUNDING;
  return sentTo === 'broad' && named && touched >= QUARTER - ROUNDING;
}

function highest(tallies: readonly Tally[]): Tally | null {
  let best: Tally | null = null;
  for (const tally of tallies) {
    const ahead = best === null ? 1 : scoreOf(tally) - scoreOf(best);
    const tied = best !== null && Math.abs(ahead) < ROUNDING;
    if (tied ? tally.subsystem.slug < (best?.subsystem.slug ?? '') : ahead > 0) best = tally;
  }
  return best;
}

function whyItApplies(tally: Tally, primary: Tally): SubsystemMatch['why'] | null {
  if (tally.touched >= QUARTER - ROUNDING) return 'paths';
  if (tally.listed) return 'list';
  if (tally === primary) return tally.named ? 'prefix' : 'paths';
  // A child only needs the title to name it if its parent is the primary one.
  return tally.named && tally.subsystem.parent === primary.subsystem.slug ? 'prefix' : null;
}

function toMatch(
  { subsystem, touched }: Tally,
  primary: boolean,
  why: SubsystemMatch['why'],
): SubsystemMatch {
  const { slug, name, parent } = subsystem;
  return { slug, name, parent, primary, share: Math.min(1, Math.round(touched * 10_000) / 10_000), why };
}

/**
 * All subsystems that a series belongs to: its primary, those to whose lists it was sent, and those with at least a quarter of its changed
 * lines; among the primary's children also those that the title names. Exactly one is primary, at the top, and it comes first; the rest by
 * share, then by slug. A child never comes without its parent. Empty if nothing is known.
 */
export function matchSubsystems(catalog: Catalog, signs: SeriesSigns): SubsystemMatch[] {
  const tallies = createTallies();
  addPaths(catalog, signs, tallies);
  addLists(catalog, signs, tallies);
  addOtherProjects(catalog, signs, tallies);
  addTags(catalog, signs, tallies);
  addTitle(catalog, signs, tallies);
  const primary = choosePrimary(tallies);
  if (primary === null) return [];
  const matches = new Map<string, SubsystemMatch>();
  for (const tally of tallies.all.values()) {
    const why = whyItApplies(tally, primary);
    if (why === null) continue;
    matches.set(tally.subsystem.slug, toMatch(tally, tally === primary, why));
    const parent = tally.subsystem.parent === null ? undefined : tallies.all.get(tally.subsystem.parent);
    if (parent !== undefined && !matches.has(parent.subsystem.slug)) {
      matches.set(
        parent.subsystem.slug,
        toMatch(parent, parent === primary, whyItApplies(parent, primary) ?? why),
      );
    }
  }
  return [...matches.values()].sort(
    (a, b) => Number(b.primary) - Number(a.primary) || b.share - a.share || (a.slug < b.slug ? -1 : 1),
  );
}
