import { compileComponentGlob } from '../subsystem/glob.js';
import { starMatch } from '../text/star-match.js';

export type PathGlob = (path: string) => boolean;

type Segment = '**' | ((component: string) => boolean);

const hasWildcard = (text: string): boolean => text.includes('*') || text.includes('?') || text.includes('[');

function segmentsMatch(segments: readonly Segment[], components: readonly string[]): boolean {
  const pattern = {
    places: segments.length,
    isStar: (place: number) => segments[place] === '**',
    matches: (place: number, at: number) => {
      const segment = segments[place];
      return typeof segment === 'function' && segment(components[at] ?? '');
    },
  };
  return starMatch(pattern, components.length);
}

/**
 * A glob of a follow: `*` and `?` stay within a directory, `**` crosses them. A name that ends without a wildcard also matches everything
 * beneath it (`mm`, `arch/x86/kvm/`), and one without a slash also a file of that name anywhere (`Kconfig`, `*.rs`). A path that git
 * shortened (`.../kvm/mmu.c`) matches if two of its directories are at the end of the glob's.
 */
export function compilePathGlob(glob: string): PathGlob {
  const parts = glob
    .split('/')
    .filter((part, index, all) => part !== '' || (index > 0 && index < all.length - 1));
  const last = parts.at(-1) ?? '';
  const anywhere = parts.length === 1 && last !== '**' && !glob.endsWith('/');
  const segments: Segment[] = parts.map((part) => (part === '**' ? part : compileComponentGlob(part)));
  const beneath = !hasWildcard(last) || glob.endsWith('/');
  const base = parts.findIndex(hasWildcard);
  const directories = base < 0 ? parts : parts.slice(0, base);
  return (path) => {
    const components = path.split('/');
    if (components[0] === '...')
      return endsWithTail(directories, components.slice(1, -1)) || basename(segments, anywhere, components);
    if (segmentsMatch(segments, components)) return true;
    if (beneath && segmentsMatch([...segments, '**'], components)) return true;
    return basename(segments, anywhere, components);
  };
}

function basename(segments: readonly Segment[], anywhere: boolean, components: readonly string[]): boolean {
  return anywhere && segmentsMatch(segments, components.slice(-1));
}

function endsWithTail(directories: readonly string[], tail: readonly string[]): boolean {
  for (let length = Math.min(directories.length, tail.length); length >= 2; length -= 1) {
    const end = directories.slice(-length);
    if (end.every((component, index) => component === tail[index])) return true;
  }
  return false;
}
