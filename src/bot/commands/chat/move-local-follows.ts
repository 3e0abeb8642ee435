import { z } from 'zod';
import { type Follow, followSchema } from '../../../digest/follow/follow.js';
import { formatFollow } from '../../../digest/follow/format-follow.js';
import { toIso } from '../../../digest/time/iso.js';
import type { Library } from '../../library.js';
import { localPlace } from './typed-chat.js';

/** Where the first version of the terminal chat stored what it followed: a list of trees. */
const MARK = 'local-follows';
const MOVED = '[]';

/** Moves what a terminal of the first version followed to where it is kept now, once; answers with how many follows that were. */
export async function moveLocalFollows({ store, config }: Library, nowMs: number): Promise<number> {
  const mark = await store.markOf(MARK);
  if (mark === null || mark === MOVED) return 0;
  const follows = readFollows(mark);
  const now = toIso(nowMs);
  const by = { madeBy: localPlace.address, madeByName: 'you', madeAt: now };
  const made = { name: '', zone: config.timeZone, setBy: by.madeBy, setByName: by.madeByName, madeAt: now };
  const { chat } = store;
  if (follows.length > 0) {
    const { id } = await chat.destinations.ensure(localPlace, made);
    // Adding what is there already changes nothing: cut off before the mark, it is done again.
    await chat.follows.add(
      id,
      follows.map((tree) => ({ tree, words: formatFollow(tree), ...by })),
    );
  }
  await store.mark(MARK, MOVED);
  return follows.length;
}

/** One that cannot be read any more is left out, not the others. */
function readFollows(mark: string): Follow[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(mark);
  } catch {
    return [];
  }
  const list = z.array(z.unknown()).safeParse(parsed);
  return (list.success ? list.data : []).flatMap((one) => {
    const read = followSchema.safeParse(one);
    return read.success ? [read.data] : [];
  });
}
