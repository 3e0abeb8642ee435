import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSentence, shortReviews } from '../../../src/digest/review/read-sentence.js';
import type { Review } from '../../../src/digest/review/review.js';
import { summariseReviews } from '../../../src/digest/review/summarise-reviews.js';

const review = (kind: string, n: number): Review => ({
  kind,
  name: `Person ${kind} ${n}`,
  email: `${kind}${n}@example.org`.toLowerCase(),
  id: `${kind}${n}`,
  carried: false,
});

describe('shortReviews', () => {
  it.each([
    ['Reviewed by 3 people, acked by 1, 11 of 11 patches covered', 'R3 A1 11/11'],
    ['Acked by 1 person, tested by 2, 4 of 9 patches covered', 'A1 T2 4/9'],
    ['Tested by 1 person', 'T1'],
    ['Rejected by 1 person', 'N1'],
    ['', null],
  ])('%s: %s', (sentence, short) => {
    expect(shortReviews(sentence)).toBe(short);
  });

  it('reads back whatever summariseReviews writes', () => {
    const kinds = fc.constantFrom('Reviewed-by', 'Acked-by', 'Tested-by', 'Nacked-by');
    const given = fc.array(fc.array(fc.tuple(kinds, fc.nat(5)), { maxLength: 6 }), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(given, (patches) => {
        const reviews = patches.map((list) => list.map(([kind, n]) => review(kind, n)));
        const { sentence, reviewers, acks, testers, nacks, coveredPatches, totalPatches } = summariseReviews(
          reviews,
          [],
          reviews.length,
        );
        const covered = reviewers + acks > 0 ? [coveredPatches, totalPatches] : null;
        expect(readSentence(sentence)).toEqual({ reviewers, acks, testers, nacks, covered });
      }),
    );
  });
});
