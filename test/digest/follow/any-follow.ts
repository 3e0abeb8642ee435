import fc from 'fast-check';
import { stateNames } from '../../../src/digest/claims/claim.js';
import type { Condition, Follow, Where } from '../../../src/digest/follow/follow.js';

const slug = fc.constantFrom('kvm', 'mm', 'kvm/x86', 'mm/gup', 'io_uring', 'netdev', 's390', 'vfio');
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'page',
        'table',
        'kvm',
        'OR',
        'v2',
        '"',
        '“',
        '\\',
        '-',
        ':',
        ',',
        '(',
        ')',
        'FOLL_PIN',
        'é',
      ),
      fc.string({ minLength: 1, maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(' ').replaceAll(/\s+/g, ' ').trim())
  .filter((text) => text !== '');
const who = fc.constantFrom('ada', 'ada quill', 'ada@example.org', '@example.org', 'o"brien', 'léa');

/** Any condition as the parser could have made it. */
const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  slug.map((one): Condition => ({ kind: 'subsystem', slug: one })),
  slug.map((one): Condition => ({ kind: 'touches', slug: one })),
  fc
    .constantFrom('kvm@vger.kernel.org', 'frobs@lists.example.org')
    .map((list): Condition => ({ kind: 'list', list })),
  who.map((one): Condition => ({ kind: 'author', who: one })),
  who.map((one): Condition => ({ kind: 'to', who: one })),
  who.map((one): Condition => ({ kind: 'maintainer', who: one })),
  who.map((one): Condition => ({ kind: 'reviewed', who: one })),
  fc
    .constantFrom('mm/**', 'mm/', '*.rs', 'drivers/a,b/c d.c', 'a/"b"/*')
    .map((glob): Condition => ({ kind: 'path', glob })),
  fc
    .constantFrom('foll_pin', '20261012.1@example.org', 'two words')
    .map((query): Condition => ({ kind: 'series', query })),
  fc
    .constantFrom('rfc' as const, 'pull' as const, 'single' as const, 'series' as const, 'resend' as const)
    .map((is): Condition => ({ kind: 'kind', is })),
  fc
    .record({
      compare: fc.constantFrom('=' as const, '>=' as const, '<=' as const, '>' as const, '<' as const),
      version: fc.constantFrom(0, 1, 2, 3, 5.1, 17),
    })
    .map((comparison): Condition => ({ kind: 'version', ...comparison })),
  fc.constantFrom(...stateNames).map((state): Condition => ({ kind: 'state', state })),
  fc.constantFrom('net-next', 'kvm', '6.1').map((tag): Condition => ({ kind: 'prefix', tag })),
  words.map((one): Condition => ({ kind: 'title', words: one })),
  fc.constant<Condition>({ kind: 'all' }),
);

function joined(kind: 'and' | 'or', terms: readonly Where[]): Where {
  return { kind, terms: terms.flatMap((term) => (term.kind === kind ? term.terms : [term])) };
}

const tree: fc.Memo<Where> = fc.memo((depth) => {
  if (depth <= 1) return anyCondition;
  const some = fc.array(tree(depth - 1), { minLength: 2, maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: anyCondition },
    { weight: 1, arbitrary: some.map((terms) => joined('and', terms)) },
    { weight: 1, arbitrary: some.map((terms) => joined('or', terms)) },
    { weight: 1, arbitrary: tree(depth - 1).map((term): Where => ({ kind: 'not', term })) },
  );
});

/** Any tree in the form that the parser makes: nothing nests in its like. */
export const anyWhere: fc.Arbitrary<Where> = tree(4);

export const anyFollow: fc.Arbitrary<Follow> = fc.record(
  {
    version: fc.constant(1 as const),
    where: anyWhere,
    bots: fc.boolean(),
    when: fc.constant('now' as const),
  },
  { requiredKeys: ['version', 'where', 'bots'] },
);
