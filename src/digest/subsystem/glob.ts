import { starMatch } from '../text/star-match.js';

/** One place of a glob: a character that must be there, a test on it, or `*`. */
type Token = string | ((character: string) => boolean);

const STAR = '*';
const ANY = (): boolean => true;
const NOT_SLASH = (character: string): boolean => character !== '/';

/** `[ch]`, `[0-9]`, `[!a]`: the test and where it ends; null if the bracket is never closed, so it matches itself. */
function readClass(
  glob: string,
  start: number,
): { test: (character: string) => boolean; end: number } | null {
  const negated = glob[start + 1] === '!' || glob[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const end = glob.indexOf(']', first + 1);
  if (end < 0) return null;
  const members = new Set<string>();
  const ranges: [string, string][] = [];
  for (let i = first; i < end; i += 1) {
    if (glob[i + 1] === '-' && i + 2 < end) {
      ranges.push([glob.charAt(i), glob.charAt(i + 2)]);
      i += 2;
    } else members.add(glob.charAt(i));
  }
  const holds = (character: string): boolean =>
    members.has(character) || ranges.some(([low, high]) => character >= low && character <= high);
  return { test: (character) => holds(character) !== negated, end };
}

function tokenize(glob: string, any: (character: string) => boolean): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < glob.length; i += 1) {
    const character = glob.charAt(i);
    if (character === '*') {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
    } else if (character === '?') {
      tokens.push(any);
    } else if (character === '[') {
      const found = readClass(glob, i);
      if (found === null) tokens.push((other) => other === '[');
      else {
        tokens.push(found.test);
        i = found.end;
      }
    } else tokens.push(character);
  }
  return tokens;
}

function tokensMatch(tokens: readonly Token[], text: string, prefix: boolean): boolean {
  const pattern = {
    places: tokens.length,
    isStar: (place: number) => tokens[place] === STAR,
    matches: (place: number, at: number) => {
      const token = tokens[place];
      return typeof token === 'function' ? token(text.charAt(at)) : token === text.charAt(at);
    },
  };
  return starMatch(pattern, text.length, prefix);
}

/**
 * A glob as get_maintainer.pl reads it: `*` and `?` stand for any characters, slashes too, and the text may continue after the glob's end
 * (its expressions are anchored at the start alone).
 */
export function compilePrefixGlob(glob: string): (text: string) => boolean {
  const tokens = tokenize(glob, ANY);
  return (text) => tokensMatch(tokens, text, true);
}

/** A glob within one component of a path; the whole component must match. */
export function compileComponentGlob(glob: string): (component: string) => boolean {
  const tokens = tokenize(glob, NOT_SLASH);
  return (component) => tokensMatch(tokens, component, false);
}
