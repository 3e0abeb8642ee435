import type { LoggedMessage } from '../fakes/memory-chat.js';
import type { ForumChat, TagSource } from './forum-chat.js';
import { itemsIn, type Place } from './judge.js';
import type { Posting } from './postings.js';

/** What the judge knows of a forum. */
export interface ForumPlace {
  readonly tags: TagSource;
}

const DAY_MS = 86_400_000;
const TOKEN = /\btok\d+x\b/;
/** The immediate posts, as in judge-at-once.ts. */
const NEWS = /^### .+ in /;
/** What is posted below a post when someone reviewed it. */
const REVIEW = /^Reviewed-by: /;
/** `kvm: 2 new series`, at the top of a headline of one subsystem. */
const HEADED = /^#* *([\w/-]+): \d/;

/**
 * Whatever fails: what goes below a message is about what that message is about. `subsystems`: how many headlines came together with
 * another of the same moment.
 */
export function judgeBelow(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
): { readonly problems: string[]; readonly subsystems: number } {
  const problems: string[] = [];
  const complain = (what: string) => problems.push(`${place.platform}/${place.address}: ${what}`);
  const listsOf = new Map(postings.map(({ token, lists }) => [token, lists.map(nameOf)]));
  const tops = new Map(
    log.flatMap((message) => (message.under === null ? [[message.messageId, message] as const] : [])),
  );
  const headed: string[] = [];
  for (const message of log) {
    const top = tops.get(message.under ?? message.messageId);
    if (top === undefined) {
      complain(`${message.messageId} is below ${message.under}, which is no message of this place`);
      continue;
    }
    const isNews = NEWS.test(top.firstText);
    if (isNews) {
      const [token, root] = [message, top].map(({ firstText }) => TOKEN.exec(firstText)?.[0]);
      if (token !== root) complain(`${message.messageId} about ${token} is below that of ${root}`);
      continue;
    }
    if (place.bySubsystem === undefined) continue;
    const slug = HEADED.exec(top.firstText)?.[1];
    if (slug === undefined) continue;
    if (message === top) headed.push(message.at);
    for (const { name } of itemsIn(message.firstText)) {
      const lists = listsOf.get(name.split(' ')[0] ?? '') ?? [];
      if (!lists.includes(slug)) complain(`${name} of ${lists.join(' and ')} is posted below ${slug}`);
    }
  }
  const subsystems = headed.filter((at, i) => headed.indexOf(at) !== i).length;
  return { problems, subsystems };
}

function nameOf(list: string): string {
  return list.slice(0, list.indexOf('@'));
}

/** Whatever fails: each post is named for what it is about, has one label at most, and keeps the tags of people; where it refuses nothing, it has the right one in the end. */
export function judgePosts(
  place: Place & { readonly forum: ForumPlace },
  forums: ForumChat,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
  limits: { readonly untilMs: number; readonly refuses: boolean },
): { readonly problems: string[]; readonly labels: readonly string[]; readonly urgent: number } {
  const problems: string[] = [];
  const labels: string[] = [];
  let urgent = 0;
  for (const top of log.filter(({ under }) => under === null)) {
    const complain = (what: string) =>
      problems.push(`${place.address}: the post ${top.messageId} of ${top.at} ${what}`);
    const post = forums.post(top.messageId);
    if (post === null) {
      complain('is not there');
      continue;
    }
    const token = NEWS.test(top.firstText) ? (TOKEN.exec(top.firstText)?.[0] ?? '') : null;
    if (token === null ? !/^Digest of \d+ \w+/.test(post.title) : !post.title.includes(token))
      complain(`is called ${post.title}`);
    if (post.labels.length > 1) complain(`is labelled ${post.labels.join(' and ')}`);
    if (post.urgent === 'no more') complain('lost the tag of a person');
    if (post.urgent === 'still') urgent++;
    const [label = null] = post.labels;
    if (label !== null) labels.push(label);
    if (place.forum.tags === 'later' && label === null) continue;
    const below = log.filter(({ under }) => under === top.messageId);
    const expected = token === null ? ['digest'] : labelsFor(token, [top, ...below], postings, limits);
    if (expected !== null && !expected.includes(label ?? ''))
      complain(`is labelled ${label}, not ${expected.join(' or ')}`);
  }
  return { problems, labels, urgent };
}

/** The labels that the post of a work may have in the end; null if that hangs on more than is known here. */
function labelsFor(
  token: string,
  messages: readonly LoggedMessage[],
  postings: readonly Posting[],
  { untilMs, refuses }: { readonly untilMs: number; readonly refuses: boolean },
): readonly string[] | null {
  const family = postings.filter((one) => one.token === token);
  if (family.every(({ appliedMs }) => appliedMs === null)) {
    if (!refuses && REVIEW.test(messages.at(-1)?.firstText ?? '')) return ['under review'];
    return ['new', 'under review'];
  }
  const last = Math.max(...family.map(({ version }) => version));
  const applied = family.find(({ version }) => version === last)?.appliedMs ?? null;
  const topMs = Date.parse(messages[0]?.at ?? '');
  const isSure =
    !refuses &&
    applied !== null &&
    applied > topMs &&
    applied < Math.min(topMs + 13 * DAY_MS, untilMs - DAY_MS) &&
    family.every(({ readyMs, replies }) => readyMs < applied && replies.length <= 1);
  return isSure ? ['applied'] : null;
}
