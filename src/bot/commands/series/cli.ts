import { seriesAnswerSchema, toSeriesAnswer } from '../../../digest/contract/series-answer.js';
import { whyAnswerSchema } from '../../../digest/contract/why-answer.js';
import { UserError } from '../../../digest/failure/failure.js';
import { atVersion } from '../../../digest/series/at-version.js';
import { describeWhy } from '../../../digest/series/describe-why.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, type VersionName } from '../../../digest/series/version-name.js';
import type { WhySeries } from '../../../digest/series/why.js';
import { withStale } from '../../../digest/series/with-stale.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { orList } from '../../../digest/text/or-list.js';
import { minuteText, toIso } from '../../../digest/time/iso.js';
import { note } from '../../../digest/view/blocks.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { pickListView, seriesView } from '../../../digest/view/series-view.js';
import type { Block, View } from '../../../digest/view/view.js';
import { whyView } from '../../../digest/view/why-view.js';
import type { CliContext } from '../../cli/context.js';
import { printJson, printView } from '../../cli/print.js';
import type { Library } from '../../library.js';
import { takePage } from '../chat/command-button.js';
import { trackerWords } from './card.js';
import { compareVersions } from './compare.js';
import { readSearch } from './find-series.js';
import { missingVersion } from './named-version.js';
import {
  chooseSeries,
  guessText,
  MOST_MATCHES,
  nearSeries,
  nearText,
  notOneSeries,
  type OneSeries,
  othersText,
} from './one-series.js';

/** `covernote series QUERY`: a card, a comparison, or a page of those that match. */
export async function printMatches(
  library: Library,
  typed: string,
  why: boolean,
  context: CliContext,
): Promise<void> {
  const { words, page } = takePage(typed);
  const nowMs = context.io.nowMs();
  const parsed = readSearch(library, words, nowMs, context.config.timeZone);
  if (!parsed.ok) throw new UserError('usage', parsed.message, parsed.remedy);
  const { query, names, hints } = parsed;
  if (names.length >= 2 && !context.json) return printTwoVersions(library, parsed, context);
  const hits = await library.store.search(query, {
    limit: MOST_MATCHES + 1,
    offset: (page - 1) * MOST_MATCHES,
  });
  const hasMore = hits.length > MOST_MATCHES;
  const [name] = names;
  const fits = ({ revisions }: SeriesRecord) => name === undefined || findVersion(revisions, name) !== null;
  const matches = hits
    .slice(0, MOST_MATCHES)
    .map((hit) => withStale(hit.series, toIso(nowMs)))
    .filter(fits);
  const whys = why ? await Promise.all(matches.map((one) => answerWhy(library, one))) : [];
  if (context.json)
    await printJson(
      context,
      why
        ? whyAnswerSchema.parse({ query: typed, matches: whys })
        : seriesAnswerSchema.parse({ query: typed, matches: matches.map(toSeriesAnswer) }),
    );
  if (hits.length === 0) throw await noSeries(library, words, query.text, hints);
  const chosen = chooseSeries(hits, fits);
  if (chosen.kind === 'one') atName(chosen.series, name);
  if (context.json) return;
  const [only] = whys;
  if (only !== undefined && whys.length === 1) return printView(context, whyView(only));
  if (page > 1 || chosen.kind !== 'one') {
    const view = pickListView(words, { matches, number: page, hasMore });
    const next = note(`More: covernote series ${words} page:${page + 1}`);
    return printView(context, hasMore ? { ...view, blocks: [...view.blocks, next] } : view);
  }
  const series = withStale(chosen.series, toIso(nowMs));
  await printView(context, await cardView(library, words, chosen, atName(series, name), hasMore));
}

/** The series at the version that was named. Throws UserError that says which there are. */
function atName(series: SeriesRecord, name: VersionName | undefined): SeriesRecord {
  if (name === undefined) return series;
  const revision = findVersion(series.revisions, name);
  if (revision !== null) return atVersion(series, revision);
  const { message, remedy } = missingVersion(series, name);
  throw new UserError('no-version', message, remedy);
}

async function printTwoVersions(
  library: Library,
  { query, names }: Extract<ReturnType<typeof readSearch>, { ok: true }>,
  context: CliContext,
): Promise<void> {
  const reply = await compareVersions(library, query, names);
  if (reply.kind !== 'one') throw notOneSeries(query.text, reply);
  await printView(context, compareView(reply.comparison, 'whole'));
}

async function cardView(
  library: Library,
  query: string,
  { isGuess, others }: Extract<OneSeries, { kind: 'one' }>,
  series: SeriesRecord,
  hasMore: boolean,
): Promise<View> {
  const urlOf = (messageId: string) => library.archiveUrl(messageId, series.lists);
  const view = seriesView(series, undefined, await trackerWords(library, series), urlOf);
  const blocks: Block[] = [...view.blocks];
  if (isGuess) blocks.unshift(note(guessText(query)));
  if (others > 0) blocks.push(note(`${othersText(others, hasMore)} Add a word to see another.`));
  return { ...view, blocks };
}

/** Titles that come close, and how fresh the mail is: the series may not have arrived yet. */
async function noSeries(
  library: Library,
  words: string,
  query: string,
  hints: readonly string[],
): Promise<UserError> {
  const near = await nearSeries(library, query);
  const { received } = await library.store.freshness();
  const titles = near.map(({ title }) => `\n    ${shorten(oneLine(title), 120)}`);
  const fresh =
    received === null
      ? 'There is no mail here yet: run `covernote ingest SOURCE`.'
      : `The newest mail here was received ${minuteText(received)}.`;
  const meant = hints.length === 0 ? '' : `Did you mean ${orList(hints)}? `;
  return new UserError(
    'no-series',
    `No series matches “${shorten(oneLine(words), 100)}”.`,
    meant +
      (near.length === 0
        ? `Try fewer words, or a part of one.\n  ${fresh}`
        : `${nearText(near)}${titles.join('')}\n  ${fresh}`),
  );
}

/** Answers why the mails of a series are one piece of work, and what its state was read from. */
async function answerWhy(library: Library, series: SeriesRecord): Promise<WhySeries> {
  const group = await library.store.groupOf(series.id);
  if (group === null) throw new Error(`series ${series.id} is not stored`);
  return describeWhy({ series, group, corrections: await library.store.corrections() });
}
