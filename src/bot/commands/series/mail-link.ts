import { words } from '../../../digest/text/words.js';

/** A link or a Message-ID, and not an author's address: those have no other words or a mail's look. */
export function namesAMail(query: string): boolean {
  if (query.includes('://') || query.startsWith('<')) return true;
  const [local = '', ...host] = query.split('@');
  return host.length > 0 && !/\s/.test(query) && /\d{4}/.test(local);
}

/** Path segments before a Message-ID, in links of archives and trackers, that are not lists. */
const NO_LISTS: ReadonlySet<string> = new Set(words('r all patch cover mid message msgid id'));
const LIST = /^[A-Za-z0-9_][\w.-]{0,99}$/;

/** The list that a link to a mail names: `kvm` of `https://lore.kernel.org/kvm/ID/T/`; null if it names none. */
export function listInLink(query: string): string | null {
  for (const word of query.slice(0, 4_000).split(/\s+/)) {
    const from = word.indexOf('://');
    if (from < 0) continue;
    // The host is the first of them.
    const pieces = word.slice(from + 3).split('/');
    const at = pieces.findIndex((piece) => piece.includes('@') || /%40/i.test(piece));
    const list = at < 2 ? undefined : pieces[at - 1];
    if (list !== undefined && LIST.test(list) && !NO_LISTS.has(list.toLowerCase())) return list;
  }
  return null;
}
