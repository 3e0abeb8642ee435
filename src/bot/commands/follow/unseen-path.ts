import { nearest } from '../../../digest/follow/fields.js';
import type { Condition } from '../../../digest/follow/follow.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { takesEverything } from '../../../digest/subsystem/match-paths.js';
import { editDistance } from '../../../digest/text/edit-distance.js';

/**
 * A directory that nothing in MAINTAINERS is in or leads to, and those with a similar name; null if there is one, or if none is named
 * (`*.rs`), and without MAINTAINERS.
 */
export function unseenPath(
  glob: string,
  catalog: Catalog,
): { readonly message: string; readonly near: readonly Condition[] } | null {
  if (catalog.entries.length === 0) return null;
  const parts = glob.split('/');
  const wildcard = parts.findIndex((part) => /[*?[]/.test(part));
  // The last part may be a file, which can be new.
  const named = parts.slice(0, wildcard < 0 ? -1 : wildcard).filter((part) => part !== '');
  const directories = directoriesOf(catalog);
  for (const [at, part] of named.entries()) {
    const directory = named.slice(0, at + 1).join('/');
    if (directories.has(directory)) continue;
    const above = named.slice(0, at).join('/');
    const near = alike(part, [...(directories.get(above) ?? [])]);
    // Below a directory that an entry matches entirely there may be any other, so a typo is likely only if there is a similar one.
    if (near.length === 0 && isMaintained(directory, catalog)) continue;
    return {
      message: `MAINTAINERS has no ${directory}/.`,
      near: near.map((one) => ({
        kind: 'path',
        glob: [...parts.slice(0, at), one, ...parts.slice(at + 1)].join('/'),
      })),
    };
  }
  return null;
}

/** Short names are near to all others. */
function alike(part: string, beside: readonly string[]): string[] {
  const most = part.length < 5 ? 1 : 2;
  return nearest(part, beside).filter((one) => editDistance(part, one, most) <= most);
}

function isMaintained(directory: string, { entries, matchPath }: Catalog): boolean {
  return matchPath(`${directory}/any.c`).some(({ entry }) => {
    const there = entries[entry];
    return there !== undefined && !takesEverything(there);
  });
}

/** Each directory that a pattern of MAINTAINERS names, with those in it. */
function directoriesOf({ entries }: Catalog): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { files } of entries)
    for (const file of files) {
      const parts = file.split('/');
      const isDirectory = parts.at(-1) === '';
      const named = parts.slice(0, -1).filter((part) => !/[*?[]/.test(part));
      for (const [i, part] of named.entries()) {
        const above = named.slice(0, i).join('/');
        found.set(above, (found.get(above) ?? new Set()).add(part));
      }
      const whole = named.join('/');
      if (isDirectory && !found.has(whole)) found.set(whole, new Set());
    }
  return found;
}
