import { compilePrefixGlob } from './glob.js';

/** An `F:` or `X:` pattern, ready to be tried. */
export interface PathPattern {
  /** The leading directories without wildcards, each followed by a slash: `drivers/net/` of `drivers/net/foo*`. */
  readonly base: string;
  /** The first character after `base`; '' if any will do. */
  readonly first: string;
  /** Tries what follows `base`; `slashes` is how many slashes the whole path holds. */
  readonly matches: (rest: string, slashes: number) => boolean;
  /** get_maintainer.pl's measure of how precise the pattern is; -1 for one that starts with a wildcard. */
  readonly depth: number;
}

export function countSlashes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) count += 1;
  return count;
}

function firstWildcard(pattern: string): number {
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern[i];
    if (character === '*' || character === '?' || character === '[') return i;
  }
  return -1;
}

/**
 * The rules of scripts/get_maintainer.pl: a trailing slash matches everything beneath; without one, the path must hold exactly as many
 * slashes as the pattern, and the pattern need only match its beginning (`include/linux/kvm*`, but also `block/ioctl.c` for
 * `block/ioctl.c.orig`). `**` stands for any number of directories. The script looks into the tree to see whether `F: mm` is
 * a directory; we have none, but a path beneath `mm/` proves it, so a name without a dot is read both ways.
 */
export function compilePathPattern(pattern: string): PathPattern {
  const wildcard = firstWildcard(pattern);
  const literal = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  const base = literal.slice(0, literal.lastIndexOf('/') + 1);
  const rest = pattern.slice(base.length);
  const slashes = countSlashes(pattern);
  const ofDirectory = pattern.endsWith('/');
  const depth = pattern.startsWith('*') ? -1 : slashes + (ofDirectory ? 0 : 1);
  if (wildcard < 0) {
    if (ofDirectory) return { base, first: '', depth, matches: () => true };
    const asDirectory = pattern.includes('.') ? null : `${rest}/`;
    return {
      base,
      first: rest.charAt(0),
      depth,
      matches: (path, count) =>
        (count === slashes && path.startsWith(rest)) ||
        (asDirectory !== null && path.startsWith(asDirectory)),
    };
  }
  // Most patterns never meet a path that begins like them, so that their globs are not compiled.
  const head = literal.slice(base.length);
  const glob = lazily(() => compilePrefixGlob(rest));
  if (pattern.includes('**/')) {
    // `fs/**/*foo*.c` holds for fs/foo.c too: there may be no directories in between.
    const none = lazily(() => compilePrefixGlob(rest.replaceAll('**/', '')));
    return { base, first: '', depth, matches: (path) => glob()(path) || none()(path) };
  }
  return {
    base,
    first: head.charAt(0),
    depth,
    matches: (path, count) => (ofDirectory || count === slashes) && path.startsWith(head) && glob()(path),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
