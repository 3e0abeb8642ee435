import type { Address } from '../mail/mail.js';
import { samePerson } from '../mail/same-person.js';
import { readReleaseTags } from '../mail/subject/release-tags.js';
import type { JoinFacts, Revision } from '../revision/revision.js';

/** A posting that copies earlier work to stable branches. */
export interface Backport {
  /** `6.12.y`; empty if it does not name them. */
  readonly branches: readonly string[];
  /** Who sent it, which is mostly not who wrote the patches. */
  readonly sender: Address;
  /** The commits that its patches say they are copies of. */
  readonly commits: readonly string[];
}

const RELEASE = /^v?\d{1,2}\.\d{1,3}$/;
/** `6.1.107-rc1 review`: the letter of a stable review. */
const STABLE_REVIEW = /^v?(\d{1,2}\.\d{1,3})\.\d{1,3}-rc\d{1,2}(?:-stable)? review\b/i;
/** `Backport rework of bandwidth restoration for 5.10.y`, `Stable backport`. */
const IN_TITLE =
  /\b(?:v?(\d{1,2}\.\d{1,3})\.y|v?(\d{1,2}\.\d{1,3})-stable|(?:stable|LTS) backports?|(?:to|for|in|into) (?:the )?(?:linux-)?(?:stable|LTS)(?: (?:trees?|kernels?|branch(?:es)?|series))?(?=$|[:,;)]))(?!\w)/i;

/**
 * What says that a posting is a backport; null if nothing does. Its tags or title name stable branches; a bare `[PATCH 6.12]`,
 * `[PATCH stable]` or `[PATCH for-6.1]` is not enough, as many name the release that new work is for: see `isCopy`. `facts` holds at least its members.
 */
export function backportOf(revision: Revision, facts: ReadonlyMap<string, JoinFacts>): Backport | null {
  const tags = readReleaseTags(revision.prefixes);
  const named = tags?.isStable === true ? [] : inTitle(revision.title, tags !== null);
  if (tags === null && named === null) return null;
  const members = revision.members.flatMap((id) => facts.get(id) ?? []);
  const head = facts.get(revision.id) ?? members[0];
  if (tags?.isStable !== true && named === null && !isCopy(revision, members, head)) return null;
  const commits = members.flatMap(({ upstream }) => upstream ?? []);
  return {
    branches: [...new Set([...(tags?.branches ?? []), ...(named ?? [])])],
    sender: head === undefined ? revision.author : senderOf(head),
    commits: [...new Set(commits)],
  };
}

/** Half of its patches say which commits they copy, or it is for one release and was sent by someone who did not write it. */
function isCopy({ prefixes }: Revision, members: readonly JoinFacts[], head: JoinFacts | undefined): boolean {
  const patches = members.filter(({ kind }) => kind === 'patch');
  const copies = patches.filter(({ upstream }) => upstream !== undefined).length;
  if (copies > 0 && copies * 2 >= patches.length) return true;
  return head !== undefined && isOfOther(head) && prefixes.some((prefix) => RELEASE.test(prefix));
}

function isOfOther({ senderEmail, sender, author }: JoinFacts): boolean {
  if (senderEmail === '' || author.email.toLowerCase() === senderEmail) return false;
  // Their other address, or a list's: `Ada Quill via frob`.
  const name = (sender ?? '').replace(/ via .{1,100}$/i, '');
  return !samePerson({ name, email: senderEmail }, author);
}

function senderOf(head: JoinFacts): Address {
  return isOfOther(head) ? { name: head.sender ?? '', email: head.senderEmail } : head.author;
}

/** Branches that the title names, with what says that it is a backport. `hasTags`: the tags name a release already. */
function inTitle(title: string, hasTags: boolean): readonly string[] | null {
  const start = title.slice(0, 200);
  const reviewed = STABLE_REVIEW.exec(start)?.[1];
  if (reviewed !== undefined) return [`${reviewed}.y`];
  if (!/\bbackport/i.test(start)) return null;
  const found = IN_TITLE.exec(start);
  if (found === null) return hasTags ? [] : null;
  const number = found[1] ?? found[2];
  return number === undefined ? [] : [`${number}.y`];
}
