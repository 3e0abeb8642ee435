import { idsInQuery } from '../../../adapters/store/ids-in-query.js';
import { UserError } from '../../../digest/failure/failure.js';
import { seriesId } from '../../../digest/series/describe.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, splitVersions, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { Library } from '../../library.js';
import { versionsText } from './named-version.js';
import { notOneSeries, oneSeries } from './one-series.js';

/** A posting as it was named, one side of a correction. */
export interface NamedPosting {
  readonly series: SeriesRecord;
  /** Revision.id of the posting that was named; of the first one where the series was named as a whole. */
  readonly anchor: string;
  /** A mail or a version was named, and not the series as a whole. */
  readonly exact: boolean;
}

/**
 * Finds what a Message-ID, a lore link, a series' id or words mean; a version behind the words names one posting. The id that a series
 * had before it was joined to another still names what was joined. Throws UserError.
 */
export async function namedPosting(library: Library, text: string): Promise<NamedPosting> {
  const { query, names } = splitVersions(text);
  const [name] = names;
  if (names.length > 1)
    throw new UserError(
      'usage',
      `“${shorten(oneLine(text), 100)}” names two versions.`,
      'Name one posting on each side.',
    );
  const byMail = await postingOfMail(library, query);
  if (byMail !== null) return byMail;
  const byFormerId = name === undefined ? await formerSeries(library, query) : null;
  if (byFormerId !== null) return byFormerId;
  const found = await oneSeries(library, query);
  if (found.kind !== 'one') throw notOneSeries(query, found);
  const { series } = found;
  const revision = name === undefined ? series.revisions[0] : findVersion(series.revisions, name);
  if (revision === undefined || revision === null)
    throw new UserError(
      'no-such-version',
      `There is no ${name === undefined ? 'version' : versionName(name)} of “${shorten(oneLine(series.title), 100)}” here.`,
      versionsText(series),
    );
  return { series, anchor: revision.id, exact: name !== undefined || series.revisions.length === 1 };
}

async function postingOfMail(library: Library, text: string): Promise<NamedPosting | null> {
  for (const id of idsInQuery(text)) {
    const anchor = await library.store.postingOf(id);
    const series = anchor === null ? null : await library.store.seriesByMessage(anchor);
    if (anchor !== null && series !== null) return { series, anchor, exact: true };
  }
  return null;
}

/** A series' id is made of its first mail's, which a link of the whole series is anchored on. */
async function formerSeries(library: Library, text: string): Promise<NamedPosting | null> {
  if (!/^[0-9a-f]{12}$/.test(text)) return null;
  for (const { a, b } of await library.store.corrections())
    for (const message of [a, b]) {
      if (seriesId(message) !== text) continue;
      const anchor = await library.store.postingOf(message);
      const series = anchor === null ? null : await library.store.seriesByMessage(anchor);
      if (anchor !== null && series !== null) return { series, anchor, exact: true };
    }
  return null;
}
