import { UserError } from '../../../digest/failure/failure.js';
import type { SearchQuery } from '../../../digest/search/search-query.js';
import type { Comparison } from '../../../digest/series/comparison.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import {
  findVersion,
  newestTwo,
  pairWith,
  splitVersions,
  type VersionName,
  versionName,
} from '../../../digest/series/version-name.js';
import { shorten } from '../../../digest/text/inert.js';
import type { Library } from '../../library.js';
import { missingVersion, versionsText } from './named-version.js';
import { type OneSeries, oneSeries } from './one-series.js';
import { compareTwo, versionsHere } from './two-versions.js';

/** What a question for a comparison comes to. */
type CompareReply =
  | Exclude<OneSeries, { kind: 'one' }>
  | { readonly kind: 'one'; readonly comparison: Comparison };

/** Answers `diff QUERY [vA] [vB]`. Versions that are not there are a UserError that says which are. */
export async function answerCompare(library: Library, question: string): Promise<CompareReply> {
  const { query, names } = splitVersions(question);
  return compareVersions(library, query, names);
}

/** Compares the versions that were named of the series that a query finds; without names, the newest two. */
export async function compareVersions(
  library: Library,
  query: SearchQuery | string,
  names: readonly VersionName[],
): Promise<CompareReply> {
  const found = await oneSeries(library, query, (series) => canCompare(series, names));
  if (found.kind !== 'one') return found;
  return { kind: 'one', comparison: await compareNamed(library, found.series, names) };
}

/** The same of a series that is known. */
export function compareNamed(
  library: Library,
  series: SeriesRecord,
  names: readonly VersionName[],
): Promise<Comparison> {
  return compareTwo(library, series, chooseTwo(series, names));
}

function canCompare(series: SeriesRecord, names: readonly VersionName[]): boolean {
  return series.revisions.length > 1 && names.every((name) => findVersion(series.revisions, name) !== null);
}

/** The two postings that are meant, the older first. */
function chooseTwo(series: SeriesRecord, names: readonly VersionName[]): [RevisionRecord, RevisionRecord] {
  const { revisions } = series;
  const [first, second] = names.map((name) => {
    const found = findVersion(revisions, name);
    if (found !== null) return found;
    const { message, remedy } = missingVersion(series, name);
    throw new UserError('no-such-version', message, remedy);
  });
  if (first !== undefined && first === second)
    throw new UserError(
      'usage',
      `${versionName(first)} can't be compared with itself.`,
      versionsText(series),
    );
  const pair =
    first === undefined
      ? newestTwo(revisions)
      : second === undefined
        ? pairWith(revisions, first)
        : ([first, second] as const);
  if (pair === null)
    throw new UserError(
      'no-such-version',
      `Only ${versionsHere(revisions)} of “${shorten(series.title, 100)}” is here: there is nothing to compare it with.`,
      '',
    );
  const [a, b] = pair;
  return revisions.indexOf(a) <= revisions.indexOf(b) ? [a, b] : [b, a];
}
