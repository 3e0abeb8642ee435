import { publicId } from '../mail/public-id.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { isReviewKind } from '../trailer/kinds.js';
import { timeOf } from './claim-places.js';
import type { JudgedClaim } from './judge-claims.js';
import type { StateEvidence, StateOutcome } from './outcome.js';
import { OWN_TREE_ONLY } from './weigh-claim.js';

/** The minimum confidence of a refusal that undoes `applied`. */
const UNDOES = 0.7;
const EVIDENCE_LIMIT = 5;

/** What is known about a posting while its claims are read in order of time. */
interface Tally {
  readonly applied: Places;
  readonly total: number;
  proofs: JudgedClaim[];
  refused: JudgedClaim | null;
  /** Requests for changes and the author's promises of them. */
  waiting: JudgedClaim[];
  /** Promises to apply, and that it was removed again: it stays under review. */
  open: JudgedClaim[];
}

/** The state of one posting, from the claims about it (in order of time) and the replies to it. */
export function revisionState(
  revision: Revision,
  claims: readonly JudgedClaim[],
  replies: readonly JoinFacts[],
): StateOutcome {
  const total = Math.max(revision.total, revision.slots.length, 1);
  const tally: Tally = { applied: noPlaces(), total, proofs: [], refused: null, waiting: [], open: [] };
  for (const judged of claims) countClaim(tally, judged);
  if (tally.proofs.length > 0) {
    const name = tally.proofs.some(({ claim }) => claim.says === 'merged') ? 'merged' : 'applied';
    const patches = countPlaces(tally.applied, total);
    return { name, evidence: strongest(tally.proofs, name), applied: { patches, total } };
  }
  if (tally.refused !== null) return stateOf(refusedName(tally.refused), [tally.refused]);
  const waiting = unsettled(tally.waiting, replies);
  if (waiting.length > 0) return stateOf('changes-requested', requestAndPromise(waiting));
  return openState(revision, tally.open, replies);
}

function stateOf(name: StateOutcome['name'], claims: readonly JudgedClaim[]): StateOutcome {
  return { name, evidence: claims.map(evidenceOf), applied: null };
}

function countClaim(tally: Tally, judged: JudgedClaim): void {
  const { says, source } = judged.claim;
  switch (says) {
    case 'applied':
    case 'merged':
      addPlaces(tally.applied, judged.slots);
      tally.proofs.push(judged);
      tally.refused = null;
      tally.waiting = [];
      break;
    case 'open':
      // `pw-bot: under-review` puts it back.
      tally.refused = null;
      tally.waiting = [];
      tally.open.push(judged);
      break;
    case 'will-apply':
      tally.open.push(judged);
      break;
    case 'unapplied':
      if (judged.confidence <= OWN_TREE_ONLY && tally.proofs.some((proof) => isOthers(proof, judged))) break;
      takeOut(tally, judged.slots);
      if (tally.proofs.length === 0) tally.open.push(judged);
      break;
    case 'changes-requested':
    case 'author-will-change':
      // Once it is applied, `please fix` may mean a patch on top; programs move the posting itself.
      if (source !== 'person' && source !== 'b4-ty') takeOut(tally, judged.slots);
      if (tally.proofs.length === 0) tally.waiting.push(judged);
      break;
    case 'rejected':
    case 'withdrawn':
    case 'superseded':
      refuse(tally, judged);
  }
}

function isOthers(proof: JudgedClaim, { fact }: JudgedClaim): boolean {
  return proof.fact.senderEmail !== fact.senderEmail;
}

function refuse(tally: Tally, judged: JudgedClaim): void {
  const ofPart = judged.slots !== null && judged.slots.size < tally.total;
  if (judged.isAuthor && tally.proofs.length > 0) return;
  if (tally.proofs.length > 0 && judged.confidence >= UNDOES) takeOut(tally, judged.slots);
  if (tally.proofs.length > 0) return;
  // One patch of several that is refused or withdrawn asks for changes to the series, unless the one who applies it leaves it out.
  if (ofPart) (leavesOut(judged) ? tally.open : tally.waiting).push(judged);
  else tally.refused = judged;
}

/** `I'll drop it`, by a maintainer about one patch. */
function leavesOut({ claim: { says, source, quote }, isAuthor }: JudgedClaim): boolean {
  return !isAuthor && source === 'person' && says === 'withdrawn' && /\bI(?:'ll| will|'m| am)\b/i.test(quote);
}

function takeOut(tally: Tally, slots: JudgedClaim['slots']): void {
  removePlaces(tally.applied, slots);
  if (countPlaces(tally.applied, tally.total) === 0) tally.proofs = [];
}

function refusedName({ claim }: JudgedClaim): StateOutcome['name'] {
  return claim.says === 'superseded' ? 'superseded' : 'rejected';
}

/** Requests whose writer has since given a review tag count as settled. */
function unsettled(waiting: readonly JudgedClaim[], replies: readonly JoinFacts[]): JudgedClaim[] {
  const tagged = new Map<string, string>();
  for (const reply of replies)
    if (reply.trailers.some((trailer) => isReviewKind(trailer.kind)))
      tagged.set(reply.senderEmail, timeOf(reply));
  return waiting.filter(({ fact, at, claim, isAuthor }) => {
    const since = tagged.get(fact.senderEmail);
    return isAuthor || claim.source !== 'person' || since === undefined || since <= at;
  });
}

/** The surest request, and the author's promise if there is one: at most one of each, in order of time. */
function requestAndPromise(waiting: readonly JudgedClaim[]): JudgedClaim[] {
  const surest = (claims: readonly JudgedClaim[]) =>
    claims.reduce<JudgedClaim | null>(
      (best, one) => (best === null || one.confidence > best.confidence ? one : best),
      null,
    );
  const request = surest(waiting.filter(({ isAuthor }) => !isAuthor));
  const promise = surest(waiting.filter(({ isAuthor }) => isAuthor));
  return waiting.filter((one) => one === request || one === promise);
}

/** New while no one but the author has answered; bots that test or forward do not review. */
function openState(
  revision: Revision,
  promises: readonly JudgedClaim[],
  replies: readonly JoinFacts[],
): StateOutcome {
  const heard = replies.filter((reply) => isAnswer(reply, revision));
  if (heard.length === 0 && promises.length === 0) return { name: 'new', evidence: [], applied: null };
  if (promises.length > 0)
    return { name: 'under-review', evidence: promises.slice(-2).map(evidenceOf), applied: null };
  const first =
    heard.find((reply) => reply.trailers.some((trailer) => isReviewKind(trailer.kind))) ?? heard[0];
  return { name: 'under-review', evidence: first === undefined ? [] : [replyEvidence(first)], applied: null };
}

/** Whether a reply is another person's. */
export function isAnswer(reply: JoinFacts, revision: Revision): boolean {
  return !reply.bot && !isFrom(reply, revision);
}

function isFrom(reply: JoinFacts, revision: Revision): boolean {
  return samePerson({ name: reply.author.name, email: reply.senderEmail }, revision.author);
}

/** The surest first, then the earliest: the mail that says so before those that repeat it; one for each mail. */
function strongest(proofs: readonly JudgedClaim[], name: 'applied' | 'merged'): StateEvidence[] {
  const fits = (judged: JudgedClaim) => (judged.claim.says === name ? 0 : 1);
  return [...proofs]
    .sort((a, b) => fits(a) - fits(b) || b.confidence - a.confidence)
    .slice(0, EVIDENCE_LIMIT)
    .map(evidenceOf);
}

function evidenceOf(judged: JudgedClaim): StateEvidence {
  const { claim, fact } = judged;
  return {
    messageId: publicId(fact.id),
    url: null,
    by: { name: claim.by.name, email: claim.by.email },
    date: fact.date ?? fact.received,
    source: claim.source,
    says: claim.says,
    tree: claim.tree,
    branch: claim.branch,
    confidence: judged.confidence,
    quote: claim.quote,
  };
}

function replyEvidence(reply: JoinFacts): StateEvidence {
  const trailer = reply.trailers.find((one) => isReviewKind(one.kind));
  return {
    messageId: publicId(reply.id),
    url: null,
    by: { name: reply.author.name, email: reply.author.email },
    date: reply.date ?? reply.received,
    source: trailer === undefined ? 'reply' : 'review',
    tree: null,
    branch: null,
    confidence: 1,
    quote: trailer === undefined ? '' : `${trailer.kind}: ${trailer.value}`.slice(0, 160),
  };
}

/** Replies by the posting that they answer to, in order of time. */
export function repliesByRevision(
  revisions: readonly Revision[],
  facts: ReadonlyMap<string, JoinFacts>,
  targets: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly JoinFacts[]> {
  const home = new Map<string, string>();
  for (const revision of revisions) for (const id of revision.members) home.set(id, revision.id);
  const found = new Map<string, JoinFacts[]>();
  for (const [id, target] of targets) {
    const fact = facts.get(id);
    const revision = home.get(target);
    if (fact === undefined || revision === undefined || home.has(id)) continue;
    const list = found.get(revision);
    if (list === undefined) found.set(revision, [fact]);
    else list.push(fact);
  }
  for (const list of found.values()) list.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  return found;
}

/** Which places of a posting were applied. `All` is a flag, not a list: `[PATCH 1/9999]` must not cost ten thousand steps for each claim. */
interface Places {
  all: boolean;
  /** The places, or those left out of all. */
  readonly named: Set<number>;
}

function noPlaces(): Places {
  return { all: false, named: new Set() };
}

/** Adds places; null: all of them. */
function addPlaces(places: Places, slots: ReadonlySet<number> | null): void {
  if (slots === null) {
    places.all = true;
    places.named.clear();
  } else for (const slot of slots) places.all ? places.named.delete(slot) : places.named.add(slot);
}

/** Takes places away; null: all of them. */
function removePlaces(places: Places, slots: ReadonlySet<number> | null): void {
  if (slots === null) {
    places.all = false;
    places.named.clear();
  } else for (const slot of slots) places.all ? places.named.add(slot) : places.named.delete(slot);
}

function countPlaces({ all, named }: Places, total: number): number {
  return all ? Math.max(total - named.size, 0) : named.size;
}
