const MAX_PATTERN = 200;
const MAX_UNBOUNDED = 3;
/** Kernel paths stay under 150 characters; a longer one is not tried against expressions, which keeps the worst case small. */
const MAX_REGEX_PATH = 255;

/** True if a group that repeats holds a repetition or a choice, or if too many repetitions follow each other: what makes a search explode. */
function mayExplode(pattern: string): boolean {
  let unbounded = 0;
  let inClass = false;
  const groups: boolean[] = [];
  let closed = false;
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern.charAt(i);
    const wasClosed = closed;
    closed = false;
    if (character === '\\') {
      i += 1;
      const next = pattern.charAt(i);
      if (next >= '1' && next <= '9') return true;
    } else if (inClass) {
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
    } else if (character === '(') {
      if (pattern.charAt(i + 1) === '?' && pattern.charAt(i + 2) !== ':') return true;
      groups.push(false);
    } else if (character === ')') {
      closed = groups.pop() ?? false;
      if (closed && groups.length > 0) groups[groups.length - 1] = true;
    } else if (character === '|') {
      if (groups.length > 0) groups[groups.length - 1] = true;
    } else if (character === '*' || character === '+' || character === '{') {
      if (wasClosed) return true;
      unbounded += 1;
      if (groups.length > 0) groups[groups.length - 1] = true;
    }
  }
  // Without an anchor the search starts over at each character, which is one repetition more.
  return unbounded > (pattern.startsWith('^') ? MAX_UNBOUNDED : MAX_UNBOUNDED - 1);
}

/**
 * An `N:` field as the source of a JavaScript expression over a path, or null if it cannot be read or could run away.
 * get_maintainer.pl uses Perl's `/x`: blanks in the pattern mean nothing and `#` starts a remark.
 */
export function readPathRegex(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return null;
  const source = pattern.split('#')[0]?.replaceAll(' ', '').replaceAll('\t', '') ?? '';
  if (source === '' || mayExplode(source)) return null;
  try {
    return new RegExp(source).source;
  } catch {
    return null;
  }
}

/** Expressions of many entries, tried together: most paths match none of them, and one joined expression finds that ten times faster. */
export function createPathRegexes(
  expressions: readonly { readonly entry: number; readonly source: string }[],
): (path: string) => readonly number[] {
  if (expressions.length === 0) return () => [];
  const any = new RegExp(expressions.map(({ source }) => `(?:${source})`).join('|'));
  const each = expressions.map(({ entry, source }) => ({ entry, regex: new RegExp(source) }));
  return (path) => {
    if (path.length > MAX_REGEX_PATH || !any.test(path)) return [];
    return each.filter(({ regex }) => regex.test(path)).map(({ entry }) => entry);
  };
}
