import { describe, expect, it } from 'vitest';
import { explainLinks } from '../../../src/digest/series/explain.js';
import { joinAtOnce } from '../revision/incremental-join.js';
import { DAY, type LittleMail, makeFacts } from '../revision/make-facts.js';

const MAILS: readonly LittleMail[] = [
  { id: 'a', subject: '[PATCH RFC 0/2] mm/gup: pin pages' },
  { id: 'a.1', subject: '[PATCH RFC 1/2] mm/gup: count the pins', re: ['a'] },
  { id: 'b', subject: '[PATCH v2 0/1] mm/gup: count pins', at: DAY, earlier: [[1, 'a']] },
  { id: 'b.1', subject: '[PATCH v2 1/1] mm/gup: count the pins of each page', at: DAY, re: ['b'] },
];

describe('explaining a series', () => {
  const [group] = joinAtOnce(MAILS.map(makeFacts)).series;

  it('gives a line for each join', () => {
    expect(group && explainLinks(group)).toEqual(['link in the letter: the letter of v2 names a@x as v1']);
  });
});
