import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import { extractsShown, withSummary } from '../../../src/digest/plan/with-summary.js';
import { withWritten } from '../../../src/digest/series/with-written.js';
import { anActivity, aRevision, aSeries } from '../../fixtures/series-record.js';

const window = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };
const own = aRevision({ summary: 'The author says so.', changed: 'Fix it' });
const series = aSeries({ revisions: [own] });

const posted = (activity = anActivity({ series })): PartContent => ({
  kind: 'details',
  version: 1,
  window,
  groups: buildDigest({ activities: [activity], follows: [], window, budget: 9 }).groups,
  number: 1,
  of: 1,
});
const itemOf = (content: PartContent | null) =>
  content === null || content.kind === 'notice' ? undefined : content.groups[0]?.sections[0]?.items[0];

const written = (changed: string | null) => {
  const texts = new Map([[own.id, { summary: 'A model says so.', changed }]]);
  const revision = withWritten(series, texts).revisions[0];
  if (revision === undefined) throw new Error('no revision');
  return revision;
};

describe('a message that was posted before a model wrote its summary', () => {
  it('shows it, with the author’s words kept', () => {
    expect(itemOf(withSummary(posted(), written(null), () => true))).toMatchObject({
      summary: 'A model says so.',
      changed: 'Fix it',
      summaryBy: 'model',
      extract: { summary: 'The author says so.', changed: 'Fix it' },
    });
    expect(itemOf(withSummary(posted(), written('Fixes it all'), () => true))?.changed).toBe('Fixes it all');
  });

  it('stays as it is where it has no room, shows it already, or is about something else', () => {
    const content = posted();
    expect(withSummary(content, written(null), () => false)).toBeNull();
    expect(withSummary(content, own, () => true)).toBeNull();
    const other = { ...written(null), id: 'other@example.org', messageId: 'other@example.org', patches: [] };
    expect(withSummary(content, other, () => true)).toBeNull();
    const shown = withSummary(content, written(null), () => true);
    expect(shown === null ? null : withSummary(shown, written(null), () => true)).toBeNull();
  });

  it('gets no summary where it had none: there was no room', () => {
    const bare = posted(anActivity({ series: aSeries({ revisions: [aRevision({ summary: null })] }) }));
    expect(withSummary(bare, written(null), () => true)).toBeNull();
  });
});

it('lists what shows its author’s words, and nothing that shows none', () => {
  const content = posted();
  expect(extractsShown(content)).toEqual([own.messageId]);
  expect(extractsShown(withSummary(content, written(null), () => true) ?? content)).toEqual([]);
  expect(extractsShown(posted(anActivity({ series, arrived: [] })))).toEqual([]);
  expect(extractsShown({ kind: 'notice', version: 1, text: '', remedy: '' })).toEqual([]);
});
