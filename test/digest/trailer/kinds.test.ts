import { describe, expect, it } from 'vitest';
import { deedOf, readKind, type Verdict, verdictsOf } from '../../../src/digest/trailer/kinds.js';

describe('kinds of trailers', () => {
  it.each<[written: string, kind: string, verdicts: Verdict[], deed: string | null]>([
    ['Reviewed-by', 'Reviewed-by', ['review'], 'reviewed'],
    ['reviewed-BY', 'Reviewed-by', ['review'], 'reviewed'],
    ['Reviwed-by', 'Reviewed-by', ['review'], 'reviewed'],
    ['Revewed-by', 'Reviewed-by', ['review'], 'reviewed'],
    ['Reivewed-by', 'Reviewed-by', ['review'], 'reviewed'],
    ['Aked-by', 'Acked-by', ['ack'], 'acked'],
    ['Tetsed-by', 'Tested-by', ['test'], 'tested'],
    ['Signed-of-by', 'Signed-off-by', [], null],
    ['Reviewed-by/Tested-by', 'Reviewed-and-tested-by', ['review', 'test'], 'reviewed and tested'],
    ['Asked-by', 'Asked-by', [], null],
    ['Ached-by', 'Ached-by', [], null],
    ['Tented-by', 'Tented-by', [], null],
    ['Reviewee-by', 'Reviewee-by', [], null],
    ['Backed-by', 'Backed-by', [], null],
    ['Reviewer-by', 'Reviewer-by', [], null],
    ['Nested-by', 'Nested-by', [], null],
    ['Added-by', 'Added-by', [], null],
    ['Acked by', 'Acked-by', ['ack'], 'acked'],
    ['Approved-by', 'Approved-by', ['ack'], 'approved'],
    ['Naked-by', 'Nacked-by', ['nack'], 'rejected'],
    ['Reviewed-and-tested-by', 'Reviewed-and-tested-by', ['review', 'test'], 'reviewed and tested'],
    ['Tested-and-reviewed-by', 'Tested-and-reviewed-by', ['test', 'review'], 'tested and reviewed'],
    ['Reviewed-&-tested-by', 'Reviewed-and-tested-by', ['review', 'test'], 'reviewed and tested'],
    ['Acked-and-tested-by', 'Acked-and-tested-by', ['ack', 'test'], 'acked and tested'],
    ['Reviewed-and-acked-by', 'Reviewed-and-acked-by', ['review', 'ack'], 'reviewed and acked'],
    [
      'Acked-and-reviewed-and-tested-by',
      'Acked-and-reviewed-and-tested-by',
      ['ack', 'review', 'test'],
      'acked and reviewed and tested',
    ],
    ['Reported-and-tested-by', 'Reported-and-tested-by', ['test'], 'tested'],
    ['Acked-for-MFD-by', 'Acked-for-mfd-by', ['ack'], 'acked'],
    ['Reviewed-for-the-DT-part-by', 'Reviewed-for-the-dt-part-by', ['review'], 'reviewed'],
    ['Build-tested-by', 'Build-tested-by', ['test'], 'tested'],
    ['Series-reviewed-by', 'Series-reviewed-by', ['review'], 'reviewed'],
    ['Not-reviewed-by', 'Not-reviewed-by', [], null],
    ['Signed-off-by', 'Signed-off-by', [], null],
    ['Suggested-by', 'Suggested-by', [], null],
    ['Fixes', 'Fixes', [], null],
  ])('%s is %s', (written, kind, verdicts, deed) => {
    expect(readKind(written, 'reply')).toBe(kind);
    expect(verdictsOf(kind)).toEqual(verdicts);
    expect(deedOf(kind)).toBe(deed);
  });

  it.each([
    'Subject',
    'From',
    'Cc',
    'base-commit',
    'Note',
    'X & Y-by',
    '-by',
    'Not-by/Reviewed-by',
    `${'a'.repeat(60)}-by`,
  ])('%s in a reply is none', (written) => {
    expect(readKind(written, 'reply')).toBeNull();
  });
});
