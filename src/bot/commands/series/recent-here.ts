import type { RecentOf } from '../../../adapters/store/series-reader.js';
import type { Condition, Where } from '../../../digest/follow/follow.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { type BotServices, chatOf } from '../context.js';

const MOST_FOLLOWED = 7;
const MOST = 10;

/** Series that were active lately: of what a place follows, and others. */
export interface RecentHere {
  readonly followed: readonly SeriesRecord[];
  readonly others: readonly SeriesRecord[];
}

export async function recentHere(services: BotServices, place: Address): Promise<RecentHere> {
  const { store } = services.library;
  const chat = chatOf(services);
  const destination = await chat.destinations.byAddress(place);
  const follows = destination === null ? [] : await chat.follows.of(destination.id);
  const of = indexed(follows.flatMap(({ tree }) => conditionsOf(tree.where)));
  const followed = of === null ? [] : (await store.recent(of, MOST_FOLLOWED)).map((hit) => hit.series);
  const known = new Set(followed.map(({ id }) => id));
  const recent = (await store.recent(null, MOST)).map((hit) => hit.series);
  return { followed, others: recent.filter(({ id }) => !known.has(id)).slice(0, MOST - followed.length) };
}

/** What a follow asks for, leaving aside what narrows it: the list is a reminder, not a digest. */
function conditionsOf(where: Where): Condition[] {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.terms.flatMap(conditionsOf);
    case 'not':
      return [];
    default:
      return [where];
  }
}

const MOST_VALUES = 20;

function indexed(conditions: readonly Condition[]): RecentOf | null {
  const of: { [K in keyof RecentOf]: string[] } = { subsystems: [], lists: [], authors: [] };
  for (const one of conditions) {
    if (one.kind === 'subsystem' || one.kind === 'touches') of.subsystems.push(one.slug);
    else if (one.kind === 'list') of.lists.push(one.list);
    else if (one.kind === 'author') of.authors.push(one.who);
  }
  const bounded = {
    subsystems: of.subsystems.slice(0, MOST_VALUES),
    lists: of.lists.slice(0, MOST_VALUES),
    authors: of.authors.slice(0, MOST_VALUES),
  };
  return Object.values(bounded).every((values) => values.length === 0) ? null : bounded;
}
