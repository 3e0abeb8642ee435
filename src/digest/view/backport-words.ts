import { readReleaseTags } from '../mail/subject/release-tags.js';
import type { BackportRecord, Named } from '../series/record.js';
import { shorten } from '../text/inert.js';

/** How many branches are named; a fix goes to about eight. */
const MOST_BRANCHES = 8;

/** `for 6.12.y, 6.6.y`; `backport` if it does not say where to. */
export function branchesText({ branches }: Pick<BackportRecord, 'branches'>): string {
  if (branches.length === 0) return 'backport';
  const more = branches.length - MOST_BRANCHES;
  return `for ${branches.slice(0, MOST_BRANCHES).join(', ')}${more > 0 ? ` +${more}` : ''}`;
}

/** The tags of a backport in words: its branches in the place of `AUTOSEL` and `6.12`. Of other work, the tags as they are. */
export function tagsOf(
  prefixes: readonly string[],
  backport: Pick<BackportRecord, 'branches'> | undefined,
): readonly string[] {
  if (backport === undefined) return prefixes;
  return [...prefixes.filter((prefix) => readReleaseTags([prefix]) === null), branchesText(backport)];
}

/** Who sent a backport, where that is not its author; null if it is, and for other work. */
export function senderText(
  author: Named,
  backport: Pick<BackportRecord, 'sender'> | undefined,
): string | null {
  if (backport === undefined) return null;
  const { name, email } = backport.sender;
  return email === '' || email.toLowerCase() === author.email.toLowerCase()
    ? null
    : `sent by ${shorten(name || email, 80)}`;
}
