import type { SeriesActivity } from './activity.js';
import { arrangeDigest } from './build-digest.js';
import type { Candidate } from './candidates.js';
import type { Digest, DigestGroup } from './digest.js';
import { briefly } from './digest-units.js';
import { importanceOf } from './item-order.js';
import type { DigestForm } from './layout.js';
import { eventLines, reviewLines, verdictLines } from './news-lines.js';
import type { Fits, PartContent } from './part-content.js';
import { type Placed, placeAnswered } from './place-series.js';
import { type DigestPlanRequest, END_OF_TIME, newsOf } from './plan-digest.js';
import type { PartPlan } from './plan-parts.js';
import { isNewsSection } from './sections.js';

/** A series with news that a follow wants immediately. */
export interface AtOnceCandidate {
  /** With everything about it that no digest has reported yet, so that reporting newer news skips nothing. */
  readonly whole: Candidate;
  /** The lowest seq of what a follow posts immediately. */
  readonly fromSeq: number;
}

export interface AtOnceRequest
  extends Pick<
    DigestPlanRequest,
    'delivered' | 'mentioned' | 'follows' | 'choice' | 'window' | 'nowMs' | 'upTo'
  > {
  readonly candidates: readonly AtOnceCandidate[];
  /** RevisionRecord.id → the message under which all news of its series goes here. */
  readonly threads: ReadonlyMap<string, number>;
  /** How many messages may be posted now; what is beyond them is left to the digest. */
  readonly room: number;
  readonly form: DigestForm;
}

/** One message about one series, and where it goes. */
interface NewsPost extends PartPlan {
  readonly thread: {
    readonly under: number | null;
    /** RevisionRecord.id of what it names. */
    readonly opensFor: string;
  };
}

export interface AtOncePlan {
  /** The most important first. */
  readonly posts: readonly NewsPost[];
  /** How many more there would have been with room for them. */
  readonly heldBack: number;
  /** What the posts report, as a digest. */
  readonly digest: Digest;
  /** Where the next run begins. */
  readonly cursorSeq: number;
}

interface News {
  readonly placed: Placed;
  readonly post: NewsPost;
}

/**
 * What is posted immediately: postings that are complete or quiet, and what happened to those that were posted before, one message for each
 * series. Single patches that are only counted, what exceeds the limit and what is still incomplete are left to the digest. Pure.
 */
export function planAtOnce(request: AtOnceRequest, fits: Fits): AtOncePlan {
  const { candidates, follows, window, upTo, room } = request;
  const found: News[] = [];
  let cursorSeq = upTo;
  for (const candidate of candidates) {
    const news = newsOf(candidate.whole, { ...request, verdicts: true });
    if (news.waiting.length > 0) cursorSeq = Math.min(cursorSeq, candidate.fromSeq - 1);
    if (news.activity === null) continue;
    const { touched, answers } = candidate.whole;
    const keys = news.activity.arrived.flatMap((id) => touched.members.get(id) ?? [id]);
    for (const placed of placeAnswered(news.activity, answers, END_OF_TIME, request.choice?.sections)) {
      if (placed.single) continue;
      const under = threadOf(candidate, request.threads);
      const content = contentOf(placed, news.activity, under !== null, request, fits);
      found.push({
        placed,
        post: {
          content,
          messageKeys: keys,
          mentions: [placed.revision.id],
          thread: { under, opensFor: placed.revision.id },
        },
      });
    }
  }
  found.sort(byWeight);
  const posted = found.slice(0, Math.max(0, room));
  return {
    posts: posted.map(({ post }) => post),
    heldBack: found.length - posted.length,
    digest: arrangeDigest(
      posted.map(({ placed }) => placed),
      { follows, window, budget: posted.length },
    ),
    cursorSeq,
  };
}

/** Postings before what happened to others; within each, the more important first. */
function byWeight({ placed: a }: News, { placed: b }: News): number {
  const isNews = isNewsSection(a.section);
  if (isNews !== isNewsSection(b.section)) return isNews ? -1 : 1;
  return importanceOf(b.item) - importanceOf(a.item);
}

/** The message that represents the series; the oldest if series with one each were joined. */
function threadOf({ whole }: AtOnceCandidate, threads: ReadonlyMap<string, number>): number | null {
  let oldest: number | null = null;
  for (const [revision, keys] of whole.touched.members)
    for (const key of [revision, ...keys]) {
      const id = threads.get(key);
      if (id !== undefined && (oldest === null || id < oldest)) oldest = id;
    }
  return oldest;
}

/** Nothing but what a program found. */
function isVerdict(section: Placed['section'], { replies, verdicts = [] }: SeriesActivity): boolean {
  return section === 'Discussed' && replies.count === 0 && verdicts.length > 0;
}

type NewsContent = Extract<PartContent, { kind: 'news' }>;

/** A message that fits. In the thread of its series only a new posting is shown as an item; other news takes a few words. */
function contentOf(
  placed: Placed,
  activity: SeriesActivity,
  isBelow: boolean,
  { window, form }: AtOnceRequest,
  fits: Fits,
): PartContent {
  const { section, item, slug, name } = placed;
  const shows = !isBelow || isNewsSection(section);
  const omitted = { items: 0, singlePatches: 0, singlePatchesApplied: 0, singlePatchesDiscussed: 0 };
  const groupWith = (shown: typeof item): DigestGroup => ({
    subsystem: { slug, name },
    sections: [{ name: section, items: [shown], more: 0 }],
    omitted,
  });
  const news: NewsContent = {
    kind: 'news',
    version: 1,
    window: { ...window },
    form,
    section,
    of: { title: item.title, version: item.version, rfc: item.rfc, url: item.url, state: item.state },
    groups: shows ? [groupWith(item)] : [],
    lines: shows ? [...verdictLines(activity), ...reviewLines(activity)] : eventLines(activity),
    ...(isVerdict(section, activity) ? { verdict: true as const } : {}),
  };
  const shorter: NewsContent[] = [
    news,
    { ...news, lines: news.lines.slice(0, 2) },
    { ...news, lines: [], groups: shows ? [groupWith(briefly(item))] : [] },
  ];
  return shorter.find(fits) ?? shorter.at(-1) ?? news;
}
