import type { DiffFile } from './diff.js';

/** What hears the lines of a diff while it is read. */
export interface DiffListener {
  /** A header line or lines of a hunk, each with its end of line but the last; nothing for ''. */
  lines(text: string): void;
  /** The two blob ids of a binary file, which represent its content. */
  blobs(before: string, after: string): void;
  /** The end of one file as `git patch-id` counts it. */
  endFile(): void;
  /** A hunk begins; the header line as written. */
  hunk(header: string): void;
  /** A file ends: what it was. */
  closed(file: DiffFile): void;
}
