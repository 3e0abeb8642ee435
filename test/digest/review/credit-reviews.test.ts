import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withReviewScopes } from '../../../src/digest/claims/review-scope.js';
import { type BotTable, KNOWN_BOTS, readBots } from '../../../src/digest/mail/bots.js';
import { creditReviews } from '../../../src/digest/review/credit-reviews.js';
import type { RevisionReviews } from '../../../src/digest/review/review.js';
import type { Revision } from '../../../src/digest/revision/revision.js';
import { parseTrailers } from '../../../src/digest/trailer/parse-trailers.js';
import { finishes } from '../../lib/hang-guard.js';
import { factsOf, jane, mai, pat, revisionOf } from '../state/facts.js';

interface Reply {
  readonly to: string;
  readonly by?: { readonly name: string; readonly email: string };
  readonly text: string;
}

/** Reviews of a posting with these texts in reply to its mails; `letters` are texts of its own mails. */
function reviewsOf(
  revision: Revision,
  replies: readonly Reply[],
  letters: Record<string, string> = {},
): RevisionReviews {
  const facts = new Map(
    revision.members.map((id) => [
      id,
      factsOf(id, { kind: 'patch', trailers: parseTrailers(letters[id] ?? '', 'letter') }),
    ]),
  );
  const targets = new Map<string, string>();
  for (const [at, { to, by = pat, text }] of replies.entries()) {
    const trailers = withReviewScopes(text, parseTrailers(text, 'reply'));
    facts.set(`r${at}`, factsOf(`r${at}`, { author: by, trailers, received: `2024-05-02T10:00:0${at}Z` }));
    targets.set(`r${at}`, to);
  }
  return creditReviews({ revision, facts, targets, bots: KNOWN_BOTS });
}

/** `1: Reviewed-by Pat Erson` a line: which tags are on which patch. */
function table(reviews: RevisionReviews): string[] {
  return reviews.patches.flatMap(({ reviews: given }, at) =>
    given.map((one) => `${at + 1}: ${one.kind} ${one.name}`),
  );
}

const three = revisionOf(1, 3, '2024-05-01T10:00:00Z');
const five = revisionOf(1, 5, '2024-05-01T10:00:00Z');
const tag = 'Reviewed-by: Pat Erson <pat@example.org>';
const all = ['1: Reviewed-by Pat Erson', '2: Reviewed-by Pat Erson', '3: Reviewed-by Pat Erson'];

describe('which patch a tag is credited to', () => {
  it.each<[string, Reply, string[]]>([
    ['T1 a quoted tag is not counted', { to: 'v1-1', text: `> ${tag}\n\nFine.` }, []],
    [
      'T2, T3 a reply credits the patch that its thread speaks of',
      { to: 'v1-2', text: tag },
      ['2: Reviewed-by Pat Erson'],
    ],
    ['T6 one for the cover goes to all', { to: 'v1-0', text: tag }, all],
    ['T6 one for a range goes to these', { to: 'v1-0', text: `For patches 1-2:\n\n${tag}` }, all.slice(0, 2)],
    [
      'T6 one for a list goes to these',
      { to: 'v1-0', text: `For patches 1 and 3:\n${tag}` },
      [all[0] ?? '', all[2] ?? ''],
    ],
    ['T6 a note behind it', { to: 'v1-0', text: `${tag} # patches 2-3` }, all.slice(1)],
    ['T6 a note in brackets', { to: 'v1-0', text: `${tag} [patch 2]` }, all.slice(1, 2)],
    ['T6 the first two', { to: 'v1-0', text: `For the first two patches:\n${tag}` }, all.slice(0, 2)],
    ['T6 one for the series, below a patch', { to: 'v1-1', text: `For the series:\n\n${tag}` }, all],
    [
      'T6 all but one',
      { to: 'v1-0', text: `The whole series, except patch 2, is\n${tag}` },
      [all[0] ?? '', all[2] ?? ''],
    ],
    [
      'T6 a range that the series does not have',
      { to: 'v1-2', text: `For patch 17:\n${tag}` },
      all.slice(1, 2),
    ],
    [
      'T6 a patch named in passing gives no range',
      { to: 'v1-0', text: `Patch 2 needs a comment, otherwise\n${tag}` },
      all,
    ],
    ['T9 a note does not change who it is', { to: 'v1-1', text: `${tag} # v6.1+` }, all.slice(0, 1)],
    ['T9 nor does a line of brackets', { to: 'v1-1', text: `${tag}\n[for the x86 bits]` }, all.slice(0, 1)],
    [
      'T8 a wrapped address',
      { to: 'v1-1', text: 'Reviewed-by: Pat Erson\n<pat@example.org>' },
      all.slice(0, 1),
    ],
    [
      'T7 what a web mailer makes of an address',
      { to: 'v1-1', text: 'Reviewed-by: Pat Erson <pat@example.org<mailto:pat@example.org>>' },
      all.slice(0, 1),
    ],
    ['T11 a bare address', { to: 'v1-1', text: 'Reviewed-by: pat@example.org' }, ['1: Reviewed-by ']],
    [
      'T13 prose is no tag',
      { to: 'v1-1', text: 'Please add Reviewed-by when resending.\nReviewed-by: when you resend' },
      [],
    ],
    ['T14 a question is no tag', { to: 'v1-1', text: 'Fixes: ?' }, []],
    ['T15 below the signature is nothing', { to: 'v1-1', text: `Thanks\n-- \n${tag}` }, []],
    ['T16 odd case', { to: 'v1-1', text: 'REVIEWED-BY: Pat Erson <pat@example.org>' }, all.slice(0, 1)],
    [
      'T17 Signed-off-by is no review',
      { to: 'v1-1', text: 'Signed-off-by: Pat Erson <pat@example.org>' },
      [],
    ],
    ['T18 Link is no review', { to: 'v1-1', text: 'Link: https://patch.msgid.link/x@example.org' }, []],
    [
      'T19 quotes whose blank lines lost their mark',
      { to: 'v1-1', text: `> a\n>\n>\n> b\n\n${tag}\n> c` },
      all.slice(0, 1),
    ],
    [
      'T20 a tag on its own line below a condition is granted',
      { to: 'v1-1', text: `With that fixed,\n${tag}` },
      all.slice(0, 1),
    ],
    ['T20 a tag inside a sentence is not', { to: 'v1-1', text: `With that fixed, ${tag}` }, []],
    [
      "a bare NAK is its sender's",
      { to: 'v1-1', text: 'NAK.\n\nThis breaks frob.' },
      ['1: Nacked-by Pat Erson'],
    ],
    [
      'two in one',
      { to: 'v1-1', text: 'Reviewed-and-tested-by: Pat Erson <pat@example.org>' },
      ['1: Reviewed-and-tested-by Pat Erson'],
    ],
    [
      'T6 the rest of the series is known to the writer alone',
      { to: 'v1-1', text: `For the rest of the series:\n${tag}` },
      all.slice(0, 1),
    ],
    [
      'T6 the series in passing',
      { to: 'v1-1', text: `Does not conflict with patches in the series.\n${tag}` },
      all.slice(0, 1),
    ],
    ['T6 all patches', { to: 'v1-1', text: `For all patches:\n${tag}` }, all],
    ['T6 the series, as a subject', { to: 'v1-1', text: `Series looks good to me.\n\n${tag}` }, all],
  ])('%s', (_, reply, expected) => {
    expect(table(reviewsOf(three, [reply]))).toEqual(expected);
  });

  it.each<[string, { name: string; email: string }, string, boolean]>([
    [
      'T5 the same address under another name',
      { name: 'P', email: 'PAT@example.org' },
      'Pat Erson <pat@example.org>',
      true,
    ],
    ['T5 a +tag', { name: 'P', email: 'pat+lists@example.org' }, 'Somebody <pat@example.org>', true],
    [
      'T5 one label in front of the domain',
      { name: 'P', email: 'pat@linux.example.org' },
      'Pat <pat@example.org>',
      true,
    ],
    ['T5 two labels', { name: 'P', email: 'pat@a.b.example.org' }, 'Pat <pat@example.org>', false],
    ['T5 another domain', { name: 'P', email: 'pat@example.com' }, 'Pat <pat@example.org>', false],
    [
      'T5 the name turned round',
      { name: 'Erson, Pat', email: 'p@corp.example.com' },
      'Pat Erson <pat@example.org>',
      true,
    ],
    [
      'T5 the same name',
      { name: 'Pat Erson (Corp)', email: 'p@corp.example.com' },
      'Pat Erson <pat@example.org>',
      true,
    ],
    ['T5 a name of one word', { name: 'Pat', email: 'p@corp.example.com' }, 'Pat <pat@example.org>', false],
    ['T5 a hidden address beside the same name', pat, 'Pat Erson <pat at example.org>', true],
    ['T5 a hidden address beside another name', mai, 'Pat Erson <mai at example.org>', false],
    ['T5 somebody else', mai, 'Pat Erson <pat@example.org>', false],
    [
      'T10 quotes and a comma',
      { name: 'Pat Erson', email: 'p@corp.example.com' },
      '"Erson, Pat" <pat@example.org>',
      true,
    ],
    ['T10 brackets', pat, 'Pat (he) Erson <pat@example.org>', true],
    [
      'T12 letters beyond ASCII',
      { name: 'Pär Ersön', email: 'p@corp.example.com' },
      'Pär Ersön <par@example.org>',
      true,
    ],
  ])('%s: from %j for %s counts: %s', (_, by, person, counts) => {
    const reviews = reviewsOf(three, [{ to: 'v1-1', by, text: `Reviewed-by: ${person}` }]);
    expect(table(reviews)).toHaveLength(counts ? 1 : 0);
    expect(reviews.mismatches).toHaveLength(counts ? 0 : 1);
  });

  it('T4 counts one person once, whatever the address', () => {
    const replies = [
      { to: 'v1-1', text: tag },
      { to: 'v1-1', text: tag },
      {
        to: 'v1-1',
        by: { name: 'Pat Erson', email: 'pat@home.example.com' },
        text: 'Reviewed-by: Pat Erson <pat@home.example.com>',
      },
    ];
    expect(table(reviewsOf(three, replies))).toEqual(['1: Reviewed-by Pat Erson']);
  });

  it('keeps a review and a test by one person apart', () => {
    const text = `${tag}\nTested-by: Pat Erson <pat@example.org>`;
    expect(table(reviewsOf(three, [{ to: 'v1-1', text }]))).toEqual([
      '1: Reviewed-by Pat Erson',
      '1: Tested-by Pat Erson',
    ]);
  });

  it('gives each tag of a mail its own range', () => {
    const text = `For patches 1-2:\n${tag}\n\nFor patch 3:\nAcked-by: Pat Erson <pat@example.org>`;
    expect(table(reviewsOf(three, [{ to: 'v1-0', text }]))).toEqual([
      ...all.slice(0, 2),
      '3: Acked-by Pat Erson',
    ]);
  });

  it.each([
    ['', undefined],
    [' # mm', true],
    ['\t#for the drm parts', true],
    [' # v2', undefined],
    [' # LGTM', undefined],
    [' # for the series', undefined],
    [' # patches 1-3', undefined],
    [' # patch 1', undefined],
    [' (v6)', undefined],
  ])('says where its comment names a part of the patch (%s)', (comment, expected) => {
    const [given] = reviewsOf(three, [{ to: 'v1-1', text: `${tag}${comment}` }]).patches[0]?.reviews ?? [];
    expect(given?.name).toBe('Pat Erson');
    expect(given?.ofPart).toBe(expected);
  });

  it('takes the tag of the whole where one of a part came before', () => {
    const [given, ...more] =
      reviewsOf(three, [
        { to: 'v1-1', text: `${tag} # mm` },
        { to: 'v1-1', text: tag },
      ]).patches[0]?.reviews ?? [];
    expect(more).toEqual([]);
    expect(given?.ofPart).toBe(undefined);
  });

  it('lets one sentence stand for a block of tags', () => {
    const text = `For patches 1-2:\n${tag}\nTested-by: Pat Erson <pat@example.org>`;
    expect(table(reviewsOf(three, [{ to: 'v1-0', text }]))).toHaveLength(4);
  });

  it('does not count what authors say of their own patches', () => {
    expect(
      table(reviewsOf(three, [{ to: 'v1-1', by: jane, text: 'Tested-by: Jane Doe <jane@example.org>' }])),
    ).toEqual([]);
  });
});

describe('tags that the author carried over', () => {
  it('stand on the patch, once with the same tag in a reply', () => {
    const reviews = reviewsOf(three, [{ to: 'v1-1', text: tag }], {
      'v1-1': `Teach it.\n\n${tag}\nSigned-off-by: Jane Doe <jane@example.org>`,
    });
    expect(reviews.patches[0]?.reviews).toEqual([
      { kind: 'Reviewed-by', name: 'Pat Erson', email: 'pat@example.org', id: 'v1-1', carried: true },
    ]);
  });

  it.each([
    [
      'T17 Signed-off-by of those through whose hands it went, in any order',
      'Signed-off-by: Jane Doe <jane@example.org>\nSigned-off-by: Pat Erson <pat@example.org>\nCo-developed-by: Mai Ntainer <mai@example.org>\nSigned-off-by: Mai Ntainer <mai@example.org>\nSigned-off-by: Jane Doe <jane@example.org>',
    ],
    [
      'T18 the same mail linked at two archives',
      'Link: https://lore.kernel.org/r/1@example.org\nLink: https://patch.msgid.link/1@example.org',
    ],
  ])('are no reviews: %s', (_, text) => {
    const reviews = reviewsOf(three, [], { 'v1-1': `Teach it.\n\n${text}` });
    expect(table(reviews)).toEqual([]);
    expect(reviews.mismatches).toEqual([]);
  });

  it('make no mismatch of the author who speaks of them', () => {
    const reviews = reviewsOf(three, [{ to: 'v1-1', by: jane, text: tag }], { 'v1-1': tag });
    expect(reviews.mismatches).toEqual([]);
  });

  it('go to all patches from the cover', () => {
    expect(table(reviewsOf(three, [], { 'v1-0': `Hello.\n\n${tag}` }))).toEqual(all);
  });
});

describe('the summary', () => {
  it.each<[string, Revision, readonly Reply[], string]>([
    ['nothing', five, [], ''],
    [
      'one reviewer of all',
      five,
      [{ to: 'v1-0', text: tag }],
      'Reviewed by 1 person, 5 of 5 patches covered',
    ],
    [
      'two reviewers of some',
      five,
      [
        { to: 'v1-1', text: tag },
        { to: 'v1-2', by: mai, text: 'Reviewed-by: Mai Ntainer <mai@example.org>' },
        { to: 'v1-2', text: tag },
      ],
      'Reviewed by 2 people, 2 of 5 patches covered',
    ],
    [
      'acks',
      five,
      [{ to: 'v1-1', text: 'Acked-by: Pat Erson <pat@example.org>' }],
      'Acked by 1 person, 1 of 5 patches covered',
    ],
    [
      'a test covers nothing',
      five,
      [{ to: 'v1-1', text: 'Tested-by: Pat Erson <pat@example.org>' }],
      'Tested by 1 person',
    ],
    ['a no', five, [{ to: 'v1-1', text: 'Nacked-by: Pat Erson <pat@example.org>' }], 'Rejected by 1 person'],
    [
      'a single patch',
      revisionOf(1, 1, '2024-05-01T10:00:00Z'),
      [{ to: 'v1-1', text: tag }],
      'Reviewed by 1 person',
    ],
    [
      'a review and a test by one, an ack by another',
      five,
      [
        { to: 'v1-0', text: 'Reviewed-and-tested-by: Pat Erson <pat@example.org>' },
        { to: 'v1-3', by: mai, text: 'Acked-by: Mai Ntainer <mai@example.org>' },
      ],
      'Reviewed by 1 person, acked by 1, tested by 1, 5 of 5 patches covered',
    ],
  ])('of %s', (_, revision, replies, sentence) => {
    expect(reviewsOf(revision, replies).summary.sentence).toBe(sentence);
  });
});

it('credits no program: neither its own mail nor its tag on a patch', () => {
  const revision = revisionOf(1, 1, '2024-05-01T10:00:00Z');
  const robot = { name: 'kernel test robot', email: 'lkp@intel.com' };
  const trailer = { kind: 'Tested-by', ...robot, value: 'kernel test robot <lkp@intel.com>' };
  const facts = new Map([
    ['v1-1', factsOf('v1-1', { kind: 'patch', trailers: [trailer] })],
    ['r0', factsOf('r0', { author: robot, bot: true, trailers: [trailer] })],
    ['r1', factsOf('r1', { author: pat, bot: true, trailers: [{ ...trailer, ...pat }] })],
  ]);
  const targets = new Map([
    ['r0', 'v1-1'],
    ['r1', 'v1-1'],
  ]);
  expect(creditReviews({ revision, facts, targets, bots: KNOWN_BOTS }).patches[0]?.reviews).toEqual([]);
});

it('credits no program that the configuration names, in the words of a person', () => {
  const revision = revisionOf(1, 1, '2024-05-01T10:00:00Z');
  const trailer = {
    kind: 'Tested-by',
    name: 'Lab',
    email: 'lab@ci.example.org',
    value: 'Lab <lab@ci.example.org>',
  };
  const facts = new Map([['v1-1', factsOf('v1-1', { kind: 'patch', trailers: [trailer] })]]);
  const namesOf = (bots: BotTable) =>
    creditReviews({ revision, facts, targets: new Map(), bots }).patches[0]?.reviews.map(({ name }) => name);
  expect(namesOf(KNOWN_BOTS)).toEqual(['Lab']);
  expect(namesOf(readBots([{ address: '*@ci.example.org', says: 'ci' }]))).toEqual([]);
});

it('never throws and never covers more patches than there are, whatever is written', () => {
  const word = fc.constantFrom(
    'Reviewed-by:',
    'Pat Erson',
    '<pat@example.org>',
    'for',
    'patches',
    '1-3',
    '2/5',
    'series',
    '#',
    '[',
    ']',
    '\n',
    ':',
    '>',
    'except',
    '1-99999999',
  );
  fc.assert(
    fc.property(fc.array(word), fc.constantFrom('v1-0', 'v1-1', 'v1-9'), (words, to) => {
      const { summary } = reviewsOf(five, [{ to, text: words.join(' ') }]);
      expect(summary.coveredPatches).toBeLessThanOrEqual(summary.totalPatches);
    }),
  );
});

it.each([[' '], ['>'], ['['], ['a'], ['1/'], ['-'], ['| '], ['patches 1-3 '], ['1,']])(
  'reads a range from a line of 400,000 characters of %j without hanging',
  (piece) => {
    const text = `For patches ${piece.repeat(400_000 / piece.length)}:\n${tag} # ${piece.repeat(400_000 / piece.length)}`;
    const read = () => withReviewScopes(text, [{ kind: 'Reviewed-by', ...pat, value: text }]);
    expect(finishes(read)).toHaveLength(1);
  },
);

describe('tags in numbers that no posting has', () => {
  const big = revisionOf(1, 200, '2024-05-01T10:00:00Z');
  const replies = (count: number): Reply[] =>
    Array.from({ length: count }, (_, n) => ({
      to: 'v1-0',
      by: { name: `Tester${n} Example`, email: `t${n}@example.org` },
      text: `Tested-by: Tester${n} Example <t${n}@example.org>`,
    }));

  it('are counted up to a bound, and what is left out is reported', () => {
    const { summary, uncounted, patches } = reviewsOf(big, replies(230));
    expect(uncounted).toBe(30);
    expect(patches[199]?.reviews).toHaveLength(200);
    expect(summary.testers).toBe(230);
  });

  it('are all counted below it', () => {
    expect(reviewsOf(big, replies(200)).uncounted).toBe(0);
  });
});
