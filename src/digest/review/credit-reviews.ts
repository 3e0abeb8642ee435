import type { BotTable } from '../mail/bots.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { sharedIds } from '../revision/shared-ids.js';
import { MOST_CREDITS } from '../text/limits.js';
import { isReviewKind, verdictsOf } from '../trailer/kinds.js';
import type { Trailer } from '../trailer/trailer.js';
import { type PersonSet, personSet } from './person-set.js';
import type { MismatchedReview, Review, RevisionReviews } from './review.js';
import { summariseReviews } from './summarise-reviews.js';

/**
 * Who has reviewed, acked, tested or nacked which patch of a posting.
 *
 * A tag in a reply is credited to the patch that the reply answers, however deep it is in the thread; one that
 * answers the cover, or says `for the series`, to every patch; one with a range (`for patches 1-3`) to those. It counts only from the
 * person that it names. Tags that the author carried over are already on the patch and count too.
 * `facts` and `targets` hold at least the posting's members and the replies to them.
 */
export function creditReviews(input: {
  revision: Revision;
  facts: ReadonlyMap<string, JoinFacts>;
  targets: ReadonlyMap<string, string>;
  bots: BotTable;
}): RevisionReviews {
  const { revision, bots } = input;
  const lists = revision.slots.map(() => reviewList());
  const cover = reviewList();
  const mismatches: MismatchedReview[] = [];
  const places = placesOf(revision, input.facts);
  const byKind = new Map<string, PersonSet>();
  let left = MOST_CREDITS;
  let uncounted = 0;
  const give = (slots: readonly number[], review: Review) => {
    // A program reviews nothing, even if a person writes its tag.
    if (bots.byAddress(review.email) !== null) return;
    if (slots.length > left) {
      uncounted++;
      return;
    }
    left -= slots.length;
    for (const slot of slots) {
      if (isOwnWork(input, slot, review) || lists[slot]?.add(review) !== true) continue;
      const people = byKind.get(review.kind) ?? personSet();
      byKind.set(review.kind, people);
      people.add(review);
    }
  };
  carryTags(input, places.all, (slots, review) => give(slots, review));
  for (const reply of repliesTo(input)) {
    if (reply.fact.bot) continue;
    for (const trailer of reply.fact.trailers) {
      if (!isReviewKind(trailer.kind)) continue;
      const review = reviewOf(trailer, reply.fact);
      const sender = { name: reply.fact.author.name, email: reply.fact.senderEmail };
      if (!samePerson(review, sender) && !samePerson(review, reply.fact.author)) {
        if (byKind.get(review.kind)?.has(review) === true) continue;
        if (mismatches.length < MOST_CREDITS) mismatches.push({ ...review, sender });
        continue;
      }
      const slots = scopeOf(places, trailer, reply.target);
      if (
        slots.length === revision.slots.length &&
        (revision.slots.length > 1 || reply.target === revision.coverId)
      )
        if (bots.byAddress(review.email) === null) cover.add(review);
      give(slots, review);
    }
  }
  const total = Math.max(revision.total, revision.slots.length);
  const patches = lists.map((list) => list.reviews);
  return {
    patches: revision.slots.map((slot, at) => ({ id: slot.id, reviews: patches[at] ?? [] })),
    cover: cover.reviews,
    mismatches,
    uncounted,
    summary: summariseReviews(patches, cover.reviews, total),
  };
}

/** Tags that were on the patches (and in the cover, for all) when they were posted. */
function carryTags(
  input: { revision: Revision; facts: ReadonlyMap<string, JoinFacts> },
  all: readonly number[],
  give: (slots: readonly number[], review: Review) => void,
): void {
  const { revision, facts } = input;
  const several = sharedIds(revision);
  const read = (id: string | null, slots: readonly number[], index: number | null) => {
    const fact = id === null ? undefined : facts.get(id);
    if (fact === undefined) return;
    // Of several files each bears its own; the mail's text is about all of them.
    const file = fact.files?.patches[several.has(fact.id) ? (index ?? 0) - 1 : 0];
    for (const trailer of [...fact.trailers, ...(file?.trailers ?? [])]) {
      if (isReviewKind(trailer.kind)) give(slots, { ...reviewOf(trailer, fact), carried: true });
    }
  };
  for (const [at, slot] of revision.slots.entries()) read(slot.id, [at], slot.index);
  read(revision.coverId, all, null);
}

/** Replies to the posting, in an order independent of their arrival. */
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

/** A bare `NAK` names no one: it is the sender's. */
function reviewOf(trailer: Trailer, fact: JoinFacts): Review {
  const named = trailer.name !== '' || trailer.email !== '';
  const person = named ? trailer : fact.author;
  const review = { kind: trailer.kind, name: person.name, email: person.email, id: fact.id, carried: false };
  return isOfPart(trailer) ? { ...review, ofPart: true } : review;
}

/**
 * `Acked-by: Ben <ben@example.org> # xfs`, `#for thermal`: of a patch to many subsystems, it is about one. Not `# v2`, `# LGTM`, or a
 * range of patches, which says to which patches it is given.
 */
function isOfPart({ value, scope }: Trailer): boolean {
  if (scope !== undefined) return false;
  return />\s{0,8}#\s{0,8}(?!v\d|lgtm|rebased|(?:for )?(?:(?:the|all|whole|entire) ){0,3}(?:series|patch))[a-z]/i.test(
    value,
  );
}

/** How the patches of a posting are found: by the mail, and by their number. */
interface Places {
  readonly all: readonly number[];
  readonly byId: ReadonlyMap<string, number>;
  readonly byNumber: ReadonlyMap<number, readonly number[]>;
}

function placesOf(revision: Revision, facts: ReadonlyMap<string, JoinFacts>): Places {
  const byId = new Map<string, number>();
  const byNumber = new Map<number, number[]>();
  // A mail with several patches is all of them.
  const several = sharedIds(revision);
  for (const [at, { id, index }] of revision.slots.entries()) {
    if (id !== null && !byId.has(id) && !several.has(id)) byId.set(id, at);
    const number = index ?? at + 1;
    const numbered = byNumber.get(number);
    if (numbered === undefined) byNumber.set(number, [at]);
    else numbered.push(at);
  }
  // A patch that was sent again in its place: an answer to either copy is about it.
  for (const id of revision.members) {
    const fact = byId.has(id) || several.has(id) ? undefined : facts.get(id);
    const [at, ...others] = fact?.kind === 'patch' ? (byNumber.get(fact.index ?? 0) ?? []) : [];
    if (at !== undefined && others.length === 0) byId.set(id, at);
  }
  return { all: revision.slots.map((_, at) => at), byId, byNumber };
}

/** Positions in `revision.slots` that a tag in a reply to `target` applies to. */
function scopeOf(places: Places, trailer: Trailer, target: string): readonly number[] {
  const scope = trailer.scope;
  const own = places.byId.get(target);
  if (scope !== undefined && scope.indexes.length > 0) {
    const named = positions(places, scope.indexes);
    // `patch 7` of a series of five is about another series.
    if (named.size > 0) return [...named].sort((a, b) => a - b);
  }
  if (scope?.whole !== true && own !== undefined) return [own];
  if (scope === undefined || scope.except.length === 0) return places.all;
  const except = positions(places, scope.except);
  return places.all.filter((at) => !except.has(at));
}

function positions(places: Places, numbers: readonly number[]): Set<number> {
  return new Set(numbers.flatMap((number) => places.byNumber.get(number) ?? []));
}

/** No one reviews, acks or tests their own patch; a poster may review the patches of others in the series. */
function isOwnWork(
  input: { revision: Revision; facts: ReadonlyMap<string, JoinFacts> },
  slot: number,
  review: Review,
): boolean {
  const place = input.revision.slots[slot];
  const author = place?.id ? input.facts.get(place.id)?.author : { name: place?.author ?? '', email: '' };
  return author !== undefined && samePerson(author, review);
}

/**
 * One tag for each person and class: two `Reviewed-by` of one person count once, and someone who acked a part first and then everything has
 * acked everything.
 * `add` says whether it was the first.
 */
function reviewList() {
  const reviews: Review[] = [];
  const known = new Map<string, PersonSet>();
  return {
    reviews,
    add(review: Review): boolean {
      const kind = verdictsOf(review.kind).join();
      const people = known.get(kind) ?? personSet();
      known.set(kind, people);
      if (people.has(review)) {
        const part = reviews.findIndex(
          (one) => one.ofPart === true && verdictsOf(one.kind).join() === kind && samePerson(one, review),
        );
        if (part >= 0 && review.ofPart !== true) reviews[part] = review;
        return false;
      }
      people.add(review);
      reviews.push(review);
      return true;
    },
  };
}
