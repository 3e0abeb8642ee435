import { latestRevision } from '../plan/state-text.js';
import { foundText } from '../plan/verdict-text.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { standingVerdicts } from '../series/standing-verdicts.js';
import { versionName } from '../series/version-name.js';
import type { StateEvidence } from '../state/outcome.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { authorsLines } from './authors-lines.js';
import { heading, linked, list, more, paragraph, section } from './blocks.js';
import { seriesHeading, versionItem } from './series-view.js';
import type { Block, Span, View } from './view.js';
import { dotted, repliesText } from './words.js';

const MAX_TITLE = 160;
const MAX_LINE = 300;
/** Lines of one version's changelog; some are whole essays. */
const MAX_LINES = 40;
const MAX_REASONS = 12;
const MAX_FINDINGS = 12;

type Review = RevisionRecord['reviews'][number];

/** Every patch of the latest version, who reviewed it, and where to read it. */
export function patchesView(series: SeriesRecord): View {
  return seriesPage(series, 'Patches', null, (latest) => {
    if (latest.patches.length === 0) return [paragraph('No patch of it is here.')];
    const items = latest.patches.map((patch, i) =>
      dotted([
        linked(`${patch.index ?? i + 1}. ${shorten(patch.title, MAX_TITLE)}`, patch.url),
        patch.author === '' || patch.author === series.author.name ? null : shorten(patch.author, 60),
        reviewsSpan(patch.reviews),
      ]),
    );
    return [list(items)];
  });
}

/** `reviewed by Bo, tested by Kim`. */
export function reviewsSpan(reviews: readonly Review[]): Span | null {
  if (reviews.length === 0) return null;
  const listed = reviews.slice(0, 4).map((review) => `${review.kind}: ${shorten(nameOf(review), 40)}`);
  const more = reviews.length - listed.length;
  return { text: listed.join(', ') + (more > 0 ? `, +${more} more` : ''), style: 'good' };
}

/** GitHub does not say who pushed. */
function evidenceFrom({ by, source }: StateEvidence): string {
  return source === 'commit' && by.name === '' && by.email === '' ? 'Notice of a push' : nameOf(by);
}

function nameOf({ name, email }: { name: string; email: string }): string {
  return name || email || 'unknown';
}

/** What each version changed, newest first, in its author's words. */
export function changesView(series: SeriesRecord): View {
  return seriesPage(series, 'Changes', 'What each version changed', () => {
    const blocks = [...series.revisions].reverse().flatMap((revision) => changesOf(series, revision));
    if (blocks.length > 0) return blocks;
    const only = series.revisions.length === 1;
    return [
      paragraph(only ? 'Only one version is here.' : 'Its author describes no changes between versions.'),
    ];
  });
}

/** What one version changed, in its author's words; empty if there are none. */
export function changesOf(series: SeriesRecord, revision: RevisionRecord): Block[] {
  const versions = [revision, ...series.revisions.filter((one) => one !== revision).reverse()];
  const text = versions
    .flatMap((one) => one.changelog)
    .find((entry) => entry.version === revision.version && entry.text.trim() !== '')?.text;
  const lines = authorsLines(text ?? revision.changed ?? '');
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MAX_LINES);
  const left = lines.length - shown.length;
  return [
    heading(3, versionName(revision)),
    list(shown.map((line) => [{ text: shorten(line, MAX_LINE) }])),
    ...more(left, ' lines'),
  ];
}

/** What the author says of the latest version, where the card shows what a language model wrote. */
export function authorView(series: SeriesRecord): View {
  return seriesPage(series, 'Author’s words', null, ({ extract, summary, changed }) => {
    const own = extract ?? { summary, changed };
    return [
      paragraph(own.summary ?? 'No sentence of the letter sums it up.'),
      ...(own.changed === null ? [] : [paragraph(`Changed: ${own.changed}`)]),
    ];
  });
}

/** Every version that is here, newest first, with its date and link, and what joined them. */
export function historyView(series: SeriesRecord): View {
  return seriesPage(series, 'Versions', count(series.revisions.length, 'version'), () => [
    list([...series.revisions].reverse().map((revision) => versionItem(series, revision))),
    ...section(
      'Why these are one series',
      series.why.slice(0, MAX_REASONS).map((why) => [{ text: shorten(why, MAX_LINE) }]),
    ),
  ]);
}

/** Who has reviewed the latest version and how, what programs found in it, and what decided its state. */
export function reviewsView(
  series: SeriesRecord,
  urlOf: (messageId: string) => string | null = () => null,
): View {
  return seriesPage(series, 'Reviews', null, (latest) => {
    const people = reviewItems(latest);
    const given: Block = people.length === 0 ? paragraph(noTags(series)) : list(people);
    const evidence = series.state.evidence.map((one): Span[] =>
      dotted([
        linked(`${evidenceFrom(one)}: “${shorten(one.quote, 200)}”`, one.url),
        one.date === null ? null : { at: one.date, form: 'date' },
      ]),
    );
    return [
      ...(people.length === 0 ? [] : [paragraph(...dotted([latest.reviewText, repliesText(series)]))]),
      given,
      ...section('What programs found', findingItems(series, urlOf)),
      ...section('What its state was read from', evidence),
    ];
  });
}

/** `kernel test robot: the build fails`, each with its newest mail. */
function findingItems(series: SeriesRecord, urlOf: (messageId: string) => string | null): Span[][] {
  const found = new Map<string, Span>();
  for (const { by, kind, result, messageId, revision } of standingVerdicts(series)) {
    const of = revision === series.revisions.at(-1) ? '' : ` for ${versionName(revision)}`;
    const text = `${by}: ${foundText(kind, result)}${of}`;
    found.set(text, linked(shorten(text, 100), messageId === null ? null : urlOf(messageId)));
  }
  return [...found.values()].slice(0, MAX_FINDINGS).map((span) => [span]);
}

function noTags(series: SeriesRecord): string {
  const replies = repliesText(series);
  return replies === null ? 'No replies yet.' : `${replies}, no review tags yet.`;
}

/** Who gave which tag for which patches, a line each. */
export function reviewItems(latest: RevisionRecord): Span[][] {
  return byPerson(latest).map((one) => personItem(one, latest.patches.length));
}

interface Deeds {
  readonly name: string;
  readonly kind: string;
  /** Numbers of patches; empty for the whole series. */
  readonly patches: number[];
}

function byPerson(latest: RevisionRecord): Deeds[] {
  const found = new Map<string, Deeds>();
  const deedsOf = (review: Review): Deeds => {
    const key = `${review.kind}\n${nameOf(review).toLowerCase()}`;
    const deeds = found.get(key) ?? { name: nameOf(review), kind: review.kind, patches: [] };
    found.set(key, deeds);
    return deeds;
  };
  latest.patches.forEach((patch, i) => {
    for (const review of patch.reviews) deedsOf(review).patches.push(patch.index ?? i + 1);
  });
  for (const review of latest.reviews) deedsOf(review);
  return [...found.values()];
}

function personItem({ name, kind, patches }: Deeds, total: number): Span[] {
  const all = patches.length === 0 || patches.length >= total;
  return dotted([
    { text: `${kind}: ${shorten(name, 80)}`, style: 'good' },
    total < 2
      ? null
      : all
        ? 'all patches'
        : `${patches.length === 1 ? 'patch' : 'patches'} ${ranges(patches)} of ${total}`,
  ]);
}

/** `1-3, 7`. */
function ranges(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const parts: [number, number][] = [];
  for (const n of sorted) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else parts.push([n, n]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

export function seriesPage(
  series: SeriesRecord,
  name: string,
  /** What is over it; null: the name, and of which version. */
  title: string | null,
  blocks: (latest: RevisionRecord) => readonly Block[],
): View {
  const latest = latestRevision(series);
  if (latest === null) return { fallback: series.title, blocks: [] };
  return {
    fallback: `${name} of ${shorten(latest.title, 200)}, ${versionName(latest)}.`,
    blocks: [
      seriesHeading(latest),
      heading(3, title ?? `${name} of ${versionName(latest)}`),
      ...blocks(latest),
    ],
  };
}
