import { describe, expect, it } from 'vitest';
import { stateText } from '../../../src/digest/plan/state-text.js';
import type { StateEvidence } from '../../../src/digest/state/outcome.js';
import { aSeries } from '../../fixtures/series-record.js';

const notice: StateEvidence = {
  messageId: 'a@example.org',
  url: null,
  by: { name: 'Bo Lindqvist', email: 'bo@example.org' },
  date: '2026-11-12T09:00:00Z',
  source: 'patchwork-bot',
  says: 'applied',
  tree: 'netdev/net',
  branch: 'main',
  confidence: 1,
  quote: 'This pull request was applied to netdev/net.git (main)',
};
const merged: StateEvidence = {
  ...notice,
  date: '2026-11-19T09:00:00Z',
  tree: 'frob/frob-next',
  branch: 'master',
};
const other = { name: 'Ada Quill', email: 'ada@example.org' };
const unsure: StateEvidence = { ...notice, source: 'person', tree: 'frob', branch: null, confidence: 0.7 };

const textOf = (evidence: readonly StateEvidence[], shown = evidence, applied = { patches: 3, total: 3 }) =>
  stateText(aSeries({ state: { name: 'applied', evidence }, applied }), shown);

describe('the state of a series in words', () => {
  it.each([
    ['one notice', textOf([notice]), 'applied to netdev/net (main) by Bo Lindqvist'],
    ['a tree that merged it later', textOf([notice, merged]), 'applied to netdev/net (main) by Bo Lindqvist'],
    [
      'the later notice alone is new',
      textOf([notice, merged], [merged]),
      'applied to netdev/net (main) by Bo Lindqvist',
    ],
    [
      'someone else applied it next',
      textOf([notice, { ...merged, by: other }]),
      'applied to frob/frob-next (master) by Ada Quill',
    ],
    [
      'a person moved it',
      textOf([notice, { ...merged, source: 'mm' }]),
      'applied to frob/frob-next (master) by Bo Lindqvist',
    ],
    [
      'an unsure reading before a notice',
      textOf([unsure, merged]),
      'applied to frob/frob-next (master) by Bo Lindqvist',
    ],
    ['unsure', textOf([unsure]), 'probably applied to frob by Bo Lindqvist'],
    [
      'a part, unsure',
      textOf([unsure], [unsure], { patches: 1, total: 3 }),
      '1 of 3 patches probably applied to frob by Bo Lindqvist',
    ],
  ])('%s', (_, text, expected) => {
    expect(text).toBe(expected);
  });
});
