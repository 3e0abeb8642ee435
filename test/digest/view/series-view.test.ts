import { describe, expect, it } from 'vitest';
import { seriesView } from '../../../src/digest/view/series-view.js';
import type { View } from '../../../src/digest/view/view.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

const textOf = (view: View) => JSON.stringify(view.blocks);

describe('the card of a series', () => {
  const v1 = aRevision({ outcome: 'applied' });
  const v3 = aRevision({ version: 3 });

  it('says which older version was taken, and that others never came here', () => {
    const text = textOf(seriesView(aSeries({ revisions: [v1, v3] })));
    expect(text).toContain('"applied"');
    expect(text).toContain('v3 (2 of 3 here)');
  });

  it('does not tell of an older version that a newer one replaced it', () => {
    const older = aRevision({ outcome: 'superseded' });
    expect(textOf(seriesView(aSeries({ revisions: [older, v3] })))).not.toContain('superseded');
  });

  it('names who reviewed, and how much of it', () => {
    const review = { kind: 'Reviewed-by', name: 'Bo Lindqvist', email: 'bo@example.org', messageId: null };
    const patch = { messageId: null, index: null, author: '', title: 'x', url: null, reviews: [] };
    const patches = [{ ...patch, reviews: [review] }, patch];
    expect(textOf(seriesView(aSeries({ revisions: [aRevision({ patches })] })))).toContain(
      'Bo Lindqvist (reviewed 1 of 2)',
    );
  });
});
