import { existsSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Store } from '../adapters/store/store.js';
import { PACKAGE_ROOT } from './package-root.js';

/** The example mail that ships with covernote, and the MAINTAINERS that goes with it. */
export const EXAMPLES_MAIL = join(PACKAGE_ROOT, 'examples/mail');
export const EXAMPLES_MAINTAINERS = join(PACKAGE_ROOT, 'examples/MAINTAINERS');

const EXAMPLES = join(PACKAGE_ROOT, 'examples');
const MARK = 'demo';

/** Whether the database was made for the examples and holds nothing else. */
export async function isDemo(store: Store): Promise<boolean> {
  return (await store.markOf(MARK)) !== null;
}

/** Gives an empty database to the examples; true where it is theirs. */
export async function claimForDemo(store: Store): Promise<boolean> {
  if (await isDemo(store)) return true;
  if ((await store.counts()).messages > 0) return false;
  await store.mark(MARK, '1');
  return true;
}

/** Whether a source is the examples, or a part of them. */
export function isExample(source: string): boolean {
  if (!existsSync(source) || !existsSync(EXAMPLES)) return false;
  const path = realpathSync(source);
  const examples = realpathSync(EXAMPLES);
  return path === examples || path.startsWith(examples + sep);
}
