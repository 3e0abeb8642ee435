import type { Db } from './schema.js';
import { statement, statementIn } from './statement.js';

/** Everything that joining and describing ask of the database. */
export function deriveStatements(db: Db) {
  return {
    messagesOfComponents: statementIn((components: number[]) =>
      db
        .selectFrom('message')
        .innerJoin('message_document', 'message_document.message_id', 'message.id')
        .select(['id', 'key', 'component', 'facts', 'revision_id', 'target_id'])
        .where('component', 'in', components),
    ),
    messagesById: statementIn((ids: number[]) =>
      db
        .selectFrom('message')
        .innerJoin('message_document', 'message_document.message_id', 'message.id')
        .select(['id', 'key', 'component', 'facts', 'revision_id', 'target_id'])
        .where('id', 'in', ids),
    ),
    /** What a reply may answer; `waits`: it has not been derived itself. */
    messagesByKey: statementIn((keys: string[]) =>
      db
        .selectFrom('message')
        .innerJoin('message_document', 'message_document.message_id', 'message.id')
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
        .where('message.key', 'in', keys),
    ),
    placesOf: statementIn((ids: number[]) =>
      db.selectFrom('message').select(['id', 'key', 'revision_id', 'series_id']).where('id', 'in', ids),
    ),
    factsById: statementIn((ids: number[]) =>
      db.selectFrom('message_document').select(['message_id', 'facts']).where('message_id', 'in', ids),
    ),
    componentsOf: statementIn((ids: number[]) =>
      db.selectFrom('message').select(['id', 'component', 'revision_id', 'target_id']).where('id', 'in', ids),
    ),
    revisionsOfComponents: statementIn((components: number[]) =>
      db
        .selectFrom('revision')
        .innerJoin('message', 'message.id', 'revision.id')
        .select(['revision.id', 'revision.component', 'revision.series_id', 'revision.document'])
        .where('message.component', 'in', components),
    ),
    setMembership: statement<{ id: number; revision_id: number | null; target_id: number | null }>()((v) =>
      db
        .updateTable('message')
        .set({ revision_id: v.revision_id, target_id: v.target_id, series_id: null })
        .where('id', '=', v.id),
    ),
    addRevision: statement<{ id: number; received: string | null; document: string }>()((v) =>
      db
        .insertInto('revision')
        .values({ id: v.id, component: 0, received: v.received, document: v.document }),
    ),
    setRevision: statement<{ id: number; received: string | null; document: string }>()((v) =>
      db.updateTable('revision').set({ received: v.received, document: v.document }).where('id', '=', v.id),
    ),
    removeRevision: statement<{ id: number }>()((v) => db.deleteFrom('revision').where('id', '=', v.id)),
    corrections: statement<object>()(() =>
      db.selectFrom('correction').select(['id', 'kind', 'a', 'b']).orderBy('id'),
    ),
    linkedRevisions: statementIn((components: number[]) =>
      db
        .selectFrom('revision')
        .select(['id', 'component', 'series_id', 'document'])
        .where('component', 'in', components),
    ),
    revisionsByKey: statementIn((keys: string[]) =>
      db
        .selectFrom('revision')
        .innerJoin('message', 'message.id', 'revision.id')
        .select(['message.key', 'revision.id', 'revision.document'])
        .where('message.key', 'in', keys),
    ),
    revisionsById: statementIn((ids: number[]) =>
      db.selectFrom('revision').select(['id', 'component', 'series_id']).where('id', 'in', ids),
    ),
    factsByKey: statementIn((keys: string[]) =>
      db
        .selectFrom('message')
        .innerJoin('message_document', 'message_document.message_id', 'message.id')
        .select(['key', 'facts'])
        .where('key', 'in', keys),
    ),
    membersByKey: statementIn((keys: string[]) =>
      db
        .selectFrom('message')
        .innerJoin('message_document', 'message_document.message_id', 'message.id')
        .select(['id', 'key', 'facts', 'posting'])
        .where('key', 'in', keys),
    ),
    /** Without their facts: of most replies nothing more is needed. */
    repliesTo: statementIn((targets: number[]) =>
      db
        .selectFrom('message')
        .select(['id', 'key', 'kind', 'bot', 'received', 'speaks', 'target_id'])
        .where('target_id', 'in', targets),
    ),
    rowsById: statementIn((ids: number[]) =>
      db
        .selectFrom('message')
        .select(['id', 'key', 'kind', 'bot', 'received', 'speaks', 'target_id'])
        .where('id', 'in', ids),
    ),
    seriesDocuments: statementIn((ids: number[]) =>
      db.selectFrom('series').select(['id', 'search_row', 'document']).where('id', 'in', ids),
    ),
    setDocument: statement<{ id: number; updated: string | null; search_row: number; document: string }>()(
      (v) =>
        db
          .updateTable('series')
          .set({ updated: v.updated, search_row: v.search_row, document: v.document })
          .where('id', '=', v.id),
    ),
    holdRepliesTo: statement<{ id: number; series_id: number }>()((v) =>
      db
        .updateTable('message')
        .set({ series_id: v.series_id })
        .where('target_id', '=', v.id)
        .where('series_id', 'is distinct from', v.series_id),
    ),
    holdMessage: statement<{ id: number; series_id: number }>()((v) =>
      db
        .updateTable('message')
        .set({ series_id: v.series_id })
        .where('id', '=', v.id)
        .where('series_id', 'is distinct from', v.series_id),
    ),
    seriesById: statementIn((ids: number[]) =>
      db.selectFrom('series').select(['id', 'key', 'search_row', 'joined']).where('id', 'in', ids),
    ),
    seriesByKey: statement<{ key: string }>()((v) =>
      db.selectFrom('series').select(['id', 'search_row']).where('key', '=', v.key),
    ),
    lastSeries: statement<object>()(() =>
      db.selectFrom('series').select('id').orderBy('id', 'desc').limit(1),
    ),
    addSeries: statement<SeriesColumns & { key: string }>()((v) =>
      db.insertInto('series').values({
        id: v.id,
        key: v.key,
        updated: v.updated,
        title_key: v.title_key,
        search_row: v.search_row,
        joined: v.joined,
        document: v.document,
      }),
    ),
    setSeries: statement<SeriesColumns>()((v) =>
      db
        .updateTable('series')
        .set({
          updated: v.updated,
          title_key: v.title_key,
          search_row: v.search_row,
          joined: v.joined,
          document: v.document,
        })
        .where('id', '=', v.id),
    ),
    removeSeries: statement<{ id: number }>()((v) => db.deleteFrom('series').where('id', '=', v.id)),
    clearSubsystems: statement<{ id: number }>()((v) =>
      db.deleteFrom('series_subsystem').where('series_id', '=', v.id),
    ),
    addSubsystem: statement<{ series_id: number; slug: string; name: string; is_primary: number }>()((v) =>
      db
        .insertInto('series_subsystem')
        .values({ series_id: v.series_id, slug: v.slug, name: v.name, is_primary: v.is_primary })
        .onConflict((c) => c.doNothing()),
    ),
    holdRevision: statement<{ revision_id: number; series_id: number }>()((v) =>
      db
        .updateTable('revision')
        .set({ series_id: v.series_id })
        .where('id', '=', v.revision_id)
        .where('series_id', 'is distinct from', v.series_id),
    ),
    holdMembers: statement<{ revision_id: number; series_id: number }>()((v) =>
      db
        .updateTable('message')
        .set({ series_id: v.series_id })
        .where('revision_id', '=', v.revision_id)
        .where('series_id', 'is distinct from', v.series_id),
    ),
    holdReplies: statement<{ revision_id: number; series_id: number }>()((v) =>
      db
        .updateTable('message')
        .set({ series_id: v.series_id })
        .where('target_id', 'in', (inner) =>
          inner
            .selectFrom('message as member')
            .select('member.id')
            .where('member.revision_id', '=', v.revision_id),
        )
        .where('series_id', 'is distinct from', v.series_id),
    ),
  };
}

interface SeriesColumns {
  id: number;
  updated: string | null;
  title_key: string;
  search_row: number;
  joined: string;
  document: string;
}

export type DeriveStatements = ReturnType<typeof deriveStatements>;
