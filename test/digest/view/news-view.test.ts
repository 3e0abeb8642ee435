import { expect, it } from 'vitest';
import { buildDigest } from '../../../src/digest/plan/build-digest.js';
import type { PartContent } from '../../../src/digest/plan/part-content.js';
import type { SectionName } from '../../../src/digest/plan/sections.js';
import { newsView } from '../../../src/digest/view/news-view.js';
import { viewText } from '../../../src/digest/view/view-text.js';
import { anActivity } from '../../fixtures/series-record.js';

const window = { since: '2026-11-16T00:00:00Z', until: '2026-11-17T00:00:00Z' };

type News = Extract<PartContent, { kind: 'news' }>;

function news(section: SectionName, overrides: Partial<News> = {}): News {
  const { groups } = buildDigest({ activities: [anActivity()], follows: [], window, budget: 9 });
  const [group] = groups;
  const item = group?.sections[0]?.items[0];
  if (group === undefined || item === undefined) throw new Error('the digest is empty');
  const complete = { ...item, summary: 'It does a thing.', changed: 'rebased' };
  return {
    kind: 'news',
    version: 1,
    window,
    form: 'compact',
    section,
    of: complete,
    groups: [{ ...group, sections: [{ name: section, items: [complete], more: 0 }] }],
    lines: [],
    ...overrides,
  };
}

it.each<[SectionName, string, string]>([
  ['New series', 'It does a thing.', 'Changed:'],
  ['New versions', 'Changed: rebased', 'It does a thing.'],
])('tells of %s: %s', (section, shown, hidden) => {
  const text = viewText(newsView(news(section)));
  expect(text).toContain(shown);
  expect(text).not.toContain(hidden);
});

it.each<[SectionName, News['of']['state'], string | undefined]>([
  ['Applied', 'applied', 'good'],
  ['Discussed', 'new', undefined],
  ['Applied', undefined, undefined],
])('has the colour of what decides a series: %s, %s', (section, state, tone) => {
  const lines = [{ text: 'Applied to kvm.git', url: null }];
  const content = news(section, { groups: [], lines });
  expect(newsView({ ...content, of: { ...content.of, state } }).tone).toBe(tone);
});
