import { latestRevision, stateText } from '../plan/state-text.js';
import { nameOrigin } from '../series/explain.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { branchesText, senderText } from './backport-words.js';
import { facts, heading, linked, list, more, note, paragraph } from './blocks.js';
import { stateStyle } from './item-view.js';
import { readinessLine } from './readiness-line.js';
import { reviewersText } from './reviewers.js';
import type { Block, Span, View } from './view.js';
import { authorMark, dotted, patchesText, repliesText, sizeText } from './words.js';

/** How much of its lists is shown, and whether its address is spelled out: a title links to it where links can be followed. */
interface SeriesLimits {
  readonly patches: number;
  readonly versions: number;
  readonly address: 'spelled' | 'linked';
}

const IN_FULL: SeriesLimits = { patches: 30, versions: Number.POSITIVE_INFINITY, address: 'spelled' };
const MAX_TITLE = 300;

/** Everything that is known of one series in short: what it does, what changed, how big it is, who has looked at it. `trackers`: what they say of it, a line each. */
export function seriesView(
  series: SeriesRecord,
  limits: SeriesLimits = IN_FULL,
  trackers: readonly string[] = [],
  urlOf: (messageId: string) => string | null = () => null,
): View {
  const latest = latestRevision(series);
  const author = series.author.name || series.author.email || 'unknown author';
  if (latest === null) return { fallback: series.title, blocks: [] };
  const blocks: Block[] = [
    seriesHeading(latest),
    ...(latest.summary === null ? [] : [paragraph(latest.summary, ...authorMark(latest.summaryBy))]),
    facts(factRows(series, latest, author, trackers, limits.address)),
    ...readinessLine(series, urlOf),
    ...historyBlocks(series, limits.versions),
    ...patchBlocks(latest, limits.patches),
    ...(series.problems ?? []).map(({ detail }): Block => note(detail)),
  ];
  return { fallback: `${latest.title}, ${versionName(latest)} by ${author}.`, blocks };
}

/** The title of a version, linked, with its tags behind it. */
export function seriesHeading(latest: RevisionRecord): Block {
  return heading(1, linked(`${shorten(latest.title, MAX_TITLE)} `, latest.url), {
    text: [...latest.prefixes, versionName(latest)].join(' '),
    style: 'dim',
  });
}

type Row = { label: string; spans: readonly Span[] };

function factRows(
  series: SeriesRecord,
  latest: RevisionRecord,
  author: string,
  trackers: readonly string[],
  address: SeriesLimits['address'],
): Row[] {
  const size = sizeText(latest.diffstat);
  const state = stateText(series, series.state.evidence) ?? series.state.name.replace('-', ' ');
  const rows: Row[] = [
    { label: 'State', spans: [{ text: state, style: stateStyle(series.state.name) }] },
    { label: 'Author', spans: [{ text: author }] },
    ...backportRows(series),
    { label: 'Size', spans: dotted([patchesText(latest), size]) },
    {
      label: 'Reviews',
      spans: dotted([latest.reviewText ?? 'none yet', repliesText(series)]),
    },
  ];
  const reviewers = reviewersText(latest, 8);
  if (reviewers !== null) rows.push({ label: 'Reviewers', spans: [{ text: reviewers }] });
  for (const { name, title, url } of series.origins ?? [])
    rows.push({
      label: 'Split from',
      spans: [{ text: nameOrigin({ name, title }), ...(url === null ? {} : { url }) }],
    });
  for (const text of trackers) rows.push({ label: 'Tracker', spans: [{ text }] });
  if (series.subsystems.length > 0) {
    const slugs = [...series.subsystems]
      .sort((a, b) => Number(b.primary) - Number(a.primary))
      .map((one) => one.slug);
    rows.push({ label: 'Subsystems', spans: [{ text: slugs.join(', ') }] });
  }
  if (latest.changed !== null) rows.push({ label: 'Changed', spans: [{ text: latest.changed }] });
  if (latest.url !== null && address === 'spelled')
    rows.push({ label: 'Read', spans: [{ text: latest.url, url: latest.url }] });
  return rows;
}

/** `for 6.12.y, sent by Sasha Example`. */
function backportRows({ author, backport }: SeriesRecord): Row[] {
  if (backport === undefined) return [];
  const text = [branchesText(backport), senderText(author, backport)].filter((part) => part !== null);
  return [{ label: 'Backport', spans: [{ text: text.join(', ') }] }];
}

/** What became of an older version, where it is more than that a newer one came. */
function outcomeText({ outcome }: RevisionRecord): Span | null {
  const isDecided = outcome === 'applied' || outcome === 'merged' || outcome === 'rejected';
  return isDecided ? { text: outcome, style: stateStyle(outcome) } : null;
}

/** `3 versions`; `v10 (3 of 10 here)` where others were posted that never came here. */
function versionsText(series: SeriesRecord): string {
  const n = count(series.revisions.length, 'version');
  const last = Math.max(...series.revisions.map((revision) => Math.floor(revision.version)));
  const here = new Set(series.revisions.map((revision) => Math.floor(revision.version))).size;
  return last > here ? `v${last} (${here} of ${last} here)` : n;
}

function historyBlocks(series: SeriesRecord, most: number): Block[] {
  if (series.revisions.length < 2) return [];
  const shown = [...series.revisions].reverse().slice(0, most);
  const left = series.revisions.length - shown.length;
  return [
    heading(3, versionsText(series)),
    list(shown.map((revision) => versionItem(series, revision))),
    ...more(left),
  ];
}

/** One version in a line: its date, size, what became of it, and where to read it. */
export function versionItem(series: SeriesRecord, revision: RevisionRecord): Span[] {
  const isLatest = revision === series.revisions.at(-1);
  return dotted([
    {
      text: versionName(revision),
      style: 'bold',
      ...(revision.url === null ? {} : { url: revision.url }),
    },
    revision.date === null ? 'undated' : { at: revision.date, form: 'date' },
    patchesText(revision),
    sizeText(revision.diffstat),
    isLatest ? null : outcomeText(revision),
    revision.title === series.title ? null : `“${shorten(revision.title, 80)}”`,
    isLatest || revision.url === null ? null : { text: revision.url, url: revision.url, style: 'dim' },
  ]);
}

function patchBlocks(latest: RevisionRecord, most: number): Block[] {
  if (latest.patches.length < 2) return [];
  const shown = latest.patches.slice(0, most);
  const left = latest.patches.length - shown.length;
  return [
    heading(3, `Patches of ${versionName(latest)}`),
    {
      kind: 'list',
      ordered: true,
      items: shown.map((patch) => {
        const people = new Set(patch.reviews.map((review) => review.name || review.email)).size;
        return dotted([
          linked(patch.title, patch.url),
          people === 0 ? null : { text: `${count(people, 'review')}`, style: 'good' },
        ]);
      }),
    },
    ...more(left),
  ];
}

const PICK_PAGE = 10;

/** A page of several series that match: one line each, to choose from. `ids`: what can be typed for one; not where it can be pressed. */
export function pickListView(
  query: string,
  { matches, number, hasMore }: { matches: readonly SeriesRecord[]; number: number; hasMore: boolean },
  ids: 'with ids' | 'without ids' = 'with ids',
): View {
  const before = (number - 1) * PICK_PAGE;
  const total = `${hasMore ? 'More than ' : ''}${count(before + matches.length, 'series', 'series')}`;
  const verb = before + matches.length === 1 && !hasMore ? 'matches' : 'match';
  const part = before === 0 ? '' : ` These are ${before + 1} to ${before + matches.length}.`;
  const fallback = `${total} ${verb} “${shorten(query, 100)}”.${part}`;
  return {
    fallback,
    blocks: [
      paragraph(fallback),
      list(
        matches.map((series) =>
          dotted([...pickRow(series), ids === 'with ids' ? { text: series.id, style: 'code' } : null]),
        ),
      ),
    ],
  };
}

/** A series in a list to choose from: `title · v3 · Ada Quill · 16 Nov 2026`, as parts. */
export function pickRow(series: SeriesRecord): (Span | string | null)[] {
  const latest = latestRevision(series);
  return [
    { text: shorten(series.title, 120), style: 'bold' },
    latest === null ? null : versionName(latest),
    series.backport === undefined ? null : branchesText(series.backport),
    shorten(series.author.name || series.author.email, 80),
    series.updated === null ? null : { at: series.updated, form: 'date' },
  ];
}
