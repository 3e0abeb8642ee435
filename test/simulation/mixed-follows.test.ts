import { describe, expect, it } from 'vitest';
import { type Likelihood, likelihoodOf, type Wish } from './mixed-follows.js';
import type { Posting } from './postings.js';

const at = (day: number): number => Date.UTC(2026, 2, day);
const posting: Posting = {
  token: 'tok1x',
  version: 1,
  lists: ['kvm'],
  isLate: false,
  firstMs: at(10),
  readyMs: at(10),
  members: [],
  replies: [],
  reports: [],
  appliedMs: null,
  alone: null,
  sentMs: 0,
};
const wish = (fromDay: number, untilDay: number | null, wants: Likelihood = 'surely'): Wish => ({
  text: 'list:kvm',
  wants: () => wants,
  fromMs: at(fromDay),
  untilMs: untilDay === null ? Number.POSITIVE_INFINITY : at(untilDay),
});

describe('what a place with several follows is to get', () => {
  it.each<[string, Wish[], Likelihood]>([
    ['that was followed all the time', [wish(1, null)], 'surely'],
    ['that one of two is for', [wish(1, null, 'never'), wish(1, null)], 'surely'],
    ['that none is for', [wish(1, null, 'never')], 'never'],
    ['whose follow began after it came', [wish(11, null)], 'perhaps'],
    ['whose follow ended before it came', [wish(1, 9)], 'never'],
    ['whose follow ended after it came', [wish(1, 11)], 'perhaps'],
    ['whose follow ended while another stays', [wish(1, 11), wish(1, null)], 'surely'],
  ])('a posting %s', (_, wishes, expected) => {
    expect(likelihoodOf(wishes, posting)).toBe(expected);
  });
});
