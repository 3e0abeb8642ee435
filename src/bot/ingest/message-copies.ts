import type { MailOrigin, PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { PostingFacts } from '../../digest/series/posting-facts.js';

/** One of several mails under one Message-ID, as the rule for the one to show compares them. */
export interface MailCopy {
  readonly contentHash: string;
  readonly copyHash: Uint8Array;
  readonly received: string | null;
  /** The file ended in its middle. */
  readonly isCut: boolean;
}

/** What a source says of a mail that it could not give whole. */
const CUT: ReadonlySet<string> = new Set(['truncated', 'gzip-damaged', 'too-large']);

export function isCut(problems: MailOrigin['problems']): boolean {
  return problems.some(({ code }) => CUT.has(code));
}

export function copyOf({ contentHash, copyHash, received, source }: PreparedMail): MailCopy {
  return { contentHash, copyHash, received, isCut: isCut(source.problems) };
}

/**
 * Which of several mails under one Message-ID is shown: a whole one before one that was cut, as it says more, whenever it came; then the one that a list
 * received first, so that a mail cannot be replaced by sending another under its id; those without a time come last; then by
 * hash. The choice does not depend on the order in which they arrived.
 */
export function compareCopies(a: MailCopy, b: MailCopy): number {
  if (a.isCut !== b.isCut) return a.isCut ? 1 : -1;
  if (a.received !== b.received) {
    if (a.received === null) return 1;
    if (b.received === null) return -1;
    return a.received < b.received ? -1 : 1;
  }
  if (a.contentHash !== b.contentHash) return a.contentHash < b.contentHash ? -1 : 1;
  return Buffer.compare(a.copyHash, b.copyHash);
}

/** '' if no list is known. */
export function listsOfCopy({ lists }: PreparedMail): readonly string[] {
  return lists.length === 0 ? [''] : [...new Set(lists)];
}

/**
 * PostingFacts with the lists of all copies of the message, those of the copy that it was read from (`own`) first, as it named
 * them. Replies have nothing displayed of them; their lists are in `copy`.
 */
export function withAllLists(posting: string, own: readonly string[], all: Iterable<string>): string {
  const others = [...all].filter((list) => list !== '' && !own.includes(list)).sort();
  return JSON.stringify({ ...(JSON.parse(posting) as PostingFacts), lists: [...own, ...others] });
}
