import { sql } from 'kysely';
import type { Db } from './schema.js';

export interface Counts {
  readonly messages: number;
  readonly revisions: number;
  readonly series: number;
  /** Copies of messages on lists. */
  readonly copies: number;
}

export interface SubsystemCount {
  readonly slug: string;
  readonly name: string;
  readonly series: number;
  /** Series of which it is the primary subsystem. */
  readonly primary: number;
  /** When the newest of them was last heard of. */
  readonly updated: string | null;
}

/** How fresh the answers are. */
export interface Freshness {
  /** When the newest mail was received; null in an empty database. */
  readonly received: string | null;
  /** When mail was last written. */
  readonly ingested: string | null;
}

/** Counts over the whole database. */
export function createCounter(db: Db) {
  const count = async (table: 'message' | 'revision' | 'series' | 'copy'): Promise<number> => {
    const row = await db.selectFrom(table).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow();
    return row.n;
  };
  return {
    async counts(): Promise<Counts> {
      return {
        messages: await count('message'),
        revisions: await count('revision'),
        series: await count('series'),
        copies: await count('copy'),
      };
    },
    /** How many series had a cover or patch received from a moment (ISO UTC) on. */
    async seriesSince(since: string): Promise<number> {
      const row = await db
        .selectFrom('message')
        .select(sql<number>`count(distinct series_id)`.as('n'))
        .where('received', '>=', since)
        .where('revision_id', 'is not', null)
        .executeTakeFirstOrThrow();
      return row.n;
    },
    /** Most series first. */
    async subsystemCounts(): Promise<SubsystemCount[]> {
      const rows = await db
        .selectFrom('series_subsystem')
        .innerJoin('series', 'series.id', 'series_subsystem.series_id')
        .select([
          'slug',
          sql<string>`min(name)`.as('name'),
          sql<number>`count(*)`.as('series'),
          sql<number>`sum(is_primary)`.as('primary'),
          sql<string | null>`max(updated)`.as('updated'),
        ])
        .groupBy('slug')
        .orderBy('series', 'desc')
        .orderBy('slug')
        .execute();
      return rows;
    },
    /** From one slug to the next in their index: counting would read a row for each series. */
    async subsystemSlugs(): Promise<string[]> {
      const { rows } = await sql<{ slug: string }>`
        with recursive found (slug) as (
          select min(slug) from series_subsystem
          union all
          select (select min(slug) from series_subsystem where slug > found.slug) from found where found.slug is not null)
        select slug from found where slug is not null`.execute(db);
      return rows.map(({ slug }) => slug);
    },
    async freshness(): Promise<Freshness> {
      const newest = await db
        .selectFrom('message')
        .select('received')
        .where('received', 'is not', null)
        .orderBy('received', 'desc')
        .limit(1)
        .executeTakeFirst();
      const last = await db
        .selectFrom('meta')
        .select('value')
        .where('name', '=', 'last ingest')
        .executeTakeFirst();
      return { received: newest?.received ?? null, ingested: last?.value ?? null };
    },
  };
}
