import type { Week } from '../../plan/weeks.js';
import { count } from '../../text/count.js';
import { oneLine, shorten } from '../../text/inert.js';
import { shortDay } from './days.js';
import { box, type Ink, MARGIN, type Picture, picture, type Shape, WIDTH, words } from './drawing.js';

const ROW = 24;
const TOP = 48;
const BAR = 15;
/** Where bars begin: behind `16 Nov`. */
const BARS = 66;
/** For the number of all, at the end. */
const TOTAL = 44;

const FATES = [
  ['applied', 'good', 'back'],
  ['waiting', 'waits', 'deep'],
  ['ended', 'rest', 'deep'],
] as const satisfies readonly (readonly [fate: keyof Week, bar: Ink, number: Ink])[];
const FATE_WORDS = { applied: 'applied', waiting: 'waiting', ended: 'ended otherwise' } as const;

/** The series of a subsystem by the week of their first posting, and what became of them. */
export function weeksPicture(slug: string, weeks: readonly Week[]): Picture {
  const most = Math.max(1, ...weeks.map(totalOf));
  const bottom = TOP + weeks.length * ROW;
  const name = shorten(oneLine(slug), 40);
  return picture(bottom + 28, altText(name, weeks), [
    words(`${name}: new series by week`, { x: MARGIN, y: 21, size: 13, bold: true }),
    words('and what became of them so far', { x: MARGIN, y: 37, ink: 'quiet' }),
    ...weeks.flatMap((week, i) => weekShapes(week, most, TOP + i * ROW)),
    ...legendShapes(bottom + 17),
  ]);
}

function totalOf({ applied, waiting, ended }: Week): number {
  return applied + waiting + ended;
}

function weekShapes(week: Week, most: number, y: number): readonly Shape[] {
  const room = WIDTH - BARS - TOTAL;
  let x = BARS;
  const parts = FATES.flatMap(([fate, ink, onIt]) => {
    const n = week[fate];
    const width = (n / most) * room;
    const from = x;
    x += width;
    if (n === 0) return [];
    // A gap keeps parts of one brightness apart.
    const bar = box(ink, { x: from, y, width: Math.max(width - 1, 1.5), height: BAR }, 2);
    const label = String(n);
    if (width < label.length * 7 + 6) return [bar];
    return [bar, words(label, { x: from + 4, y: y + 12, size: 11, ink: onIt })];
  });
  const total = totalOf(week);
  return [
    words(shortDay(Date.parse(week.from)), { x: BARS - 8, y: y + 12, ink: 'quiet', ends: true }),
    ...parts,
    words(total === 0 ? '–' : String(total), { x: Math.max(x, BARS) + 6, y: y + 12 }),
  ];
}

function legendShapes(y: number): readonly Shape[] {
  let x = MARGIN;
  return FATES.flatMap(([fate, ink]) => {
    const at = x;
    x += 32 + FATE_WORDS[fate].length * 6;
    return [
      box(ink, { x: at, y: y - 9, width: 10, height: 10 }, 2),
      words(FATE_WORDS[fate], { x: at + 15, y, ink: 'quiet', size: 11 }),
    ];
  });
}

function altText(name: string, weeks: readonly Week[]): string {
  const descriptions = weeks.map((week) => {
    const n = totalOf(week);
    const day = shortDay(Date.parse(week.from));
    if (n === 0) return `${day}: none`;
    const parts = FATES.filter(([fate]) => week[fate] > 0).map(
      ([fate]) => `${week[fate]} ${FATE_WORDS[fate]}`,
    );
    return `${day}: ${n} (${parts.join(', ')})`;
  });
  const all = weeks.reduce((sum, week) => sum + totalOf(week), 0);
  return `New series of ${name} in the last ${count(weeks.length, 'week')}: ${all}, by the Monday of each week. ${descriptions.join('; ')}.`;
}
