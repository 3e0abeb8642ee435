import { ONE_SERIES } from '../follow/format-follow.js';
import type { Digest, DigestGroup, DigestSection } from '../plan/digest.js';
import { DEFAULT_LAYOUT, type DigestForm } from '../plan/layout.js';
import { isNewsSection, sections, singlesRows } from '../plan/sections.js';
import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import { heading, list, more, note, paragraph } from './blocks.js';
import { type ItemForm, itemBlock, listedTitle } from './item-view.js';
import type { Block, Span, View } from './view.js';

/** A headline names so many subsystems before it counts them. */
const MOST_NAMED = 3;

/** What a digest has to report, as its headline: `kvm, mm: 4 new series, 2 new versions, 1 applied`. '' if that is nothing. */
export function newsText(
  counts: Digest['counts'],
  groups: readonly Pick<DigestGroup, 'subsystem'>[],
  otherGroups = 0,
): string {
  const words = countsText(counts);
  const total = groups.length + otherGroups;
  if (words === '' || total === 0) return words;
  return total > MOST_NAMED
    ? `${words} in ${count(total, 'subsystem')}`
    : `${groups.map(({ subsystem }) => shorten(subsystem.slug, 60)).join(', ')}: ${words}`;
}

/** `3 new series, 1 new version, 2 applied`. */
function countsText(counts: Digest['counts']): string {
  return [
    ...sections.map(({ count: key, words }) => {
      const n = counts[key] ?? 0;
      return n > 0 ? words(n) : '';
    }),
    counts.singlePatches > 0 ? count(counts.singlePatches, 'single patch', 'single patches') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export const NOTHING_NEW = 'Nothing new in what is followed here';

/** A digest as a message: a headline, its period, then each subsystem with its sections. */
export function digestView(digest: Digest, form: DigestForm = DEFAULT_LAYOUT.form): View {
  const news = newsText(digest.counts, digest.groups);
  const period = note(...periodSpans(digest.window), ...followsSpans(digest.follows));
  if (digest.groups.length === 0) {
    const nothing = `${digest.follows.length === 0 ? 'Nothing new' : NOTHING_NEW}.`;
    return { fallback: nothing, blocks: [paragraph(nothing), period] };
  }
  return {
    fallback: `${news}.`,
    blocks: [
      heading(1, news),
      period,
      ...digest.groups.flatMap((group) => groupBlocks(group, form, 'counted')),
    ],
  };
}

/** `From 16 Nov 2026 09:00 to 17 Nov 2026 09:00`. */
export function periodSpans({ since, until }: Digest['window']): Span[] {
  return [{ text: 'From ' }, { at: since, form: 'time' }, { text: ' to ' }, { at: until, form: 'time' }];
}

/** Five, and how many more: a stored headline holds that as its sixth. */
const MOST_FOLLOWS = 6;

/** ` · for kvm, mm -kind:rfc, 3 more`: what a digest is made for, behind its times. */
export function followsSpans(follows: readonly string[]): Span[] {
  if (follows.length === 0) return [];
  const named = follows.slice(0, MOST_FOLLOWS).map((text) => shorten(oneLine(text), 60));
  const more = follows.length - named.length;
  // `for one series, kvm` reads as if kvm were that series.
  const others = named.filter((words) => words !== ONE_SERIES);
  const single = named.length - others.length;
  const listed = [
    ...others,
    ...(single === 0 ? [] : [single === 1 ? ONE_SERIES : `${single} single series`]),
  ];
  const last = single > 0 && more <= 0 && others.length > 0 ? listed.pop() : undefined;
  const tail = last === undefined ? '' : ` and ${last}`;
  return [{ text: ` · for ${listed.join(', ')}${tail}${more > 0 ? `, ${more} more` : ''}` }];
}

/**
 * A subsystem with its sections and what is left out of it. `counted`: each section says how many it holds; not if it may continue in the
 * next message, because the headline has the counts.
 */
export function groupBlocks(
  group: DigestGroup,
  form: ItemForm,
  counts: 'counted' | 'not counted',
  /** It is the only one, and was named above. */
  isAlone = false,
): Block[] {
  const left = omittedText(group);
  return [
    ...(isAlone ? [] : [heading(2, ...subsystemSpans(group.subsystem))]),
    ...group.sections.flatMap((section) => sectionBlocks(section, form, counts)),
    ...(left === '' ? [] : [note(left)]),
    ...singlesBlocks(group),
  ];
}

/** The single patches that a group counts, a line each, where they were kept. */
function singlesBlocks({ singles = [], omitted }: DigestGroup): Block[] {
  if (singles.length === 0) return [];
  const total = singlesRows.reduce((sum, row) => sum + omitted[row.singles], 0);
  const lines = singles.map((item) => [
    ...listedTitle(item),
    { text: ` · ${shorten(item.author.name || item.author.email, 60)}`, style: 'dim' } as const,
  ]);
  return [list(lines), ...more(total - singles.length)];
}

/** `kvm · Kernel Virtual Machine`. */
export function subsystemSpans({ slug, name }: DigestGroup['subsystem']): Span[] {
  const same = name === '' || name.toLowerCase() === slug.toLowerCase();
  return [
    { text: slug, style: 'bold' },
    ...(same ? [] : [{ text: ` · ${shorten(name, 100)}`, style: 'dim' } as const]),
  ];
}

function sectionBlocks(section: DigestSection, form: ItemForm, counts: 'counted' | 'not counted'): Block[] {
  const total = section.items.length + section.more;
  return [
    heading(3, counts === 'counted' ? `${section.name} (${total})` : section.name),
    ...section.items.map((item) => itemBlock(item, isNewsSection(section.name), form)),
    ...more(section.more),
  ];
}

/** What a group counts without showing: `37 single patches.`, `4 single patches: 3 new, 1 discussed.`, `2 single patches, all applied.` The number is the headline's. */
export function omittedText(group: DigestGroup): string {
  const { omitted } = group;
  const counted = singlesRows.filter(({ singles }) => omitted[singles] > 0);
  const total = counted.reduce((sum, { singles }) => sum + omitted[singles], 0);
  if (total === 0) return '';
  const singlesText = count(total, 'single patch', 'single patches');
  const onlyNew = total === omitted.singlePatches;
  if (onlyNew) return `${singlesText}.`;
  const [only, second] = counted;
  if (only !== undefined && second === undefined) {
    const what = only.singleWords(total).replace(/^\d+ /, '');
    return `${singlesText}, ${total === 1 ? '' : 'all '}${what}.`;
  }
  return `${singlesText}: ${counted.map((row) => row.singleWords(omitted[row.singles])).join(', ')}.`;
}
