import { compilePathPattern, countSlashes, type PathPattern } from './path-pattern.js';
import { createPathRegexes, readPathRegex } from './path-regex.js';
import type { MaintainersEntry } from './subsystem.js';

/** An entry that a path belongs to. */
interface PathHit {
  /** Position in the entries. */
  readonly entry: number;
  /** How precise the best pattern was: slashes in it, 0 for an expression over the path. */
  readonly depth: number;
  /** 1; less for a path that git shortened, whose directory is a guess. */
  readonly weight: number;
}

export type MatchPath = (path: string) => readonly PathHit[];

interface Directory {
  readonly children: Map<string, Directory>;
  /** By the first character that they need after this directory; under '' those that accept any. */
  readonly patterns: Map<string, { readonly entry: number; readonly pattern: PathPattern }[]>;
}

/** More directories of one name than this say nothing about a path that git shortened. */
const MAX_GUESSES = 12;
const MEMORY = 50_000;
const MAX_PATH = 1_024;

const newDirectory = (): Directory => ({ children: new Map(), patterns: new Map() });

function childOf(directory: Directory, component: string): Directory {
  const known = directory.children.get(component);
  if (known !== undefined) return known;
  const made = newDirectory();
  directory.children.set(component, made);
  return made;
}

/** Each directory that the patterns name, under its last component. */
function namesOf(root: Directory): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const visit = (directory: Directory, base: string): void => {
    for (const [component, child] of directory.children) {
      const bases = names.get(component) ?? [];
      bases.push(base);
      names.set(component, bases);
      visit(child, `${base}${component}/`);
    }
  };
  visit(root, '');
  return names;
}

/** How many leading directories of a path some pattern names. */
function knownDepth(root: Directory, path: string): number {
  let directory: Directory | undefined = root;
  let depth = -1;
  for (const component of path.split('/')) {
    if (directory === undefined) break;
    depth += 1;
    directory = directory.children.get(component);
  }
  return depth;
}

/** True for THE REST, whose patterns take every path: it is not a subsystem. */
export function takesEverything(entry: MaintainersEntry): boolean {
  return entry.files.includes('*/') || entry.files.includes('*');
}

/** Walks the directories of a path and tries the patterns that start there. */
function walk(root: Directory, path: string, found: (entry: number, depth: number) => void): void {
  const slashes = countSlashes(path);
  let directory: Directory | undefined = root;
  let start = 0;
  while (directory !== undefined) {
    const rest = path.slice(start);
    for (const first of rest === '' ? [''] : ['', rest.charAt(0)]) {
      for (const { entry, pattern } of directory.patterns.get(first) ?? []) {
        if (pattern.matches(rest, slashes)) found(entry, pattern.depth);
      }
    }
    const slash = path.indexOf('/', start);
    if (slash < 0) return;
    directory = directory.children.get(path.slice(start, slash));
    start = slash + 1;
  }
}

/**
 * Prepares entries so that a path finds its own by walking a tree of directories; answers are remembered, as the same paths
 * come again and again. THE REST is left out. Hits come in the order of the entries.
 */
export function createPathMatcher(entries: readonly MaintainersEntry[]): MatchPath {
  const root = newDirectory();
  const expressions: { entry: number; source: string }[] = [];
  const exclusions = new Map<number, PathPattern[]>();
  entries.forEach((entry, position) => {
    if (takesEverything(entry)) return;
    for (const file of entry.files) {
      const pattern = compilePathPattern(file);
      let directory = root;
      for (const component of pattern.base.split('/').slice(0, -1)) directory = childOf(directory, component);
      const alike = directory.patterns.get(pattern.first);
      if (alike === undefined) directory.patterns.set(pattern.first, [{ entry: position, pattern }]);
      else alike.push({ entry: position, pattern });
    }
    for (const source of entry.pathRegexes) {
      const readable = readPathRegex(source);
      if (readable !== null) expressions.push({ entry: position, source: readable });
    }
    if (entry.excluded.length > 0) exclusions.set(position, entry.excluded.map(compilePathPattern));
  });
  const names = namesOf(root);
  const regexEntries = createPathRegexes(expressions);

  const isExcluded = (entry: number, path: string): boolean =>
    exclusions
      .get(entry)
      ?.some(
        (pattern) =>
          path.startsWith(pattern.base) &&
          pattern.matches(path.slice(pattern.base.length), countSlashes(path)),
      ) ?? false;

  const matchWhole = (path: string, weight: number): PathHit[] => {
    const depths = new Map<number, number>();
    const found = (entry: number, depth: number): void => {
      depths.set(entry, Math.max(depths.get(entry) ?? -1, depth));
    };
    walk(root, path, found);
    for (const entry of regexEntries(path)) found(entry, 0);
    return [...depths]
      .filter(([entry]) => !isExcluded(entry, path))
      .sort(([a], [b]) => a - b)
      .map(([entry, depth]) => ({ entry, depth, weight }));
  };

  /** `.../vfio/pci/vfio_pci.c`: tried under the directories named `vfio` that match most of what follows, and counted half. */
  const matchShortened = (tail: string): PathHit[] => {
    const slash = tail.indexOf('/');
    const candidates = slash < 0 ? [] : (names.get(tail.slice(0, slash)) ?? []);
    const known = candidates.map((base) => ({
      base,
      depth: knownDepth(root, base + tail) - countSlashes(base),
    }));
    const most = Math.max(0, ...known.map(({ depth }) => depth));
    const bases = known.filter(({ depth }) => depth === most).map(({ base }) => base);
    if (bases.length === 0 || bases.length > MAX_GUESSES) return [];
    const best = new Map<number, PathHit>();
    for (const base of bases) {
      for (const hit of matchWhole(base + tail, 0.5 / bases.length)) {
        const known = best.get(hit.entry);
        best.set(hit.entry, {
          entry: hit.entry,
          depth: Math.max(hit.depth, known?.depth ?? 0),
          weight: hit.weight + (known?.weight ?? 0),
        });
      }
    }
    return [...best.values()].sort((a, b) => a.entry - b.entry);
  };

  const remembered = new Map<string, readonly PathHit[]>();
  return (path) => {
    if (path.length > MAX_PATH) return [];
    const known = remembered.get(path);
    if (known !== undefined) return known;
    const hits = path.startsWith('.../') ? matchShortened(path.slice(4)) : matchWhole(path, 1);
    if (remembered.size >= MEMORY) remembered.clear();
    remembered.set(path, hits);
    return hits;
  };
}
