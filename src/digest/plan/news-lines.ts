import type { SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';
import type { SeriesActivity } from './activity.js';
import { stateText } from './state-text.js';
import { foundText } from './verdict-text.js';

/** What happened to a series, in words; with the mail that says so, where it has an address. */
export interface NewsLine {
  readonly text: string;
  readonly url: string | null;
}

const MOST_REVIEWS = 6;
const MOST_PATCHES = 6;

/** The review tags that came, each person's once a kind: `Reviewed-by: Bo Reviewer (patches 1, 3)`. */
export function reviewLines({ series, replies }: SeriesActivity): NewsLine[] {
  const tags = tagsIn(series, new Set(replies.messageIds));
  const lines = [...tags].map(
    ([name, patches]): NewsLine => ({ text: name + patchesText(patches), url: null }),
  );
  const more = lines.length - MOST_REVIEWS;
  return more <= 0
    ? lines
    : [...lines.slice(0, MOST_REVIEWS), { text: `${count(more, 'more review tag')}`, url: null }];
}

const MOST_VERDICTS = 4;

/** What programs found that is news: `kernel test robot: the build fails (patch 3)`, `BluezTestBot: CI passes again`. */
export function verdictLines({ series, verdicts = [] }: SeriesActivity): NewsLine[] {
  const found = new Map<string, { readonly url: string | null; readonly patches: number[] }>();
  for (const { by, kind, result, patch, url, revision } of verdicts) {
    const of = revision === series.revisions.at(-1) ? '' : ` for ${versionName(revision)}`;
    const text = `${shorten(oneLine(by), 80)}: ${foundText(kind, result, result === 'pass')}${of}`;
    const known = found.get(text) ?? { url, patches: [] };
    const index = revision.patches.find(({ messageId }) => messageId !== null && messageId === patch)?.index;
    if (index !== undefined && index !== null && !known.patches.includes(index)) known.patches.push(index);
    found.set(text, known);
  }
  const lines = [...found].map(
    ([text, { url, patches }]): NewsLine => ({ text: text + patchesText(patches), url }),
  );
  const more = lines.length - MOST_VERDICTS;
  return more <= 0
    ? lines
    : [...lines.slice(0, MOST_VERDICTS), { text: count(more, 'more CI result'), url: null }];
}

/** What to say if no item does: its state, what programs found, the reviews, and how many others replied. */
export function eventLines(activity: SeriesActivity): NewsLine[] {
  const { series, evidence, replies } = activity;
  const decided = evidence.length === 0 ? null : stateText(series, evidence);
  const reviews = reviewLines(activity);
  const tagged = taggedIn(series, new Set(replies.messageIds));
  const decides = new Set(decided === null ? [] : evidence.map(({ messageId }) => messageId));
  const others = replies.messageIds.filter((id) => !tagged.has(id) && !decides.has(id)).length;
  const by = others === replies.count && replies.people > 1 ? ` from ${replies.people} people` : '';
  return [
    ...(decided === null
      ? []
      : [{ text: upperFirst(shorten(oneLine(decided), 200)), url: evidence.at(-1)?.url ?? null }]),
    ...verdictLines(activity),
    ...reviews,
    ...(others === 0 ? [] : [{ text: `${count(others, 'reply', 'replies')}${by}`, url: null }]),
  ];
}

type Review = SeriesRecord['revisions'][number]['reviews'][number];

/** The review tags of a series with the patches that they were given for; null for a whole posting. */
function reviewsOf({
  revisions,
}: SeriesRecord): { readonly review: Review; readonly index: number | null }[] {
  return revisions.flatMap(({ reviews, patches }) => [
    ...reviews.map((review) => ({ review, index: null })),
    ...patches.flatMap((patch) => patch.reviews.map((review) => ({ review, index: patch.index }))),
  ]);
}

/** Message.id of those mails that bear a review tag. */
function taggedIn(series: SeriesRecord, mailIds: ReadonlySet<string>): Set<string> {
  const ids = reviewsOf(series).flatMap(({ review }) => review.messageId ?? []);
  return new Set(ids.filter((id) => mailIds.has(id)));
}

/** Tag and name → the patches that the tag was given for; none for the whole posting. */
function tagsIn(series: SeriesRecord, mailIds: ReadonlySet<string>): Map<string, number[]> {
  const tags = new Map<string, number[]>();
  for (const { review, index } of reviewsOf(series)) {
    if (review.messageId === null || !mailIds.has(review.messageId)) continue;
    const name = `${review.kind}: ${shorten(oneLine(review.name || review.email), 80)}`;
    const patches = tags.get(name) ?? [];
    if (index !== null && !patches.includes(index)) patches.push(index);
    tags.set(name, patches);
  }
  return tags;
}

function patchesText(patches: readonly number[]): string {
  if (patches.length === 0) return '';
  if (patches.length > MOST_PATCHES) return ` (${count(patches.length, 'patch', 'patches')})`;
  return ` (patch${patches.length === 1 ? '' : 'es'} ${[...patches].sort((a, b) => a - b).join(', ')})`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
