import type { SeriesActivity } from '../../digest/plan/activity.js';
import { isFirstSaid } from '../../digest/plan/first-said.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { groupBy } from './group-by.js';
import { createListedReader, listsPatches } from './listed-in-pulls.js';
import type { Db } from './schema.js';
import { setOf } from './sets.js';
import { overlayShown } from './shown-series.js';

/** Times of receipt, ISO UTC: from `since` on, before `until`. */
export interface Window {
  readonly since: string;
  readonly until: string;
}

interface ReceivedMail {
  readonly key: string;
  readonly series_id: number | null;
  readonly revision_id: number | null;
  readonly bot: number;
  readonly author_email: string;
  /** A pull request that proves the series applied, and no mail about it; absent: no. */
  readonly pull?: boolean;
}

/** Reads what was received in a window, series by series. */
export function createActivityReader(db: Db) {
  const receivedIn = (on: Db, v: Window) =>
    on
      .selectFrom('message')
      .select(['id', 'key', 'series_id', 'revision_id', 'bot', 'author_email'])
      .where('received', '>=', v.since)
      .where('received', '<', v.until)
      .orderBy('received')
      .orderBy('key');
  const received = (on: Db, v: Window) => receivedIn(on, v).where('series_id', 'is not', null).execute();
  const requests = (on: Db, v: Window) => receivedIn(on, v).where(listsPatches).execute();
  const listed = createListedReader(db);
  const documents = (on: Db, ids: Iterable<number>) =>
    on
      .selectFrom('series')
      .select(['id', 'search_row', 'document'])
      .where('id', 'in', setOf(on, ids))
      .execute();
  const arrivals = (on: Db, series: Iterable<number>) =>
    on
      .selectFrom('revision')
      .innerJoin('message', 'message.id', 'revision.id')
      .select(['message.key', 'revision.series_id', 'revision.received'])
      .where('revision.series_id', 'in', setOf(on, series))
      .execute();

  return async (window: Window): Promise<SeriesActivity[]> => {
    const listedIn = (await listed(await requests(db, window))).map(
      ({ request, seriesId }): ReceivedMail => ({
        ...request,
        series_id: seriesId,
        revision_id: null,
        pull: true,
      }),
    );
    const mails = groupBy([...(await received(db, window)), ...listedIn], (mail) => mail.series_id ?? 0);
    const ids = [...mails.keys()];
    const arrived = groupBy(
      (await arrivals(db, ids)).filter((row) => isWithin(row.received, window)),
      (row) => row.series_id ?? 0,
    );
    const rows = (await documents(db, ids)).sort((a, b) => b.search_row - a.search_row);
    const series = await overlayShown(
      db,
      rows.map((row) => JSON.parse(row.document) as SeriesRecord),
    );
    return rows.map((row, i) =>
      activityOf(
        series[i] as SeriesRecord,
        mails.get(row.id) ?? [],
        new Set((arrived.get(row.id) ?? []).map((revision) => revision.key)),
      ),
    );
  };
}

function activityOf(
  series: SeriesRecord,
  mails: readonly ReceivedMail[],
  arrived: ReadonlySet<string>,
): SeriesActivity {
  const { evidence } = series.state;
  const news = mails.filter(({ pull, key }) => pull !== true || isFirstSaid(evidence, key));
  const keys = new Set(news.map((mail) => mail.key));
  const replies = news.filter((mail) => mail.revision_id === null && mail.bot === 0 && mail.pull !== true);
  return {
    series,
    arrived: series.revisions.filter((revision) => arrived.has(revision.id)).map((revision) => revision.id),
    replies: {
      count: replies.length,
      people: new Set(replies.map((mail) => mail.author_email)).size,
      messageIds: replies.map((mail) => mail.key),
    },
    evidence: evidence.filter(({ messageId }) => messageId !== null && keys.has(messageId)),
  };
}

function isWithin(time: string | null, { since, until }: Window): boolean {
  return time !== null && time >= since && time < until;
}
