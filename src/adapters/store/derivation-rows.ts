import type { Db } from './schema.js';
import { ofSet } from './sets.js';

/** Reads what is derived from mail, as sets. `id`: the row's own number; `key`: Message.id, or SeriesRecord.id of a series. */

const withDocuments = (on: Db) =>
  on.selectFrom('message').innerJoin('message_document', 'message_document.message_id', 'message.id');

export function messagesOfComponents(on: Db, components: Iterable<number>) {
  return ofSet(on, components, (set) =>
    withDocuments(on)
      .select(['id', 'key', 'component', 'facts', 'revision_id', 'target_id'])
      .where('component', 'in', set)
      .execute(),
  );
}

export function messagesWithFacts(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    withDocuments(on)
      .select(['id', 'key', 'component', 'facts', 'target_id'])
      .where('id', 'in', set)
      .execute(),
  );
}

/** What a reply may answer; `waits`: it has not been derived itself. */
export function answerableMessages(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    withDocuments(on)
      .leftJoin('underived', 'underived.message_id', 'message.id')
      .select([
        'message.id',
        'message.key',
        'message.revision_id',
        'message.target_id',
        'message.series_id',
        'message_document.facts',
        'underived.message_id as waits',
      ])
      .where('message.key', 'in', set)
      .execute(),
  );
}

export function placesOf(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on
      .selectFrom('message')
      .select(['id', 'key', 'component', 'revision_id', 'target_id'])
      .where('id', 'in', set)
      .execute(),
  );
}

export function placesByKey(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    on.selectFrom('message').select(['id', 'key', 'revision_id']).where('key', 'in', set).execute(),
  );
}

export function factsById(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on
      .selectFrom('message_document')
      .select(['message_id', 'facts'])
      .where('message_id', 'in', set)
      .execute(),
  );
}

export function factsByKey(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    withDocuments(on).select(['key', 'facts']).where('key', 'in', set).execute(),
  );
}

export function membersByKey(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    withDocuments(on).select(['id', 'key', 'facts', 'posting']).where('key', 'in', set).execute(),
  );
}

/** The revisions of which a member is in one of these clusters. */
export function revisionsOfClusters(on: Db, components: Iterable<number>) {
  return ofSet(on, components, (set) =>
    on
      .selectFrom('revision')
      .innerJoin('message', 'message.id', 'revision.id')
      .select(['revision.id', 'revision.component', 'revision.series_id', 'revision.document'])
      .where('message.component', 'in', set)
      .execute(),
  );
}

export function linkedRevisions(on: Db, components: Iterable<number>) {
  return ofSet(on, components, (set) =>
    on
      .selectFrom('revision')
      .select(['id', 'component', 'series_id', 'document'])
      .where('component', 'in', set)
      .execute(),
  );
}

export function revisionsByKey(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    on
      .selectFrom('revision')
      .innerJoin('message', 'message.id', 'revision.id')
      .select(['message.key', 'revision.id', 'revision.document'])
      .where('message.key', 'in', set)
      .execute(),
  );
}

export function revisionsById(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on.selectFrom('revision').select(['id', 'series_id']).where('id', 'in', set).execute(),
  );
}

export function storedCorrections(on: Db) {
  return on.selectFrom('correction').select(['kind', 'a', 'b']).orderBy('id').execute();
}

export function seriesById(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on.selectFrom('series').select(['id', 'key', 'search_row', 'joined']).where('id', 'in', set).execute(),
  );
}

export function seriesByKey(on: Db, keys: Iterable<string>) {
  return ofSet(on, keys, (set) =>
    on.selectFrom('series').select(['id', 'key', 'search_row']).where('key', 'in', set).execute(),
  );
}

export function seriesDocuments(on: Db, ids: Iterable<number>) {
  return ofSet(on, ids, (set) =>
    on.selectFrom('series').select(['id', 'search_row', 'document']).where('id', 'in', set).execute(),
  );
}

export async function lastSeriesId(on: Db): Promise<number> {
  const row = await on
    .selectFrom('series')
    .select((e) => e.fn.max('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? 0;
}
