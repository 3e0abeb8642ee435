import type { Store } from '../../../adapters/store/store.js';
import { asksWhoWroteLast, type MyRow, myBoard, withLast } from '../../../digest/plan/my-board.js';
import type { BoardBounds } from '../../../digest/plan/waiting.js';
import { NO_FILTERS } from '../../../digest/search/search-query.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import type { Library } from '../../library.js';

/** The most recently active series are looked at; more would take seconds to read. */
const MOST_SERIES = 1_000;
/** Longer silence is staleness. */
const DAYS = 90;

/** What is waiting for a person, and what is theirs; `cut` and `decidedCut`: see `BoardBounds`. */
export async function findMine(
  { store, catalog }: Library,
  emails: readonly string[],
  nowMs: number,
): Promise<{ readonly rows: readonly MyRow[] } & BoardBounds> {
  const since = toIso(nowMs - DAYS * DAY_MS);
  const series = await store.openSeries({ ...NO_FILTERS, since }, MOST_SERIES);
  const authors = myBoard(series, { emails, catalog }, toIso(nowMs)).map((row) => row.series.author.email);
  const decided = await store.decidedSeries(
    [...emails, ...authors].map((email) => email.toLowerCase()),
    since,
  );
  // Pull requests may be open, too.
  const all = new Map([...series, ...decided.series].map((one) => [one.id, one]));
  const rows = await mineAmong([...all.values()], { emails, catalog }, toIso(nowMs), store);
  return { rows, cut: series.length < MOST_SERIES ? 0 : MOST_SERIES, decidedCut: decided.isCut };
}

/** What of some series is waiting for a person, and what is theirs. Who wrote about a posting is not in its record: the new versions that they answered, and who wrote last about their own, are looked up. */
export async function mineAmong(
  series: readonly SeriesRecord[],
  person: { readonly emails: readonly string[]; readonly catalog: Catalog },
  nowIso: string,
  store: Pick<Store, 'answeredPostings' | 'lastReplies'>,
): Promise<readonly MyRow[]> {
  const rows = myBoard(series, person, nowIso);
  const newVersions = rows.filter(({ kind }) => kind === 'new-version').map((row) => row.series.id);
  const answered = await store.answeredPostings(newVersions, person.emails);
  const left = answered.size === 0 ? rows : myBoard(series, { ...person, answered }, nowIso);
  const last = await store.lastReplies(left.filter(asksWhoWroteLast).map((row) => row.series.id));
  return withLast(left, last, person.emails, nowIso);
}
