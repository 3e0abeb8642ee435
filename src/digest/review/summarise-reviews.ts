import { type Verdict, verdictsOf } from '../trailer/kinds.js';
import { personSet } from './person-set.js';
import type { Review, ReviewSummary } from './review.js';

/** Counts people, once each, and patches that someone reviewed or acked. `patches` has a list for each patch. */
export function summariseReviews(
  patches: readonly (readonly Review[])[],
  cover: readonly Review[],
  totalPatches: number,
): ReviewSummary {
  const all = [...patches.flat(), ...cover];
  const numbers = {
    reviewers: people(all, 'review'),
    acks: people(all, 'ack'),
    testers: people(all, 'test'),
    nacks: people(all, 'nack'),
    coveredPatches: patches.filter((list) => list.some((one) => is(one, 'review') || is(one, 'ack'))).length,
    totalPatches,
  };
  return { ...numbers, sentence: sentenceOf(numbers) };
}

function people(reviews: readonly Review[], verdict: Verdict): number {
  const found = personSet();
  let count = 0;
  for (const review of reviews) {
    if (!is(review, verdict) || found.has(review)) continue;
    found.add(review);
    count++;
  }
  return count;
}

function is(review: Review, verdict: Verdict): boolean {
  return verdictsOf(review.kind).includes(verdict);
}

/** `Reviewed by 2 people, acked by 1, 3 of 10 patches covered`; a single patch needs no coverage. */
function sentenceOf(numbers: Omit<ReviewSummary, 'sentence'>): string {
  const parts: string[] = [];
  const say = (verb: string, count: number) => {
    if (count === 0) return;
    const noun = parts.length > 0 ? '' : count === 1 ? ' person' : ' people';
    parts.push(`${verb} by ${count}${noun}`);
  };
  say('reviewed', numbers.reviewers);
  say('acked', numbers.acks);
  say('tested', numbers.testers);
  say('rejected', numbers.nacks);
  if (parts.length === 0) return '';
  if (numbers.totalPatches > 1 && numbers.reviewers + numbers.acks > 0) {
    parts.push(`${numbers.coveredPatches} of ${numbers.totalPatches} patches covered`);
  }
  const sentence = parts.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
