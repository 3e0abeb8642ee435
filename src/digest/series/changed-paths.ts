import type { Revision } from '../revision/revision.js';
import type { PostingFacts } from './posting-facts.js';

const MAX_PATHS = 2000;

/**
 * The paths that any revision touches with their changed lines, those of the latest revision that knows them. Diffs are most reliable; a
 * diffstat is used if no patch is here. The most changed come first, then by name.
 */
export function changedPaths(
  revisions: readonly Revision[],
  messages: ReadonlyMap<string, PostingFacts>,
): { path: string; changes: number }[] {
  const found = new Map<string, number>();
  for (const revision of revisions) {
    for (const [path, changes] of pathsOf(revision, messages)) found.set(path, changes);
  }
  return [...found]
    .map(([path, changes]) => ({ path, changes }))
    .sort((a, b) => b.changes - a.changes || (a.path < b.path ? -1 : 1))
    .slice(0, MAX_PATHS);
}

function pathsOf(revision: Revision, messages: ReadonlyMap<string, PostingFacts>): Map<string, number> {
  const changed = new Map<string, number>();
  const add = (path: string, lines: number) => changed.set(path, (changed.get(path) ?? 0) + lines);
  for (const id of revision.members) {
    for (const file of messages.get(id)?.diff?.files ?? []) {
      add(file.path, file.insertions + file.deletions);
      if (file.oldPath !== null) add(file.oldPath, 0);
    }
  }
  if (changed.size > 0) return changed;
  for (const id of revision.members) {
    for (const row of messages.get(id)?.letter?.diffstat?.rows ?? []) add(row.path, row.changes ?? 0);
  }
  return changed;
}
