import { UserError } from '../../digest/failure/failure.js';
import { compileFollow } from '../../digest/follow/matches-follow.js';
import type { PublicLibrary, ReadFollow } from '../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { answerDigest } from '../commands/digest/build.js';
import { readTypedWant } from '../commands/follow/read-want.js';
import type { Library } from '../library.js';

/** Public queries for follows, and for what is new in them. */
export function createPublicDigests(
  library: Library,
  asOfNow: (series: SeriesRecord) => SeriesRecord,
): Pick<PublicLibrary, 'readFollow' | 'digest' | 'heardOf'> {
  return {
    readFollow(typed): ReadFollow {
      const read = readTypedWant(typed, library.catalog);
      if (read.kind === 'problem') throw new UserError('usage', read.message, read.remedy);
      return read.want;
    },
    async digest({ follows, window, budget }) {
      const question = { follows: follows.map(({ tree }) => tree), window, budget };
      return (await answerDigest(library, question)).digest;
    },
    async heardOf({ tree }, window, limit) {
      const matches = compileFollow(tree, library.catalog);
      const heard = await library.store.activity(window);
      return heard
        .filter(({ series }) => matches(series).matched)
        .slice(0, limit)
        .map(({ series }) => asOfNow(series));
    },
  };
}
