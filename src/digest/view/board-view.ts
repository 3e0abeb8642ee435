import { type BoardBounds, PATIENCE, type Waiting, type WaitingFor, waitingFor } from '../plan/waiting.js';
import { versionName } from '../series/version-name.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { linked, note, say, section } from './blocks.js';
import type { Span, View } from './view.js';
import { daysText, dotted } from './words.js';

const TITLES: Readonly<Record<WaitingFor, string>> = {
  review: 'Waits for a first answer',
  application: 'Reviewed, not applied',
  'new-version': 'Waits for its author',
};
const MAX_TITLE = 120;
/** Why a list may be empty. */
const PATIENCE_NOTE = `Listed are series without an answer for ${PATIENCE.review} days, reviewed but not applied for ${PATIENCE.application}, or with a new version due for ${PATIENCE['new-version']}.`;

/** On an archive with more decided series than are checked. */
export const DECIDED_CUT =
  'Not all applied and rejected series were checked, so newer work may have replaced some of these.';

/** What waits, by what it waits for, what waits longest first. `what`: of what it is, `kvm`; '' for all. */
export function boardView(
  { waiting, cut, decidedCut }: { readonly waiting: readonly Waiting[] } & BoardBounds,
  what: string,
): View {
  // A subsystem is a place, filters are not.
  const of = what === '' ? '' : /^[\w/-]+$/.test(what) ? ` in ${what}` : ` matching “${shorten(what, 100)}”`;
  if (waiting.length === 0) return say(`Nothing${of} is waiting.`, note(PATIENCE_NOTE));
  const text = `${count(waiting.length, 'series', 'series')}${of} ${waiting.length === 1 ? 'is' : 'are'} waiting.`;
  const sections = waitingFor.flatMap((one) =>
    section(TITLES[one], waiting.filter((row) => row.for === one).map(lineOf)),
  );
  const rest =
    cut > 0
      ? [note(`Only the ${cut} most recently active series were checked: name a subsystem or an author.`)]
      : [];
  return say(text, ...sections, ...rest, ...(decidedCut ? [note(DECIDED_CUT)] : []));
}

function lineOf({ revision, series, days }: Waiting): Span[] {
  const author = series.author.name || series.author.email;
  return dotted([
    linked(shorten(revision.title, MAX_TITLE), revision.url),
    versionName(revision),
    author,
    daysText(days),
  ]);
}
