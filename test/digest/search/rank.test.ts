import { describe, expect, it } from 'vitest';
import { type Candidate, heat, rankSeries } from '../../../src/digest/search/rank.js';
import { tellingWords } from '../../../src/digest/search/search-query.js';

let row = 0;
const candidate = (title: string, overrides: Partial<Candidate> = {}): Candidate => ({
  row: ++row,
  key: title,
  version: 'v1',
  title,
  people: '',
  updated: '2026-01-01T00:00:00Z',
  activity: 0,
  state: 'new',
  by: 'words',
  ...overrides,
});
const ranked = (text: string, ...candidates: Candidate[]) =>
  rankSeries(text, tellingWords(text), candidates).map(({ title }) => title);

describe('the order of series', () => {
  it('puts how they were found first, and then where in the title the words are', () => {
    const order = [
      candidate('struct file'),
      candidate('vfs: struct filename series'),
      candidate('a new struct file'),
      candidate('file of a struct'),
      candidate('something by Struct File'),
      candidate('patches of struct file', { by: 'patches' }),
      candidate('structure filed', { by: 'part' }),
      candidate('strct fiel', { by: 'similar' }),
      candidate('struct alone', { by: 'some' }),
    ];
    order[4] = { ...candidate('something else'), people: 'struct file' };
    expect(ranked('struct file', ...[...order].reverse())).toEqual(order.map(({ title }) => title));
  });

  it('puts the newest and most active first among equals, whole words before half typed ones', () => {
    const old = candidate('x: sev a', { updated: '2025-01-01T00:00:00Z' });
    const active = candidate('x: sev b', { activity: 60, updated: '2025-12-01T00:00:00Z' });
    const fresh = candidate('x: sev c');
    const half = candidate('x: several', { activity: 1_000 });
    expect(ranked('sev', half, old, fresh, active)).toEqual([
      'x: sev b',
      'x: sev c',
      'x: sev a',
      'x: several',
    ]);
    expect(heat({ updated: null, activity: 0 })).toBe(0);
  });

  it('finds the pieces of words with underscores', () => {
    expect(ranked('uring zero', candidate('io_uring: zero'), candidate('zero uring'))).toEqual([
      'io_uring: zero',
      'zero uring',
    ]);
  });
});
