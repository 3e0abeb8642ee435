import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { isReviewKind, verdictsOf } from '../trailer/kinds.js';
import type { Trailer } from '../trailer/trailer.js';
import type { MismatchedReview, Review, RevisionReviews } from './review.js';
import { summariseReviews } from './summarise-reviews.js';

/**
 * Who has reviewed, acked, tested or nacked which patch of a posting.
 *
 * A tag in a reply is credited to the patch that the reply answers, however deep it stands in the thread; one that
 * answers the cover, or says `for the series`, to every patch; one with a range (`for patches 1-3`) to those. It
 * counts only from whom it names. Tags that the author carried over stand on the patch already and count too.
 * `facts` and `targets` hold at least the posting's members and the replies to them.
 */
export function creditReviews(input: {
  revision: Revision;
  facts: ReadonlyMap<string, JoinFacts>;
  targets: ReadonlyMap<string, string>;
}): RevisionReviews {
  const { revision } = input;
  const patches: Review[][] = revision.slots.map(() => []);
  const cover: Review[] = [];
  const mismatches: MismatchedReview[] = [];
  const give = (slots: readonly number[], review: Review) => {
    for (const slot of slots) {
      const list = patches[slot];
      if (list !== undefined && !isOwnWork(input, slot, review)) addOnce(list, review);
    }
  };
  carryTags(input, (slots, review) => give(slots, review));
  for (const reply of repliesTo(input)) {
    for (const trailer of reply.fact.trailers) {
      if (!isReviewKind(trailer.kind)) continue;
      const review = reviewOf(trailer, reply.fact);
      const sender = { name: reply.fact.author.name, email: reply.fact.senderEmail };
      if (!samePerson(review, sender) && !samePerson(review, reply.fact.author)) {
        if (
          !patches.some((list) =>
            list.some((known) => samePerson(known, review) && known.kind === review.kind),
          )
        ) {
          mismatches.push({ ...review, sender });
        }
        continue;
      }
      const slots = scopeOf(revision, trailer, reply.target);
      if (
        slots.length === revision.slots.length &&
        (revision.slots.length > 1 || reply.target === revision.coverId)
      )
        addOnce(cover, review);
      give(slots, review);
    }
  }
  const total = Math.max(revision.total, revision.slots.length);
  return {
    patches: revision.slots.map((slot, at) => ({ id: slot.id, reviews: patches[at] ?? [] })),
    cover,
    mismatches,
    summary: summariseReviews(patches, cover, total),
  };
}

/** Tags that stand on the patches (and in the cover, for all) as they were posted. */
function carryTags(
  input: { revision: Revision; facts: ReadonlyMap<string, JoinFacts> },
  give: (slots: readonly number[], review: Review) => void,
): void {
  const { revision, facts } = input;
  const read = (id: string | null, slots: readonly number[]) => {
    const fact = id === null ? undefined : facts.get(id);
    for (const trailer of fact?.trailers ?? []) {
      if (fact !== undefined && isReviewKind(trailer.kind))
        give(slots, { ...reviewOf(trailer, fact), carried: true });
    }
  };
  for (const [at, slot] of revision.slots.entries()) read(slot.id, [at]);
  read(revision.coverId, everySlot(revision));
}

/** Replies to the posting, in an order that does not depend on that of arrival. */
function repliesTo(input: {
  revision: Revision;
  facts: ReadonlyMap<string, JoinFacts>;
  targets: ReadonlyMap<string, string>;
}): { fact: JoinFacts; target: string }[] {
  const members = new Set(input.revision.members);
  const found: { fact: JoinFacts; target: string; at: string }[] = [];
  for (const [id, target] of input.targets) {
    const fact = input.facts.get(id);
    if (fact === undefined || members.has(id) || !members.has(target)) continue;
    found.push({ fact, target, at: `${fact.received ?? fact.date ?? ''} ${id}` });
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** A bare `NAK` names nobody: it is the sender's. */
function reviewOf(trailer: Trailer, fact: JoinFacts): Review {
  const named = trailer.name !== '' || trailer.email !== '';
  const person = named ? trailer : fact.author;
  return { kind: trailer.kind, name: person.name, email: person.email, id: fact.id, carried: false };
}

/** Positions in `revision.slots` that a tag in a reply to `target` is given to. */
function scopeOf(revision: Revision, trailer: Trailer, target: string): readonly number[] {
  const scope = trailer.scope;
  const own = revision.slots.findIndex((slot) => slot.id === target);
  const wide = scope?.whole === true || own < 0;
  if (scope !== undefined && scope.indexes.length > 0) {
    const named = everySlot(revision).filter((at) => scope.indexes.includes(numberOf(revision, at)));
    // `patch 7` of a series of five speaks of another series.
    if (named.length > 0) return named;
  }
  if (!wide) return [own];
  const except = scope?.except ?? [];
  return everySlot(revision).filter((at) => !except.includes(numberOf(revision, at)));
}

function numberOf(revision: Revision, at: number): number {
  return revision.slots[at]?.index ?? at + 1;
}

function everySlot(revision: Revision): number[] {
  return revision.slots.map((_, at) => at);
}

/** Nobody reviews, acks or tests their own patch; a poster may review the patches of others in the series. */
function isOwnWork(
  input: { revision: Revision; facts: ReadonlyMap<string, JoinFacts> },
  slot: number,
  review: Review,
): boolean {
  const place = input.revision.slots[slot];
  const author = place?.id ? input.facts.get(place.id)?.author : { name: place?.author ?? '', email: '' };
  return author !== undefined && samePerson(author, review);
}

/** One tag a person and class: who writes `Reviewed-by` twice has reviewed once. */
function addOnce(list: Review[], review: Review): void {
  const known = list.some((other) => verdictKey(other) === verdictKey(review) && samePerson(other, review));
  if (!known) list.push(review);
}

function verdictKey({ kind }: Review): string {
  return verdictsOf(kind).join();
}
