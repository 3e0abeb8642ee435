import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RetryPolicy, retryDelayMs } from '../../../src/digest/time/retry-delay.js';

const policy: RetryPolicy = {
  firstMs: 2_000,
  longestMs: 900_000,
  longestRequestedMs: 3_600_000,
  spread: [1, 1.5],
};

it.each([
  [{ failures: 1, random: 0 }, 2_000],
  [{ failures: 2, random: 0 }, 4_000],
  [{ failures: 2, random: 0.5 }, 5_000],
  [{ failures: 60, random: 0 }, 900_000],
  [{ failures: 1, random: 0, requestedMs: 60_000 }, 60_000],
  [{ failures: 1, random: 0.5, requestedMs: 60_000 }, 61_000],
  [{ failures: 60, random: 0, requestedMs: 60_000 }, 900_000],
  [{ failures: 60, random: 0, requestedMs: 60_000, isNamed: true }, 60_000],
  [{ failures: 7, random: 0.5, requestedMs: 5_000, isNamed: true }, 6_000],
  [{ failures: 7, random: 0, requestedMs: 1, isNamed: true }, 2_000],
  [{ failures: 1, random: 0, requestedMs: 0, isNamed: true }, 2_000],
  [{ failures: 1, random: 0, requestedMs: 86_400_000 }, 3_600_000],
])('%j waits %d ms', (state, delayMs) => {
  expect(retryDelayMs(policy, state)).toBe(delayMs);
});

it('waits at least a second with full jitter', () => {
  expect(retryDelayMs({ ...policy, spread: [0, 1] }, { failures: 1, random: 0 })).toBe(1_000);
});

it('is never shorter than requested, never longer than its bounds', () => {
  const state = fc.record({
    failures: fc.nat(100),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    requestedMs: fc.integer({ min: -1, max: 3_600_000 }),
  });
  fc.assert(
    fc.property(state, (given) => {
      const delayMs = retryDelayMs(policy, given);
      expect(delayMs).toBeGreaterThanOrEqual(Math.max(2_000, given.requestedMs));
      expect(delayMs).toBeLessThanOrEqual(3_602_000);
    }),
  );
});
