import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  formatCursor,
  type Position,
  parseCursor,
  withAnchor,
} from '../../../src/adapters/nntp/cursor.js';

const id = (number: number): Anchor => [number, `mail-${number}@example.org`];

describe('anchors', () => {
  it.each([
    [1, [1]],
    [2, [2, 1]],
    [7, [7, 6, 4]],
    [1000, [1000, 999, 998, 996, 992, 960, 896, 768, 512]],
  ])('after %i mails lie ever further apart', (last, numbers) => {
    let anchors: Anchor[] = [];
    for (let number = 1; number <= last; number++) anchors = withAnchor(anchors, id(number));
    expect(anchors).toEqual(numbers.map(id));
  });
});

describe('a cursor', () => {
  it('is read as it was written', () => {
    const position: Position = {
      server: 'nntp.example.org:119',
      group: 'org.example.list',
      last: 7,
      anchors: [id(7), id(6)],
      waiting: { number: 8, upTo: 9, sinceMs: null },
    };
    expect(parseCursor(formatCursor(position))).toEqual(position);
  });
});
