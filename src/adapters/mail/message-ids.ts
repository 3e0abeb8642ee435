import type { Address } from '../../digest/mail/mail.js';
import { MAX_HEADER_ITEMS } from './limits.js';

/** Bytes of RFC 5322's longest line: an id beyond it is not a key but an attack on one, and longer than an index of PostgreSQL takes. */
const MAX_ID_BYTES = 998;

/** An id that can be a key: it has an `@`, no brackets, and a length that a line can have. */
function isUsable(id: string): boolean {
  return id.includes('@') && Buffer.byteLength(id) <= MAX_ID_BYTES && !id.includes('<') && !id.includes('>');
}

/**
 * The ids between angle brackets, in order, white space of folds inside them dropped. An opening
 * bracket within another begins over: `<a@example.org <b@example.org>` holds one id.
 */
function bracketed(value: string): string[] {
  const ids: string[] = [];
  let open = value.indexOf('<');
  while (open >= 0 && ids.length < MAX_HEADER_ITEMS) {
    const close = value.indexOf('>', open);
    if (close < 0) break;
    const start = value.lastIndexOf('<', close);
    const id = value.slice(start + 1, close);
    ids.push(/\s/.test(id) ? id.replace(/\s+/g, '') : id);
    open = value.indexOf('<', close);
  }
  return ids;
}

/**
 * The id of a Message-ID header, without brackets: the first that can be a key, ignoring comments next to it; the bare value if there are
 * no brackets. null if none can be a key (no `@`, or markup such as `<<script>…`).
 */
export function parseMessageId(value: string): string | null {
  const nested = value.indexOf('<', value.indexOf('<') + 1);
  const close = value.indexOf('>');
  // `<<script>alert(1)</script>@x>`: brackets inside the id, no piece of it is the id.
  if (nested >= 0 && nested < close) return null;
  const ids = bracketed(value);
  const usable = ids.find(isUsable);
  if (usable !== undefined || ids.length > 0) return usable ?? null;
  const bare = value.trim().split(/\s+/)[0] ?? '';
  return isUsable(bare) ? bare : null;
}

/**
 * The ids of References or In-Reply-To, in order, once each, those that join nothing left out: ids
 * without an `@` (`<yes>`, `y`), the mail's own id, and addresses of people it was written to
 * (`addresses`), which some mailers put there.
 */
export function parseReferences(
  values: readonly string[],
  ownId: string | null,
  addresses: readonly Address[],
): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    for (const id of value.includes('<') ? bracketed(value) : bareIds(value)) {
      if (!isUsable(id) || id === ownId || isAddress(id, addresses)) continue;
      ids.add(id);
    }
  }
  return [...ids];
}

function isAddress(id: string, addresses: readonly Address[]): boolean {
  return addresses.some(
    ({ email }) => email.length === id.length && email.toLowerCase() === id.toLowerCase(),
  );
}

/** Ids written without brackets; prose ("Your message of …") is not taken for ids. */
function bareIds(value: string): string[] {
  const tokens = value.trim().split(/\s+/).slice(0, MAX_HEADER_ITEMS);
  return tokens.every((token) => token.includes('@')) ? tokens : [];
}
