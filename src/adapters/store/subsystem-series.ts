import { sql } from 'kysely';
import type { StateName } from '../../digest/claims/claim.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import type { Db } from './schema.js';
import { overlayShown } from './shown-series.js';

/** Which series of a subsystem, in which order, and where to begin among them. */
export interface SubsystemSeriesQuestion {
  readonly slug: string;
  /** As stored: `stale` is never among them; null: all. */
  readonly states: readonly StateName[] | null;
  /** Heard of from this moment on (ISO UTC), or before it; null for any time. An unknown time counts as now. */
  readonly heard: { readonly from: string | null; readonly before: string | null };
  /** Part of a title; '' for all. */
  readonly words: string;
  readonly order: 'updated' | 'title' | 'state' | 'activity';
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
}

export interface SubsystemSeries {
  readonly rows: readonly SeriesRecord[];
  readonly total: number;
}

/** Reads the series of a subsystem as rows of a table: a page of them, and how many there are. */
export function createSubsystemSeriesReader(db: Db) {
  const heads = ({ slug, states, heard, words }: SubsystemSeriesQuestion) => {
    let query = db
      .selectFrom('series_subsystem')
      .innerJoin('series', 'series.id', 'series_subsystem.series_id')
      .innerJoin('series_head', 'series_head.row', 'series.search_row')
      .where('series_subsystem.slug', '=', slug);
    if (states !== null) query = query.where('series_head.state', 'in', [...states]);
    const { from } = heard;
    if (from !== null)
      query = query.where((where) =>
        where.or([where('series_head.updated', '>=', from), where('series_head.updated', 'is', null)]),
      );
    if (heard.before !== null) query = query.where('series_head.updated', '<', heard.before);
    if (words !== '')
      query = query.where(
        sql<boolean>`lower(series_head.title) like ${`%${escapedLike(words.toLowerCase())}%`} escape '\\'`,
      );
    return query;
  };
  return async (question: SubsystemSeriesQuestion): Promise<SubsystemSeries> => {
    const { order, descending, limit, offset } = question;
    const { total } = await heads(question)
      .select(sql<number>`count(*)`.as('total'))
      .executeTakeFirstOrThrow();
    const column = order === 'title' ? sql`lower(series_head.title)` : sql.ref(`series_head.${order}`);
    const rows = await heads(question)
      .select('series.document')
      .orderBy(column, descending ? 'desc' : 'asc')
      .orderBy('series_head.row', 'desc')
      .limit(limit)
      .offset(offset)
      .execute();
    const read = rows.map((row) => JSON.parse(row.document) as SeriesRecord);
    return { rows: await overlayShown(db, read), total };
  };
}

function escapedLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
