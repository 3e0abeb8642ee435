import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findVersion,
  newestTwo,
  pairWith,
  splitVersions,
  type Versioned,
} from '../../../src/digest/series/version-name.js';

/** `RFC v2`, `v13 resent`: a posting. */
function posting(text: string): Versioned & { text: string } {
  const version = Number(/v(\S+)/.exec(text)?.[1]);
  return { version, rfc: text.startsWith('RFC'), resend: text.endsWith('resent'), text };
}

const say = ({ version, rfc, resend }: Versioned) =>
  `${rfc ? 'RFC ' : ''}v${version}${resend ? ' resent' : ''}`;

describe('versions at the end of a question', () => {
  it.each<[string, string, string[]]>([
    ['foll_pin', 'foll_pin', []],
    ['foll_pin v8', 'foll_pin', ['v8']],
    ['foll_pin v8 v10', 'foll_pin', ['v8', 'v10']],
    ['  foll_pin   V8  V10 ', 'foll_pin', ['v8', 'v10']],
    ['virtio-mem RFC v4 v1', 'virtio-mem', ['RFC v4', 'v1']],
    ['virtio-mem v1 rfc v4', 'virtio-mem', ['v1', 'RFC v4']],
    ['virtio-mem RFCv3 RFC-v4', 'virtio-mem', ['RFC v3', 'RFC v4']],
    ['gup v5 v5.1', 'gup', ['v5', 'v5.1']],
    ['lbr v12 RESEND v13', 'lbr', ['v12', 'v13 resent']],
    ['lbr RESEND RFC v2', 'lbr', ['RFC v2 resent']],
    ['a v1 v2 v3', 'a v1', ['v2', 'v3']],
    ['v2', 'v2', []],
    ['v1 v2', 'v1', ['v2']],
    ['vfio v2 of it', 'vfio v2 of it', []],
    ['x.v2@example.org v3 v4', 'x.v2@example.org', ['v3', 'v4']],
    ['gpiolib vx v12345', 'gpiolib vx v12345', []],
    ['', '', []],
  ])('“%s” asks for “%s” and names %j', (question, query, names) => {
    const split = splitVersions(question);
    expect([split.query, split.names.map(say)]).toEqual([query, names]);
  });

  it('leaves words to look for in any question that has some', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('v1', 'RFC', 'v2', 'resend', 'gup', ''), { minLength: 1 }),
        (words) => {
          const question = words.join(' ');
          expect(splitVersions(question).query === '').toBe(question.trim() === '');
        },
      ),
    );
  });
});

describe('the posting that a name means', () => {
  it.each<[string[], string, string | null]>([
    [['v1', 'v2'], 'v2', 'v2'],
    [['v1', 'v2'], 'v3', null],
    [['RFC v1', 'RFC v2', 'v1', 'v2'], 'v2', 'v2'],
    [['RFC v1', 'RFC v2', 'v1', 'v2'], 'RFC v2', 'RFC v2'],
    [['RFC v3', 'RFC v4'], 'v4', 'RFC v4'],
    [['v3', 'v4'], 'RFC v4', null],
    [['v5', 'v5.1'], 'v5.1', 'v5.1'],
    [['v13', 'v13 resent'], 'v13', 'v13'],
    [['v13', 'v13 resent'], 'v13 resent', 'v13 resent'],
    [['v13 resent'], 'v13', 'v13 resent'],
    [['v13'], 'v13 resent', null],
  ])('of %j, %s is %s', (postings, name, expected) => {
    expect(findVersion(postings.map(posting), posting(name))?.text ?? null).toBe(expected);
  });
});

describe('what is compared where nobody names two', () => {
  it.each<[string[], string[] | null]>([
    [
      ['v1', 'v2', 'v3'],
      ['v2', 'v3'],
    ],
    [
      ['RFC v2', 'v1'],
      ['RFC v2', 'v1'],
    ],
    [
      ['v12', 'v13', 'v13 resent'],
      ['v12', 'v13 resent'],
    ],
    [
      ['v1', 'v1 resent'],
      ['v1', 'v1 resent'],
    ],
    [['v1'], null],
    [[], null],
  ])('of %j: %j', (postings, expected) => {
    expect(newestTwo(postings.map(posting))?.map((one) => one.text) ?? null).toEqual(expected);
  });

  it('pairs an older version with the newest, and the newest with the one before', () => {
    const postings = ['v1', 'v2', 'v3'].map(posting);
    const pairs = postings.map((one) => pairWith(postings, one)?.map((each) => each.text));
    expect(pairs).toEqual([
      ['v1', 'v3'],
      ['v2', 'v3'],
      ['v2', 'v3'],
    ]);
  });
});
