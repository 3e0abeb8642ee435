import { describe, expect, it } from 'vitest';
import { NOW, openMemory, prepare, type Written, writeMail } from '../../adapters/store/written-mail.js';

const TITLE = 'mm: keep the pages of a pinned range';
const ROBOT = 'kernel test robot <lkp@intel.com>';

const V1: Written = { id: 'v1@example.org', date: '2026-03-01T09:00:00Z', subject: `[PATCH] ${TITLE}` };
const V2: Written = { id: 'v2@example.org', date: '2026-03-03T09:00:00Z', subject: `[PATCH v2] ${TITLE}` };
const ANSWER: Written = {
  id: 'answer@example.org',
  from: ROBOT,
  date: '2026-03-02T09:00:00Z',
  inReplyTo: 'v1@example.org',
  subject: `Re: [PATCH] ${TITLE}`,
  body: `kernel test robot noticed the following build errors:\n\npatch subject: [PATCH] ${TITLE}\n`,
};
/** Of the tree into which v2 went: it answers nothing. */
const REPORT: Written = {
  id: 'report@example.org',
  from: ROBOT,
  date: '2026-03-04T09:00:00Z',
  subject: '[mm:master 2/9] mm/gup.c:1: warning: shift count >= width of type',
  body: `tree:   https://git.example.org/mm.git master\ncommit: 0123456789 [2/9] ${TITLE}\nkernel test robot noticed the following build warnings:\n`,
};

describe('a report that names a patch by its title alone', () => {
  it('is about the newest version before it, in whatever order the mails come', async () => {
    const late = permutations([V1, ANSWER, REPORT]).map((early) => [...early, V2]);
    for (const order of [[V1, ANSWER, V2, REPORT], ...late]) {
      const store = await openMemory();
      for (const mail of order) await store.ingestBatch([await prepare(writeMail(mail))], NOW);
      const verdicts = new Map<string, readonly (string | null)[]>();
      for await (const series of store.allSeries())
        for (const { messageId, verdicts: own } of series.revisions)
          verdicts.set(
            messageId ?? '',
            (own ?? []).map((verdict) => verdict.messageId),
          );
      await store.close();
      expect(Object.fromEntries(verdicts), order.map(({ id }) => id).join(', ')).toEqual({
        'v1@example.org': ['answer@example.org'],
        'v2@example.org': ['report@example.org'],
      });
    }
  });
});

describe('an answer to such a report', () => {
  it('is about no posting, whether the report has found its patch or not', async () => {
    const reply: Written = {
      id: 'reply@example.org',
      date: '2026-03-05T09:00:00Z',
      inReplyTo: 'report@example.org',
    };
    const text = { subject: 'Re: [mm:master 2/9] mm/gup.c:1: warning', body: 'Looking into it.\n' };
    for (const order of permutations([V2, REPORT, { ...reply, ...text }])) {
      const store = await openMemory();
      for (const mail of order) await store.ingestBatch([await prepare(writeMail(mail))], NOW);
      const replies: number[] = [];
      for await (const series of store.allSeries()) replies.push(series.replies);
      await store.close();
      expect(replies, order.map(({ id }) => id).join(', ')).toEqual([0]);
    }
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
