import { z } from 'zod';
import type { Store } from '../../adapters/store/store.js';
import { formatFollow } from '../../digest/follow/format-follow.js';
import { type Follow, followSchema } from '../../digest/follow/types.js';

/** What the person at this terminal follows. */
export interface LocalFollows {
  /** In the words of the follow grammar. */
  readonly list: () => Promise<readonly string[]>;
  /** False where it was followed already. */
  readonly add: (follow: Follow) => Promise<boolean>;
  /** False where it was not followed. */
  readonly remove: (follow: Follow) => Promise<boolean>;
}

const NAME = 'local-follows';

/** Follows of the terminal, kept in the database as the trees that they were read into. */
export function localFollows(store: Store): LocalFollows {
  const stored = async (): Promise<readonly Follow[]> => {
    const mark = await store.markOf(NAME);
    if (mark === null) return [];
    // One that an older version wrote and this one cannot read is left out, not the others.
    return z
      .array(z.unknown())
      .parse(JSON.parse(mark))
      .flatMap((one) => {
        const read = followSchema.safeParse(one);
        return read.success ? [read.data] : [];
      });
  };
  const keep = (follows: readonly Follow[]) => store.mark(NAME, JSON.stringify(follows));
  const same = (a: Follow, b: Follow) => formatFollow(a) === formatFollow(b);
  return {
    list: async () => (await stored()).map(formatFollow),
    async add(follow) {
      const all = await stored();
      if (all.some((one) => same(one, follow))) return false;
      await keep([...all, follow]);
      return true;
    },
    async remove(follow) {
      const all = await stored();
      const left = all.filter((one) => !same(one, follow));
      if (left.length === all.length) return false;
      await keep(left);
      return true;
    },
  };
}
