import { describe, expect, it } from 'vitest';
import { numberRows } from '../../../../src/bot/commands/chat/numbered-choices.js';
import { list, paragraph } from '../../../../src/digest/view/blocks.js';
import type { Block, Span } from '../../../../src/digest/view/view.js';

const rows = (...texts: string[]): Block => list(texts.map((text) => [{ text }]));
const textOf = (blocks: readonly Block[] | null) =>
  blocks?.flatMap((block) =>
    block.kind === 'list'
      ? block.items.map((item) => item.map((span: Span) => ('text' in span ? span.text : '')).join(''))
      : [],
  ) ?? null;

describe('numbering the rows that can be chosen', () => {
  it.each([
    ['one list', [rows('mm: a · v1', 'mm: b · v2')], ['mm: a', 'mm: b'], ['1. mm: a · v1', '2. mm: b · v2']],
    ['two lists', [rows('a'), paragraph('Elsewhere:'), rows('b')], ['a', 'b'], ['1. a', '2. b']],
    ['a row without an option', [rows('a', 'x', 'b')], ['a', 'b'], ['1. a', 'x', '2. b']],
    ['more rows than options', [rows('a', 'b', 'c')], ['a', 'b'], ['1. a', '2. b', 'c']],
    ['a label that is shortened', [rows('a long title · v1')], ['a long…'], ['1. a long title · v1']],
    ['rows with a number', [rows('1. kvm · KVM', '2. mm')], ['kvm', 'mm'], ['1. kvm · KVM', '2. mm']],
    ['rows with another number', [rows('2. kvm', '3. mm')], ['kvm', 'mm'], null],
    ['options that are no rows', [rows('a', 'b')], ['a', 'c'], null],
    ['options in another order', [rows('a', 'b')], ['b', 'a'], null],
    ['no list', [paragraph('Which one?')], ['kvm'], null],
    ['no option', [rows('a')], [], null],
  ] as const)('%s', (_, blocks, labels, expected) => {
    expect(textOf(numberRows(blocks, labels))).toEqual(expected);
  });
});
