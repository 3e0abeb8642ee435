import { describe, expect, it } from 'vitest';
import { answerText } from '../../../src/adapters/mcp/answer-text.js';
import { code, list, say } from '../../../src/digest/view/blocks.js';
import { viewText } from '../../../src/digest/view/view-text.js';

const shown = { number: 1, mark: 'abc123', publicUrl: null };
const rows = (n: number, text: string) => list(Array.from({ length: n }, () => [{ text }]));

describe('an answer', () => {
  it('is cut into pages, and says that there are more', () => {
    const view = say('Many.', rows(300, 'a title of a patch that is about so long'));
    const first = answerText({ view, pages: [], page: null }, shown);
    expect(first).toContain('for the rest, ask for page 2');
    expect(first.length).toBeLessThan(8_000);
    const last = answerText({ view, pages: [], page: null }, { ...shown, number: 1_000 });
    expect(last).toMatch(/Page (\d+) of \1\./);
    expect(last).not.toContain('ask for page');
  });

  it('is bounded though one block is longer than a page', () => {
    const view = say('', code(Array.from({ length: 5_000 }, () => `+${'x'.repeat(150)}`)));
    const text = answerText({ view, pages: [], page: null }, { ...shown, number: 2 });
    expect(text.length).toBeLessThan(21_000);
    expect(text).toContain('(cut here)\n</mail-text abc123>');
  });

  it('links to pages only where they are published', () => {
    const answer = { view: say('One.'), pages: ['/series/1'], page: null };
    expect(answerText(answer, shown)).not.toContain('/series/1');
    expect(answerText(answer, { ...shown, publicUrl: 'https://example.org' })).toContain(
      'For people: https://example.org/series/1',
    );
  });
});

it.each([
  [[{ text: 'title', url: 'https://example.org/1' }], 'title <https://example.org/1>'],
  [[{ text: 'https://example.org/1', url: 'https://example.org/1' }], 'https://example.org/1'],
  [[{ text: 'here', url: 'javascript:alert(1)' }], 'here'],
  [[{ at: '2026-11-16T08:30:00Z', form: 'relative' }], '2026-11-16 08:30 UTC'],
  [[{ at: '2026-11-16T08:30:00Z', form: 'date' }], '2026-11-16'],
  [[{ at: 'yesterday', form: 'date' }], 'at an unknown time'],
  [[{ text: 'a\u001b[31mb\u200bc\nd' }], 'a[31mbc d'],
] as const)('%j reads %s', (spans, expected) => {
  expect(viewText({ fallback: '', blocks: [{ kind: 'paragraph', spans }] })).toBe(expected);
});
