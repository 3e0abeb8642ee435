import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import { describeFollow } from '../../../digest/follow/describe-follow.js';
import type { Follow } from '../../../digest/follow/follow.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { BotServices } from '../context.js';

const MOST_NAMED = 4;

type Services = Pick<BotServices, 'library'>;

/** A follow in words; one of a single series by its title, where it is here. */
export async function followText(services: Services, tree: Follow): Promise<string> {
  return (await titleText(services, tree)) ?? shorten(describeFollow(tree, services.library.catalog), 300);
}

/** `the series “mm/gup: …”`, for a follow of one that is here by a message of it: no one recognizes a Message-ID. */
async function titleText({ library }: Services, { where }: Follow): Promise<string | null> {
  if (where.kind !== 'series' || !where.query.includes('@')) return null;
  const series = await library.store.seriesByMessage(where.query);
  return series === null ? null : `the series “${shorten(oneLine(series.title), 120)}”`;
}

/** A follow as a row: its words, as they are typed, and what they mean; of one series its title alone. */
export async function followRow(
  services: Services,
  { words, tree }: Pick<StoredFollow, 'words' | 'tree'>,
): Promise<{ readonly words: string | null; readonly text: string }> {
  const title = await titleText(services, tree);
  return title === null
    ? { words, text: shorten(describeFollow(tree, services.library.catalog), 300) }
    : { words: null, text: title };
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

/** A follow in a list to choose from: its words, or the title of the one series, and who set it. */
export async function followOption(
  services: Services,
  follow: StoredFollow,
): Promise<{ value: string; label: string; describes: string }> {
  const { words, text } = await followRow(services, follow);
  return {
    value: String(follow.id),
    label: words ?? text,
    describes: `set by ${follow.madeByName || 'someone'}`,
  };
}
