import type { DiffFile } from './diff.js';
import type { DiffListener } from './diff-listener.js';
import { joinPlainPaths, type PathPair, readGitPaths, readHeaderPath, takeQuoted } from './paths.js';

/** What is known of the file that is being read. */
export interface OpenFile {
  readonly git: boolean;
  /** From `diff --git`. */
  readonly named: PathPair;
  /** From `---` and `+++`; undefined until such a line was met, null is /dev/null. */
  minus: string | null | undefined;
  plus: string | null | undefined;
  moved: { from: string; to: string; kind: 'rename' | 'copy' } | null;
  added: boolean;
  deleted: boolean;
  mode: boolean;
  binary: boolean;
  blobs: readonly [string, string];
  insertions: number;
  deletions: number;
  hunks: number;
}

/** Begins a file at the line that opens it: `diff --git`, `diff -u`, `Index:` or `---`. */
export function openFile(line: string): OpenFile {
  const combined = /^diff --(?:cc|combined) (.+)$/.exec(line)?.[1]?.trimEnd() ?? null;
  const git = combined !== null || line.startsWith('diff --git ');
  const path = combined?.startsWith('"') ? (takeQuoted(combined)?.path ?? combined) : combined;
  return {
    git,
    named:
      path !== null
        ? { before: path, after: path }
        : git
          ? readGitPaths(line.slice('diff --git '.length).trimEnd())
          : { before: null, after: null },
    minus: undefined,
    plus: undefined,
    moved: null,
    added: false,
    deleted: false,
    mode: false,
    binary: false,
    blobs: ['', ''],
    insertions: 0,
    deletions: 0,
    hunks: 0,
  };
}

/** Reads one line of a file's header; lines that are none (a signature, a footer) say nothing. */
export function readHeader(line: string, file: OpenFile, sum: DiffListener): void {
  if (file.binary) return;
  const after = (start: string) => line.slice(start.length).trimEnd();
  if (line.startsWith('--- ') && file.minus === undefined) file.minus = readHeaderPath(after('--- '));
  else if (line.startsWith('+++ ') && file.minus !== undefined) file.plus = readHeaderPath(after('+++ '));
  else if (line.startsWith('index ')) {
    const ids = /^index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})/.exec(line);
    if (ids !== null) file.blobs = [ids[1] ?? '', ids[2] ?? ''];
    return;
  } else if (line.startsWith('new file mode ')) file.added = true;
  else if (line.startsWith('deleted file mode ')) file.deleted = true;
  else if (line.startsWith('old mode ') || line.startsWith('new mode ')) file.mode = true;
  else if (line.startsWith('rename from '))
    file.moved = move(file, 'rename', readMoved(after('rename from ')), null);
  else if (line.startsWith('rename to '))
    file.moved = move(file, 'rename', null, readMoved(after('rename to ')));
  else if (line.startsWith('copy from '))
    file.moved = move(file, 'copy', readMoved(after('copy from ')), null);
  else if (line.startsWith('copy to ')) file.moved = move(file, 'copy', null, readMoved(after('copy to ')));
  else if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) {
    file.binary = true;
    sum.blobs(file.blobs[0], file.blobs[1]);
    sum.endFile();
    return;
  } else if (!/^(?:dis)?similarity index /.test(line)) return;
  // A plain diff's header carries a time stamp.
  sum.lines(file.git ? line : line.replace(/\t.*$/, ''));
}

function move(
  file: OpenFile,
  kind: 'rename' | 'copy',
  from: string | null,
  to: string | null,
): { from: string; to: string; kind: 'rename' | 'copy' } {
  return { kind, from: from ?? file.moved?.from ?? '', to: to ?? file.moved?.to ?? '' };
}

function readMoved(path: string): string {
  return path.startsWith('"') ? (takeQuoted(path)?.path ?? path) : path;
}

/** The file as it is known at its end; null if no path is known. */
export function toDiffFile(file: OpenFile): DiffFile | null {
  const paths = pathsOf(file);
  const path = paths.after ?? paths.before;
  if (path === null || path === '') return null;
  const added = file.added || file.minus === null;
  const deleted = file.deleted || file.plus === null;
  return {
    path,
    oldPath: added || paths.before === path ? null : paths.before,
    kind: kindOf(file, added, deleted),
    insertions: file.insertions,
    deletions: file.deletions,
  };
}

function kindOf(file: OpenFile, added: boolean, deleted: boolean): DiffFile['kind'] {
  if (file.binary) return 'binary';
  if (file.moved !== null) return file.moved.kind;
  if (added) return 'add';
  if (deleted) return 'delete';
  return file.mode && file.hunks === 0 ? 'mode' : 'modify';
}

function pathsOf(file: OpenFile): PathPair {
  if (file.moved !== null && file.moved.to !== '') return { before: file.moved.from, after: file.moved.to };
  const written = joinPlainPaths(file.minus ?? null, file.plus ?? null);
  if (file.minus === undefined || file.plus === undefined) return file.named;
  if (file.git && file.named.after !== null && written.after === null && written.before === null)
    return file.named;
  return written;
}
