import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyIds, keyIdsOf } from '../../../src/adapters/discord/render/message-key.js';
import { fits, renderMessage } from '../../../src/adapters/discord/render-message.js';
import type { Action } from '../../../src/digest/ports/chat-bot.js';
import { anchorOf, itemMenu } from '../../../src/digest/view/item-menu.js';
import type { Block, Span, View } from '../../../src/digest/view/view.js';
import { hostileTexts } from '../../contract/chat-views.js';
import { messageProblems, nested } from '../../fakes/discord/limits.js';
import { readMessage } from '../../fakes/discord/reading.js';
import { schemaProblems } from '../../fakes/discord/validate.js';

const LINK = 'https://lore.kernel.org/kvm/1@example.org/';

function problemsOf(body: object): string[] {
  return [
    ...schemaProblems('POST /channels/{channel_id}/messages', body),
    ...messageProblems({ ...body }),
    ...schemaProblems('POST /interactions/{interaction_id}/{interaction_token}/callback', {
      type: 4,
      data: body,
    }),
  ];
}

function textsOf(body: ReturnType<typeof renderMessage>): string[] {
  return nested(body.components.map((one) => ({ ...one }))).flatMap((one) =>
    typeof one.content === 'string' ? [one.content] : [],
  );
}

function viewOf(...blocks: Block[]): View {
  return { fallback: 'in one sentence', blocks };
}

const text = fc.oneof(
  fc.string({ maxLength: 60, unit: 'grapheme' }),
  fc.constantFrom(...hostileTexts),
  fc.lorem({ maxCount: 60 }),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ text }) },
  { weight: 2, arbitrary: fc.record({ text, url: fc.oneof(fc.constant(LINK), fc.webUrl(), text) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      text,
      style: fc.constantFrom(
        'bold' as const,
        'code' as const,
        'dim' as const,
        'good' as const,
        'bad' as const,
        'warn' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.oneof(fc.constant('2026-11-17T09:00:00Z'), text),
      form: fc.constantFrom('date' as const, 'time' as const, 'relative' as const),
    }),
  },
);
const spans = fc.array(span, { maxLength: 5 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('heading' as const),
    level: fc.constantFrom(1 as const, 2 as const, 3 as const),
    spans,
  }),
  fc.record({ kind: fc.constant('paragraph' as const), spans }),
  fc.record({ kind: fc.constant('item' as const), title: spans, lines: fc.array(spans, { maxLength: 5 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(fc.record({ label: text, spans }), { maxLength: 15 }),
  }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(spans, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('note' as const), spans }),
);
const view: fc.Arbitrary<View> = fc.record({ fallback: text, blocks: fc.array(block, { maxLength: 60 }) });
const id = fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme-ascii' });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('button' as const),
      id,
      label: text,
      tone: fc.constantFrom('plain' as const, 'primary' as const, 'danger' as const),
      current: fc.constant(true as const),
    },
    { requiredKeys: ['kind', 'id', 'label', 'tone'] },
  ),
  fc.record({ kind: fc.constant('link' as const), label: text, url: fc.oneof(fc.webUrl(), text) }),
  fc.record({
    kind: fc.constant('select' as const),
    id,
    placeholder: text,
    options: fc.array(fc.record({ value: fc.string({ maxLength: 75 }), label: text, describes: text }), {
      maxLength: 25,
    }),
  }),
);

describe('any view', () => {
  it('is rendered within every limit, and as Discord’s description of its API has it', () => {
    fc.assert(
      fc.property(view, fc.array(action, { maxLength: 45 }), fc.boolean(), (shown, actions, silent) => {
        const body = renderMessage(shown, actions, { silent, ids: keyIds('digest-1-0') });
        expect(problemsOf(body)).toEqual([]);
        expect(readMessage({ body: { ...body } }).mentions).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('keeps its mark, which differs from key to key', () => {
    fc.assert(
      fc.property(view, fc.string({ minLength: 1, maxLength: 25 }), (shown, key) => {
        const body = renderMessage(shown, [], { ids: keyIds(key) });
        expect(keyIdsOf(body.components)).toEqual(keyIds(key));
        expect(keyIds(`${key}x`)).not.toEqual(keyIds(key));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is too much', () => {
  const items = (n: number): Block[] =>
    Array.from({ length: n }, (_, i) => ({
      kind: 'item',
      title: [{ text: `series number ${i}`, url: LINK }],
      lines: [[{ text: 'what it does, in one line of its author' }]],
    }));

  it('is counted where it was cut, and what follows it stays', () => {
    const shown = viewOf({ kind: 'heading', level: 1, spans: [{ text: 'Digest' }] }, ...items(80), {
      kind: 'note',
      spans: [{ text: '37 single patches.' }],
    });
    expect(fits(shown, [])).toBe(false);
    const [text = ''] = textsOf(renderMessage(shown, []));
    const left = Number(/-# \+(\d+) more/.exec(text)?.[1]);
    expect(text.match(/series number/g)).toHaveLength(80 - left);
    expect(text).toContain('37 single patches.');
  });

  it('takes from the longest list first', () => {
    const list = (n: number, word: string): Block => ({
      kind: 'list',
      items: Array.from({ length: n }, (_, i) => [{ text: `${word} ${i} ${'x '.repeat(30)}` }]),
    });
    const [text = ''] = textsOf(renderMessage(viewOf(list(5, 'version'), list(90, 'patch')), []));
    expect(text.match(/version/g)).toHaveLength(5);
    expect(text).toMatch(/\+\d+ more/);
  });

  it('is the fallback where there is nothing', () => {
    expect(textsOf(renderMessage(viewOf(), []))).toEqual(['in one sentence']);
  });

  it('is what does not fit, and only that', () => {
    expect(fits(viewOf(...items(10)), [])).toBe(true);
    expect(fits(viewOf(...items(500)), [])).toBe(false);
    const buttons = (n: number): Action[] =>
      Array.from({ length: n }, (_, i) => ({ kind: 'button', id: `b${i}`, label: `${i}`, tone: 'plain' }));
    expect(fits(viewOf(...items(1)), buttons(30))).toBe(true);
    expect(fits(viewOf(...items(1)), buttons(31))).toBe(false);
  });
});

describe('the series of a digest', () => {
  const items = (n: number): Block[] =>
    Array.from({ length: n }, (_, i) => {
      const menu = itemMenu(`${i}@example.org`);
      if (menu === null) throw new Error('it has a Message-ID');
      return { kind: 'item', title: [{ text: `fix ${i}` }], lines: [], meta: [{ text: 'Ada' }], menu };
    });

  it('are in one list below the message', () => {
    const [container] = renderMessage(viewOf(...items(2)), []).components;
    const rows = container !== undefined && 'components' in container ? container.components : [];
    expect(rows.at(-1)).toMatchObject({
      components: [
        {
          custom_id: 'series:item',
          options: [
            { label: 'fix 0', description: 'Ada', value: anchorOf('0@example.org') },
            { label: 'fix 1', description: 'Ada', value: anchorOf('1@example.org') },
          ],
        },
      ],
    });
  });

  it('fill a message where the list is full', () => {
    expect([fits(viewOf(...items(25)), []), fits(viewOf(...items(26)), [])]).toEqual([true, false]);
  });
});

describe('a message', () => {
  it('has the tone that its view names', () => {
    const view = { ...viewOf({ kind: 'paragraph', spans: [{ text: 'so' }] }), tone: 'good' } as const;
    expect(renderMessage(view, []).components[0]).toMatchObject({ accent_color: 0x2da44e });
  });

  it.each([
    ['good', 0x2da44e],
    ['warn', 0xd9901a],
    ['bad', 0xcf222e],
    ['dim', 0x7d8590],
  ] as const)('of a series whose state is %s has its colour', (style, color) => {
    const shown = viewOf({ kind: 'facts', rows: [{ label: 'State', spans: [{ text: 'so', style }] }] });
    expect(renderMessage(shown, []).components[0]).toMatchObject({ accent_color: color });
  });

  it.each([
    ['2026-11-17T09:00:00Z', 'date', '<t:1794906000:D>'],
    ['2026-11-17T09:00:00Z', 'time', '<t:1794906000:f>'],
    ['2026-11-17T09:00:00Z', 'relative', '<t:1794906000:R>'],
    ['no date', 'date', 'at an unknown time'],
  ] as const)('tells %s (%s) on each reader’s clock', (at, form, written) => {
    expect(textsOf(renderMessage(viewOf({ kind: 'paragraph', spans: [{ at, form }] }), []))).toEqual([
      written,
    ]);
  });

  it('links a title, says an address once, and puts the facts in small print', () => {
    const shown = viewOf({
      kind: 'item',
      title: [
        { text: '[v3] ', style: 'dim' },
        { text: 'KVM: a title', style: 'bold', url: LINK },
      ],
      lines: [
        [{ text: 'What it does.' }],
        [{ text: 'Jane' }, { text: ' · ', style: 'dim' }, { text: 'applied', style: 'good' }],
        [{ text: LINK, url: LINK, style: 'dim' }],
      ],
    });
    expect(textsOf(renderMessage(shown, []))).toEqual([
      `\\[v3\\] **[KVM: a title](<${LINK}>)**\nWhat it does.\n-# Jane · 🟢 applied`,
    ]);
  });

  it('puts the quiet line of an item in small print, without a second mark of its state', () => {
    const shown = viewOf({
      kind: 'item',
      title: [{ text: '✅ ' }, { text: 'KVM: a title', style: 'bold', url: LINK }],
      lines: [[{ text: 'What it does.' }]],
      meta: [{ text: 'applied', style: 'good' }, { text: ' · ', style: 'dim' }, { text: 'Jane' }],
    });
    expect(textsOf(renderMessage(shown, []))).toEqual([
      `✅ **[KVM: a title](<${LINK}>)**\nWhat it does.\n-# applied · Jane`,
    ]);
  });

  it.each<[string, Span[], string]>([
    ['a line', [{ text: 'x86: fix it' }], '- x86: fix it'],
    ['a number of its own', [{ text: '12. ', style: 'dim' }, { text: 'fix it' }], '12. fix it'],
    ['a number within the words', [{ text: '12. fix it', url: LINK }], `12. [fix it](<${LINK}>)`],
    ['a number that is none', [{ text: '12.5 times faster' }], '- 12\\.5 times faster'],
  ])('lists %s', (_, item, line) => {
    expect(textsOf(renderMessage(viewOf({ kind: 'list', items: [item] }), []))).toEqual([line]);
  });

  it('mentions nobody, shows no cards below links, and is quiet when requested', () => {
    expect(renderMessage(viewOf(), [])).toMatchObject({ flags: 32_768 + 4, allowed_mentions: { parse: [] } });
    expect(renderMessage(viewOf(), [], { silent: true }).flags & 4096).toBe(4096);
    expect(renderMessage(viewOf(), [], { ephemeral: true }).flags & 64).toBe(64);
  });

  it('sets subsystems apart by lines, as long as there are components left', () => {
    const groups = Array.from(
      { length: 60 },
      (_, i): Block => ({ kind: 'heading', level: 2, spans: [{ text: `s${i}` }] }),
    );
    const body = renderMessage(viewOf(...groups), []);
    expect(problemsOf(body)).toEqual([]);
    expect(readMessage({ body: { ...body } }).text).toContain('s59');
    const lines = nested(body.components.map((one) => ({ ...one }))).filter((one) => one.type === 14);
    expect(lines.length).toBeGreaterThan(10);
  });

  it('shows a picture beneath the text, with the words that stand for it', () => {
    const picture = { url: 'https://covernote.example.org/series/x/timeline.png', alt: 'Timeline of “x”' };
    const headings = Array.from(
      { length: 60 },
      (_, i): Block => ({ kind: 'heading', level: 2, spans: [{ text: `s${i}` }] }),
    );
    for (const blocks of [headings.slice(0, 1), headings]) {
      const body = renderMessage({ ...viewOf(...blocks), picture }, []);
      expect(problemsOf(body)).toEqual([]);
      const gallery = nested(body.components.map((one) => ({ ...one }))).find((one) => one.type === 12);
      expect(gallery?.items).toEqual([{ media: { url: picture.url }, description: picture.alt }]);
    }
  });

  it('drops what Discord would refuse the message for: an id twice, a link that is none, an empty list', () => {
    const button = { kind: 'button', id: 'same', label: 'One', tone: 'plain' } as const;
    const body = renderMessage(viewOf(), [
      button,
      button,
      { kind: 'link', label: 'x', url: 'javascript:alert(1)' },
      { kind: 'select', id: 'list', placeholder: '', options: [] },
    ]);
    expect(problemsOf(body)).toEqual([]);
    expect(readMessage({ body: { ...body } }).actions).toEqual(['same']);
  });
});
