import { describe, expect, it } from 'vitest';
import { isOnlyThanks } from '../../../src/digest/claims/only-thanks.js';

describe('a reply that only says thanks', () => {
  it.each([
    ['Thanks!'],
    ['> Reviewed-by: Ben Reed <ben@example.org>\n\nThank you!\n\nAda'],
    ['On Tue, 3 Mar 2026, Ben Reed wrote:\n> Looks good to me.\n\nGreat, thanks for testing!\nAda Quill'],
    ['Hi Ben,\n\nThanks for the quick review.\n\nKind regards,\nAda'],
    ['Gentle ping on this series.'],
    ['Hi, just a gentle ping. Any comments on this patch?\n\nThanks,\nAda'],
  ])('%j', (text) => {
    expect(isOnlyThanks(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a quote alone', '> Thanks!'],
    ['a promise', 'Thanks, will fix.'],
    ['a promise in short', "Thanks, I'll take a look!"],
    ['a report of a new version', 'New patches sent with these things fixed, thanks.'],
    ['a question', 'Thanks. Which tree does this go through?'],
    ['a doubt', 'Thanks, but the lock is not held there.'],
    ['more than thanks', 'I think the other path has the same race, thanks.'],
    ['a change', 'Thanks.\n\n+\tlock(frob);\n'],
    ['agreement', 'Makes sense.'],
    ['a review', 'Reviewed-by: Ben Reed <ben@example.org>'],
    ['a ping that asks for another version', 'Ping, or do you want me to send v3?'],
  ])('is not %s', (_, text) => {
    expect(isOnlyThanks(text)).toBe(false);
  });
});
