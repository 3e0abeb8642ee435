import type { Digest, DigestGroup, DigestItem, DigestSection } from '../plan/digest.js';
import { isNewsSection, sections, singlesRows } from '../plan/sections.js';
import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import { oncePerObject } from '../text/once-per-object.js';
import { heading, linked, more, note, paragraph } from './blocks.js';
import type { Block, Span, View } from './view.js';
import { authorMark, dotted, patchesText, sizeText, versionText } from './words.js';

/** Words for a place: `in kvm`, `in 3 subsystems`. */
export function whereText(groups: readonly DigestGroup[]): string {
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return `in ${only.subsystem.slug}`;
  return `in ${count(groups.length, 'subsystem')}`;
}

/** `3 new series, 1 new version, 2 applied`. */
export function countsText(counts: Digest['counts']): string {
  return [
    ...sections.map((row) => (counts[row.count] > 0 ? row.words(counts[row.count]) : '')),
    counts.singlePatches > 0 ? count(counts.singlePatches, 'single patch', 'single patches') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** A digest as a message: a headline, then each subsystem with its sections. */
export function digestView(digest: Digest): View {
  const { since, until } = digest.window;
  const range: Span[] = [{ at: since, form: 'time' }, { text: ' to ' }, { at: until, form: 'time' }];
  const headline: Block = heading(1, 'Digest: ', ...range, ...followsSpans(digest.follows));
  if (digest.groups.length === 0) {
    const nothing = 'Nothing new for what you follow.';
    return { fallback: nothing, blocks: [headline, paragraph(nothing)] };
  }
  const told = `${countsText(digest.counts)}, ${whereText(digest.groups)}`;
  return {
    fallback: `${told}.`,
    blocks: [
      headline,
      paragraph(`${told}.`),
      ...digest.groups.flatMap((group) => groupBlocks(group, 'spelled')),
    ],
  };
}

/** Five, and how many more: a stored headline holds that as its sixth. */
const MOST_FOLLOWS = 6;

/** ` · kvm, mm -kind:rfc, 3 more`: what a digest is made for, behind its times. */
export function followsSpans(follows: readonly string[]): Span[] {
  if (follows.length === 0) return [];
  const named = follows.slice(0, MOST_FOLLOWS).map((text) => shorten(oneLine(text), 60));
  const more = follows.length - named.length;
  return [{ text: ` · ${named.join(', ')}${more > 0 ? `, ${more} more` : ''}` }];
}

/** Whether the address of each series is spelled out, or stands behind its title alone. */
export type Addresses = 'spelled' | 'linked';

/** A subsystem with its sections and what is left out of it. */
export function groupBlocks(group: DigestGroup, addresses: Addresses): Block[] {
  const left = omittedText(group);
  return [
    heading(2, ...subsystemSpans(group.subsystem)),
    ...group.sections.flatMap((section) => sectionBlocks(section, addresses)),
    ...(left === '' ? [] : [note(left)]),
  ];
}

/** `kvm · Kernel Virtual Machine`. */
export function subsystemSpans({ slug, name }: DigestGroup['subsystem']): Span[] {
  const same = name === '' || name.toLowerCase() === slug.toLowerCase();
  return [
    { text: slug, style: 'bold' },
    ...(same ? [] : [{ text: ` · ${shorten(name, 100)}`, style: 'dim' } as const]),
  ];
}

function sectionBlocks(section: DigestSection, addresses: Addresses): Block[] {
  const total = section.items.length + section.more;
  return [
    // Where a section goes on in the next message, its headline has the counts.
    heading(3, addresses === 'linked' ? section.name : `${section.name} (${total})`),
    ...section.items.map((item) => itemBlock(item, isNewsSection(section.name), addresses)),
    ...more(section.more),
  ];
}

/** What a group counts without showing: `37 single patches.`, `4 single patches: 3 new, 1 discussed.` The number is the headline's. */
export function omittedText(group: DigestGroup): string {
  const { omitted } = group;
  const counted = singlesRows.filter(({ singles }) => omitted[singles] > 0);
  const total = counted.reduce((sum, { singles }) => sum + omitted[singles], 0);
  if (total === 0) return '';
  const said = count(total, 'single patch', 'single patches');
  const onlyNew = total === omitted.singlePatches;
  if (onlyNew) return `${said}.`;
  return `${said}: ${counted.map((row) => row.singleWords(omitted[row.singles])).join(', ')}.`;
}

/** A digest is laid out several times to see what fits, and tells at many places of the same: an item is put in words once. */
const blocksOf = oncePerObject((_: DigestItem) => new Map<string, Block>());

function itemBlock(item: DigestItem, news: boolean, addresses: Addresses): Block {
  const known = blocksOf(item);
  const form = `${news} ${addresses}`;
  const block = known.get(form) ?? {
    kind: 'item',
    title: titleSpans(item),
    lines: itemLines(item, news, addresses),
  };
  known.set(form, block);
  return block;
}

/** `[net-next v3] tcp: do a thing`, linked where it can be. */
export const titleSpans = oncePerObject((item: DigestItem): readonly Span[] => {
  const version = versionText(item);
  const tag = [
    ...item.prefixes.slice(0, 3).map((prefix) => shorten(prefix, 40)),
    item.kind === 'pull' ? 'pull' : version,
  ]
    .filter((part) => part !== '')
    .join(' ');
  return [
    ...(tag === '' ? [] : [{ text: `[${tag}] `, style: 'dim' } as const]),
    linked(shorten(item.title, 200), item.url, 'bold'),
  ];
});

function itemLines(item: DigestItem, news: boolean, addresses: Addresses): Span[][] {
  const lines: Span[][] = [];
  if (news && item.summary !== null)
    lines.push([{ text: shorten(item.summary, 500) }, ...authorMark(item.summaryBy)]);
  if (news && item.changed !== null)
    lines.push([{ text: 'Changed: ', style: 'dim' }, { text: shorten(item.changed, 300) }]);
  lines.push(metaLine(item, news));
  if (addresses === 'spelled' && item.url !== null)
    lines.push([{ text: item.url, url: item.url, style: 'dim' }]);
  return lines;
}

function metaLine(item: DigestItem, news: boolean): Span[] {
  const talk = item.replies === 0 ? null : `${count(item.replies, 'reply', 'replies')} by ${item.repliers}`;
  return dotted([
    shorten(item.author.name || item.author.email || 'unknown author', 80),
    item.kind === 'pull' ? null : patchesText(item),
    news ? sizeText(item.size) : null,
    item.stateText === null ? null : { text: shorten(item.stateText, 160), style: stateStyle(item.state) },
    item.reviews,
    talk,
    item.also.length === 0
      ? null
      : `also: ${item.also.slice(0, 3).join(', ')}${item.also.length > 3 ? ` +${item.also.length - 3}` : ''}`,
  ]);
}

/** How good the news is that a state tells. */
export function stateStyle(state: DigestItem['state']): 'good' | 'bad' | 'warn' | 'dim' {
  switch (state) {
    case 'applied':
    case 'merged':
      return 'good';
    case 'changes-requested':
      return 'warn';
    case 'rejected':
      return 'bad';
    case 'new':
    case 'under-review':
    case 'superseded':
    case 'stale':
      return 'dim';
    default:
      return state satisfies never;
  }
}
