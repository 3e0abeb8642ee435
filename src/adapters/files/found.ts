import type { Problem } from '../../digest/mail/mail.js';

/** What a splitter finds in a file, in the file's order. */
export type Found =
  | { readonly kind: 'mail'; readonly raw: Uint8Array; readonly problems: readonly Problem[] }
  | { readonly kind: 'skipped'; readonly problem: Problem };

/**
 * Cuts one kind of file into mails. Chunks come in order and of any length; what is found depends
 * on the bytes alone, never on where chunks end.
 */
export interface Splitter {
  /** True if the file holds one mail after another, so that their number says which is meant. */
  readonly numbered: boolean;
  push(chunk: Buffer): readonly Found[];
  /** The input has ended. */
  end(): readonly Found[];
}
