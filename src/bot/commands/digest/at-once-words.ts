import { type Layout, MOST_AN_HOUR } from '../../../digest/plan/layout.js';
import { quietHoursText, readQuietHours } from '../../../digest/schedule/quiet-hours.js';
import { count } from '../../../digest/text/count.js';
import { echo } from '../chat/answers.js';
import type { LayoutChange } from './layout-change.js';

/** `22:00-07:00`, `off`: when nothing is posted immediately. */
export function readQuiet(typed: string): LayoutChange {
  if (['off', 'none', 'no'].includes(typed)) return { kind: 'change', change: { quiet: null } };
  const quiet = readQuietHours(typed);
  if (quiet !== null) return { kind: 'change', change: { quiet } };
  return {
    kind: 'problem',
    message: typed === '' ? 'Which hours are quiet?' : `${echo(typed)} is not a range of hours.`,
    remedy: 'Type quiet:22:00-07:00, or quiet:off for none.',
    option: 'quiet',
  };
}

/** How many messages may be posted immediately in an hour. */
export function readLimit(limit: number): LayoutChange {
  if (limit >= 1 && limit <= MOST_AN_HOUR) return { kind: 'change', change: { limit } };
  return {
    kind: 'problem',
    message: `The limit is 1 to ${MOST_AN_HOUR} messages an hour posted at once.`,
    remedy: 'The rest comes with the next digest.',
    option: 'limit',
  };
}

/** `at most 30 messages an hour at once, none from 22:00–07:00`: the bounds of immediate news. */
export function atOnceText({ limit, quiet }: Pick<Layout, 'limit' | 'quiet'>): string {
  const most = `at most ${count(limit, 'message')} an hour`;
  return quiet === null ? most : `${most}, none in the quiet hours ${quietHoursText(quiet)}`;
}
