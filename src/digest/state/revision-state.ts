import { publicId } from '../mail/public-id.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { isReviewKind } from '../trailer/kinds.js';
import { type JudgedClaim, timeOf } from './judge-claims.js';
import type { StateEvidence, StateOutcome } from './outcome.js';

/** At least so sure a word against a posting must be to undo that it was applied: `please send a v2` may mean a patch on top. */
const UNDOES = 0.7;
const EVIDENCE_LIMIT = 5;

/** What became of one posting, from the claims about it (in order of time) and the replies to it. */
export function revisionState(
  revision: Revision,
  claims: readonly JudgedClaim[],
  replies: readonly JoinFacts[],
): StateOutcome {
  const total = Math.max(revision.total, revision.slots.length, 1);
  let applied = noPlaces();
  let proofs: JudgedClaim[] = [];
  let merged = false;
  let against: JudgedClaim | null = null;
  const promises: JudgedClaim[] = [];
  for (const judged of claims) {
    const { state, source } = judged.claim;
    if (state === 'applied' || state === 'merged') {
      addPlaces(applied, judged.slots);
      proofs.push(judged);
      merged ||= state === 'merged';
      against = null;
    } else if (state === 'under-review' || state === 'new') {
      // `pw-bot: under-review` puts it back; a person's promise adds to what is known.
      if (source === 'pw-bot') against = null;
      promises.push(judged);
    } else if (proofs.length === 0) {
      against = judged;
    } else if (judged.confidence >= UNDOES && source !== 'b4-ty') {
      removePlaces(applied, judged.slots);
      if (countPlaces(applied, total) > 0) continue;
      [applied, proofs, merged, against] = [noPlaces(), [], false, judged];
    }
  }
  if (proofs.length > 0) {
    const name = merged ? 'merged' : 'applied';
    return {
      name,
      evidence: strongest(proofs, name),
      applied: { patches: countPlaces(applied, total), total },
    };
  }
  if (against !== null)
    return { name: refusalOf(against, total), evidence: [evidenceOf(against)], applied: null };
  return openState(revision, promises, replies);
}

/** A refusal of one patch of several asks for changes to the series; of the whole, it is what it says. */
function refusalOf(judged: JudgedClaim, total: number): StateOutcome['name'] {
  return judged.slots !== null && judged.slots.size < total ? 'changes-requested' : judged.claim.state;
}

/** New while nobody but the author has answered; bots that test or forward do not review. */
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

/** The surest first, then the earliest: the mail that says so before those that repeat it; one a mail. */
function strongest(proofs: readonly JudgedClaim[], name: 'applied' | 'merged'): StateEvidence[] {
  const fits = (judged: JudgedClaim) => (judged.claim.state === name ? 0 : 1);
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

/** Which places of a posting were applied. All of them are a word, not a list: `[PATCH 1/9999]` must not cost ten thousand steps a claim. */
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
