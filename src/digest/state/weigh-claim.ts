import type { StateClaim } from '../claims/claim.js';
import { words } from '../claims/patch-numbers.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { versionNumber } from '../text/bounded-number.js';
import { oncePerObject } from '../text/once-per-object.js';
import { isReviewKind } from '../trailer/kinds.js';
import type { Authority } from './authority.js';

/** The people known about a series, as far as that decides who is believed. */
export interface Deciders {
  readonly authority: Authority;
  /** Whether someone maintains what the series changes. */
  readonly mayDecide: (email: string, name: string) => boolean;
  /** Whether anyone at all is known to maintain it: without MAINTAINERS no one is, and a plain statement is enough. */
  readonly known: boolean;
  /** Whether an address is that of a maintainer of anything. */
  readonly maintainsSomething: (email: string) => boolean;
  /** Whether the author sent the posting to an address. */
  readonly isAddressed: (email: string) => boolean;
}

export interface ClaimContext {
  readonly fact: JoinFacts;
  readonly revision: Revision;
  readonly facts: ReadonlyMap<string, JoinFacts>;
  readonly deciders: Deciders;
}

/** The speaker's role for the posting. */
type Role = 'maintainer' | 'elsewhere' | 'addressed' | 'unknown' | 'stranger';

/** Below it a reading is shown as uncertain. */
export const SURE = 0.75;
const UNSURE = 0.7;
/** `Marked as superseded in patchwork`; what authors say about their newer versions is less certain. */
const TRACKED = 0.8;
/** Who dropped it from their tree does not decide what others applied. */
export const OWN_TREE_ONLY = 0.6;
/** `Please drop this patch`; what only an author says of a posting is less certain. */
const ORDERED = 0.6;

/**
 * How sure a claim is now that its speaker is known; 0 if the speaker is not entitled to it. Notices count by the exact address of their
 * sender. Among people, maintainers decide; authors promise and withdraw their own work; anyone else may ask for changes. If no maintainer
 * is known, `Applied to TREE` is believed from anyone but the author, as uncertain.
 */
export function weighClaim(claim: StateClaim, context: ClaimContext): number {
  const { fact, deciders } = context;
  const notice = deciders.authority.sends(claim.source, fact.senderEmail, claim.tree);
  const role = roleOf(context);
  if (notice !== null) {
    if (notice || role === 'maintainer') return claim.confidence;
    // A committer whose hook writes under their address, on a list of which nothing else is known.
    return claim.source === 'commit' && role === 'unknown' && !fact.bot && !isAuthorOf(context) ? UNSURE : 0;
  }
  const isAuthor = isAuthorOf(context);
  if (claim.source === 'announced') return role === 'stranger' ? 0 : claim.confidence;
  if (claim.source === 'pull-request') return weighPull(claim, role, isAuthor, context);
  if (claim.source === 'pw-bot') return weighCommand(claim, role, isAuthor);
  switch (claim.says) {
    case 'applied':
    case 'merged':
      return isAuthor ? weighOwn(claim, role, context) : weighApplied(claim, role, context);
    case 'will-apply':
      return decides(role, isAuthor) ? claim.confidence : 0;
    case 'unapplied':
      if (decides(role, isAuthor)) return claim.confidence;
      // Those who were believed to have it in their tree may say that it no longer is.
      return !isAuthor && hasApplied(context) ? OWN_TREE_ONLY : 0;
    case 'changes-requested':
      if (isAuthor) return 0;
      return role === 'maintainer' ? claim.confidence : Math.max(0.5, claim.confidence - 0.15);
    case 'author-will-change':
      return isAuthor ? claim.confidence : 0;
    case 'withdrawn':
      // `Ignore this patch` is the author's; a maintainer who says so answers another one.
      return isAuthor || (role === 'maintainer' && claim.confidence >= ORDERED) ? claim.confidence : 0;
    case 'superseded':
      // A maintainer says so only of the state in patchwork.
      if (!isAuthor) return role === 'maintainer' && claim.confidence >= TRACKED ? claim.confidence : 0;
      return isNewer(claim, context.revision) ? claim.confidence : 0;
    case 'rejected':
      return isAuthor || role === 'maintainer' ? claim.confidence : 0;
    default:
      return 0;
  }
}

function decides(role: Role, isAuthor: boolean): boolean {
  return role === 'maintainer' || (role === 'unknown' && !isAuthor);
}

/** The same person said earlier that they applied it. */
function hasApplied({ fact, facts }: ClaimContext): boolean {
  return appliers(facts).has(fact.senderEmail);
}

const appliers = oncePerObject(
  (facts: ReadonlyMap<string, JoinFacts>): ReadonlySet<string> =>
    new Set(
      [...facts.values()]
        .filter(({ claims }) => claims.some(({ says }) => says === 'applied'))
        .map(({ senderEmail }) => senderEmail),
    ),
);

/** `I've sent v3`, about v2: about v3 itself it says nothing new. A version without a number is newer than what it answers. */
function isNewer({ quote }: StateClaim, { version }: Revision): boolean {
  const named = versionsIn(quote);
  return named.length === 0 || named.some((one) => one > version);
}

/** The versions that a sentence names: `-v7`, `V2`. */
export function versionsIn(quote: string): number[] {
  return words(quote).flatMap((word) => versionNumber(/^-?v(\d{1,3})$/.exec(word)?.[1] ?? '') ?? []);
}

function weighApplied(claim: StateClaim, role: Role, { fact, deciders }: ClaimContext): number {
  const formula = claim.confidence >= 0.9;
  // The posting was named by a word of its title: another one may have the same word.
  if (role === 'maintainer') return formula ? claim.confidence : claim.confidence < 0.6 ? UNSURE : SURE;
  if (role === 'unknown') return formula ? 0.8 : namesPlace(claim) ? UNSURE : 0;
  // Maintainers also take work that they do not maintain, if no one else does, and then name the tree.
  if (role === 'elsewhere' && formula) return namesPlace(claim) ? 0.8 : UNSURE;
  // Trees outlive their entries in MAINTAINERS: a recipient who says which tree has it is believed, with low confidence.
  if (role === 'stranger' || !deciders.isAddressed(fact.senderEmail)) return 0;
  return formula || namesPlace(claim) ? UNSURE : 0;
}

/**
 * A maintainer's notice about their own patch: it names the place, or answers a review. Bare words are not enough elsewhere: `Applied,
 * thanks` accepts a suggestion. Committers of a shared tree push their own work once it is reviewed.
 */
function weighOwn(claim: StateClaim, role: Role, { fact, facts }: ClaimContext): number {
  const parent = facts.get(fact.inReplyTo ?? '');
  const isReview = parent?.kind === 'reply' && parent.trailers.some((trailer) => isReviewKind(trailer.kind));
  const committed = isReview && namesSharedTree(claim) ? UNSURE : 0;
  if (claim.confidence < 0.9) return committed;
  if (role === 'maintainer')
    return claim.source === 'b4-ty' || namesPlace(claim) || isReview ? Math.min(claim.confidence, 0.85) : 0;
  return role === 'unknown' && isReview ? UNSURE : committed;
}

/** `drm-misc-next`; not `my tree`, nor a repository under a person's name. */
function namesSharedTree({ tree, by }: StateClaim): boolean {
  return tree !== null && !tree.includes('/') && !tree.startsWith(`${by.name}'s `);
}

/**
 * Whoever asks to pull has the patches in their tree, which counts if they are known to have one: by MAINTAINERS, or where it says nothing of
 * the files because they collect what others wrote. Less certain than a maintainer's are the requests of anyone else; a cover asks for its own work, on top
 * of what others have not applied yet.
 */
function weighPull(claim: StateClaim, role: Role, isAuthor: boolean, { fact }: ClaimContext): number {
  if (role === 'maintainer') return claim.confidence;
  if (fact.kind !== 'pull') return 0;
  if (role === 'elsewhere') return isAuthor ? UNSURE : SURE;
  const isOwn = (author: string) => samePerson({ name: author, email: '' }, fact.author);
  if (role === 'unknown') return fact.shortlog.every(({ author }) => isOwn(author)) ? 0 : UNSURE;
  return role === 'addressed' && !isAuthor ? UNSURE : 0;
}

/** nipa lets the author take a series out of the queue, and no one but maintainers put it back in. */
function weighCommand(claim: StateClaim, role: Role, isAuthor: boolean): number {
  if (role === 'maintainer') return claim.confidence;
  return isAuthor && claim.says !== 'open' && claim.says !== 'applied' ? 0.8 : 0;
}

function namesPlace({ tree, branch }: StateClaim): boolean {
  return tree !== null || branch !== null;
}

/**
 * By exact address. A maintainer's name counts only together with an address that the author sent the posting to: people change
 * employers, and old mail has old addresses.
 */
function roleOf({ fact, deciders }: ClaimContext): Role {
  const { senderEmail: email, author } = fact;
  const addressed = deciders.isAddressed(email);
  if (deciders.authority.everywhere(email) || deciders.mayDecide(email, addressed ? author.name : ''))
    return 'maintainer';
  if (!deciders.known) return 'unknown';
  if (deciders.maintainsSomething(email)) return 'elsewhere';
  return addressed ? 'addressed' : 'stranger';
}

/** Whether the mail is by the author of the posting, under any spelling. */
export function isAuthorOf({ fact, revision, facts }: ClaimContext): boolean {
  const speaker = { name: fact.author.name, email: fact.senderEmail };
  if (samePerson(speaker, revision.author)) return true;
  const root = facts.get(revision.id);
  return root !== undefined && samePerson(speaker, { name: root.author.name, email: root.senderEmail });
}
