import { z } from 'zod';
import type { Store } from '../../adapters/store/store.js';

/** What the person at this terminal follows, as typed. */
export interface LocalFollows {
  readonly list: () => Promise<readonly string[]>;
  /** False where it was followed already. */
  readonly add: (text: string) => Promise<boolean>;
  /** False where it was not followed. */
  readonly remove: (text: string) => Promise<boolean>;
}

const NAME = 'local-follows';
const storedSchema = z.array(z.string());

/** Follows of the terminal, kept in the database so that they are there next time. */
export function localFollows(store: Store): LocalFollows {
  const list = async () => {
    const stored = await store.markOf(NAME);
    return stored === null ? [] : storedSchema.parse(JSON.parse(stored));
  };
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  return {
    list,
    async add(text) {
      const all = await list();
      if (all.some((one) => same(one, text))) return false;
      await store.mark(NAME, JSON.stringify([...all, text.trim()]));
      return true;
    },
    async remove(text) {
      const all = await list();
      const left = all.filter((one) => !same(one, text));
      if (left.length === all.length) return false;
      await store.mark(NAME, JSON.stringify(left));
      return true;
    },
  };
}
