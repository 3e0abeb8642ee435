const MAX_PATTERN = 200;
const MAX_UNBOUNDED = 3;
/** Kernel paths stay under 150 characters; a longer one is not tried against expressions, which keeps the worst case small. */
export const MAX_REGEX_PATH = 255;

/** True where a group that repeats holds a repetition or a choice, or where too many repetitions follow each other: what makes a search explode. */
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
  // Without an anchor the search starts anew at each character, which is one repetition more.
  return unbounded > (pattern.startsWith('^') ? MAX_UNBOUNDED : MAX_UNBOUNDED - 1);
}

/**
 * An `N:` field as a test over a path, or null where JavaScript cannot read it or where it could run away. get_maintainer.pl
 * uses Perl's `/x`: blanks in the pattern mean nothing and `#` starts a remark.
 */
export function compilePathRegex(pattern: string): ((path: string) => boolean) | null {
  if (pattern.length > MAX_PATTERN) return null;
  const source = pattern.split('#')[0]?.replaceAll(' ', '').replaceAll('\t', '') ?? '';
  if (source === '') return null;
  if (/^[A-Za-z0-9/_-]+$/.test(source)) return (path) => path.includes(source);
  if (mayExplode(source)) return null;
  try {
    const regex = new RegExp(source);
    return (path) => path.length <= MAX_REGEX_PATH && regex.test(path);
  } catch {
    return null;
  }
}
