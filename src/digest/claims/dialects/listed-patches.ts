import type { ClaimedPatch } from '../claim.js';
import { treeOfUrl } from '../name-tree.js';

/** The patches that a notice lists, and the tree that their links name. */
export interface PatchList {
  readonly patches: readonly ClaimedPatch[];
  readonly tree: string | null;
}

/**
 * Reads the lists of b4 ty and of patchwork-bot: a line that `entry` parses, its title possibly wrapped, then
 * a line with `commit: <sha>`, a link to the commit, or `(no commit info)` / `(no matching commit)`: the bot could
 * not match that one, which does not mean that it was dropped, so it stays in the list without a commit.
 */
export function readPatchList(
  lines: readonly string[],
  entry: (line: string) => { index: number | null; title: string } | null,
): PatchList {
  const patches: ClaimedPatch[] = [];
  let open: { index: number | null; title: string } | null = null;
  let tree: string | null = null;
  const close = (commit: string | null) => {
    if (open !== null) patches.push({ ...open, commit });
    open = null;
  };
  for (const line of lines) {
    const started = entry(line);
    const text = line.trim();
    if (started !== null) {
      close(null);
      open = started;
    } else if (open === null) {
    } else if (text === '' || text.startsWith('(no ')) {
      close(null);
    } else if (isCommit(text)) {
      if (text.includes('://')) tree ??= treeOfUrl(text);
      close(shaOf(text));
    } else if (/^\s/.test(line)) {
      open = { index: open.index, title: `${open.title} ${text}` };
    } else {
      close(null);
    }
  }
  close(null);
  return { patches, tree };
}

function isCommit(text: string): boolean {
  return text.startsWith('commit:') || text.startsWith('http') || /^[0-9a-f]{7,40}$/.test(text);
}

function shaOf(text: string): string | null {
  const last = text.split(/[\s/=]/).at(-1) ?? '';
  return /^[0-9a-f]{7,40}$/.test(last) ? last : null;
}
