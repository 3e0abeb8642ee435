import { type MyRow, myBoard } from '../../../digest/plan/my-board.js';
import { NO_FILTERS } from '../../../digest/search/search-query.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import type { Library } from '../../library.js';

/** The most recently active series are looked at; more would take seconds to read. */
const MOST_SERIES = 1_000;
/** Longer silence is staleness. */
const DAYS = 90;

/** What is waiting for a person, and what is theirs; `cut`: how many series were checked if there are more, else 0. */
export async function findMine(
  { store, catalog }: Library,
  emails: readonly string[],
  nowMs: number,
): Promise<{ readonly rows: readonly MyRow[]; readonly cut: number }> {
  const since = toIso(nowMs - DAYS * DAY_MS);
  const series = await store.openSeries({ ...NO_FILTERS, since }, MOST_SERIES);
  return {
    rows: myBoard(series, { emails, catalog }, toIso(nowMs)),
    cut: series.length < MOST_SERIES ? 0 : MOST_SERIES,
  };
}
