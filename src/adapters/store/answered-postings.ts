import { emailKey } from '../../digest/mail/person-key.js';
import type { Db } from './schema.js';
import { setOf } from './sets.js';

/** Of some series (SeriesRecord.id), the postings (Revision.id) that someone answered from one of these addresses, also from one with a `+tag`. */
export function createAnsweredReader(db: Db) {
  return async (seriesIds: readonly string[], emails: readonly string[]): Promise<Set<string>> => {
    if (seriesIds.length === 0 || emails.length === 0) return new Set();
    const rows = await db
      .selectFrom('series')
      .innerJoin('message as reply', 'reply.series_id', 'series.id')
      .innerJoin('message as target', 'target.id', 'reply.target_id')
      .innerJoin('message as posting', 'posting.id', 'target.revision_id')
      .select(['posting.key', 'reply.author_email as email'])
      .distinct()
      .where('series.key', 'in', setOf(db, seriesIds))
      .execute();
    const own = new Set(emails.map(emailKey));
    return new Set(rows.filter(({ email }) => own.has(emailKey(email ?? ''))).map(({ key }) => key));
  };
}
