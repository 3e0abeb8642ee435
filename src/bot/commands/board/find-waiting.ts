import { UserError } from '../../../digest/failure/failure.js';
import { board, decidedElsewhere } from '../../../digest/plan/waiting.js';
import type { FoundWaiting } from '../../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { nearSubsystems } from '../../../digest/subsystem/find-subsystems.js';
import { resolveTypedWord } from '../../../digest/subsystem/look-up.js';
import { orList } from '../../../digest/text/or-list.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import type { Library } from '../../library.js';
import { echo } from '../chat/answers.js';
import { readSearch } from '../series/find-series.js';

/** The most recently active series are looked at; more would take seconds to read. */
const MOST_OPEN = 1_000;
/** Longer silence is staleness. */
const OPEN_DAYS = 90;

/** What waits among the open series that fulfil the words. Throws UserError. */
export async function findWaiting(
  library: Library,
  typed: string,
  nowMs: number,
  zone: string,
): Promise<FoundWaiting> {
  const parsed = readSearch(library, typed, nowMs, zone);
  if (!parsed.ok) throw new UserError('usage', parsed.message, parsed.remedy);
  const { text: words, filters } = parsed.query;
  const slugs = words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => slugOf(library, word));
  const since = filters.since ?? toIso(nowMs - OPEN_DAYS * DAY_MS);
  const series = await library.store.openSeries(
    {
      ...filters,
      subsystems: [...filters.subsystems, ...(slugs.length === 0 ? [] : [slugs])],
      since,
    },
    MOST_OPEN,
  );
  const found = await boardOf(library, series, { since, now: toIso(nowMs) });
  return { ...found, cut: series.length < MOST_OPEN ? 0 : MOST_OPEN };
}

/** What waits among open series, without what its author has since replaced, also by what was applied. */
async function boardOf(
  { store }: Library,
  open: readonly SeriesRecord[],
  { since, now }: { readonly since: string; readonly now: string },
): Promise<Omit<FoundWaiting, 'cut'>> {
  const rows = board(open, now);
  const decided = await store.decidedSeries(
    rows.map(({ series }) => series.author.email.toLowerCase()),
    since,
  );
  const isElsewhere = decidedElsewhere(decided.series);
  return { waiting: rows.filter((row) => !isElsewhere(row)), decidedCut: decided.isCut };
}

function slugOf({ catalog }: Library, word: string): string {
  const found = resolveTypedWord(catalog, word);
  if (found !== null) return found.slug;
  const near = nearSubsystems(catalog, word)
    .slice(0, 3)
    .map(({ slug }) => slug);
  throw new UserError(
    'no-subsystem',
    word.includes(':')
      ? `There is no filter ${echo(word.slice(0, word.indexOf(':') + 1))}.`
      : `There is no subsystem ${echo(word)}.`,
    word.includes(':')
      ? 'The filters are author:, list:, in: and since:.'
      : `${near.length > 0 ? `Did you mean ${orList(near)}?` : 'The command subsystems lists all.'} For a person, write author:jane@example.org.`,
  );
}
