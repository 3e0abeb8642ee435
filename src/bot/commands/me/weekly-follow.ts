import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import { parseFollow } from '../../../digest/follow/parse-follow.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { toWant, type Want } from '../follow/read-want.js';

/** Whose work concerns a person: what they look after, are sent, sent themselves, and reviewed. */
const KEYS = ['maintainer', 'to', 'author', 'reviewed'] as const;

/** The follow of the weekly digest of what waits, among those of a person; null if it is not set. */
export function weeklyFollow(follows: readonly StoredFollow[]): StoredFollow | null {
  return follows.find(({ words }) => isOfPerson(words)) ?? null;
}

/** null if it would be longer than a follow may be. */
export function weeklyWant(emails: readonly string[], catalog: Catalog): Want | null {
  const text = KEYS.flatMap((key) => emails.map((email) => `${key}:${email}`)).join(' OR ');
  const parsed = parseFollow(text, catalog);
  return parsed.ok ? toWant(parsed.follow) : null;
}

/** Whether the text of a follow is that follow, for any addresses. */
export function isOfPerson(words: string): boolean {
  const keys = words
    .split(' OR ')
    .map((one) => KEYS.find((key) => one.startsWith(`${key}:`) && !/\s/.test(one)) ?? null);
  return KEYS.every((key) => keys.includes(key)) && !keys.includes(null);
}
