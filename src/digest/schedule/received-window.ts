import { UserError } from '../failure/failure.js';
import { DAY_MS, SECOND_MS, toIso } from '../time/iso.js';
import { parseMoment } from '../time/parse-moment.js';

/** Times of receipt, ISO UTC: from `since` on, before `until`. */
export interface ReceivedWindow {
  readonly since: string;
  readonly until: string;
}

/** A longer one would read most of the database for anyone who asks. */
const MOST_DAYS = 31;

interface WindowSetting {
  readonly nowMs: number;
  readonly newestMail: string | null;
  readonly zone: string;
}

/** What `now` means: for an archive without recent mail, the time of its newest mail, so that there is something to see. */
export function anchorMs({ nowMs, newestMail }: Omit<WindowSetting, 'zone'>): number {
  const newestMs = newestMail === null ? Number.NaN : Date.parse(newestMail) + SECOND_MS;
  return nowMs - newestMs > DAY_MS ? newestMs : nowMs;
}

/** The last days before now. */
export function lastDays(days: number, setting: WindowSetting): ReceivedWindow {
  const untilMs = anchorMs(setting);
  return { since: toIso(untilMs - days * DAY_MS), until: toIso(untilMs) };
}

/** A window as it was typed; '' if it was not. Throws UserError. */
export function readWindow(
  typed: { readonly since: string; readonly until: string },
  setting: WindowSetting,
): ReceivedWindow {
  const nowMs = anchorMs(setting);
  const until = typed.until === '' ? toIso(nowMs) : momentOf('until', typed.until, nowMs, setting.zone);
  const since =
    typed.since === ''
      ? toIso(Date.parse(until) - DAY_MS)
      : momentOf('since', typed.since, nowMs, setting.zone);
  if (since >= until)
    throw new UserError(
      'usage',
      `since (${since}) is not before until (${until}).`,
      'Swap them, or leave one out.',
    );
  if (Date.parse(until) - Date.parse(since) > MOST_DAYS * DAY_MS)
    throw new UserError(
      'usage',
      `That is more than ${MOST_DAYS} days.`,
      `Ask for at most ${MOST_DAYS} days at a time; the command line takes any window.`,
    );
  return { since, until };
}

function momentOf(name: string, typed: string, nowMs: number, zone: string): string {
  const moment = parseMoment(typed, nowMs, zone);
  if (moment !== null) return moment;
  throw new UserError(
    'usage',
    `${name} can't be “${typed}”.`,
    'Write 2026-01-31, 2026-01-31 09:00, 24h, 7d or yesterday.',
  );
}
