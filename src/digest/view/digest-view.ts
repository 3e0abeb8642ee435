import type { Digest, DigestGroup, DigestItem, DigestSection } from '../contract/digest-answer.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import type { Block, Span, View } from './view.js';
import { dotted, patchesText, sizeText, versionText } from './words.js';

/** Words for a place: `in kvm`, `in 3 subsystems`. */
function whereText(groups: readonly DigestGroup[]): string {
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return `in ${only.subsystem.slug}`;
  return `in ${count(groups.length, 'subsystem')}`;
}

/** `3 new series, 1 new version, 2 applied`. */
function countsText(counts: Digest['counts']): string {
  return [
    counts.series > 0 ? `${counts.series} new series` : '',
    counts.versions > 0 ? count(counts.versions, 'new version') : '',
    counts.discussed > 0 ? `${counts.discussed} discussed` : '',
    counts.applied > 0 ? `${counts.applied} applied` : '',
    counts.singlePatches > 0 ? count(counts.singlePatches, 'single patch', 'single patches') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** A digest as a message: a headline, then each subsystem with its sections. */
export function digestView(digest: Digest): View {
  const { since, until } = digest.window;
  const range: Span[] = [{ at: since, form: 'time' }, { text: ' to ' }, { at: until, form: 'time' }];
  const follows: Span[] = digest.follows.length === 0 ? [] : [{ text: ` · ${digest.follows.join(', ')}` }];
  const headline: Block = { kind: 'heading', level: 1, spans: [{ text: 'Digest: ' }, ...range, ...follows] };
  if (digest.groups.length === 0) {
    const nothing = 'Nothing new for what you follow.';
    return { fallback: nothing, blocks: [headline, { kind: 'paragraph', spans: [{ text: nothing }] }] };
  }
  const told = `${countsText(digest.counts)} ${whereText(digest.groups)}`;
  return {
    fallback: `${told}.`,
    blocks: [
      headline,
      { kind: 'paragraph', spans: [{ text: `${told}.` }] },
      ...digest.groups.flatMap(groupBlocks),
    ],
  };
}

function groupBlocks(group: DigestGroup): Block[] {
  const { slug, name } = group.subsystem;
  const heading: Span[] = [{ text: slug, style: 'bold' }];
  if (name !== '' && name.toLowerCase() !== slug.toLowerCase())
    heading.push({ text: ` · ${name}`, style: 'dim' });
  const left = omittedText(group);
  return [
    { kind: 'heading', level: 2, spans: heading },
    ...group.sections.flatMap(sectionBlocks),
    ...(left === '' ? [] : [{ kind: 'note', spans: [{ text: left }] } as const]),
  ];
}

function sectionBlocks(section: DigestSection): Block[] {
  const total = section.items.length + section.more;
  return [
    { kind: 'heading', level: 3, spans: [{ text: `${section.name} (${total})` }] },
    ...section.items.map((item) => itemBlock(item, section.name)),
    ...(section.more > 0 ? [{ kind: 'note', spans: [{ text: `+${section.more} more` }] } as const] : []),
  ];
}

/** What a group counts without showing: `And 37 single patches, 5 of them applied.` */
function omittedText(group: DigestGroup): string {
  const { singlePatches, singlePatchesApplied, singlePatchesDiscussed } = group.omitted;
  const parts = [
    singlePatches > 0 ? count(singlePatches, 'single patch', 'single patches') : '',
    singlePatchesDiscussed > 0 ? `talk on ${singlePatchesDiscussed} earlier ones` : '',
    singlePatchesApplied > 0 ? `${singlePatchesApplied} earlier ones applied` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  const text = singlePatches > 0 ? parts.join(', ') : `single patches: ${parts.join(', ')}`;
  return `And ${text}.`;
}

function itemBlock(item: DigestItem, section: DigestSection['name']): Block {
  const version = versionText(item);
  const tag = [...item.prefixes.slice(0, 3), item.kind === 'pull' ? 'pull' : version]
    .filter((part) => part !== '')
    .join(' ');
  const title: Span[] = [
    ...(tag === '' ? [] : [{ text: `[${tag}] `, style: 'dim' } as const]),
    { text: shorten(item.title, 200), style: 'bold', ...(item.url === null ? {} : { url: item.url }) },
  ];
  return { kind: 'item', title, lines: itemLines(item, section) };
}

function itemLines(item: DigestItem, section: DigestSection['name']): Span[][] {
  const lines: Span[][] = [];
  const isNews = section === 'New series' || section === 'New versions';
  if (isNews && item.summary !== null) lines.push([{ text: item.summary }]);
  if (isNews && item.changed !== null)
    lines.push([{ text: 'Changed: ', style: 'dim' }, { text: item.changed }]);
  lines.push(metaLine(item, isNews));
  if (item.url !== null) lines.push([{ text: item.url, url: item.url, style: 'dim' }]);
  return lines;
}

function metaLine(item: DigestItem, isNews: boolean): Span[] {
  const talk = item.replies === 0 ? null : `${count(item.replies, 'reply', 'replies')} by ${item.repliers}`;
  return dotted([
    item.author.name || item.author.email || 'unknown author',
    item.kind === 'pull' ? null : patchesText(item),
    isNews ? sizeText(item.size) : null,
    item.stateText === null ? null : { text: item.stateText, style: stateStyle(item.state) },
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
