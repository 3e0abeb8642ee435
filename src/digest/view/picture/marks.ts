import { blob, type Ink, type Shape, stroke } from './drawing.js';

/** The marks on a timeline: each has its own shape, so that color is never the only difference. */
export const markKinds = ['review', 'test', 'objection', 'good', 'warn', 'bad'] as const;
export type MarkKind = (typeof markKinds)[number];

/** The words of the legend. */
export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  review: 'review or ack',
  test: 'test',
  objection: 'objection',
  good: 'applied',
  warn: 'changes requested',
  bad: 'rejected',
};

const R = 4.5;

/** A mark around a point. */
export function mark(kind: MarkKind, x: number, y: number): readonly Shape[] {
  switch (kind) {
    case 'review':
      return [blob('text', circle(x, y, R))];
    case 'test':
      return [blob('text', `M${x - R} ${y - R}h${2 * R}v${2 * R}h${-2 * R}z`)];
    case 'objection':
      return [
        blob(
          'bad',
          `M${x} ${y - R - 1.5}l${R + 1.5} ${R + 1.5}l${-R - 1.5} ${R + 1.5}l${-R - 1.5} ${-R - 1.5}z`,
        ),
      ];
    case 'good':
      return verdict('good', x, y, `M${x - 3} ${y + 0.5}l2.2 2.3l4 -5`);
    case 'warn':
      return verdict('warn', x, y, `M${x} ${y - 3.5}v4M${x} ${y + 3.2}v.2`);
    case 'bad':
      return verdict('bad', x, y, `M${x - 2.4} ${y - 2.4}l4.8 4.8M${x + 2.4} ${y - 2.4}l-4.8 4.8`);
    default:
      return kind satisfies never;
  }
}

/** A disc with a sign in it. */
function verdict(ink: Ink, x: number, y: number, sign: string): readonly Shape[] {
  return [blob(ink, circle(x, y, R + 2)), stroke('back', sign, 1.8)];
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}
