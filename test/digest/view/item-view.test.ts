import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import type { DigestItem } from '../../../src/digest/plan/digest.js';
import { type ItemForm, itemBlock, listedTitle } from '../../../src/digest/view/item-view.js';
import type { Span } from '../../../src/digest/view/view.js';
import { anActivity } from '../../fixtures/series-record.js';

const window = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };
const textOf = (spans: readonly Span[]) =>
  spans.map((span) => ('text' in span ? span.text : span.at)).join('');

function anItem(overrides: Partial<DigestItem> = {}): DigestItem {
  const { groups } = buildDigest({ activities: [anActivity()], follows: [], window, budget: 9 });
  const item = groups[0]?.sections[0]?.items[0];
  if (item === undefined) throw new Error('the digest is empty');
  return { ...item, title: 'mm: do a thing', ...overrides };
}

function backport(branches: string[], email = 'dee@example.org'): NonNullable<DigestItem['backport']> {
  return { branches, sender: { name: 'Dee Rowan', email } };
}

function shown(overrides: Partial<DigestItem>, news = true, form: ItemForm = 'compact') {
  const block = itemBlock(anItem(overrides), news, form);
  if (block.kind !== 'item') throw new Error('an item is an item');
  return { title: textOf(block.title), lines: block.lines.map(textOf), meta: textOf(block.meta ?? []) };
}

describe('an item of a digest', () => {
  it('says in one quiet line what version, how large, who looked at it, how much talk, and where else', () => {
    const { meta } = shown({
      version: 6,
      total: 11,
      received: 11,
      size: { files: 9, insertions: 1182, deletions: 111 },
      reviews: 'Reviewed by 3 people, acked by 1, 11 of 11 patches covered',
      replies: 6,
      repliers: 4,
      also: ['fs', 'xfs'],
    });
    expect(meta).toBe('v6 by Ada Quill · 11 patches +1,182 −111 · R3 A1 11/11 · 6 replies · also fs, xfs');
  });

  it('says once how many patches there are, where its summary is their titles', () => {
    const { title, meta } = shown({ summary: '2 patches: split the lock; free it', total: 2 }, true, 'brief');
    expect(`${title} | ${meta}`).toBe(
      'mm: do a thing · 2 patches +10 −2 | split the lock; free it · Ada Quill',
    );
  });

  it.each<[string, Partial<DigestItem>, string, string]>([
    ['a plain first version', {}, 'mm: do a thing', 'Ada Quill · 2 patches +10 −2'],
    [
      'patches that are missing',
      { total: 26, received: 24, size: null },
      'mm: do a thing',
      'Ada Quill · 24 of 26 patches',
    ],
    [
      'a backport that another person sent',
      { prefixes: ['AUTOSEL', '6.12'], backport: backport(['6.12.y']), total: 9, received: 1, size: null },
      'mm: do a thing',
      'for 6.12.y by Ada Quill, sent by Dee Rowan · 1 of 9 patches',
    ],
    [
      'a backport of patches of several people',
      { prefixes: ['AUTOSEL', '6.12'], backport: backport(['6.12.y']), total: 9, received: 4, size: null },
      'mm: do a thing',
      'for 6.12.y, sent by Dee Rowan · 4 of 9 patches',
    ],
    [
      'a backport to several branches that its author sent',
      {
        prefixes: ['net', '6.1.y', '6.6.y'],
        backport: backport(['6.6.y', '6.1.y'], 'ada@example.org'),
        version: 2,
        size: null,
      },
      'mm: do a thing',
      'net for 6.6.y, 6.1.y v2 by Ada Quill · 2 patches',
    ],
    [
      'tags of a tree',
      { prefixes: ['net-next'], rfc: true, version: 2, size: null },
      'mm: do a thing',
      'net-next RFC v2 by Ada Quill · 2 patches',
    ],
    [
      'a state by its mark, and in words',
      { state: 'applied', stateText: 'applied to kvm.git (queue) by Bo', size: null },
      '✅ mm: do a thing',
      'applied to kvm.git (queue) by Bo · Ada Quill · 2 patches',
    ],
    [
      'a state that asks for work',
      { state: 'changes-requested', stateText: 'changes requested by Bo', size: null },
      '🟠 mm: do a thing',
      'changes requested by Bo · Ada Quill · 2 patches',
    ],
    [
      'a pull request',
      { kind: 'pull', version: 1, size: null },
      'mm: do a thing',
      'pull request by Ada Quill',
    ],
    [
      'many other subsystems',
      { also: ['a', 'b', 'c', 'd', 'e'], size: null },
      'mm: do a thing',
      'Ada Quill · 2 patches · also a, b, c +2',
    ],
  ])('shows %s', (_, overrides, title, meta) => {
    expect(shown(overrides)).toMatchObject({ title, meta });
  });

  it('has one short line of text: what it does, else what changed; both in full where that is chosen', () => {
    const overrides = { summary: 'It does a thing. '.repeat(20), changed: 'rebased; '.repeat(30) };
    const [line = '', ...others] = shown(overrides).lines;
    expect(others).toEqual([]);
    expect(line).toBe('It does a thing.');
    expect(line.length).toBeLessThanOrEqual(110);
    const [changed = ''] = shown({ ...overrides, summary: null }).lines;
    expect(changed).toMatch(/^Changed: rebased/);
    expect(changed.length).toBeLessThanOrEqual(110);
    expect(shown(overrides, true, 'full').lines).toHaveLength(2);
  });

  it.each<[string, Partial<DigestItem>, string, string]>([
    [
      'what fits beside the title there',
      { version: 6, total: 11, received: 11, reviews: 'Reviewed by 3 people', replies: 6 },
      'mm: do a thing · v6 · 11 patches +10 −2',
      'It does a thing. · Ada Quill · R3 · 6 replies',
    ],
    [
      'the patches alone beside a longer title',
      { title: `mm: do ${'x'.repeat(35)}`, version: 2 },
      `mm: do ${'x'.repeat(35)} · v2 · 2 patches`,
      'It does a thing. · Ada Quill',
    ],
    [
      'all of it below a long title',
      { title: `mm: do ${'x'.repeat(60)}`, version: 2 },
      `mm: do ${'x'.repeat(60)}`,
      'It does a thing. · v2 by Ada Quill · 2 patches +10 −2',
    ],
    [
      'of a long summary what one line takes',
      { summary: `It does ${'a thing and '.repeat(20)}another.`, replies: 2 },
      'mm: do a thing · 2 patches +10 −2',
      'It does a thing and a thing and a thing and a thing and a thing… · Ada Quill · 2 replies',
    ],
    [
      'what became of it before what it does',
      { state: 'applied', stateText: 'applied to kvm.git (queue) by Bo' },
      '✅ mm: do a thing · 2 patches +10 −2',
      'applied to kvm.git (queue) by Bo · It does a thing. · Ada Quill',
    ],
    ['a pull request', { kind: 'pull', summary: null }, 'mm: do a thing · pull request', 'Ada Quill'],
  ])('has two lines as it is posted: %s', (_, overrides, title, meta) => {
    const item = { summary: 'It does a thing.', ...overrides };
    expect(shown(item, true, 'brief')).toEqual({ title, lines: [], meta });
  });

  it('tells of what was discussed or applied without repeating what it does', () => {
    expect(shown({ size: { files: 1, insertions: 1, deletions: 1 } }, false)).toMatchObject({
      lines: [],
      meta: 'Ada Quill · 2 patches',
    });
  });

  it('names the version behind a title on its own line', () => {
    expect(textOf(listedTitle(anItem({ version: 3, state: 'applied', stateText: 'applied' })))).toBe(
      '✅ mm: do a thing · v3',
    );
  });
});
