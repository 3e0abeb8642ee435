import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../src/digest/search/parse-search.js';
import { hasFilters } from '../../../src/digest/search/search-query.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';

const catalog = emptyCatalog();
const read = (typed: string) =>
  parseSearch(typed, { catalog: () => catalog, nowMs: Date.UTC(2026, 0, 31, 12), zone: 'UTC' });
const parsed = (typed: string) => {
  const one = read(typed);
  if (!one.ok) throw new Error(one.message);
  return one;
};

describe('a search', () => {
  it.each([
    ['foll_pin', 'foll_pin', {}],
    ['kvm: x86: fix a thing', 'kvm: x86: fix a thing', {}],
    ['https://lore.kernel.org/kvm/a@b/', 'https://lore.kernel.org/kvm/a@b/', {}],
    ['author:axboe timeout', 'timeout', { authors: [['axboe']] }],
    ['from:"Jens Axboe"', '', { authors: [['jens axboe']] }],
    ['author:a,b', '', { authors: [['a', 'b']] }],
    ['author:a author:b', '', { authors: [['a'], ['b']] }],
    ['in:KVM dirty ring', 'dirty ring', { subsystems: [['kvm']] }],
    ['subsystem:kvm', '', { subsystems: [['kvm']] }],
    ['list:linux-mm', '', { lists: [['linux-mm@kvack.org']] }],
    ['list:x@example.org', '', { lists: [['x@example.org']] }],
    ['state:accepted', '', { states: [['applied']] }],
    ['status:new,stale', '', { states: [['new', 'stale']] }],
    ['since:7d page', 'page', { since: '2026-01-24T12:00:00Z' }],
    ['since:2026-01-05', '', { since: '2026-01-05T00:00:00Z' }],
    ['title:"page table"', 'page table', {}],
    ['author: axboe', 'author: axboe', {}],
  ])('%j looks for %j with %j', (typed, text, filters) => {
    const { query } = parsed(typed);
    expect(query.text).toBe(text);
    expect(query.filters).toMatchObject(filters);
    expect(hasFilters(query.filters)).toBe(Object.keys(filters).length > 0);
  });

  it.each([
    ['foll_pin v8', 'foll_pin', [{ version: 8, rfc: false, resend: false }]],
    ['foll_pin version:8', 'foll_pin', [{ version: 8, rfc: false, resend: false }]],
    [
      'in:mm foll_pin RFC v1 v10',
      'foll_pin',
      [
        { version: 1, rfc: true, resend: false },
        { version: 10, rfc: false, resend: false },
      ],
    ],
  ])('%j names versions', (typed, text, names) => {
    const { query, names: named } = parsed(typed);
    expect(query.text).toBe(text);
    expect(named).toEqual(names);
  });

  it.each([
    ['state:aplied', 'is not a state', ['state:applied']],
    ['in:kvn dirty', 'No subsystem is called “kvn”', ['in:kvm dirty']],
    ['since:soon', 'is not a date', ['since:30d']],
    ['since:31.12.2025', 'is not a date', ['since:2025-12-31']],
    ['since:2026-12-31', 'is in the future', ['since:30d']],
    ['author:jane@', 'can’t be a name or address', ['author:jane']],
    ['list:"linux mm"', 'can’t be the address of a list', ['list:linux-mm']],
    ['path:mm/**', 'is a filter of /follow', []],
    ['-author:axboe', 'leave anything out', []],
  ])('%j is refused by name', (typed, message, suggestions) => {
    const refused = read(typed);
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining(message) });
    if (!refused.ok) expect(refused.suggestions.slice(0, 1)).toEqual(suggestions);
  });

  it('takes a misspelt filter for a word, and says what may have been meant', () => {
    const { query, hints } = parsed('autor:axboe');
    expect(query.text).toBe('autor:axboe');
    expect(hints).toEqual(['author:axboe']);
  });

  it('is read whatever is typed', () => {
    const piece = fc.constantFrom(
      'author:',
      'in:',
      'state:',
      'since:',
      '"',
      ',',
      ' ',
      'v8',
      '-',
      'kvm',
      'x:y',
      ':',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (typed) => {
          expect(typeof read(typed).ok).toBe('boolean');
        },
      ),
      { numRuns: 300 },
    );
    expect(read('author:"'.repeat(50_000)).ok).toBe(false);
  });
});
