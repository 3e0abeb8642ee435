import type { Block, Span, View } from '../../src/digest/view/view.js';

/** Text as hostile mail holds it: each must come out as plain words. */
export const hostileTexts: readonly string[] = [
  '@everyone and @here',
  '<@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#123456789012345678>',
  '<!channel> <!here> <!everyone> <@U012AB3CD> <!subteam^S0123> <#C0123>',
  '&lt;!channel&gt; &amp;lt;!here&amp;gt;',
  '[click here](https://evil.example/) and [https://lore.kernel.org](https://evil.example/)',
  '<https://evil.example/|https://lore.kernel.org/>',
  '](https://evil.example/) [x](<https://evil.example/>)',
  '**bold** __under__ ~~gone~~ ||spoiler|| *star* _line_ ~wave~',
  '`code` ``` block ``` \\` \\\\`',
  '# heading\n> quote\n- list\n1. one\n-# small\n>>> all',
  '</discover:123456789012345678> <:name:123456789012345678> <t:0:R> <id:home> :smile:',
  '\u202egnp.exe\u202c \u2066isolated\u2069 \u061c\u200f',
  'fol\u200bl_pin\ufeff zero\u200dwidth\u2060',
  '\u001b[31mred\u001b[0m \u0007 \u0000 \u009b31m',
  'a\r\nb\rc\u2028d\u2029e',
  'half \ud800 of a pair \udc00',
  '@\u200beveryone @eve\u00adryone',
  'discord.gg/abcdef https://discord.gg/abcdef steam://run javascript:alert(1)',
  'x'.repeat(10_000),
  '@everyone '.repeat(1000),
  '&<>'.repeat(3000),
  '`*_~|'.repeat(2000),
  '\u0301'.repeat(2000),
];

/** A view of one paragraph. */
export function textView(text: string): View {
  return { fallback: text, blocks: [{ kind: 'paragraph', spans: [{ text }] }] };
}

/** A digest's shape: a headline and items, each with a link that is ours. */
export function itemsView(items: readonly { title: string; lines: readonly string[] }[]): View {
  return {
    fallback: `${items.length} series`,
    blocks: [
      { kind: 'heading', level: 1, spans: [{ text: 'Digest' }] },
      ...items.map(
        (item, i): Block => ({
          kind: 'item',
          title: [{ text: item.title, style: 'bold', url: `https://lore.kernel.org/kvm/${i}@example.org/` }],
          lines: item.lines.map((text): Span[] => [{ text }]),
        }),
      ),
    ],
  };
}

/** Every address that a view links on purpose. */
export function urlsOf(view: View): string[] {
  return view.blocks
    .flatMap((block): readonly Span[] => {
      switch (block.kind) {
        case 'heading':
        case 'paragraph':
        case 'note':
          return block.spans;
        case 'item':
          return [...block.title, ...block.lines.flat(), ...(block.meta ?? [])];
        case 'facts':
          return block.rows.flatMap((row) => row.spans);
        case 'list':
          return block.items.flat();
        case 'code':
          return [];
        default:
          return block satisfies never;
      }
    })
    .flatMap((span) => ('url' in span && span.url !== undefined ? [span.url] : []));
}
