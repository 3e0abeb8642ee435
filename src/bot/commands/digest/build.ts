import { UserError } from '../../../digest/failure/failure.js';
import type { Follow } from '../../../digest/follow/follow.js';
import { followedSlugs, wantsSingles } from '../../../digest/follow/followed-slugs.js';
import { shortFollow } from '../../../digest/follow/format-follow.js';
import { compileFollow } from '../../../digest/follow/matches-follow.js';
import { buildDigest } from '../../../digest/plan/build-digest.js';
import type { Digest } from '../../../digest/plan/digest.js';
import type { DigestFollow } from '../../../digest/plan/digest-request.js';
import { isMuted } from '../../../digest/plan/muted.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { orList } from '../../../digest/text/or-list.js';
import { minuteText } from '../../../digest/time/iso.js';
import type { Library } from '../../library.js';
import { readTypedWant } from '../follow/read-want.js';

interface DigestQuestion {
  /** Empty: everything. */
  readonly follows: readonly Follow[];
  readonly window: { readonly since: string; readonly until: string };
  readonly budget: number;
  /** Message.id of covers and patches whose series are left out; absent: none. */
  readonly muted?: ReadonlySet<string>;
}

interface DigestReply {
  readonly digest: Digest;
  /** Why it is empty and what to do; null if it is not. */
  readonly hint: string | null;
}

/** Builds the digest of what was received in a window, for some follows. */
export async function answerDigest(library: Library, question: DigestQuestion): Promise<DigestReply> {
  const { window, budget, muted = new Set() } = question;
  const follows = question.follows.map((tree) => digestFollow(tree, library.catalog));
  const all = await library.store.activity(window);
  const activities = muted.size === 0 ? all : all.filter(({ series }) => !isMuted(series, muted));
  const digest = buildDigest({ activities, follows, window, budget });
  return {
    digest,
    hint: digest.groups.length > 0 ? null : await whyEmpty(library, question, activities.length),
  };
}

function digestFollow(tree: Follow, catalog: Catalog): DigestFollow {
  return {
    text: shortFollow(tree),
    slugs: followedSlugs(tree),
    singles: wantsSingles(tree),
    matches: compileFollow(tree, catalog),
  };
}

/** One typed follow. Throws UserError that says what may have been meant. */
export function readFollow(typed: string, catalog: Catalog): Follow {
  const read = readTypedWant(typed, catalog);
  if (read.kind === 'want') return read.want.tree;
  throw new UserError('usage', read.message, read.remedy);
}

async function whyEmpty(
  library: Library,
  { follows, window }: DigestQuestion,
  happened: number,
): Promise<string | null> {
  const { received: newest } = await library.store.freshness();
  if (newest === null)
    return 'There is no mail here yet. Run `covernote ingest SOURCE`, for example `covernote ingest examples/mail`.';
  const words = follows.flatMap(({ where }) => (where.kind === 'title' ? where.words : []));
  const titles =
    words.length === 0
      ? ''
      : ` ${orList(words.slice(0, 3).map((word) => `“${shorten(oneLine(word), 40)}”`))} was looked for in titles: no subsystem is called so.`;
  if (newest < window.since)
    return `The newest mail here was received ${minuteText(newest)}, before this window. Try --since ${newest.slice(0, 10)}.${titles}`;
  return happened === 0 || follows.length === 0
    ? titles.trim() || null
    : `${happened} series had mail in this window, none of them for what you follow.${titles}`;
}
