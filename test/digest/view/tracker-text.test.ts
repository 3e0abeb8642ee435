import { describe, expect, it } from 'vitest';
import type { RevisionRecord } from '../../../src/digest/series/record.js';
import type { TrackerEvidence } from '../../../src/digest/state/tracker-evidence.js';
import { trackerTexts } from '../../../src/digest/view/tracker-text.js';

const posting = (total: number) =>
  ({
    messageId: '0@example.org',
    total,
    patches: Array.from({ length: total }, (_, n) => ({ messageId: `${n + 1}@example.org` })),
  }) as unknown as RevisionRecord;

let second = 0;
const about = (n: number, what: TrackerEvidence['what']): TrackerEvidence => ({
  messageId: `${n}@example.org`,
  tracker: 'https://patchwork.example.org/project/kvm',
  what,
  by: null,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second++)).toISOString(),
});
const state = (n: number, word: string) => about(n, { kind: 'state', state: word });
const check = (n: number, context: string, result: 'success' | 'fail' | 'warning') =>
  about(n, { kind: 'check', context, result, describes: '', url: null });

describe('what a tracker says of a posting', () => {
  it.each<[string, number, TrackerEvidence[], string[]]>([
    ['nothing', 3, [], []],
    ['of another posting', 1, [state(9, 'accepted')], []],
    ['one patch', 1, [state(1, 'accepted')], ['patchwork.example.org: accepted']],
    [
      'some of several',
      3,
      [state(1, 'accepted'), state(2, 'accepted'), state(3, 'changes-requested')],
      ['patchwork.example.org: accepted 2 of 3, changes requested 1 of 3'],
    ],
    ['the last word counts', 1, [state(1, 'new'), state(1, 'accepted')], ['patchwork.example.org: accepted']],
    [
      'checks that fail are named once',
      2,
      [check(1, 'build', 'fail'), check(2, 'build', 'fail'), check(2, 'style', 'success')],
      ['patchwork.example.org: 1 check fails (build)'],
    ],
    [
      'a check that was mended',
      1,
      [check(1, 'build', 'fail'), check(1, 'build', 'success')],
      ['patchwork.example.org: 1 check passed'],
    ],
    [
      'both',
      1,
      [
        state(1, 'queued'),
        check(1, 'a', 'fail'),
        check(1, 'b', 'fail'),
        check(1, 'c', 'fail'),
        check(1, 'd', 'fail'),
      ],
      ['patchwork.example.org: queued; 4 checks fail (a, b, c +1)'],
    ],
  ])('%s', (_, total, evidence, texts) => {
    expect(trackerTexts(posting(total), evidence)).toEqual(texts);
  });
});
