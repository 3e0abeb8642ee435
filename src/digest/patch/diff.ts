export interface DiffFile {
  /** The path after the change (the old one for a deletion), without `a/` and `b/`. */
  readonly path: string;
  readonly oldPath: string | null;
  readonly kind: 'modify' | 'add' | 'delete' | 'rename' | 'copy' | 'mode' | 'binary';
  readonly insertions: number;
  readonly deletions: number;
}

export interface Diff {
  readonly files: readonly DiffFile[];
  readonly insertions: number;
  readonly deletions: number;
  /** SHA-1 in hex, blind to line numbers and white space, like `git patch-id --stable`. null if nothing but names changed. */
  readonly patchId: string | null;
}
