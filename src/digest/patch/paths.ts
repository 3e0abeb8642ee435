/** The two paths of a diff header. null stands for /dev/null or an unknown path. */
export interface PathPair {
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Reads the rest of `diff --git a/x b/y`. Unquoted paths with blanks are ambiguous; like git, the only reading
 * taken there is that both sides are the same path.
 */
export function readGitPaths(rest: string): PathPair {
  if (rest.startsWith('"')) {
    const first = takeQuoted(rest);
    if (first === null) return { before: null, after: null };
    const second = first.rest.trimStart();
    return { before: dropPrefix(first.path), after: dropPrefix(takeQuoted(second)?.path ?? second) };
  }
  const quotedAt = rest.endsWith('"') ? rest.indexOf(' "') : -1;
  if (quotedAt > 0) {
    const second = takeQuoted(rest.slice(quotedAt + 1));
    return {
      before: dropPrefix(rest.slice(0, quotedAt)),
      after: second === null ? null : dropPrefix(second.path),
    };
  }
  return readBarePaths(rest);
}

function readBarePaths(rest: string): PathPair {
  const middle = (rest.length - 1) / 2;
  const half = rest[middle] === ' ' ? rest.slice(0, middle) : '';
  if (half !== '' && dropPrefix(half) === dropPrefix(rest.slice(middle + 1))) {
    return { before: dropPrefix(half), after: dropPrefix(half) };
  }
  const parts = rest.split(' ');
  if (parts.length === 2) return { before: dropPrefix(parts[0] ?? ''), after: dropPrefix(parts[1] ?? '') };
  const at = rest.indexOf(' b/');
  if (at > 0) return { before: dropPrefix(rest.slice(0, at)), after: dropPrefix(rest.slice(at + 1)) };
  return { before: null, after: null };
}

/** `a/x` and `b/x`, and what `diff.mnemonicPrefix` writes in their place. */
function dropPrefix(path: string): string {
  return /^[abciow]\//.test(path) ? path.slice(2) : path;
}

/** The path of a `---` or `+++` line, as written but unquoted and without a time stamp; null for /dev/null. */
export function readHeaderPath(rest: string): string | null {
  const quoted = rest.startsWith('"') ? takeQuoted(rest) : null;
  if (quoted !== null) return quoted.path;
  const tab = rest.indexOf('\t');
  // Without a tab, a time stamp that follows two blanks or one (old GNU diff) begins with a year.
  const path = (
    tab >= 0 ? rest.slice(0, tab) : rest.replace(/ {1,4}\d{4}-\d\d-\d\d \d\d:.{0,40}$/, '')
  ).trimEnd();
  return path === '/dev/null' ? null : path;
}

/** The path that both sides of a plain diff mean, at `patch -p1` where a first folder differs: `linux.orig/fs/x.c`. */
export function joinPlainPaths(before: string | null, after: string | null): PathPair {
  if (before === null || after === null) {
    const strip = (path: string | null) => (path === null ? null : dropPrefix(path));
    return { before: strip(before), after: strip(after) };
  }
  const bare = dropPrefix(after);
  if (bare !== after && dropPrefix(before) === bare) return { before: bare, after: bare };
  if (before === after) return { before, after };
  const tail = afterSlash(after);
  if (tail !== null && afterSlash(before) === tail) return { before: tail, after: tail };
  // `x.c.orig` and `x.c~` are copies that an editor or quilt kept.
  if (before === `${after}.orig` || before === `${after}~` || before === `${after}.old`)
    return { before: after, after };
  return { before: dropPrefix(before), after: bare };
}

function afterSlash(path: string): string | null {
  const at = path.indexOf('/');
  return at < 0 || at + 1 >= path.length ? null : path.slice(at + 1);
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** A path in C's quotes, octal bytes as UTF-8: `"a/b\303\266.c"`. null if the quote never ends. */
export function takeQuoted(text: string): { path: string; rest: string } | null {
  const bytes: number[] = [];
  let at = 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== '\\') {
      const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
      bytes.push(...Buffer.from(char, 'utf8'));
      at += char.length;
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4));
    if (octal !== null) {
      bytes.push(Number.parseInt(octal[0], 8));
      at += 4;
      continue;
    }
    bytes.push(ESCAPES[text[at + 1] ?? ''] ?? text.charCodeAt(at + 1) & 0xff);
    at += 2;
  }
  if (text[at] !== '"') return null;
  return { path: Buffer.from(bytes).toString('utf8'), rest: text.slice(at + 1) };
}
