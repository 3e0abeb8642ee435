import { describe, expect, it } from 'vitest';
import { applyView } from '../../../src/digest/view/apply-view.js';
import { cardView } from '../../../src/digest/view/card-view.js';
import type { View } from '../../../src/digest/view/view.js';
import { aRevision, aSeries } from '../../fixtures/series-record.js';

function linesOf({ blocks }: View): string[] {
  return blocks.map((block) =>
    'spans' in block
      ? block.spans.map((span) => ('text' in span ? span.text : span.at)).join('')
      : block.kind,
  );
}

const v6 = aRevision({
  version: 6,
  title: 'KVM: pin pages once',
  summary: 'Pages are pinned once. '.repeat(20).trim(),
  changed: 'rebased',
  reviewText: 'Reviewed by 3 people, 2 of 2 patches covered',
});
const series = aSeries({
  revisions: [v6],
  replies: 14,
  subsystems: [
    { slug: 'kvm', name: 'KVM', primary: true, share: 1 },
    { slug: 'mm', name: 'Memory', primary: false, share: 0.3 },
  ],
});

describe('the card of a series', () => {
  it('says in a few lines what it is, the facts, and what changed', () => {
    const [title, summary = '', meta, changed, ...more] = linesOf(cardView(series, 'full'));
    expect(title).toBe('KVM: pin pages once v6');
    expect(summary.length).toBeGreaterThan(300);
    expect(meta).toBe('new · Ada Quill · 2 patches +10 −2 · R3 2/2 · 14 replies · also mm');
    expect([changed, ...more]).toEqual(['Changed: rebased', 'Ready to apply? Not yet: no review']);
  });

  it('says in a thin card one whole sentence where two do not fit', () => {
    const why =
      'Pages that a device writes to must not be treated like pages that the kernel merely looks at, since it may clean them.';
    const what =
      'This series adds FOLL_PIN and pin_user_pages() for callers that hold on to pages for a long time.';
    const series = aSeries({ revisions: [aRevision({ summary: `${why} ${what}` })] });
    expect(linesOf(cardView(series, 'thin'))).toContain(what);
    expect(linesOf(cardView(series, 'full'))).toContain(`${why} ${what}`);
  });

  it('is thinner for everyone, and names what was linked to', () => {
    const [title, linked, summary = '', meta, ...more] = linesOf(cardView(series, 'thin', 'patch 3/22'));
    expect([title, linked]).toEqual(['KVM: pin pages once v6', 'Linked: patch 3/22']);
    expect(summary.length).toBeLessThanOrEqual(170);
    expect(meta).toContain('Ada Quill');
    expect(more).toEqual([]);
  });

  it('links to the list once', () => {
    expect(JSON.stringify(cardView(series, 'full')).split('https://').length - 1).toBe(1);
  });

  it('links to its page where pages are published, by a Message-ID', () => {
    const spans = (at?: string) =>
      cardView(series, 'thin', null, at).blocks.flatMap((block) => ('spans' in block ? block.spans : []));
    expect(spans('https://covernote.example.org/')).toContainEqual({
      text: 'Web page',
      url: 'https://covernote.example.org/series/v6@example.org',
    });
    expect(JSON.stringify(spans())).not.toContain('Web page');
  });

  it('has the tone of its state, and its mark', () => {
    const applied = { ...series, state: { name: 'applied', evidence: [] } } as const;
    const view = cardView(applied, 'thin');
    expect(view.tone).toBe('good');
    expect(linesOf(view)[0]).toBe('✅ KVM: pin pages once v6');
  });
});

describe('what to type to apply a series', () => {
  it('names the latest version for b4', () => {
    const text = linesOf(applyView(series)).join('\n');
    expect(text).toContain('b4 am v6@example.org ');
    expect(text).toContain('b4 shazam v6@example.org ');
  });

  it.each(['$(reboot)@x', '`reboot`@x', 'a;reboot@x', '-o/etc@x', "a'b@x", 'a b@x', 'a|b@x', 'a>b@x'])(
    'offers nothing that a shell would act on: %s',
    (messageId) => {
      const hostile = aSeries({ revisions: [aRevision({ messageId })] });
      expect(linesOf(applyView(hostile)).join('\n')).not.toContain('b4 am');
    },
  );

  it('says why where there is no Message-ID', () => {
    const none = aSeries({ revisions: [aRevision({ messageId: null })] });
    expect(linesOf(applyView(none)).join('\n')).toContain('no Message-ID');
  });
});
