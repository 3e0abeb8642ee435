import { expect, it } from 'vitest';
import { newsOfSeries } from '../../../scripts/preview/digests.js';
import { topicOfEdit } from '../../../src/bot/deliver/thread-title.js';
import type { DigestItem } from '../../../src/digest/plan/digest.js';
import { partContentSchema } from '../../../src/digest/plan/part-content.js';

type State = DigestItem['state'];

/** News that shows the series itself in a state, or only says in words what happened. */
function news(state: State, isShown: boolean) {
  const [first] = newsOfSeries();
  if (first?.kind !== 'news') throw new Error('no news');
  const groups = first.groups.map((group) => ({
    ...group,
    sections: group.sections.map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, state })) })),
  }));
  return partContentSchema.parse({ ...first, of: { ...first.of, state }, groups: isShown ? groups : [] });
}

it.each<[State, boolean, boolean, string | null]>([
  ['new', true, true, 'new'],
  ['new', true, false, null],
  ['under-review', true, false, null],
  // What it shows is kept up to date, whatever was written below it since.
  ['applied', true, false, 'applied'],
  ['changes-requested', true, false, 'changes requested'],
  // Words say what was so then.
  ['under-review', false, true, 'under review'],
  ['applied', false, true, 'applied'],
  ['applied', false, false, null],
  ['superseded', true, true, null],
])(
  'the label that an edit sets: %s, shown %s, last in its post %s',
  async (state, isShown, isLast, label) => {
    expect((await topicOfEdit(news(state, isShown), async () => isLast)).label).toBe(label);
  },
);
