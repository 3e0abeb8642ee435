import { type Kysely, sql } from 'kysely';

/** Places whose layout shows new series have shown backports among them, and show them in their own section from now on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update destination set layout = replace(layout, '"applied"', '"applied","backports"')
    where layout like '%"sections":["series"%' and layout like '%"applied"%' and layout not like '%"backports"%'`.execute(
    db,
  );
  await sql`update destination set layout = replace(layout, '"sections":["series"', '"sections":["series","backports"')
    where layout like '%"sections":["series"%' and layout not like '%"backports"%'`.execute(db);
}
