import type { ChangelogEntry, ShortlogEntry } from '../letter/letter.js';
import type { Address } from '../mail/mail.js';
import type { MessageKind } from '../message/message.js';

/**
 * Display facts of a mail that is part of a posting, in addition to what joining needs (`JoinFacts`): stored, and read again whenever its
 * series is described.
 */
export interface PostingFacts {
  readonly kind: MessageKind;
  readonly subject: {
    readonly title: string;
    readonly index: number | null;
    readonly total: number | null;
    /** Tagged as unfinished (`Subject.wip`); absent: no. */
    readonly wip?: boolean;
  };
  readonly author: Address;
  readonly lists: readonly string[];
  readonly recipients: readonly string[];
  readonly bot: boolean;
  /** null if the text holds none, and for patch 1 of 12: see `leadSummary` in read-posting.ts. */
  readonly summary: string | null;
  readonly letter: LetterFacts | null;
  readonly diff: {
    readonly files: readonly ChangedFile[];
    readonly insertions: number;
    readonly deletions: number;
  } | null;
}

export interface LetterFacts {
  /** Kept only if a summary may still be made from them; else empty. */
  readonly intro: string;
  readonly shortlog: readonly ShortlogEntry[];
  readonly changelog: readonly ChangelogEntry[];
  readonly diffstat: {
    readonly files: number;
    readonly insertions: number;
    readonly deletions: number;
    readonly rows: readonly { readonly path: string; readonly changes: number | null }[];
  } | null;
}

interface ChangedFile {
  readonly path: string;
  readonly oldPath: string | null;
  readonly insertions: number;
  readonly deletions: number;
}
