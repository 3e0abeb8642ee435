import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderLine } from '../../../src/adapters/slack/mrkdwn.js';
import { fits, renderMessage } from '../../../src/adapters/slack/render-message.js';
import { stateNames } from '../../../src/digest/claims/claim.js';
import type { DigestGroup, DigestItem } from '../../../src/digest/plan/digest.js';
import { sectionNames } from '../../../src/digest/plan/sections.js';
import type { Action } from '../../../src/digest/ports/chat-bot.js';
import { digestView } from '../../../src/digest/view/digest-view.js';
import { itemMenu } from '../../../src/digest/view/item-menu.js';
import { partView } from '../../../src/digest/view/part-view.js';
import { pickListView, seriesView } from '../../../src/digest/view/series-view.js';
import type { Block, Span, View } from '../../../src/digest/view/view.js';
import { hostileTexts, textView } from '../../contract/chat-views.js';
import { readMessage } from '../../fakes/slack/reading.js';
import { messageProblems, schemaProblems } from '../../fakes/slack/validate.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const HAIR = '\u200a';
const TICK = '\u02cb';

describe('a line of text from mail', () => {
  it.each([
    ['three characters and no others', `&<>"'/\\`, `&amp;&lt;&gt;"'/\\`],
    ['an entity that somebody typed', '&lt;!channel&gt;', '&amp;lt;!channel&amp;gt;'],
    [
      'a mention of everybody',
      '<!channel> <!here> <!everyone>',
      '&lt;!channel&gt; &lt;!here&gt; &lt;!everyone&gt;',
    ],
    ['a person and a group', '<@U012AB3CD> <!subteam^S0123>', '&lt;@U012AB3CD&gt; &lt;!subteam^S0123&gt;'],
    ['a link in disguise', '<https://evil.example/|lore>', '&lt;https://evil.example/|lore&gt;'],
    ['a date', '<!date^0^{date}|x>', '&lt;!date^0^{date}|x&gt;'],
    ['names in code', 'foll_pin, __free(x), *ptr and a * b', 'foll_pin, __free(x), *ptr and a * b'],
    ['bold', 'a *bold* word', 'a `*bold*` word'],
    ['slanted and struck', '_so_ and ~so~', '`_so_` and `~so~`'],
    ['a path, to be copied', 'path:arch/x86/kvm/** and path:**', '`path:arch/x86/kvm/**` and `path:**`'],
    ['code, as it was meant', 'use `kvm_run` here', 'use `kvm_run` here'],
    ['a lone tick', 'use `kvm_run here', `use ${TICK}kvm_run here`],
    ['a block of code', '```rm -rf```', `${TICK.repeat(3)}rm -rf${TICK.repeat(3)}`],
    ['a picture', 'done :tada: at 09:00:15', 'done `:tada:` at 09:00:15'],
    ['a quotation', '> quoted', '\u2060&gt; quoted'],
    ['lines', 'one\r\ntwo\u2028three', 'one two three'],
    ['what acts on a screen', '\u202egnp.exe\u0000\u001b[31m', 'gnp.exe[31m'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
  ])('keeps %s as words', (_, text, rendered) => {
    expect(renderLine([{ text }])).toBe(rendered);
  });

  it.each<[string, Span[], string]>([
    [
      'a link',
      [{ text: 'v2', url: 'https://lore.kernel.org/r/1@x/' }],
      '<https://lore.kernel.org/r/1@x/|v2>',
    ],
    [
      'a link that could end early',
      [{ text: 'a|b>', url: 'https://x.org/a|b>c?d=1&e=<2>' }],
      '<https://x.org/a%7Cb%3Ec?d=1&amp;e=%3C2%3E|a|b&gt;>',
    ],
    [
      'a link whose words hold code',
      [{ text: 'demo: use `map<string>`', url: 'https://lore.kernel.org/r/1@x/' }],
      `<https://lore.kernel.org/r/1@x/|demo: use ${TICK}map&lt;string&gt;${TICK}>`,
    ],
    [
      'marks within a link, where code would show its ticks',
      [{ text: '*v2*', url: 'https://x.org/a' }],
      `<https://x.org/a|*${HAIR}v2*>`,
    ],
    ['no link but to the web', [{ text: 'x', url: 'javascript:alert(1)' }], 'x'],
    ['bold', [{ text: 'now', style: 'bold' }, { text: ' then' }], '*now* then'],
    ['bold with a blank of its own', [{ text: 'title ', style: 'bold' }, { text: 'v2' }], '*title* v2'],
    ['no bold within a word', [{ text: 'un', style: 'bold' }, { text: 'bold' }], 'unbold'],
    ['bold with a star in it', [{ text: 'a *b', style: 'bold' }], 'a `*b`'],
    ['a star that bold would close', [{ text: '*ptr ' }, { text: 'x', style: 'bold' }], '`*ptr` *x*'],
    ['code', [{ text: '/digest now', style: 'code' }], '`/digest now`'],
    [
      'a day',
      [{ at: '2026-11-16T08:00:00Z', form: 'date' }],
      '<!date^1794816000^{date_short_pretty}|2026-11-16>',
    ],
    [
      'a moment',
      [{ at: '2026-11-16T08:00:00Z', form: 'time' }],
      '<!date^1794816000^{date_short_pretty} {time}|2026-11-16 08:00 UTC>',
    ],
    ['no moment', [{ at: 'soon', form: 'time' }], 'at an unknown time'],
  ])('shows %s', (_, spans, rendered) => {
    expect(renderLine(spans)).toBe(rendered);
  });
});

/** What Slack would say against a message, as it is posted. */
function problemsOf(view: View, actions: readonly Action[] = []): string[] {
  const message = renderMessage(view, actions);
  const args = { channel: 'C0KVM', ...message, unfurl_links: false, unfurl_media: false };
  return [...schemaProblems('chat.postMessage', args), ...messageProblems('chat.postMessage', args)];
}

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 60, unit: 'grapheme' }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.nat(6000).map((n) => 'word <&> '.repeat(n).slice(0, n)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary' }) },
);
const span: fc.Arbitrary<Span> = fc.oneof(
  { weight: 4, arbitrary: text.map((one): Span => ({ text: one })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(text, fc.constantFrom('bold', 'code', 'dim', 'good', 'bad', 'warn'))
      .map(([one, style]): Span => ({ text: one, style }) as Span),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(text, fc.oneof(fc.webUrl(), text)).map(([one, url]): Span => ({ text: one, url })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Span>(
      { at: '2026-11-16T08:00:00Z', form: 'time' },
      { at: '?', form: 'relative' },
    ),
  },
);
const spans = fc.array(span, { maxLength: 6 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('heading' as const),
    level: fc.constantFrom(1 as const, 2 as const, 3 as const),
    spans,
  }),
  fc.record({ kind: fc.constant('paragraph' as const), spans }),
  fc.record({ kind: fc.constant('item' as const), title: spans, lines: fc.array(spans, { maxLength: 20 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(fc.record({ label: text, spans }), { maxLength: 20 }),
  }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(spans, { maxLength: 60 }) }),
  fc.record({ kind: fc.constant('note' as const), spans }),
);
const id = fc.string({ minLength: 1, maxLength: 90, unit: fc.constantFrom(...'abcXYZ019:_-%+'.split('')) });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('button' as const),
    id,
    label: text,
    tone: fc.constantFrom('plain', 'primary', 'danger'),
  }),
  fc.record({
    kind: fc.constant('button' as const),
    id,
    label: text,
    tone: fc.constant('plain'),
    current: fc.constant(true),
  }),
  fc.record({ kind: fc.constant('link' as const), label: text, url: fc.oneof(fc.webUrl(), text) }),
  fc.record({
    kind: fc.constant('select' as const),
    id,
    placeholder: text,
    options: fc.uniqueArray(
      fc.record({ value: id.map((one) => one.slice(0, 75)), label: text, describes: text }),
      {
        maxLength: 25,
        selector: (one) => one.value,
      },
    ),
  }),
) as fc.Arbitrary<Action>;

const item: fc.Arbitrary<DigestItem> = fc.record({
  id: fc.constant('abcdef012345'),
  title: text,
  kind: fc.constantFrom('series' as const, 'single' as const, 'pull' as const),
  prefixes: fc.array(text, { maxLength: 5 }),
  version: fc.nat(120),
  rfc: fc.boolean(),
  resend: fc.boolean(),
  author: fc.record({ name: text, email: text }),
  date: fc.constantFrom(null, '2026-11-16T08:00:00Z'),
  messageId: fc.option(text),
  url: fc.oneof(fc.constant(null), fc.webUrl(), text),
  total: fc.nat(200),
  received: fc.nat(200),
  size: fc.option(fc.record({ files: fc.nat(), insertions: fc.nat(), deletions: fc.nat() })),
  summary: fc.option(text),
  changed: fc.option(text),
  state: fc.constantFrom(...stateNames),
  stateText: fc.option(text),
  reviews: fc.option(text),
  replies: fc.nat(100),
  repliers: fc.nat(100),
  also: fc.array(text, { maxLength: 6 }),
  because: fc.array(text, { maxLength: 3 }),
});
const group: fc.Arbitrary<DigestGroup> = fc.record({
  subsystem: fc.record({ slug: text, name: text }),
  sections: fc.array(
    fc.record({
      name: fc.constantFrom(...sectionNames),
      items: fc.array(item, { maxLength: 12 }),
      more: fc.nat(50),
    }),
    { maxLength: 4 },
  ),
  omitted: fc.record({
    items: fc.nat(9),
    singlePatches: fc.nat(99),
    singlePatchesApplied: fc.nat(9),
    singlePatchesDiscussed: fc.nat(9),
  }),
});
const digest = fc.record({
  window: fc.constant({ since: '2026-11-15T08:00:00Z', until: '2026-11-16T08:00:00Z' }),
  follows: fc.array(text, { maxLength: 6 }),
  groups: fc.array(group, { maxLength: 6 }),
  counts: fc.record({
    series: fc.nat(99),
    versions: fc.nat(99),
    discussed: fc.nat(99),
    applied: fc.nat(99),
    singlePatches: fc.nat(99),
    replies: fc.nat(99),
  }),
});

describe('a message', () => {
  it('keeps within every limit whatever view it is made from', () => {
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 40 }),
        fc.array(action, { maxLength: 30 }),
        text,
        (blocks, actions, fallback) => {
          expect(problemsOf({ fallback, blocks }, actions)).toEqual([]);
        },
      ),
      // Shrinking a view of forty blocks takes minutes.
      { numRuns: 250, endOnFailure: true },
    );
  });

  it('puts the quiet line of an item into a context block, without a second mark of its state', () => {
    const { blocks } = renderMessage(
      {
        fallback: 'one',
        blocks: [
          {
            kind: 'item',
            title: [{ text: '✅ ' }, { text: 'KVM: fix it', style: 'bold' }],
            lines: [[{ text: 'It is fixed.' }]],
            meta: [{ text: 'applied', style: 'good' }, { text: ' · ', style: 'dim' }, { text: 'Ada' }],
          },
        ],
      },
      [],
    );
    expect(blocks).toMatchObject([
      { type: 'section', text: { text: '✅ *KVM: fix it*\nIt is fixed.' } },
      { type: 'context', elements: [{ text: 'applied · Ada' }] },
    ]);
  });

  const menuOf = (n: number) => {
    const menu = itemMenu(`${n}@example.org`);
    return menu === null ? {} : { menu };
  };
  const itemWithMenu = (n: number): Block => ({
    kind: 'item',
    title: [{ text: `KVM: fix number ${n}`, style: 'bold' }],
    lines: [[{ text: 'It is fixed. '.repeat(5) }]],
    meta: [{ text: 'Ada' }],
    ...menuOf(n),
  });

  it('gives each series of a digest a menu of its own', () => {
    const { blocks } = renderMessage({ fallback: 'two', blocks: [itemWithMenu(1), itemWithMenu(2)] }, []);
    const menus = blocks.flatMap((one) =>
      'accessory' in one && one.accessory?.type === 'overflow' ? [one.accessory] : [],
    );
    expect(menus.map(({ options }) => options.map(({ text: { text } }) => text))).toEqual(
      Array.from({ length: 2 }, () => [
        'Open its card',
        'Follow this series',
        'Mute it here',
        'Why is it here?',
      ]),
    );
    expect(new Set(menus.flatMap(({ options }) => options.map(({ value }) => value))).size).toBe(8);
  });

  it('shows a picture beneath the text, with the words that stand for it', () => {
    const picture = { url: 'https://covernote.example.org/series/x/timeline.png', alt: 'Timeline of “x”' };
    const actions = [{ kind: 'button', id: 'series:v:card:x', label: 'Card', tone: 'plain' } as const];
    const view = { ...textView('Timeline'), picture };
    expect(problemsOf(view, actions)).toEqual([]);
    expect(fits(view, actions)).toBe(true);
    expect(renderMessage(view, actions).blocks.map(({ type }) => type)).toEqual([
      'section',
      'image',
      'actions',
    ]);
  });

  it('is not full as long as a menu has its place, and shows its text even then', () => {
    const view = (n: number) => ({
      fallback: 'many',
      blocks: Array.from({ length: n }, (_, i) => itemWithMenu(i)),
    });
    expect([fits(view(25), []), fits(view(26), [])]).toEqual([true, false]);
    expect(problemsOf(view(40))).toEqual([]);
    expect(JSON.stringify(renderMessage(view(40), []).blocks)).toContain('fix number 39');
  });

  it('keeps within every limit for each digest and each part of one', () => {
    fc.assert(
      fc.property(digest, (one) => {
        expect(problemsOf(digestView(one))).toEqual([]);
        const headline = { ...one, kind: 'headline', version: 1, details: 3, notes: one.follows } as const;
        expect(problemsOf(partView(headline))).toEqual([]);
        const details = { ...one, kind: 'details', version: 1, number: 1, of: 3 } as const;
        expect(problemsOf(partView(details))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps within every limit for each card and list of series', () => {
    const patch = fc.record({ title: text, author: text, url: fc.option(text) });
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(patch, { maxLength: 40 }),
        fc.nat(12),
        (title, words, patches, versions) => {
          const revisions = Array.from({ length: versions + 1 }, (_, i) =>
            aRevision({
              version: i + 1,
              title: `${title}${i}`,
              summary: words,
              changed: words,
              reviewText: words,
              url: words,
              patches: patches.map((one, index) => ({ ...one, messageId: null, index, reviews: [] })),
            }),
          );
          const series = aSeries({ revisions, title, author: { name: words, email: title } });
          expect(problemsOf(seriesView(series))).toEqual([]);
          expect(
            problemsOf(
              pickListView(words, {
                matches: Array.from({ length: 10 }, () => series),
                number: 1,
                hasMore: true,
              }),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('fits where nothing was cut, and says where something was', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 60 }), (blocks) => {
        const view = { fallback: 'x', blocks };
        const isCut = readMessage(renderMessage(view, [])).text.includes(
          'more than fits in one Slack message',
        );
        expect(fits(view, [])).toBe(!isCut);
      }),
      { numRuns: 100 },
    );
  });

  it('always has a sentence for those who see no blocks', () => {
    expect(renderMessage(textView(''), []).text).toMatch(/^\w.*\.$/);
    expect(renderMessage({ fallback: 'A <b> & c.', blocks: [] }, [])).toEqual({
      text: 'A &lt;b&gt; &amp; c.',
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: 'A &lt;b&gt; &amp; c.', verbatim: true },
          expand: true,
        },
      ],
    });
  });
});

describe('facts', () => {
  const facts = (rows: readonly (readonly [string, string])[]): View => ({
    fallback: 'facts',
    blocks: [{ kind: 'facts', rows: rows.map(([label, text]) => ({ label, spans: [{ text }] })) }],
  });
  const long = 'a sentence that is much too long to stand beside another one in a column of a message';

  it('keep their order, in lines where any of them is long', () => {
    const view = facts([
      ['/series', long],
      ['/unfollow', 'short'],
      ['/digest', long],
      ['/subsystems', 'short'],
    ]);
    const { blocks } = renderMessage(view, []);
    const text = JSON.stringify(blocks);
    const at = ['/series', '/unfollow', '/digest', '/subsystems'].map((label) => text.indexOf(`*${label}*`));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    expect(text).not.toContain('"fields"');
  });

  it('stand in two columns where all are short', () => {
    const text = JSON.stringify(
      renderMessage(
        facts([
          ['State', 'new'],
          ['Size', '3 files'],
        ]),
        [],
      ).blocks,
    );
    expect(text).toContain('"fields"');
    expect(text.indexOf('State')).toBeLessThan(text.indexOf('Size'));
  });
});
