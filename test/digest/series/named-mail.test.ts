import { describe, expect, it } from 'vitest';
import { namedMail } from '../../../src/digest/series/named-mail.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const review = (kind: string, messageId: string) => ({
  kind,
  name: 'Bo Lindqvist',
  email: 'bo@example.org',
  messageId,
});
const patch = (index: number, messageId: string, reviews: ReturnType<typeof review>[] = []) => ({
  messageId,
  index,
  author: 'Ada Quill',
  title: `mm: step ${index}`,
  url: null,
  reviews,
});

const v1 = aRevision({ total: 2, patches: [patch(1, 'v1-1@x'), patch(2, 'v1-2@x')] });
const v2 = aRevision({
  version: 2,
  total: 3,
  patches: [
    patch(1, 'v2-1@x'),
    patch(2, 'v2-2@x', [review('Reviewed-by', 'r@x'), review('Tested-by', 't@x')]),
    patch(3, 'v2-3@x'),
  ],
  reviews: [review('Acked-by', 'a@x')],
});
const series = aSeries({ revisions: [v1, v2] });

describe('the name of a linked mail', () => {
  it.each([
    ['v2@example.org', null],
    ['v1@example.org', 'v1'],
    ['v2-3@x', 'patch 3/3, “mm: step 3”'],
    ['v1-2@x', 'v1, patch 2/2, “mm: step 2”'],
    ['r@x', 'review by Bo Lindqvist of patch 2/3'],
    ['t@x', 'test report by Bo Lindqvist of patch 2/3'],
    ['a@x', 'ack by Bo Lindqvist'],
  ])('of %s is %s', (messageId, name) => {
    expect(namedMail(series, messageId, { email: 'dan@example.org', about: null })).toBe(name);
  });

  it.each([
    ['bo@example.org', 'v2-1@x', 'reply by Bo Lindqvist to patch 1/3, “mm: step 1”'],
    ['dan@example.org', null, 'reply by dan@example.org'],
    ['', null, 'reply by someone'],
  ])('of a reply by %s about %s is %s', (email, about, name) => {
    expect(namedMail(series, 'reply@x', { email, about })).toBe(name);
  });

  it('is none for a single patch, which is its whole series', () => {
    const single = aSeries({ revisions: [aRevision({ total: 1, patches: [patch(1, 'v1@example.org')] })] });
    expect(namedMail(single, 'v1@example.org', null)).toBeNull();
  });
});
