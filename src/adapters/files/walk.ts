import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A thing met on the way through a folder. `where` names it for people: the folder's name and the path below it. */
export type Visited =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly where: string;
      readonly size: number;
      /** It is in the `cur` or `new` of a Maildir: it was complete when it arrived there, and its name is never reused. */
      readonly isDelivered: boolean;
      readonly stats: Stats;
    }
  | {
      readonly kind: 'odd';
      readonly where: string;
      readonly what: 'unreadable' | 'special' | 'left-out';
      readonly detail: string;
    };

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/** Folders of a Maildir: those that hold mail; `tmp` holds half-written ones. `.Name` folders are Maildirs inside. */
function namesToVisit(names: readonly string[]): string[] {
  const isMaildir = names.includes('cur') && names.includes('new');
  const visited = isMaildir
    ? names.filter((name) => name === 'cur' || name === 'new' || (name.startsWith('.') && name.length > 1))
    : names.filter((name) => !name.startsWith('.'));
  return visited.sort();
}

/** `123.host:2,DS`: flags D (draft) and T (trashed) of a delivered mail; Windows writes `;2,` or `!2,`. What was not sent is not news. */
function isLeftOut(folder: string, name: string): boolean {
  return basename(folder) === 'cur' && /[:;!]2,[A-Za-z]{0,30}[DT]/.test(name.slice(-40));
}

/**
 * Visits the files under a folder in the order of their names, hidden ones left out, Maildirs
 * recognized by their `cur` and `new`. Holds no more than the names of the folders on the way. A
 * folder is visited once, however links lead to it.
 */
export async function* walk(folder: string): AsyncGenerator<Visited> {
  const { dev, ino } = await stat(folder);
  yield* visitFolder(folder, basename(folder), new Set([`${dev}:${ino}`]));
}

async function* visitFolder(path: string, where: string, seen: Set<string>): AsyncGenerator<Visited> {
  let names: string[];
  try {
    names = await readdir(path);
  } catch (error) {
    yield { kind: 'odd', where, what: 'unreadable', detail: `cannot be listed (${errorCode(error)})` };
    return;
  }
  const inMaildir = names.includes('cur') && names.includes('new');
  for (const name of namesToVisit(names)) {
    const [itsPath, itsWhere] = [join(path, name), `${where}/${name}`];
    let stats: Stats;
    try {
      stats = await stat(itsPath);
    } catch (error) {
      yield {
        kind: 'odd',
        where: itsWhere,
        what: 'unreadable',
        detail: `cannot be opened (${errorCode(error)})`,
      };
      continue;
    }
    if (stats.isDirectory()) {
      const id = `${stats.dev}:${stats.ino}`;
      if (seen.has(id)) continue;
      seen.add(id);
      yield* visitFolder(itsPath, itsWhere, seen);
    } else if (inMaildir && name.startsWith('.')) {
      // A hidden file next to cur and new: the mail server's own.
    } else if (isLeftOut(path, name)) {
      const detail = 'a draft, or deleted: its Maildir flags say so';
      yield { kind: 'odd', where: itsWhere, what: 'left-out', detail };
    } else if (stats.isFile()) {
      const isDelivered = basename(path) === 'cur' || basename(path) === 'new';
      yield { kind: 'file', path: itsPath, where: itsWhere, size: stats.size, isDelivered, stats };
    } else {
      yield {
        kind: 'odd',
        where: itsWhere,
        what: 'special',
        detail: 'found a pipe, socket or device; expected a file',
      };
    }
  }
}
