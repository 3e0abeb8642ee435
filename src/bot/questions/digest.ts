import type { Digest } from '../../digest/contract/digest-answer.js';
import { buildDigest, type DigestFollow } from '../../digest/digest/build-digest.js';
import { UserError } from '../../digest/failure.js';
import { describeFollow } from '../../digest/follow/describe-follow.js';
import { followedSlugs, wantsSingles } from '../../digest/follow/followed-slugs.js';
import { matchesFollow } from '../../digest/follow/matches-follow.js';
import { parseFollow } from '../../digest/follow/parse-follow.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';
import type { Library } from '../library.js';

export interface DigestQuestion {
  /** As typed; empty: everything. */
  readonly follows: readonly string[];
  readonly window: { readonly since: string; readonly until: string };
  readonly budget: number;
}

export interface DigestReply {
  readonly digest: Digest;
  /** Why it is empty and what to do; null where it is not. */
  readonly hint: string | null;
}

/** Answers `/digest`: what was received in a window, as the follows want it. */
export async function answerDigest(library: Library, question: DigestQuestion): Promise<DigestReply> {
  const follows = question.follows.map((text) => readFollow(text, library.catalog));
  const activities = await library.store.activity(question.window);
  const digest = buildDigest({ activities, follows, window: question.window, budget: question.budget });
  return {
    digest,
    hint: digest.groups.length > 0 ? null : await whyEmpty(library, question, activities.length),
  };
}

/** A typed follow, ready to be asked; a wrong one is a UserError that says what was meant. */
export function readFollow(text: string, catalog: Catalog): DigestFollow {
  const parsed = parseFollow(text, catalog);
  if (!parsed.ok) {
    const { message, suggestions } = parsed.problem;
    const meant =
      suggestions.length === 0
        ? 'Look at `subsystems` for what can be followed.'
        : `Did you mean ${suggestions.join(', ')}?`;
    throw new UserError('usage', `Follow “${text}”: ${message}`, meant);
  }
  const { follow, hints } = parsed;
  // One bare word that nearly names a subsystem is a slip of the finger, not a wish for titles with that word.
  const [hint] = hints;
  if (follow.where.kind === 'title' && hint !== undefined)
    throw new UserError(
      'usage',
      `There is no subsystem “${hint.word}”.`,
      `Did you mean ${hint.suggestions.join(', ')}? Put the word in quotes to follow it in titles.`,
    );
  return {
    text: describeFollow(follow, catalog),
    slugs: followedSlugs(follow),
    singles: wantsSingles(follow),
    matches: (series) => matchesFollow(follow, series, catalog),
  };
}

async function whyEmpty(
  library: Library,
  question: DigestQuestion,
  happened: number,
): Promise<string | null> {
  const { received: newest } = await library.store.freshness();
  if (newest === null)
    return 'There is no mail here yet. Run `covernote ingest SOURCE`, for example `covernote ingest examples`.';
  if (newest < question.window.since)
    return `The newest mail here was received ${newest}, before this window. Try --since ${newest.slice(0, 10)}.`;
  return happened === 0 || question.follows.length === 0
    ? null
    : `${happened} series had mail in this window, none of them for what you follow.`;
}
