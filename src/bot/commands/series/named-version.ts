import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { type VersionName, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { problem } from '../chat/answers.js';
import { commandButton } from '../chat/command-button.js';

const MOST_BUTTONS = 5;

/** Says that a version is not available, and which are, oldest first. */
export function missingVersion(series: SeriesRecord, name: VersionName) {
  const here = versionsOf(series);
  return {
    message: `There is no ${versionName(name)} of “${shorten(oneLine(series.title), 100)}” here.`,
    remedy: versionsText(series),
    here,
  };
}

/** `v4, v8 and v10 are here.` */
export function versionsText(series: SeriesRecord): string {
  const here = versionsOf(series);
  return `${listed(here)} ${here.length === 1 ? 'is' : 'are'} here.`;
}

/** The same for a chat: each version that is here is a button. */
export function noSuchVersion(series: SeriesRecord, name: VersionName): Answer {
  const { message, remedy, here } = missingVersion(series, name);
  return problem(
    message,
    remedy,
    here.slice(-MOST_BUTTONS).flatMap((version) => commandButton(`series ${series.id} ${version}`, version)),
  );
}

/** Each name once, oldest first: a resent version has a name of its own. */
function versionsOf({ revisions }: SeriesRecord): string[] {
  return [...new Set(revisions.map((revision) => versionName({ ...revision, resend: false })))];
}

/** `v4, v8 and v10`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
