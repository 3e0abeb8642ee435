import type { DigestItem } from '../plan/digest.js';
import type { PartContent } from '../plan/part-content.js';
import { isNewsSection, type SectionName } from '../plan/sections.js';
import { oneLine, shorten } from '../text/inert.js';
import { heading, linked, list, note, paragraph } from './blocks.js';
import { itemBlock, stateStyle } from './item-view.js';
import type { Block, View } from './view.js';
import { versionText } from './words.js';

type News = Extract<PartContent, { kind: 'news' }>;

/** What kind of news it is, above one series. */
const KINDS: Readonly<Record<SectionName, string>> = {
  'New series': 'New series',
  'New versions': 'New version',
  Discussed: 'Discussion',
  Applied: 'Applied',
  Backports: 'Backport',
  Waiting: 'Waiting',
};

/** One series as a message of its own, or what happened to it as a message in its thread. */
export function newsView(content: News): View {
  const { groups, section, form = 'full' } = content;
  const kind = content.verdict === true ? 'CI result' : KINDS[section];
  const title = shorten(oneLine(content.of.title), 200);
  const [group] = groups;
  const item = group?.sections[0]?.items[0];
  const lines = linesBlock(content);
  if (group === undefined || item === undefined)
    return {
      fallback: `${kind}: ${title}.`,
      blocks: [lines, note(...aboutSpans(content))],
      ...decidedTone(content),
    };
  return {
    fallback: `${kind} in ${shorten(group.subsystem.slug, 60)}: ${title}.`,
    blocks: [
      heading(3, `${kind} in ${shorten(group.subsystem.slug, 60)}`),
      itemBlock(shownItem(item, section), isNewsSection(section), form),
      ...(content.lines.length === 0 ? [] : [lines]),
    ],
    ...(item.stateText === null ? {} : { tone: stateStyle(item.state) }),
  };
}

/** Below earlier versions, a new one is described by what changed; what the series does is above. */
function shownItem(item: DigestItem, section: SectionName): DigestItem {
  return section === 'New versions' && item.changed !== null ? { ...item, summary: null } : item;
}

/** Only what decides a series colors what says so. */
function decidedTone({ section, of }: News): Pick<View, 'tone'> {
  return section === 'Applied' && of.state !== undefined ? { tone: stateStyle(of.state) } : {};
}

/** A list of one is a line. */
function linesBlock({ lines }: News): Block {
  const spans = lines.map(({ text, url }) => linked(text, url));
  const [only] = spans;
  return spans.length === 1 && only !== undefined ? paragraph(only) : list(spans.map((line) => [line]));
}

/** `v3: kvm: do a thing`: in a thread that outlives versions, which one it is about. */
function aboutSpans({ of }: News) {
  const version = versionText({ ...of, resend: false }) || 'v1';
  return [{ text: `${version}: ` }, linked(shorten(oneLine(of.title), 150), of.url)];
}
