import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderView } from '../../../src/adapters/terminal/render-view.js';
import { width } from '../../../src/adapters/terminal/wrap.js';
import type { Block, Span } from '../../../src/digest/view/view.js';

const plain = { columns: 40, color: false, zone: 'Europe/Berlin', nowMs: Date.parse('2026-11-16T12:00:00Z') };
const render = (blocks: Block[], options = {}) =>
  renderView({ fallback: '', blocks }, { ...plain, ...options });

describe('renderView', () => {
  it('shows an item with its lines wrapped under it', () => {
    const item: Block = {
      kind: 'item',
      title: [{ text: '[v2] ', style: 'dim' }, { text: 'mm: batch the uncharging of pages that are freed' }],
      lines: [
        [{ text: 'Every page walks up the tree.' }],
        [{ text: 'Ada' }, { text: ' · ', style: 'dim' }, { text: '2 patches' }],
      ],
    };
    expect(render([item]).split('\n')).toEqual([
      '  [v2] mm: batch the uncharging of',
      '    pages that are freed',
      '    Every page walks up the tree.',
      '    Ada · 2 patches',
      '',
    ]);
  });

  it('puts the quiet line of an item below the others, and the address of its title last', () => {
    const url = 'https://lore.kernel.org/kvm/1@example.org/';
    const item: Block = {
      kind: 'item',
      title: [{ text: '✅ ' }, { text: 'KVM: fix it', url }],
      lines: [[{ text: 'It is fixed.' }]],
      meta: [{ text: 'Ada · 2 patches' }],
    };
    expect(render([item]).split('\n')).toEqual([
      '  ✅ KVM: fix it',
      '    It is fixed.',
      '    Ada · 2 patches',
      `    ${url}`,
      '',
    ]);
  });

  it('lines facts up', () => {
    const rows = [
      { label: 'State', spans: [{ text: 'applied' }] },
      { label: 'Reviews', spans: [{ text: 'one two three four five six seven eight' }] },
    ];
    expect(render([{ kind: 'facts', rows }])).toBe(
      '  State    applied\n  Reviews  one two three four five six\n           seven eight\n',
    );
  });

  it.each([
    ['date', '16 Nov 2026'],
    ['time', '16 Nov 2026 11:30'],
    ['relative', '2 hours ago'],
  ] as const)('shows a moment as %s on the reader’s clock', (form, shown) => {
    expect(render([{ kind: 'paragraph', spans: [{ at: '2026-11-16T10:30:00Z', form }] }])).toBe(`${shown}\n`);
  });

  it('keeps a link whole, however narrow the terminal', () => {
    const url = 'https://lore.kernel.org/linux-mm/20261116083000.103-0@example.org/';
    expect(render([{ kind: 'paragraph', spans: [{ text: `see ${url} there` }] }], { columns: 20 })).toContain(
      url,
    );
  });

  it('lets nothing from a mail act on the terminal, and stays within its columns', () => {
    const spans: fc.Arbitrary<Span[]> = fc.array(fc.string({ unit: 'binary' }).map((text) => ({ text })));
    fc.assert(
      fc.property(spans, fc.integer({ min: 20, max: 100 }), (text, columns) => {
        const shown = render(
          [
            { kind: 'paragraph', spans: text },
            { kind: 'item', title: text, lines: [text] },
          ],
          { columns },
        );
        expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        for (const line of shown.split('\n'))
          if (!line.includes('://')) expect(width(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
