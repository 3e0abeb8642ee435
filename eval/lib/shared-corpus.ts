import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a file or folder in the corpora, which are next to the repository: `sharedPath('corpora/kvm-2020')`. */
export function sharedPath(name: string): string {
  return fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));
}

/** Ends the run with status 2 and a word of what is missing, unless every path is there. */
export function requireShared(...names: readonly string[]): void {
  for (const name of names) {
    const path = sharedPath(name);
    if (existsSync(path)) continue;
    process.stderr.write(
      `${path} is missing. This measurement reads the corpora in ../shared, which do not come with the repository: put that folder beside it.\n`,
    );
    process.exit(2);
  }
}
