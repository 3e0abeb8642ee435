import type { Catalog } from './catalog.js';
import { isCopiedList } from './list-address.js';
import {
  resolveSubsystem,
  subsystemOfList,
  subsystemsOfPrefix,
  titlePrefixes,
  unknownList,
} from './look-up.js';
import type { ChangedPath, Subsystem, SubsystemMatch } from './types.js';

/** What a series says of itself that tells where it belongs. */
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

/** A series belongs where a quarter of its changed lines lie. */
const QUARTER = 0.25;
/** Signs of where it is at home, on the scale of "all changed lines are there". */
const BY_TAG = 1;
const BY_TITLE = 0.8;
const BY_SECOND_TITLE = 0.25;
const BY_LIST = 0.25;
const BY_LIST_ONLY = 0.15;
const BY_TOUCH = 0.25;
/** Longer tags and addresses are no words of anybody's. */
const MAX_WORD = 320;
/** Title words that name a kind of work; what they are about stands after them or in the paths. */
const GENERIC_PREFIXES = new Set([
  'selftests',
  'selftest',
  'documentation',
  'docs',
  'doc',
  'treewide',
  'drivers',
  'tools',
  'arch',
  'include',
  'lib',
  'rust',
  'stable',
  'uapi',
  'abi',
  'dt-bindings',
  'bindings',
  'tests',
]);
/** Subsystems that gather what belongs elsewhere in the first place. */
const SECONDARY = new Set([
  'docs',
  'kselftest',
  'devicetree',
  'api',
  'arch',
  'stable',
  'llvm',
  'hardening',
  'rust',
  'staging',
  'kbuild',
]);
/** Projects beside the kernel, whose paths are not the kernel's, and the subsystem whose people they are; '' where that is open. */
const OTHER_PROJECTS = new Map(
  Object.entries({
    'kvm-unit-tests': 'kvm',
    kvmtool: 'kvm',
    qemu: 'qemu',
    liburing: 'io_uring',
    fio: 'block',
    blktests: 'block',
    iproute2: 'netdev',
    'iproute2-next': 'netdev',
    ethtool: 'netdev',
    nft: 'netfilter',
    iptables: 'netfilter',
    libnftnl: 'netfilter',
    'rdma-core': 'rdma',
    'btrfs-progs': 'btrfs',
    xfsprogs: 'xfs',
    e2fsprogs: 'ext4',
    fstests: 'fs',
    xfstests: 'fs',
    mdadm: 'md',
    ndctl: 'dax',
    pahole: 'bpf',
    dwarves: 'bpf',
    'trace-cmd': 'tracing',
    libtracefs: 'tracing',
    'kexec-tools': 'kexec',
    opensbi: 'riscv',
    ltp: '',
    'util-linux': '',
    'man-pages': '',
    b4: '',
    smatch: '',
    sparse: '',
    edk2: '',
    seabios: '',
    libvirt: '',
    crosvm: '',
  }),
);

interface Tally {
  readonly subsystem: Subsystem;
  touched: number;
  votes: number;
  signs: number;
  listed: boolean;
  named: boolean;
}

/** How many changed lines of the paths lie in each subsystem, 0 to 1. */
export function subsystemShares(catalog: Catalog, paths: readonly ChangedPath[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const [slug, { touched }] of tallyPaths(catalog, paths).tallies) shares.set(slug, touched);
  return shares;
}

interface PathTally {
  readonly tallies: Map<string, { touched: number; votes: number }>;
}

const topOf = (slug: string): string => {
  const slash = slug.indexOf('/');
  return slash < 0 ? slug : slug.slice(0, slash);
};

/** For each path the subsystems that it lies in, and a vote for the home of the most precise entries. */
function tallyPaths(catalog: Catalog, paths: readonly ChangedPath[]): PathTally {
  const tallies = new Map<string, { touched: number; votes: number }>();
  const add = (slug: string, touched: number, votes: number): void => {
    const there = tallies.get(slug) ?? { touched: 0, votes: 0 };
    tallies.set(slug, { touched: there.touched + touched, votes: there.votes + votes });
  };
  const total = paths.reduce((sum, { changes }) => sum + Math.max(1, changes ?? 1), 0);
  for (const { path, changes } of paths) {
    const part = Math.max(1, changes ?? 1) / total;
    const former = catalog.formerSlugs(path);
    // fs/io_uring.c was io_uring's before it moved; what today's file says of fs/ does not hold for it.
    const hits = former.length > 0 ? [] : catalog.matchPath(path);
    const weights = new Map<string, number>();
    for (const { entry, weight } of hits) {
      for (const slug of catalog.slugsOfEntry[entry] ?? [])
        weights.set(slug, Math.max(weights.get(slug) ?? 0, weight));
    }
    for (const slug of former) for (const part of new Set([slug, topOf(slug)])) weights.set(part, 1);
    for (const [slug, weight] of weights) add(slug, part * weight, 0);
    const depth = Math.max(0, ...hits.map((hit) => hit.depth));
    const best = hits.filter((hit) => hit.depth === depth);
    const homes =
      former.length > 0
        ? former.map(topOf)
        : best.flatMap(({ entry }) => catalog.slugsOfEntry[entry]?.[0] ?? []);
    const weight = former.length > 0 ? 1 : (best[0]?.weight ?? 0);
    for (const home of new Set(homes)) add(topOf(home), 0, (part * weight) / new Set(homes).size);
    // Beside the home, half a vote for the other subsystems of the same entries: memcg is the cgroups' and mm's.
    const others = new Set(best.flatMap(({ entry }) => catalog.slugsOfEntry[entry] ?? []).map(topOf));
    for (const other of others) if (!homes.includes(other)) add(other, 0, (part * weight) / 2);
  }
  return { tallies };
}

function startTallies(
  catalog: Catalog,
  signs: SeriesSigns,
): { get(subsystem: Subsystem): Tally; all: Map<string, Tally> } {
  const all = new Map<string, Tally>();
  const get = (subsystem: Subsystem): Tally => {
    const there = all.get(subsystem.slug);
    if (there !== undefined) return there;
    const made: Tally = { subsystem, touched: 0, votes: 0, signs: 0, listed: false, named: false };
    all.set(subsystem.slug, made);
    return made;
  };
  const foreign = signs.prefixes.some((prefix) => OTHER_PROJECTS.has(prefix.toLowerCase()));
  if (!foreign) {
    for (const [slug, { touched, votes }] of tallyPaths(catalog, signs.paths).tallies) {
      const subsystem = catalog.bySlug.get(slug);
      if (subsystem === undefined) continue;
      const tally = get(subsystem);
      tally.touched = touched;
      tally.votes = SECONDARY.has(slug) ? votes / 4 : votes;
    }
  }
  return { get, all };
}

function addLists(catalog: Catalog, signs: SeriesSigns, get: (subsystem: Subsystem) => Tally): void {
  const carried = signs.lists.filter((list) => list.length <= MAX_WORD).map((list) => list.toLowerCase());
  const sent = signs.recipients
    .map((address) => address.toLowerCase())
    .filter((address) => !isCopiedList(address));
  let first = true;
  for (const address of [...new Set([...sent, ...carried])]) {
    const isCarried = carried.includes(address);
    const subsystem =
      subsystemOfList(catalog, address) ??
      (isCarried && address !== 'linux-kernel@vger.kernel.org' ? unknownList(address) : null);
    if (subsystem === null) continue;
    const known = subsystem.slug;
    for (const slug of new Set([known, topOf(known)])) {
      const tally = get(catalog.bySlug.get(slug) ?? subsystem);
      if (tally.listed) continue;
      tally.listed = true;
      tally.signs += SECONDARY.has(slug) ? 0.02 : first ? BY_LIST : BY_LIST_ONLY;
    }
    first = false;
  }
}

function addNames(catalog: Catalog, signs: SeriesSigns, get: (subsystem: Subsystem) => Tally): void {
  const name = (subsystem: Subsystem, strength: number): void => {
    const child = get(subsystem);
    if (subsystem.parent !== null) {
      child.named = true;
      const parent = catalog.bySlug.get(subsystem.parent);
      if (parent !== undefined) name(parent, strength);
      return;
    }
    child.named = true;
    child.signs = Math.max(child.signs, 0) + (SECONDARY.has(subsystem.slug) ? strength / 4 : strength);
  };
  for (const prefix of signs.prefixes) {
    if (prefix.length > MAX_WORD) continue;
    const word = prefix.toLowerCase();
    const found =
      resolveSubsystem(catalog, OTHER_PROJECTS.get(word) ?? word) ??
      (word.endsWith('-next') ? resolveSubsystem(catalog, word.slice(0, -5)) : null);
    if (found !== null && found.slug !== 'stable') name(found, BY_TAG);
  }
  let strength = BY_TITLE;
  let above: Subsystem | null = null;
  for (const prefix of titlePrefixes(signs.title)) {
    const head = prefix.includes('/') ? prefix.slice(0, prefix.indexOf('/')) : prefix;
    const tail = GENERIC_PREFIXES.has(head) && prefix.includes('/') ? prefix.slice(head.length + 1) : null;
    const child: Subsystem | null =
      above === null ? null : (catalog.bySlug.get(`${above.slug}/${prefix}`) ?? null);
    const found: Subsystem[] = child !== null ? [child] : subsystemsOfPrefix(catalog, tail ?? prefix);
    const chosen = found.slice(0, 3);
    for (const subsystem of chosen)
      name(subsystem, GENERIC_PREFIXES.has(prefix) ? 0.1 : strength / chosen.length + 0.1);
    above ??= chosen[0] ?? null;
    if (chosen.length > 0 && !GENERIC_PREFIXES.has(prefix)) strength = BY_SECOND_TITLE;
  }
}

/** Votes of the most precise entries, signs beside the paths, and a little for all that lies in it. */
const scoreOf = ({ votes, signs, touched, subsystem }: Tally): number =>
  votes + signs + (SECONDARY.has(subsystem.slug) ? 0 : BY_TOUCH * touched);

/** The tally at the top that the series is most at home in; null where nothing applies. */
function choosePrimary(tallies: Iterable<Tally>): Tally | null {
  let best: Tally | null = null;
  for (const tally of tallies) {
    if (tally.subsystem.parent !== null) continue;
    const score = scoreOf(tally);
    if (score <= 0) continue;
    const bestScore = best === null ? 0 : scoreOf(best);
    const tie = Math.abs(score - bestScore) < 1e-9;
    if (best === null || (tie ? tally.subsystem.slug < best.subsystem.slug : score > bestScore)) best = tally;
  }
  return best;
}

function applies(
  tally: Tally,
  primary: Tally,
  all: ReadonlyMap<string, Tally>,
): SubsystemMatch['why'] | null {
  if (tally.touched >= QUARTER - 1e-9) return 'paths';
  if (tally.listed) return 'list';
  if (tally === primary) return tally.named ? 'prefix' : 'paths';
  const { parent } = tally.subsystem;
  const parentApplies = parent !== null && all.get(parent) !== undefined;
  return parentApplies && tally.named ? 'prefix' : null;
}

/**
 * All subsystems that a series belongs to by DESIGN's rule: its primary, those to whose lists it was sent, and those in which
 * at least a quarter of its changed lines lie; a child also where the title names it. Exactly one is primary, and it comes
 * first; the rest by share, then by slug. A child never comes without its parent. Empty where nothing is known.
 */
export function matchSubsystems(catalog: Catalog, signs: SeriesSigns): SubsystemMatch[] {
  const { get, all } = startTallies(catalog, signs);
  addNames(catalog, signs, get);
  addLists(catalog, signs, get);
  const primary = choosePrimary(all.values());
  if (primary === null) return [];
  const matches: SubsystemMatch[] = [];
  for (const tally of all.values()) {
    const why = applies(tally, primary, all);
    if (why === null) continue;
    const { slug, name, parent } = tally.subsystem;
    matches.push({ slug, name, parent, primary: tally === primary, share: Math.min(1, tally.touched), why });
  }
  const there = new Set(matches.map(({ slug }) => slug));
  for (const { parent } of [...matches]) {
    const above = parent === null || there.has(parent) ? undefined : catalog.bySlug.get(parent);
    if (above === undefined) continue;
    there.add(above.slug);
    const share = Math.min(1, all.get(above.slug)?.touched ?? 0);
    matches.push({
      slug: above.slug,
      name: above.name,
      parent: above.parent,
      primary: false,
      share,
      why: 'prefix',
    });
  }
  return matches.sort(
    (a, b) => Number(b.primary) - Number(a.primary) || b.share - a.share || (a.slug < b.slug ? -1 : 1),
  );
}
