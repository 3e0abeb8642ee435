import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import { describeFollow } from '../../../digest/follow/describe-follow.js';
import type { Follow } from '../../../digest/follow/follow.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { BotServices } from '../context.js';

const MOST_NAMED = 4;

type Services = Pick<BotServices, 'library'>;

/** A follow in words; one of a single series by its title, where it is here. */
export async function followText({ library }: Services, tree: Follow): Promise<string> {
  const { where } = tree;
  if (where.kind === 'series' && where.query.includes('@')) {
    const series = await library.store.seriesByMessage(where.query);
    if (series !== null) return `the series “${shorten(oneLine(series.title), 120)}”`;
  }
  return shorten(describeFollow(tree, library.catalog), 300);
}

/** `series of kvm; series of mm`, and how many more. */
export async function followsText(
  services: Services,
  follows: readonly { readonly tree: Follow }[],
): Promise<string> {
  const named = await Promise.all(follows.slice(0, MOST_NAMED).map(({ tree }) => followText(services, tree)));
  const more = follows.length - named.length;
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** A follow in a list to choose from: its words, and who set it. */
export function followOption(follow: StoredFollow): { value: string; label: string; describes: string } {
  return {
    value: String(follow.id),
    label: follow.words,
    describes: `set by ${follow.madeByName || 'someone'}`,
  };
}
