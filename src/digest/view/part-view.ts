import type { DigestGroup } from '../plan/digest.js';
import type { PartContent } from '../plan/part-content.js';
import type { Fits } from '../plan/plan-parts.js';
import { sections, singlesRows } from '../plan/sections.js';
import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import { heading, list, note, paragraph } from './blocks.js';
import {
  countsText,
  followsSpans,
  groupBlocks,
  omittedText,
  subsystemSpans,
  titleSpans,
  whereText,
} from './digest-view.js';
import type { Block, Span, View } from './view.js';

type Headline = Extract<PartContent, { kind: 'headline' }>;
type Details = Extract<PartContent, { kind: 'details' }>;

/** Whether a view goes into one message of a platform. */
export type FitsView = (view: View) => boolean;

/** The same for a part that is yet to be rendered. */
export function fitsPart(fits: FitsView): Fits {
  return (content) => fits(partView(content));
}

/** One message of a digest as a platform-neutral view. The same content gives the same view, today and for an edit. */
export function partView(content: PartContent): View {
  switch (content.kind) {
    case 'headline':
      return headlineView(content);
    case 'details':
      return detailsView(content);
    case 'notice':
      return {
        fallback: [content.text, content.remedy].filter((text) => text !== '').join(' '),
        blocks: [content.text, content.remedy].filter((text) => text !== '').map((text) => paragraph(text)),
      };
    default:
      return content satisfies never;
  }
}

function headlineView(content: Headline): View {
  const told = toldText(content);
  const range: Span[] = [
    { text: 'Digest: ' },
    { at: content.window.since, form: 'time' },
    { text: ' to ' },
    { at: content.window.until, form: 'time' },
    ...followsSpans(content.follows),
  ];
  const notes = [...content.notes, ...detailsNote(content)];
  return {
    fallback: told,
    blocks: [
      heading(1, ...range),
      paragraph(told),
      // Without a thread all there is to say stands here.
      ...content.groups.flatMap((group) =>
        content.details === 0
          ? groupBlocks(group, 'linked')
          : overviewBlocks(group, content.groups.length > 1),
      ),
      ...notes.map((text) => note(text)),
    ],
  };
}

/** Where the details are. A thread that is not there is not promised. */
function detailsNote({ details, missing = 0 }: Headline): string[] {
  if (details === 0) return [];
  if (missing >= details) return ['The details could not be posted in a thread: `/digest last` shows them.'];
  if (missing > 0)
    return [
      `Details are in the thread, but for ${missing} of ${details} messages: \`/digest last\` shows all.`,
    ];
  return [
    details === 1 ? 'Details are in the thread.' : `Details are in the thread, in ${details} messages.`,
  ];
}

function toldText({ counts, groups }: Headline): string {
  const words = countsText(counts);
  if (words === '') return 'Nothing new for what you follow.';
  return groups.length === 0 ? `${words}.` : `${words}, ${whereText(groups)}.`;
}

/** A subsystem in a headline: what there is, and the first titles. One that stands alone was counted in the line above. */
function overviewBlocks(group: DigestGroup, counted: boolean): Block[] {
  const titles = group.sections.flatMap((section) => section.items.map((item) => titleSpans(item)));
  const said = groupText(group);
  const counts: Block = paragraph(
    ...subsystemSpans(group.subsystem),
    ...(said === '' ? [] : [{ text: `: ${said}` }]),
  );
  return [...(counted ? [counts] : []), ...(titles.length === 0 ? [] : [list(titles)])];
}

/** `3 new series, 1 applied, 12 single patches`: all that a subsystem has, shown or not. */
function groupText(group: DigestGroup): string {
  const said: string[] = sections.flatMap(({ name, words }) => {
    const section = group.sections.find((one) => one.name === name);
    const total = section === undefined ? 0 : section.items.length + section.more;
    return total === 0 ? [] : [words(total)];
  });
  const singles = singlesRows.reduce((sum, { singles: key }) => sum + group.omitted[key], 0);
  if (singles > 0) said.push(count(singles, 'single patch', 'single patches'));
  return said.join(', ');
}

function detailsView(content: Details): View {
  const names = content.groups.map((group) => group.subsystem.slug).join(', ');
  const place = content.of > 1 ? ` (${content.number} of ${content.of})` : '';
  return {
    fallback: `Details${place}: ${shorten(oneLine(names), 200)}.`,
    blocks: content.groups.flatMap((group) =>
      group.sections.length === 0 && omittedText(group) === '' ? [] : groupBlocks(group, 'linked'),
    ),
  };
}
