import { describe, expect, it } from 'vitest';
import { assembleRevisions } from '../../../src/digest/revision/assemble.js';
import { clusterKeys } from '../../../src/digest/revision/cluster-keys.js';
import type { JoinFacts } from '../../../src/digest/revision/revision.js';
import { full, makeFacts } from './make-facts.js';

const patch = makeFacts({ id: 'p', subject: '[PATCH] mm: a thing' });
const stray = makeFacts({
  id: 'n',
  subject: 'Patch "mm: a thing" has been added to the 6.1-stable tree',
  kind: 'other',
});

function noticeOf(...messageIds: string[]): JoinFacts {
  const patches = messageIds.map((messageId) => ({
    index: null,
    title: 'mm: a thing',
    commit: null,
    messageId,
  }));
  const claim = {
    says: 'applied',
    source: 'stable',
    by: { name: '', email: 'gregkh@example.org' },
    tree: '6.1-stable',
    branch: null,
    patches,
    confidence: 0.9,
    quote: '',
  } as const;
  return { ...stray, claims: [claim] };
}

describe('a notice that answers to no mail', () => {
  it('speaks of the patch that it links to, and is looked at together with it', () => {
    const notice = noticeOf(full('p'));
    expect(clusterKeys(notice)).toEqual(expect.arrayContaining([...clusterKeys(patch)]));
    expect(assembleRevisions([patch, notice]).targets.get(notice.id)).toBe(patch.id);
  });

  it('speaks of nothing where it links to nothing that is here', () => {
    expect(assembleRevisions([patch, noticeOf(full('other'))]).targets.size).toBe(0);
  });

  it('welds only a few threads, however many it names', () => {
    const many = noticeOf(...Array.from({ length: 500 }, (_, i) => full(`m${i}`)));
    expect(clusterKeys(many).length).toBeLessThan(20);
  });
});
