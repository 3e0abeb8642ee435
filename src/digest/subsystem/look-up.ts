import type { Catalog } from './catalog.js';
import { isEverybodysList, listSlug, looksLikeList } from './list-address.js';
import type { Subsystem } from './subsystem.js';

/** The subsystem that a word names exactly: slug, alias, list address or its part before the `@`; null if none does. */
export function resolveSubsystem(catalog: Catalog, word: string): Subsystem | null {
  const key = word.trim().toLowerCase();
  const slug = catalog.bySlug.has(key) ? key : catalog.byAlias.get(key);
  return slug === undefined ? null : (catalog.bySlug.get(slug) ?? null);
}

/** RFC 5321: 64 for the mailbox, 255 for the host. */
const MAX_ADDRESS = 320;

/**
 * The subsystem of a list: by its address, else by the part before the `@` if the list moved to another host
 * (`kvmarm@lists.cs.columbia.edu`); null for lists that everything is sent to, and for people.
 */
export function subsystemOfList(catalog: Catalog, address: string): Subsystem | null {
  const key = address.toLowerCase();
  if (isEverybodysList(key)) return null;
  const slug = catalog.byList.get(key);
  if (slug !== undefined) return catalog.bySlug.get(slug) ?? null;
  if (key.length > MAX_ADDRESS || !looksLikeList(key)) return null;
  const local = key.slice(0, key.indexOf('@') + 1);
  const moved = catalog.subsystems.find(({ lists }) => lists.some((list) => list.startsWith(local)));
  return moved ?? null;
}

/** A subsystem known only from a mail's list: nothing but the address is known. */
export function unknownList(address: string): Subsystem {
  const slug = listSlug(address.toLowerCase());
  return { slug, name: slug, parent: null, lists: [address.toLowerCase()], entries: [], aliases: [] };
}

const PREFIX_LENGTH = 60;

/** The words before colons at the head of a title: `KVM: x86/mmu: fix` → `['kvm', 'x86/mmu']`. */
export function titlePrefixes(title: string): string[] {
  const parts: string[] = [];
  let rest = title.slice(0, 300).trim().toLowerCase();
  while (parts.length < 4) {
    const colon = rest.indexOf(':');
    if (colon <= 0 || colon > PREFIX_LENGTH) break;
    const part = rest.slice(0, colon).trim();
    if (part.split(' ').length > 3) break;
    parts.push(part);
    rest = rest.slice(colon + 1).trim();
  }
  return parts;
}

/** The subsystem that a title's or tag's word names: a slug or one of its aliases, but no child by its last part (`test`). */
export function resolvePrefix(catalog: Catalog, word: string): Subsystem | null {
  const found = resolveSubsystem(catalog, word);
  return found !== null && (found.slug === word || found.aliases.includes(word)) ? found : null;
}

/** What a prefix names: `mm/gup` the child if there is one, else `mm`; `arm64, mm` both. */
export function subsystemsOfPrefix(catalog: Catalog, prefix: string): Subsystem[] {
  const found: Subsystem[] = [];
  for (const word of prefix.split(/[,&;+]|\band\b/).map((part) => part.trim())) {
    if (word === '') continue;
    const whole = resolvePrefix(catalog, word);
    const slash = word.indexOf('/');
    const head = slash > 0 ? resolvePrefix(catalog, word.slice(0, slash)) : null;
    if (whole !== null) found.push(whole);
    else if (head !== null) found.push(head);
  }
  return found;
}

/** Common words that are aliases in a title's prefix (`swap: …`), but in a follow more likely mean themselves. */
const COMMON_WORDS = new Set(
  (
    'memory time power swap loop keys security trace module network clock bindings of audio graphics tip target led raid uart ' +
    'bio abi tcp udp tun mutex thermal'
  ).split(' '),
);

/** The subsystem that a typed word means: a slug, a list, or an alias that is not a common word; else null. */
export function resolveTypedWord(catalog: Catalog, word: string): Subsystem | null {
  const found = resolveSubsystem(catalog, word);
  if (found === null) return null;
  const key = word.trim().toLowerCase();
  if (key === found.slug) return found;
  return found.aliases.includes(key) && !COMMON_WORDS.has(key) ? found : null;
}

/** The subsystem whose name several words are: `memory management`; else null. */
export function resolveName(catalog: Catalog, words: readonly string[]): Subsystem | null {
  const name = words.join(' ').toLowerCase();
  const slug = words.length < 2 ? undefined : catalog.byAlias.get(name);
  return slug === undefined ? null : (catalog.bySlug.get(slug) ?? null);
}
