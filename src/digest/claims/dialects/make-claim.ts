import type { Address } from '../../mail/mail.js';
import type { ClaimSays, ClaimSource, StateClaim } from '../claim.js';

/** What a dialect found; everything else has a default: no tree, no branch, everything that the mail answers. */
export function claim(
  source: ClaimSource,
  says: ClaimSays,
  by: Address,
  confidence: number,
  quote: string,
  rest: Partial<StateClaim> = {},
): StateClaim {
  return {
    says,
    source,
    by,
    tree: null,
    branch: null,
    patches: [],
    confidence,
    quote: clip(quote),
    ...rest,
  };
}

/** A sentence as people read it in one line: white space collapsed, at most 160 characters, cut between words. */
function clip(text: string): string {
  const line = text.split(/\s/).filter(Boolean).join(' ');
  if (line.length <= 160) return line;
  const cut = line.lastIndexOf(' ', 158);
  return `${line.slice(0, cut > 80 ? cut : 158)} …`;
}
