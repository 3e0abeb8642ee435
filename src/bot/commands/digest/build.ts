import type { Digest } from '../../../digest/contract/digest-answer.js';
import { buildDigest } from '../../../digest/digest/build-digest.js';
import type { Library } from '../../library.js';
import { readFollow } from '../follow/read-follow.js';

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

async function whyEmpty(
  library: Library,
  question: DigestQuestion,
  happened: number,
): Promise<string | null> {
  const { received: newest } = await library.store.freshness();
  if (newest === null)
    return 'There is no mail here yet. Run `covernote ingest SOURCE`, for example `covernote ingest examples/mail`.';
  if (newest < question.window.since)
    return `The newest mail here was received ${newest}, before this window. Try --since ${newest.slice(0, 10)}.`;
  return happened === 0 || question.follows.length === 0
    ? null
    : `${happened} series had mail in this window, none of them for what you follow.`;
}
