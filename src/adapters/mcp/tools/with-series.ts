import type { SeriesRecord } from '../../../digest/series/record.js';
import type { AssistantServices, ToolAnswer } from '../tool.js';
import { matchesView } from './matches.js';

const MOST_MATCHES = 10;

/** Answers about the one series that is meant; with those that match if several do, or none. */
export async function withSeries(
  named: string,
  { library }: AssistantServices,
  answer: (series: SeriesRecord) => ToolAnswer | Promise<ToolAnswer>,
): Promise<ToolAnswer> {
  const known = await library.series(named);
  if (known !== null) return answer(known);
  const found = await library.search(named, { page: 1, limit: MOST_MATCHES });
  // A guess may be about another piece of work: an assistant would not notice.
  if (found.chosen !== null && !found.isGuess) return answer(found.chosen);
  return { view: matchesView(named, found), pages: [], page: null };
}
