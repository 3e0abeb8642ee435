import { linksIn, messageIdOf } from '../../letter/link.js';
import type { Address } from '../../mail/mail.js';
import type { ClaimedPatch } from '../claim.js';

/**
 * The patch that a notice of one patch is about: title, author, and the mail it was posted in, from a `Link:` in the
 * commit message that the notice holds (`https://lore.kernel.org/r/<id>`).
 */
export function namedPatch(
  lines: readonly string[],
  title: string,
  author: Address | null,
  commit: string | null = null,
): ClaimedPatch {
  const messageId = postedIn(lines);
  return {
    index: null,
    title,
    commit,
    ...(author === null ? {} : { author }),
    ...(messageId === null ? {} : { messageId }),
  };
}

/** The last `Link:` that leads to a mail: earlier ones are reports and discussions, git appends the posting's. */
function postedIn(lines: readonly string[]): string | null {
  const found = lines
    .filter((line) => line.trimStart().slice(0, 5).toLowerCase() === 'link:')
    .flatMap((line) => linksIn(line).map(messageIdOf));
  return found.findLast((id) => id !== null) ?? null;
}

/** `Name <address>`; null if there is no address. */
export function readAddress(text: string | null): Address | null {
  const open = text?.indexOf('<') ?? -1;
  const shut = text?.indexOf('>', open) ?? -1;
  if (text === null || open < 0 || shut < 0) return null;
  return { name: text.slice(0, open).trim().replace(/^"|"$/g, ''), email: text.slice(open + 1, shut).trim() };
}

/** The author of the patch that follows in the notice: its own `From:` line. */
export function readFrom(lines: readonly string[]): Address | null {
  return readAddress(lines.find((line) => line.startsWith('From: '))?.slice(6) ?? null);
}
