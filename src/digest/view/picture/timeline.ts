import { latestRevision, stateText } from '../../plan/state-text.js';
import type { SeriesRecord } from '../../series/record.js';
import { versionName } from '../../series/version-name.js';
import { count } from '../../text/count.js';
import { oneLine, shorten } from '../../text/inert.js';
import { DAY_MS } from '../../time/iso.js';
import { stateStyle } from '../item-view.js';
import { dayText, monthText, shortDay } from './days.js';
import { box, MARGIN, type Picture, picture, type Shape, stroke, WIDTH, words } from './drawing.js';
import { MARK_WORDS, type MarkKind, mark, markKinds } from './marks.js';
import { type ReceivedTimes, type TimelineRow, tagMails, timelineRows } from './timeline-facts.js';

const ROW = 38;
const TOP = 50;
const BAR = 8;
/** A mark must not be half outside. */
const INSET = 7;
/** The distance between marks of one moment, so that each is visible. */
const APART = 10;
/** Of a version that came last, a bit is always seen. */
const LEAST_BAR = 12;

/** Whether there is more to see than when it was posted. */
export function hasTimeline(series: SeriesRecord): boolean {
  return (
    series.revisions.length > 1 || tagMails(series).length > 0 || stateStyle(series.state.name) !== 'dim'
  );
}

/** A series in time: a bar for each version from its posting to the next, with reviews, tests, objections and what was decided. */
export function timelinePicture(series: SeriesRecord, received: ReceivedTimes): Picture {
  const { rows, left } = timelineRows(series, received);
  const at = scaleOf(rows);
  const bottom = TOP + rows.length * ROW;
  const kinds = markKinds.filter((kind) => rows.some(({ marks }) => marks.some((one) => one.kind === kind)));
  const legend = legendShapes(kinds, bottom + 36);
  return picture(bottom + (rows.length === 0 ? 4 : 22) + legend.height, altText(series, rows, left), [
    ...headShapes(series, left),
    ...(rows.length === 0
      ? [words('No version with a known time is here.', { x: MARGIN, y: TOP })]
      : axisShapes(at, bottom)),
    ...rows.flatMap((row, i) => rowShapes(row, at, TOP + i * ROW)),
    ...legend.shapes,
  ]);
}

function headShapes(series: SeriesRecord, left: number): readonly Shape[] {
  const author = shorten(oneLine(series.author.name || series.author.email), 24);
  const versions = count(series.revisions.length, 'version');
  const older = left > 0 ? `, the first ${left} not shown` : '';
  return [
    words(shorten(oneLine(series.title), 47), { x: MARGIN, y: 21, size: 13, bold: true }),
    words([author, `${versions}${older}`].filter((part) => part !== '').join(' · '), {
      x: MARGIN,
      y: 37,
      ink: 'quiet',
    }),
  ];
}

interface Scale {
  readonly x: (ms: number) => number;
  readonly fromMs: number;
  readonly toMs: number;
}

function scaleOf(rows: readonly TimelineRow[]): Scale {
  const fromMs = Math.min(...rows.map((row) => row.fromMs));
  const lastMs = Math.max(...rows.flatMap((row) => [row.toMs, ...row.marks.map(({ ms }) => ms)]));
  // What happened on one day is not drawn as if it were months.
  const toMs = Math.max(lastMs, fromMs + DAY_MS);
  const room = WIDTH - 2 * (MARGIN + INSET) - LEAST_BAR;
  return { fromMs, toMs, x: (ms) => MARGIN + INSET + ((ms - fromMs) / (toMs - fromMs)) * room };
}

function axisShapes({ x, fromMs, toMs }: Scale, bottom: number): readonly Shape[] {
  const text = toMs - fromMs > 400 * DAY_MS ? monthText : shortDay;
  const seen = new Set<string>();
  return [0, 1, 2, 3].flatMap((i) => {
    const ms = fromMs + ((toMs - fromMs) * i) / 3;
    const label = text(ms);
    const isNew = !seen.has(label);
    seen.add(label);
    const line = stroke('line', `M${x(ms)} ${TOP - 4}V${bottom + 2}`);
    if (!isNew) return [line];
    const place =
      i === 0 ? { x: MARGIN } : i === 3 ? { x: WIDTH - MARGIN, ends: true as const } : { x: x(ms) - 16 };
    return [line, words(label, { ...place, y: bottom + 15, ink: 'quiet', size: 11 })];
  });
}

function rowShapes(
  { revision, state, fromMs, toMs, marks }: TimelineRow,
  { x }: Scale,
  y: number,
): readonly Shape[] {
  const style = stateStyle(state);
  const width = Math.max(x(toMs) - x(fromMs), LEAST_BAR);
  const places = spread(marks.map(({ ms }) => x(ms)));
  const middle = y + 24;
  const patches = count(revision.total, 'patch', 'patches');
  const name = versionName(revision);
  return [
    // The text is on the lines of the axis.
    box('back', { x: MARGIN, y, width: WIDTH - 2 * MARGIN, height: 16 }),
    words(`${name} · ${shortDay(fromMs)} · ${patches} · ${state.replace('-', ' ')}`, {
      x: MARGIN,
      y: y + 12,
    }),
    box(style, { x: x(fromMs), y: middle - BAR / 2, width, height: BAR }, 3),
    ...marks.flatMap(({ kind }, i) => mark(kind, places[i] ?? 0, middle)),
  ];
}

/** Places in their order, moved apart as far as there is room for all. */
function spread(places: readonly number[]): readonly number[] {
  const [from, to] = [MARGIN + INSET, WIDTH - MARGIN - INSET];
  const apart = Math.min(APART, (to - from) / Math.max(1, places.length));
  const moved = [...places];
  for (let i = 1; i < moved.length; i++) moved[i] = Math.max(moved[i] ?? 0, (moved[i - 1] ?? 0) + apart);
  for (let i = moved.length - 1; i >= 0; i--)
    moved[i] = Math.min(moved[i] ?? 0, i === moved.length - 1 ? to : (moved[i + 1] ?? to) - apart);
  return moved;
}

const LETTER = 5.9;

/** What the marks mean, in as many lines as it takes. */
function legendShapes(
  kinds: readonly MarkKind[],
  top: number,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  let x = MARGIN + INSET;
  let y = top;
  const shapes = kinds.flatMap((kind) => {
    const width = 26 + MARK_WORDS[kind].length * LETTER;
    if (x + width > WIDTH) {
      x = MARGIN + INSET;
      y += 18;
    }
    const made = [...mark(kind, x, y - 4), words(MARK_WORDS[kind], { x: x + 11, y, ink: 'quiet', size: 11 })];
    x += width;
    return made;
  });
  return { shapes, height: kinds.length === 0 ? 0 : y - top + 24 };
}

function altText(series: SeriesRecord, rows: readonly TimelineRow[], left: number): string {
  const latest = latestRevision(series);
  const title = shorten(oneLine(latest?.title ?? series.title), 120);
  const state = stateText(series, series.state.evidence) ?? series.state.name.replace('-', ' ');
  const descriptions = rows.map(({ revision, state: own, fromMs, marks }) => {
    const counts = markKinds
      .map((kind) => [kind, marks.filter((one) => one.kind === kind).length] as const)
      .filter(([kind, n]) => n > 0 && kind in MARK_NAMES)
      .map(([kind, n]) => count(n, MARK_NAMES[kind as keyof typeof MARK_NAMES]));
    const what = [own.replace('-', ' '), ...counts].join(', ');
    return `${versionName(revision)} on ${dayText(fromMs)} (${what})`;
  });
  const older = left > 0 ? ` ${count(left, 'earlier version')} not shown.` : '';
  return `Timeline of “${title}”: ${descriptions.join('; ')}. State: ${shorten(oneLine(state), 120)}.${older}`;
}

/** The verdict is the state, which is shown anyway. */
const MARK_NAMES = { review: 'review', test: 'test', objection: 'objection' } as const;
