import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import { followedSlugs, wantsSingles, wantsStale } from '../../digest/follow/followed-slugs.js';
import { shortFollow } from '../../digest/follow/format-follow.js';
import { compileFollow, type FollowAnswer } from '../../digest/follow/matches-follow.js';
import type { DeliveryFollow } from '../../digest/plan/candidates.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';

type PreparedFollow = Pick<DeliveryFollow, 'text' | 'slugs' | 'singles' | 'matches'>;

/**
 * Prepares stored follows for matching. A thousand places follow a few dozen things: whether one follow matches one series is computed once
 * for all of them, for as long as the series' record lives.
 */
export function followReader(catalog: Catalog): (stored: StoredFollow) => DeliveryFollow {
  const prepared = new Map<string, PreparedFollow>();
  return (stored) => {
    let one = prepared.get(stored.words);
    if (one === undefined) {
      one = prepare(stored, catalog);
      prepared.set(stored.words, one);
    }
    const { sinceSeq, reachesBackTo, tree, madeAt } = stored;
    const stale = wantsStale(tree) ? { stale: madeAt } : {};
    return { ...one, sinceSeq, reachesBackTo, ...stale, ...(tree.when === 'now' ? { atOnce: true } : {}) };
  };
}

function prepare({ tree }: StoredFollow, catalog: Catalog): PreparedFollow {
  const answers = new WeakMap<SeriesRecord, FollowAnswer>();
  const matches = compileFollow(tree, catalog);
  return {
    text: shortFollow(tree),
    slugs: followedSlugs(tree),
    singles: wantsSingles(tree),
    matches: (series) => {
      let answer = answers.get(series);
      if (answer === undefined) {
        answer = matches(series);
        answers.set(series, answer);
      }
      return answer;
    },
  };
}
