import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import { withState } from '../../../src/digest/plan/with-state.js';
import type { SeriesRecord } from '../../../src/digest/series/record.js';
import type { StateEvidence } from '../../../src/digest/state/outcome.js';
import { anActivity, aRevision, aSeries } from '../../fixtures/series-record.js';

const window = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };
const v1 = aRevision();
const v2 = aRevision({ version: 2 });

const posted: PartContent = {
  kind: 'details',
  version: 1,
  window,
  groups: buildDigest({ activities: [anActivity()], follows: [], window, budget: 9 }).groups,
  number: 1,
  of: 1,
};

const evidence: StateEvidence = {
  messageId: 'done@example.org',
  url: null,
  by: { name: 'Bo Lindqvist', email: 'bo@example.org' },
  date: '2026-11-18T09:00:00Z',
  source: 'b4-ty',
  tree: 'mm.git',
  branch: null,
  confidence: 0.9,
  quote: '',
};

/** What the posted item says of its state after the edit; `unchanged` where there is none. */
function edited(series: SeriesRecord, content: PartContent = posted): string | null | undefined {
  const changed = withState(content, series);
  if (changed === null || changed.kind === 'notice') return 'unchanged';
  return changed.groups[0]?.sections[0]?.items[0]?.stateText;
}

describe('withState', () => {
  it.each<[string, SeriesRecord, string]>([
    ['a series of which nothing is known', aSeries(), 'unchanged'],
    ['one under review', aSeries({ state: { name: 'under-review', evidence: [] } }), 'unchanged'],
    [
      'another series',
      aSeries({ id: 'other', revisions: [v2], state: { name: 'applied', evidence: [] } }),
      'unchanged',
    ],
    [
      'one that was applied',
      aSeries({ state: { name: 'applied', evidence: [evidence] } }),
      'applied to mm.git by Bo Lindqvist',
    ],
    [
      'one with a newer version',
      aSeries({ revisions: [{ ...v1, outcome: 'superseded' }, v2] }),
      'superseded by v2',
    ],
    [
      'one whose newer version was applied',
      aSeries({
        revisions: [{ ...v1, outcome: 'superseded' }, v2],
        state: { name: 'applied', evidence: [evidence] },
      }),
      'superseded by v2',
    ],
    [
      'one that goes by another name since it was joined with an older one',
      aSeries({ id: 'joined', state: { name: 'applied', evidence: [evidence] } }),
      'applied to mm.git by Bo Lindqvist',
    ],
  ])('%s', (_, series, expected) => {
    expect(edited(series)).toBe(expected);
  });

  it('changes the state line and nothing else', () => {
    const series = aSeries({
      state: { name: 'applied', evidence: [evidence] },
      revisions: [{ ...v1, title: 'mm: another title', summary: 'Another.' }],
    });
    const changed = withState(posted, series);
    const before = JSON.stringify(posted);
    const after = JSON.stringify(changed)
      .replace('"applied to mm.git by Bo Lindqvist"', 'null')
      .replace('"state":"applied"', '"state":"new"');
    expect(after).toBe(before);
  });

  it('is idle the second time', () => {
    const series = aSeries({ state: { name: 'applied', evidence: [evidence] } });
    expect(edited(series, withState(posted, series) ?? posted)).toBe('unchanged');
  });
});
