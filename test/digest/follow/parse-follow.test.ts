import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followSchema, type Where } from '../../../src/digest/follow/follow.js';
import { formatFollow } from '../../../src/digest/follow/format-follow.js';
import { parseFollow } from '../../../src/digest/follow/parse-follow.js';
import { finishes } from '../../lib/hang-guard.js';
import { exampleCatalog } from '../subsystem/shared-maintainers.js';
import { anyFollow } from './any-follow.js';

const parse = (text: string) => parseFollow(text, exampleCatalog());

function where(text: string): Where | string {
  const parsed = parse(text);
  return parsed.ok ? parsed.follow.where : parsed.problem.message;
}

const kvm: Where = { kind: 'subsystem', slug: 'kvm' };
const mm: Where = { kind: 'subsystem', slug: 'mm' };
const rfc: Where = { kind: 'kind', is: 'rfc' };
const word = (words: string): Where => ({ kind: 'title', words });
const and = (...terms: Where[]): Where => ({ kind: 'and', terms });
const or = (...terms: Where[]): Where => ({ kind: 'or', terms });
const not = (term: Where): Where => ({ kind: 'not', term });

describe('parseFollow', () => {
  it.each<[string, Where]>([
    ['kvm', kvm],
    ['KVM', kvm],
    ['memory management', mm],
    ['net', { kind: 'subsystem', slug: 'netdev' }],
    ['kvm/x86', { kind: 'subsystem', slug: 'kvm/x86' }],
    ['linux-mm', mm],
    ['linux-mm@kvack.org', { kind: 'list', list: 'linux-mm@kvack.org' }],
    ['foll_pin', word('foll_pin')],
    ['"page table"', word('page table')],
    ['“page table”', word('page table')],
    ['"kvm"', word('kvm')],
    ['"a \\"b\\" c"', word('a "b" c')],
    ['touches:kvm', { kind: 'touches', slug: 'kvm' }],
    ['subsystem:mm', mm],
    ['list:kvm', { kind: 'list', list: 'kvm@vger.kernel.org' }],
    ['list:mm', { kind: 'list', list: 'linux-mm@kvack.org' }],
    ['list:frobs', { kind: 'list', list: 'frobs' }],
    ['author:Ada@Example.org', { kind: 'author', who: 'ada@example.org' }],
    ['author:@example.org', { kind: 'author', who: '@example.org' }],
    ['author:"Ada Quill"', { kind: 'author', who: 'ada quill' }],
    ['from:ada', { kind: 'author', who: 'ada' }],
    ['to:me@example.org', { kind: 'to', who: 'me@example.org' }],
    ['maintainer:ada@example.org', { kind: 'maintainer', who: 'ada@example.org' }],
    ['path:mm/**', { kind: 'path', glob: 'mm/**' }],
    ['path:./mm/gup.c', { kind: 'path', glob: 'mm/gup.c' }],
    ['arch/x86/kvm/', { kind: 'path', glob: 'arch/x86/kvm/' }],
    ['series:foll_pin', { kind: 'series', query: 'foll_pin' }],
    ['series:<20261012.1@example.org>', { kind: 'series', query: '20261012.1@example.org' }],
    ['<20261012.1@example.org>', { kind: 'series', query: '20261012.1@example.org' }],
    [
      'https://lore.kernel.org/kvm/20261012.1@example.org/',
      { kind: 'series', query: '20261012.1@example.org' },
    ],
    ['https://lore.kernel.org/r/2026%2Fx%40example.org', { kind: 'series', query: '2026/x@example.org' }],
    ['kind:rfc', rfc],
    ['kind:rfc,pull', or(rfc, { kind: 'kind', is: 'pull' })],
    ['version:2', { kind: 'version', compare: '=', version: 2 }],
    ['version:>=2', { kind: 'version', compare: '>=', version: 2 }],
    ['version:v3+', { kind: 'version', compare: '>=', version: 3 }],
    ['v>=2', { kind: 'version', compare: '>=', version: 2 }],
    ['v2+', { kind: 'version', compare: '>=', version: 2 }],
    ['version:≥2', { kind: 'version', compare: '>=', version: 2 }],
    [
      'version:2..4',
      and({ kind: 'version', compare: '>=', version: 2 }, { kind: 'version', compare: '<=', version: 4 }),
    ],
    ['state:applied', { kind: 'state', state: 'applied' }],
    ['state:review', { kind: 'state', state: 'under-review' }],
    ['prefix:net-next', { kind: 'prefix', tag: 'net-next' }],
    ['prefix:[net-next]', { kind: 'prefix', tag: 'net-next' }],
    ['all', { kind: 'all' }],
    ['kvm mm', and(kvm, mm)],
    ['kvm AND mm', and(kvm, mm)],
    ['kvm OR mm', or(kvm, mm)],
    ['kvm or mm', or(kvm, mm)],
    ['kvm | mm', or(kvm, mm)],
    ['kvm, mm', or(kvm, mm)],
    ['kvm,mm', or(kvm, mm)],
    ['kvm, or mm', or(kvm, mm)],
    ['kvm,', kvm],
    ['kvm OR mm kind:rfc', or(kvm, and(mm, rfc))],
    ['(kvm OR mm) kind:rfc', and(or(kvm, mm), rfc)],
    ['kvm -kind:rfc', and(kvm, not(rfc))],
    ['kvm –kind:rfc', and(kvm, not(rfc))],
    ['kvm NOT kind:rfc', and(kvm, not(rfc))],
    ['kvm !kind:rfc', and(kvm, not(rfc))],
    ['-(kvm OR mm)', not(or(kvm, mm))],
    ['NOT NOT kvm', not(not(kvm))],
    ['kvm (mm kind:rfc)', and(kvm, mm, rfc)],
    [
      'list:kvm, list:mm',
      or({ kind: 'list', list: 'kvm@vger.kernel.org' }, { kind: 'list', list: 'linux-mm@kvack.org' }),
    ],
    ['title(s)', word('title(s)')],
  ])('%s', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });

  it('takes when:now as a setting of the whole follow', () => {
    expect(parse('kvm when:now')).toMatchObject({ ok: true, follow: { where: kvm, when: 'now' } });
    expect(parse('when:now kvm bots:on')).toMatchObject({ ok: true, follow: { bots: true, when: 'now' } });
    expect(parse('kvm when:digest')).toEqual(parse('kvm'));
  });

  it('takes bots:on as a setting of the whole follow', () => {
    expect(parse('kvm bots:on')).toMatchObject({ ok: true, follow: { where: kvm, bots: true } });
    expect(parse('bots:on kvm, mm')).toMatchObject({ ok: true, follow: { where: or(kvm, mm), bots: true } });
    expect(parse('kvm')).toMatchObject({ ok: true, follow: { bots: false } });
  });

  it.each([
    ['', 0, 'There is nothing to follow yet.', 'kvm'],
    ['   ', 0, 'There is nothing to follow yet.', 'kvm'],
    ['bots:on', 0, 'That says what to include, but not what to follow.', 'kvm bots:on'],
    ['kvm OR', 6, 'Something is missing at the end.', 'kvm'],
    ['kvm (mm', 4, 'This parenthesis is never closed.', '(kvm OR mm)'],
    ['kvm)', 3, 'This parenthesis was never opened.', undefined],
    ['()', 0, 'There is nothing between the parentheses.', '(kvm OR mm)'],
    ['kvm "page', 4, 'This quotation mark is never closed.', '"page"'],
    ['kvm ""', 4, 'There is nothing between the quotes.', '"page table"'],
    ['OR kvm', 0, 'A condition is missing here.', 'kvm OR mm'],
    ['kvm -', 4, 'A condition is missing after NOT.', '-kind:rfc'],
    [
      'kvm autor:ada',
      4,
      'There is no filter “autor:”. The filters are subsystem, touches, list, author, to, maintainer, reviewed, path, series, kind, version, state, prefix, title, bots, when.',
      'author:ada',
    ],
    [
      'KVM: x86',
      0,
      'There is no filter “kvm:”. The filters are subsystem, touches, list, author, to, maintainer, reviewed, path, series, kind, version, state, prefix, title, bots, when.',
      'kvm',
    ],
    ['touches:kmv', 0, 'No subsystem is called “kmv”.', 'touches:kvm'],
    ['kind:rcf', 0, '“rcf” is not a kind; there are rfc, pull, single, series and resend.', 'kind:rfc'],
    ['state:aplied', 0, '“aplied” is not a state.', 'state:applied'],
    ['version:two', 0, '“two” is not a version.', 'version:>=2'],
    ['author:', 0, '“author:” needs a value.', 'author:jane@example.org'],
    [
      'ada@example.org',
      0,
      'Is “ada@example.org” an author, a recipient or a message? Say which.',
      'author:ada@example.org',
    ],
    [
      'kvm -bots:on',
      5,
      '“bots:” holds for the whole follow, so it can’t be inside parentheses or after NOT.',
      'bots:on',
    ],
    ['kvm bots:maybe', 4, '“bots:” is on or off.', 'bots:on'],
    ['kvm when:tomorrow', 4, '“when:” is now or digest.', 'when:now'],
    ['when:now', 0, 'That says what to include, but not what to follow.', 'kvm bots:on'],
    ['author:me', 0, '“author:me” could be anyone: no mail address of yours is known here.', undefined],
    ['kvm to:@me', 4, '“to:@me” could be anyone: no mail address of yours is known here.', undefined],
    [
      'maintainer:Myself',
      0,
      '“maintainer:Myself” could be anyone: no mail address of yours is known here.',
      undefined,
    ],
    ['author:bob,me', 0, '“author:me” could be anyone: no mail address of yours is known here.', undefined],
  ])('refuses %j at %i: %s', (text, position, message, suggestion) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, problem: { message, position } });
    if (!parsed.ok && suggestion !== undefined) expect(parsed.problem.suggestions).toContain(suggestion);
  });

  it.each([
    ['too long', 'a '.repeat(1_001), 'That is 2002 characters long; a follow may have 2000.'],
    ['too many conditions', 'a '.repeat(65), 'That is more than 64 conditions.'],
    ['too many values', `kind:${'rfc,'.repeat(65)}`, 'That is more than 64 conditions.'],
    ['nested too deeply', '('.repeat(33), 'Conditions nest more than 32 deep.'],
    ['denied too often', '-'.repeat(33), 'Conditions nest more than 32 deep.'],
  ])('refuses what is %s', (_, text, message) => {
    expect(where(text)).toBe(message);
  });

  it.each(['author:mehdi', 'author:james', 'title:me', 'mei me'])(
    'reads %j, which only holds the word',
    (text) => {
      expect(parse(text).ok).toBe(true);
    },
  );

  it('says what to type instead of me', () => {
    expect(parse('to:me')).toMatchObject({
      problem: {
        advice: 'Say which is yours with /me add you@example.org, or write it: to:you@example.org.',
      },
    });
  });

  it.each([
    ['kmv', 'kvm'],
    ['rfc', 'kind:rfc'],
    ['memory', 'mm'],
    ['gup', undefined],
    ['foll_pin', undefined],
    ['author:Jane Doe', 'author:"Jane Doe"'],
    ['kvm by:jane van doe', 'by:"jane van doe"'],
    ['-author:Jane Doe kvm', 'author:"Jane Doe"'],
    ['title:page table', 'title:"page table"'],
    ['author:jane kvm', undefined],
    ['author:jane memory management', undefined],
    ['author:jane@example.org doe', undefined],
    ['author:"Jane Doe" foll_pin', undefined],
    ['author:jane "page table"', undefined],
  ])('takes %j as a word of the title and hints at %s', (text, suggestion) => {
    const parsed = parse(text);
    const hints = parsed.ok ? parsed.hints.flatMap(({ suggestions }) => suggestions) : [];
    if (suggestion === undefined) expect(hints).toEqual([]);
    else expect(hints).toContain(suggestion);
  });

  it('never throws and ends fast, whatever is typed', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom(
        'kvm',
        ' ',
        '(',
        ')',
        '-',
        '"',
        '“',
        'OR',
        'AND',
        'NOT',
        ':',
        'path:',
        'kind:',
        'v>=',
        'bots:on',
        ',',
        '@',
        '<',
        '\\',
        '__proto__:',
        'constructor',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const parsed = parse(text);
        if (!parsed.ok) {
          expect(parsed.problem.message).not.toBe('');
          expect(parsed.problem.position).toBeGreaterThanOrEqual(0);
          expect(parsed.problem.position).toBeLessThanOrEqual(Math.max(text.length, 2_000));
        } else expect(followSchema.parse(JSON.parse(JSON.stringify(parsed.follow)))).toEqual(parsed.follow);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['"', '(', ')', '-', ':', ',', 'a', ' ', 'a:', '\\', '@', '"a" ', 'x '])(
    'is not held up by a run of %j',
    (piece) => {
      for (const length of [1_999, 100_000]) {
        const text = piece.repeat(Math.floor(length / piece.length));
        finishes(() => {
          parse(text);
        });
      }
    },
  );
});

describe('formatFollow', () => {
  it.each([
    ['KVM  and  not kind:rfc', 'kvm -kind:rfc'],
    ['kvm, mm', 'kvm OR mm'],
    ['(kvm or mm) page', '(kvm OR mm) "page"'],
    ['not not kvm', 'NOT -kvm'],
    ['author:"Ada Quill" v>=2', 'author:"ada quill" version:>=2'],
    ['path:mm/** bots:on', 'path:mm/** bots:on'],
    ['path:mm/** when:now bots:on', 'path:mm/** bots:on when:now'],
    ['kind:rfc,pull kvm', '(kind:rfc OR kind:pull) kvm'],
  ])('writes %j as %j', (text, expected) => {
    const parsed = parse(text);
    expect(parsed.ok ? formatFollow(parsed.follow) : parsed.problem).toBe(expected);
  });

  it('is read back into the same tree', () => {
    fc.assert(
      fc.property(anyFollow, (follow) => {
        const parsed = parse(formatFollow(follow));
        expect(parsed).toMatchObject({ ok: true });
        if (parsed.ok) expect(parsed.follow).toEqual(follow);
      }),
      { numRuns: 500 },
    );
  });
});

describe('followSchema', () => {
  it.each([
    [
      'a tree that is too deep',
      {
        version: 1,
        bots: false,
        where: JSON.parse(`${'{"kind":"not","term":'.repeat(500)}{"kind":"all"}${'}'.repeat(500)}`),
      },
    ],
    [
      'a tree that is too wide',
      {
        version: 1,
        bots: false,
        where: { kind: 'or', terms: Array.from({ length: 1_000 }, () => ({ kind: 'all' })) },
      },
    ],
    ['a version to come', { version: 2, bots: false, where: { kind: 'all' } }],
    ['an unknown condition', { version: 1, bots: false, where: { kind: 'moon', phase: 'full' } }],
    ['no tree', null],
  ])('refuses %s', (_, stored) => {
    expect(followSchema.safeParse(stored).success).toBe(false);
  });
});
