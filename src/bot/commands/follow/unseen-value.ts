import { conditionsOf } from '../../../digest/follow/conditions.js';
import type { Condition, Follow } from '../../../digest/follow/follow.js';
import type { Address } from '../../../digest/mail/mail.js';
import { NO_FILTERS, plainSearch } from '../../../digest/search/search-query.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { catchAllList } from '../../../digest/subsystem/list-address.js';
import { editDistance } from '../../../digest/text/edit-distance.js';
import type { Library } from '../../library.js';
import { unseenPath } from './unseen-path.js';

/** A value that may well come tomorrow, and that neither MAINTAINERS nor the mail here has: perhaps it was spelled otherwise. */
export interface UnseenValue {
  readonly condition: Condition;
  /** A sentence. */
  readonly message: string;
  /** Values that are known and nearly the same. */
  readonly near: readonly Condition[];
}

const MOST_NEAR = 2;
const MOST_SERIES = 20;

/** The first such value of a follow; null if all of them are known. */
export async function unseenValue({ where }: Follow, library: Library): Promise<UnseenValue | null> {
  for (const condition of conditionsOf(where)) {
    const found = await unseen(condition, library);
    if (found !== null) return { condition, ...found };
  }
  return null;
}

type Found = Omit<UnseenValue, 'condition'>;

async function unseen(condition: Condition, library: Library): Promise<Found | null> {
  switch (condition.kind) {
    case 'list':
      return unseenList(condition.list, library);
    case 'author':
    case 'maintainer':
    case 'to':
      return unseenPerson(condition, library);
    case 'path':
      return unseenPath(condition.glob, library.catalog);
    default:
      return null;
  }
}

async function unseenList(list: string, { catalog, store }: Library): Promise<Found | null> {
  if (catalog.byList.has(list) || catchAllList(list) !== null) return null;
  const filters = { ...NO_FILTERS, lists: [[list]] };
  if ((await store.search({ text: '', filters }, 1)).length > 0) return null;
  const near = nearest(list, [...catalog.byList.keys()], (address) => [address, address.split('@')[0] ?? '']);
  return {
    message: `No mail here was sent to a list ${list}, and MAINTAINERS has none of that name.`,
    near: near.map((address) => ({ kind: 'list', list: address })),
  };
}

async function unseenPerson(
  condition: Extract<Condition, { kind: 'author' | 'to' | 'maintainer' }>,
  { catalog, store }: Library,
): Promise<Found | null> {
  const { kind, who } = condition;
  const maintainers = peopleOf(catalog);
  if (maintainers.some((person) => isKnownAs(person, who))) return null;
  if (kind === 'maintainer' && catalog.entries.length === 0) return null;
  if (kind === 'to' && [...catalog.byList.keys()].some((list) => list.startsWith(`${who}@`) || list === who))
    return null;
  const words = who.replaceAll('@', ' ');
  const hits = await store.search(plainSearch(words), MOST_SERIES);
  const authors = hits.flatMap(({ series }) => [series.author, ...series.authors]);
  const known = kind === 'maintainer' ? maintainers : [...maintainers, ...authors];
  if (known.some((person) => isKnownAs(person, who))) return null;
  const near = nearest(who, [...new Set(known.flatMap(spellings))], (one) => [one]);
  return {
    message:
      kind === 'maintainer'
        ? `MAINTAINERS names no ${who}.`
        : `No ${kind === 'author' ? 'author' : 'maintainer or author'} here is known as ${who}.`,
    near: near.filter((one) => kind !== 'to' || !one.includes(' ')).map((one) => ({ kind, who: one })),
  };
}

/** As a follow compares them. */
function isKnownAs({ name, email }: Address, who: string): boolean {
  return `${name} ${email}`.toLowerCase().includes(who);
}

function spellings({ name, email }: Address): string[] {
  const words = name.toLowerCase().split(/\s+/);
  return [email.toLowerCase(), name.toLowerCase(), ...words].filter((one) => one.length > 2);
}

function peopleOf({ entries }: Catalog): Address[] {
  return entries.flatMap(({ maintainers, reviewers }) => [...maintainers, ...reviewers]);
}

/** Those that are a slip or two away in one of their spellings, the nearest first. */
function nearest(
  typed: string,
  known: readonly string[],
  spelled: (one: string) => readonly string[],
): string[] {
  const most = typed.length < 6 ? 1 : 2;
  const scored = known.map((one) => ({
    one,
    distance: Math.min(...spelled(one).map((text) => editDistance(typed, text, most))),
  }));
  const near = scored.filter(({ distance }) => distance > 0 && distance <= most);
  near.sort((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1));
  return near.slice(0, MOST_NEAR).map(({ one }) => one);
}
