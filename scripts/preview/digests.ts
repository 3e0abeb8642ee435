import { arrangeDigest } from '../../src/digest/plan/build-digest.js';
import type { Digest, DigestGroup, DigestItem } from '../../src/digest/plan/digest.js';
import { type PartContent, partContentSchema } from '../../src/digest/plan/part-content.js';
import type { Placed } from '../../src/digest/plan/place-series.js';
import { aRevision } from '../../test/fixtures/series-record.js';

const window = { since: '2026-11-16T09:00:00Z', until: '2026-11-17T09:00:00Z' };

const AREAS = ['x86', 'arm64', 'selftests', 'docs', 'core', 'nested', 'tdx', 'sev'];
const WORDS = [
  'page pins',
  'dirty rings',
  'halt polling',
  'posted interrupts',
  'guest memory',
  'lazy flushes',
];
const PEOPLE = ['Ada Quill', 'Bo Lindqvist', 'Carla Mendes', 'Dan Roe', 'Eun-ji Park', 'Farah Aziz'];
const SUMMARY =
  'Batches what was done one by one under the big lock, so that guests with many processors no longer wait for each other while memory is reclaimed.';

/** A busy day: a number of series, from each subsystem in turn, every fifth a new version, some of them decided already. */
export function busyDay(n: number, slugs: readonly string[] = ['kvm']): Digest {
  const placed = Array.from({ length: n }, (_, i): Placed => {
    const item = anItem(i);
    return {
      section: i % 5 === 0 ? 'New versions' : i % 17 === 0 ? 'Applied' : 'New series',
      item,
      revision: aRevision({ id: item.id }),
      single: false,
      slug: pick(slugs, i),
      name: pick(slugs, i) === 'kvm' ? 'Kernel virtual machine' : '',
    };
  });
  return arrangeDigest(placed, {
    follows: slugs.map((slug) => ({ text: slug, slugs: [slug], singles: false, matches })),
    window,
    budget: n,
  });
}

/** Immediate posts about one series: a message that represents it, then two in its thread. */
export function newsOfSeries(): PartContent[] {
  const first = { ...anItem(2), total: 5, received: 5 };
  const next = {
    ...first,
    version: 2,
    changed: 'the lock is taken per guest; patch 3 is split',
    summary: SUMMARY,
  };
  const news = { kind: 'news', version: 1, window, form: 'compact', lines: [] } as const;
  const omitted = { items: 0, singlePatches: 0, singlePatchesApplied: 0, singlePatchesDiscussed: 0 };
  const group = (section: 'New series' | 'New versions', item: DigestItem): DigestGroup => ({
    subsystem: { slug: 'kvm', name: 'Kernel virtual machine' },
    sections: [{ name: section, items: [item], more: 0 }],
    omitted,
  });
  const lines = ['Reviewed-by: Bo Lindqvist (patches 1, 3)', 'Acked-by: Carla Mendes', '2 replies'];
  return [
    { ...news, section: 'New series', of: first, groups: [group('New series', first)] },
    {
      ...news,
      section: 'Discussed',
      of: first,
      groups: [],
      lines: lines.map((text) => ({ text, url: null })),
    },
    { ...news, section: 'New versions', of: next, groups: [group('New versions', next)] },
    {
      ...news,
      section: 'Applied',
      of: { ...next, state: 'applied' },
      groups: [],
      lines: [{ text: 'Applied to kvm.git (queue) by Bo Lindqvist', url: next.url }],
    },
  ].map((content) => partContentSchema.parse(content));
}

const matches = () => ({ matched: true, because: [] });

function pick<T>(from: readonly T[], i: number): T {
  const one = from[i % from.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

function anItem(i: number): DigestItem {
  const id = `${i}-kvm@example.org`;
  const isVersion = i % 5 === 0;
  const applied = i % 17 === 0;
  return {
    id: `series${i}`,
    title: `KVM: ${pick(AREAS, i)}: rework the handling of ${pick(WORDS, i * 7)} (${i + 1})`,
    kind: 'series',
    prefixes: [],
    version: isVersion ? 2 + (i % 7) : 1,
    rfc: i % 11 === 0,
    resend: false,
    author: { name: pick(PEOPLE, i * 5), email: 'someone@example.org' },
    date: '2026-11-16T12:00:00Z',
    messageId: id,
    url: `https://lore.kernel.org/kvm/${id}/`,
    total: 1 + ((i * 13) % 30),
    received: 1 + ((i * 13) % 30),
    size: { files: 3, insertions: (i * 97) % 1900, deletions: (i * 31) % 700 },
    summary: SUMMARY,
    changed: isVersion
      ? 'rebased on kvm/next; the lock is no longer dropped between batches; two patches split'
      : null,
    state: applied ? 'applied' : 'new',
    stateText: applied ? 'applied to kvm.git (queue) by Bo Lindqvist' : null,
    reviews: i % 3 === 0 ? 'Reviewed by 2 people, acked by 1, 3 of 11 patches covered' : null,
    replies: i % 4,
    repliers: i % 4,
    also: i % 6 === 0 ? ['mm', 'x86'] : [],
    because: [],
  };
}
