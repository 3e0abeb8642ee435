import type { DigestItem } from '../plan/digest.js';
import { currentItem } from '../plan/place-series.js';
import { latestRevision } from '../plan/state-text.js';
import type { SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import { inShort } from '../summary/in-short.js';
import { shorten } from '../text/inert.js';
import { senderText, tagsOf } from './backport-words.js';
import { heading, note, paragraph } from './blocks.js';
import { metaSpans, stateStyle, titleSpans } from './item-view.js';
import { type PagesAt, pageSpans } from './page-link.js';
import { seriesPath } from './page-paths.js';
import { readinessLine } from './readiness-line.js';
import type { Block, View } from './view.js';
import { authorMark, repliesText } from './words.js';

/** `thin`: for everyone in a channel: the title, a sentence and the facts. `full`: with what changed, and the summary whole. */
export type CardForm = 'thin' | 'full';

const SUMMARY_CHARS = { thin: 170, full: 500 } as const;
const CHANGED_CHARS = 300;

/** A series in a few lines: its title and state, what it does, the facts, what changed. `linked`: the mail that was linked to, in words; `urlOf`: where a mail is read. */
export function cardView(
  series: SeriesRecord,
  form: CardForm,
  linked: string | null = null,
  pagesAt: PagesAt = null,
  urlOf: (messageId: string) => string | null = () => null,
): View {
  const latest = latestRevision(series);
  if (latest === null) return { fallback: series.title, blocks: [] };
  const { summary, summaryBy, changed } = latest;
  const item = currentItem(series, latest);
  const author = shorten(series.author.name || series.author.email || 'unknown author', 80);
  const sender = senderText(series.author, series.backport);
  const byline = sender === null ? author : `${author}, ${sender}`;
  const blocks: Block[] = [
    heading(1, ...titleSpans(item), {
      text: ` ${[...tagsOf(latest.prefixes, series.backport), versionName(latest)].join(' ')}`,
      style: 'dim',
    }),
    ...(linked === null ? [] : [note(`Linked: ${linked}`)]),
    ...(summary === null ? [] : [paragraph(says(summary, form), ...authorMark(summaryBy))]),
    note(
      ...metaSpans(withState(item), true, { byline, replies: repliesText(series) }),
      // A Message-ID stays true when series are joined or split.
      ...pageSpans(pagesAt, seriesPath(latest.messageId ?? series.id), 'Web page'),
    ),
    ...(changed === null || form === 'thin'
      ? []
      : [paragraph({ text: 'Changed: ', style: 'dim' }, shorten(changed, CHANGED_CHARS))]),
    ...(form === 'thin' ? [] : readinessLine(series, urlOf)),
  ];
  return {
    fallback: `${latest.title}, ${versionName(latest)} by ${author}.`,
    blocks,
    tone: stateStyle(series.state.name),
  };
}

/** What fits; of a thin card whole sentences, as everyone in a channel reads it without having asked for it. */
function says(summary: string, form: CardForm): string {
  return form === 'thin' ? inShort(summary, SUMMARY_CHARS.thin) : shorten(summary, SUMMARY_CHARS.full);
}

/** A card says of a series without any news that it is new. */
function withState(item: DigestItem): DigestItem {
  return { ...item, stateText: item.stateText ?? item.state.replace('-', ' ') };
}
