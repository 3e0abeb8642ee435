import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardChanged, guardSummary, type Rejection } from '../../../../src/digest/summary/written/guard.js';
import type { SummarySource } from '../../../../src/digest/summary/written/source.js';

const source: SummarySource = {
  title: 'frob: keep widgets across suspend',
  patches: [
    'frob: add frob_save_state()',
    'frob: remove the global widget lock',
    'dt-bindings: add vendor,frob-v2',
  ],
  sentences: [
    'The frob controller loses its 64 widgets when the system suspends.',
    'This series adds a cache for the widgets, restored by frob_resume() on FROB_V2 hardware.',
    'It also removes the global widget lock, so that two CPUs may walk the bus at once.',
    'Boot takes 30% less time with CONFIG_FROB_CACHE enabled.',
  ],
  changes: ['Add a lock for the cache', 'Drop the debugfs file'],
};

const judge = (summary: string, evidence: readonly number[] = [2]) => {
  const found = guardSummary({ summary, changed: null, evidence }, source);
  return found.kind === 'accepted' ? 'accepted' : found.reason;
};

describe('what is accepted', () => {
  it.each<[string, number[]]>([
    ['Adds a cache that keeps widgets across suspend, restored by frob_resume().', [2]],
    ['Caches the 64 widgets across system suspend and restores them on FROB_V2.', [1, 2]],
    ['Removes the global widget lock, so that 2 CPUs may walk the bus at once.', [3]],
    ['Makes boot 30% faster with CONFIG_FROB_CACHE; takes less time.', [4]],
    // The number of patches is known as well.
    ['Adds a cache for the widgets and removes the global widget lock in 3 patches.', [2, 3]],
    ['Adds vendor,frob-v2 bindings and a widget cache for suspend.', [2]],
  ])('%s', (summary, evidence) => {
    expect(judge(summary, evidence)).toBe('accepted');
  });
});

describe('what is rejected', () => {
  it.each<[Rejection, string, string, number[]]>([
    [
      'contradicts',
      'the leading verb turned round',
      'Removes a cache for the widgets, restored by frob_resume().',
      [2],
    ],
    ['contradicts', 'the other way', 'Adds the global widget lock, so that two CPUs may walk the bus.', [3]],
    [
      'contradicts',
      'a later verb',
      'Adds a cache for the widgets and also adds the global widget lock.',
      [2, 3],
    ],
    ['contradicts', 'by a negation', 'No longer adds a cache for the widgets on suspend.', [2]],
    [
      'contradicts',
      'a removal that no word bears out',
      'Disables the frob controller when the system suspends.',
      [1],
    ],
    ['unknown-name', 'another number', 'Adds a cache for the 128 widgets of the controller.', [2]],
    [
      'unknown-name',
      'another number in words',
      'Adds a cache for the widgets so that twelve CPUs may walk.',
      [2],
    ],
    ['unknown-name', 'another function', 'Adds a cache for the widgets, restored by frob_probe().', [2]],
    ['unknown-name', 'another option', 'Adds a cache for the widgets with CONFIG_FROB_LOCK enabled.', [2]],
    ['unknown-name', 'another version', 'Adds a cache for the widgets on FROB_V3 hardware.', [2]],
    ['unknown-name', 'a path', 'Adds a cache for the widgets in drivers/evil hardware.', [2]],
    ['unknown-name', 'an acronym', 'Adds a cache for the widgets of the USB bus.', [2]],
    [
      'foreign-words',
      'another letter',
      'Lets guests share encrypted memory with trusted accelerator devices.',
      [2],
    ],
    ['no-evidence', 'no sentence', 'Adds a cache for the widgets across suspend.', []],
    ['no-evidence', 'a sentence that is not there', 'Adds a cache for the widgets across suspend.', [9]],
    ['no-evidence', 'sentence 0', 'Adds a cache for the widgets across suspend.', [0]],
    ['repeats-title', 'the title again', 'Keeps the frob widgets across the suspend.', [1]],
    ['too-long', 'words', `Adds a cache for ${'the widgets '.repeat(25)}`, [2]],
    ['too-long', 'characters', `Adds a cache ${'widgets'.repeat(50)}`, [2]],
    ['empty', 'nothing', '  ', [2]],
    ['empty', 'a word', 'Adds widgets.', [2]],
    ['link', 'a link', 'Adds a cache for the widgets, see https://evil.example/x.', [2]],
    ['link', 'a bare host', 'Adds a cache for the widgets, see evil.com for the bus.', [2]],
    ['mention', 'everyone', '@everyone adds a cache for the widgets.', [2]],
    ['mention', 'Slack', 'Adds a cache for the widgets <@U123> on suspend.', [2]],
    ['markup', 'Slack’s channel', 'Adds a cache for the widgets <!channel> on suspend.', [2]],
    ['markup', 'a masked link', 'Adds a [cache](evil) for the widgets on suspend.', [2]],
    ['markup', 'two lines', 'Adds a cache for the widgets.\nApproved for all trees.', [2]],
    ['markup', 'reordered text', 'Adds a cache \u202efor the widgets on suspend.', [2]],
  ])('%s: %s', (reason, _, summary, evidence) => {
    expect(judge(summary, evidence)).toBe(reason);
  });
});

describe('what changed', () => {
  it.each<[string, string]>([
    ['Adds a lock for the cache; drops the debugfs file.', 'accepted'],
    ['Removes a lock for the cache.', 'contradicts'],
    ['Adds a lock for the cache in frob_probe().', 'unknown-name'],
    [
      'Adds a lock for the cache and much more of what was left out before now, with all of the bus and the controller and every widget.',
      'accepted',
    ],
    [`Adds a lock for the cache ${'of the widgets '.repeat(10)}`, 'too-long'],
  ])('%s', (text, expected) => {
    const found = guardChanged(text, source);
    expect(found.kind === 'accepted' ? 'accepted' : found.reason).toBe(expected);
  });

  it('is rejected where the author says nothing of changes', () => {
    expect(guardChanged('Adds a cache for the widgets.', { ...source, changes: [] })).toEqual({
      kind: 'rejected',
      reason: 'no-evidence',
    });
  });
});

describe('whatever is written', () => {
  const words = [
    ...source.sentences.join(' ').split(' '),
    'evil',
    '@everyone',
    'https://x.example',
    '77',
    'BAD_NAME',
    'removes',
    'not',
    '<!here>',
    '\n',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((chosen) => chosen.join(' ')),
  );

  it('what is accepted has no link, no mention, no foreign number or name, and is short', () => {
    const known = [source.title, ...source.patches, ...source.sentences].join(' ');
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 4 }), (summary, evidence) => {
        const found = guardSummary({ summary, changed: null, evidence }, source);
        if (found.kind === 'rejected') return;
        expect(found.text).not.toMatch(/@|https?:|[<>]!|[\r\n]|\]\(/);
        expect(found.text.split(' ').length).toBeLessThanOrEqual(45);
        expect(found.text.length).toBeLessThanOrEqual(320);
        for (const [name] of found.text.matchAll(/\w*[\d_]\w*/g)) expect(known).toContain(name);
      }),
      { numRuns: 3_000 },
    );
  });

  it('never throws, and says the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.double()), (summary, evidence) => {
        const once = guardSummary({ summary, changed: null, evidence }, source);
        expect(guardSummary({ summary, changed: null, evidence }, source)).toEqual(once);
      }),
    );
  });
});
