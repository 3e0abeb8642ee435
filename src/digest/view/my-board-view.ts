import { type MineKind, type MyRow, mineKinds } from '../plan/my-board.js';
import type { BoardBounds } from '../plan/waiting.js';
import { versionName } from '../series/version-name.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { linked, note, say, section } from './blocks.js';
import { DECIDED_CUT } from './board-view.js';
import type { Span, View } from './view.js';
import { daysText, dotted } from './words.js';

const TITLES: Readonly<Record<MineKind, string>> = {
  'to-review': 'Waits for your review',
  'new-version': 'New versions of what you looked at',
  mine: 'Yours',
};
const MAX_TITLE = 120;

/** What waits for a person, and what is theirs. `snoozed`: rows that they left out, null if nothing can be snoozed there; `cut`, `decidedCut`: see `BoardBounds`. */
export function myBoardView(
  rows: readonly MyRow[],
  { snoozed, cut, decidedCut }: { readonly snoozed: number | null } & BoardBounds,
): View {
  const notes = [
    ...(snoozed === null || snoozed === 0
      ? []
      : [note(`${count(snoozed, 'series', 'series')} snoozed: /snooze list shows them.`)]),
    ...(cut === 0 ? [] : [note(`Only the ${cut} most recently active open series were checked.`)]),
    ...(decidedCut && rows.length > 0 ? [note(DECIDED_CUT)] : []),
    ...(snoozed === null || rows.length === 0
      ? []
      : [note('/snooze TITLE 2w puts one off, /snooze TITLE done until a new version.')]),
  ];
  if (rows.length === 0) return say('Nothing waits for you.', ...notes);
  const waiting = rows.filter(({ kind }) => kind !== 'mine').length;
  const text =
    waiting === 0
      ? 'Nothing waits for you; these are yours.'
      : `${count(waiting, 'series', 'series')} ${waiting === 1 ? 'waits' : 'wait'} for you.`;
  return say(
    text,
    ...mineKinds.flatMap((kind) =>
      section(TITLES[kind], rows.filter((row) => row.kind === kind).map(lineOf)),
    ),
    ...notes,
  );
}

function lineOf({ kind, series, revision, days, why }: MyRow): Span[] {
  const author = shorten(series.author.name || series.author.email, 80);
  return dotted([
    linked(shorten(revision.title, MAX_TITLE), revision.url),
    versionName(revision),
    kind === 'mine' ? null : author,
    daysText(days),
    why,
  ]);
}
