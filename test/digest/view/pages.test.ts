import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertView, webUrl } from '../../../src/digest/view/inert-view.js';
import { pageOf, pagesOf } from '../../../src/digest/view/pages.js';
import type { Block, View } from '../../../src/digest/view/view.js';

const text = fc.string({ maxLength: 80 }).map((words) => [{ text: words }]);
const block: fc.Arbitrary<Block> = fc.oneof(
  text.map((spans): Block => ({ kind: 'paragraph', spans })),
  text.map((spans): Block => ({ kind: 'heading', level: 2, spans })),
  fc.array(text, { minLength: 1, maxLength: 20 }).map((items): Block => ({ kind: 'list', items })),
  text.map((title): Block => ({ kind: 'item', title, lines: [title] })),
);
const view: fc.Arbitrary<View> = fc
  .array(block, { maxLength: 50 })
  .map((blocks) => ({ fallback: 'all', blocks }));

const written = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((one) =>
    one.kind === 'list' ? one.items.map((item) => JSON.stringify(item)) : [JSON.stringify(one)],
  );

describe('pages', () => {
  it('hold everything once, in its order', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 50, max: 4_000 }), (whole, budget) => {
        const pages = pagesOf(whole, budget);
        expect(pages.length).toBeGreaterThan(0);
        expect(pages.flatMap((page) => written(page.blocks))).toEqual(written(whole.blocks));
        for (const page of pages) expect(page.blocks.length).toBeLessThanOrEqual(42);
      }),
    );
  });

  it('never end with a heading that belongs to the next one', () => {
    fc.assert(
      fc.property(view, (whole) => {
        const pages = pagesOf(whole, 600);
        for (const page of pages.slice(0, -1))
          if (page.blocks.some((one) => one.kind !== 'heading'))
            expect(page.blocks.at(-1)?.kind).not.toBe('heading');
      }),
    );
  });

  it.each([
    [0, 1],
    [2, 2],
    [99, 3],
    [Number.NaN, 1],
  ])('page %s requested, it is %s', (requested, given) => {
    const items = Array.from({ length: 30 }, (_, i) => [{ text: `${i} ${'x'.repeat(80)}` }]);
    const { number, of } = pageOf({ fallback: '', blocks: [{ kind: 'list', items }] }, requested, 1_100);
    expect([number, of]).toEqual([given, 3]);
  });
});

describe('a view that nothing acts in', () => {
  it.each([
    ['https://lore.kernel.org/kvm/a@b/', 'https://lore.kernel.org/kvm/a@b/'],
    ['https://lore.kernel.org/kvm/a)b|c>@d/', 'https://lore.kernel.org/kvm/a%29b%7Cc%3E@d/'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['//lore.kernel.org/', null],
    ['https://', null],
    [`https://lore.kernel.org/${'x'.repeat(700)}`, null],
  ])('links %j as %j', (url, linked) => {
    expect(webUrl(url)).toBe(linked);
  });

  it.each([
    ['a title', true],
    ['https://evil.example/', false],
    ['see www.kernel.org for more', true],
    ['www.kernel.org', false],
  ])('text %j that leads elsewhere is a link: %s', (words, isLink) => {
    const shown = inertView({
      fallback: '',
      blocks: [{ kind: 'paragraph', spans: [{ text: words, url: 'https://lore.kernel.org/kvm/1/' }] }],
    });
    expect(JSON.stringify(shown).includes('"url"')).toBe(isLink);
  });

  it('keeps the blanks that part words', () => {
    const spans = [{ text: 'one ' }, { text: ' two\n' }];
    expect(inertView({ fallback: '', blocks: [{ kind: 'note', spans }] }).blocks).toEqual([
      { kind: 'note', spans: [{ text: 'one ' }, { text: ' two ' }] },
    ]);
  });
});
