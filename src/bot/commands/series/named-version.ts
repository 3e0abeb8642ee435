import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, splitVersions, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { Library } from '../../library.js';
import { problem } from '../chat/answers.js';
import { commandButton } from '../chat/command-button.js';
import { oneSeries } from './one-series.js';

/** What one version behind the words of a title comes to. */
type NamedVersion =
  | { readonly kind: 'here'; readonly series: SeriesRecord }
  | { readonly kind: 'missing'; readonly answer: Answer };

/** The series of `foll_pin v99`, and what is wrong where it has no such version. */
type FoundVersion =
  | { readonly kind: 'here'; readonly series: SeriesRecord }
  | {
      readonly kind: 'missing';
      readonly message: string;
      readonly remedy: string;
      /** The words without the version, and the versions that are here, oldest first. */
      readonly query: string;
      readonly here: readonly string[];
    };

const MOST_BUTTONS = 5;

/** Reads `foll_pin v99` for a chat: versions that are here instead are buttons. */
export async function namedVersion(library: Library, words: string): Promise<NamedVersion | null> {
  const found = await findNamedVersion(library, words);
  if (found === null || found.kind === 'here') return found;
  const { message, remedy, query, here } = found;
  const buttons = here
    .slice(-MOST_BUTTONS)
    .flatMap((version) => commandButton(`series ${query} ${version}`, version));
  return { kind: 'missing', answer: problem(message, remedy, buttons) };
}

/** Reads `foll_pin v99`: the series, or which versions of it are here instead; null where no version or no single series is named. */
export async function findNamedVersion(library: Library, words: string): Promise<FoundVersion | null> {
  const { query, names } = splitVersions(words);
  const [name, second] = names;
  if (name === undefined || second !== undefined) return null;
  const found = await oneSeries(library, query, ({ revisions }) => findVersion(revisions, name) !== null);
  if (found.kind !== 'one' || found.isGuess) return null;
  const { series } = found;
  if (findVersion(series.revisions, name) !== null) return { kind: 'here', series };
  const here = versionsOf(series);
  return {
    kind: 'missing',
    message: `There is no ${versionName(name)} of “${shorten(oneLine(series.title), 100)}” here.`,
    remedy: `${listed(here)} ${here.length === 1 ? 'is' : 'are'} here.`,
    query,
    here,
  };
}

/** Each name once, oldest first: a resent version is asked for by its own name. */
function versionsOf({ revisions }: SeriesRecord): string[] {
  return [...new Set(revisions.map((revision) => versionName({ ...revision, resend: false })))];
}

/** `v4, v8 and v10`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
