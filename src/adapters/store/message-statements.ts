import type { Insertable } from 'kysely';
import type { Db, MessageTable, RawTable } from './schema.js';
import { statement, statementIn, textOfBytes } from './statement.js';

type Derived = 'component' | 'revision_id' | 'target_id' | 'series_id' | 'id';
type MessageColumns = Omit<MessageTable, Derived | 'speaks'> & { speaks: number };
type MessageDocument = { message_id: number; facts: Uint8Array; posting: Uint8Array | null };
type RawColumns = Required<Omit<Insertable<RawTable>, 'id'>>;

/** Everything that storing a mail asks of the database. */
export function messageStatements(db: Db) {
  return {
    idsByKey: statementIn((keys: string[]) =>
      db.selectFrom('message').select(['id', 'key']).where('key', 'in', keys),
    ),
    copyHashes: statementIn((hashes: Buffer[]) =>
      db.selectFrom('copy_hash').select('hash').where('hash', 'in', hashes),
    ),
    addCopyHash: statement<{ hash: Buffer; message_id: number }>()((v) =>
      db.insertInto('copy_hash').values({ hash: v.hash, message_id: v.message_id }),
    ),
    hasCopyHash: statement<{ hash: Buffer }>()((v) =>
      db.selectFrom('copy_hash').select('hash').where('hash', '=', v.hash),
    ),
    lastMessage: statement<object>()(() =>
      db.selectFrom('message').select('id').orderBy('id', 'desc').limit(1),
    ),
    addMessage: statement<MessageColumns & { id: number }>()((v) =>
      db.insertInto('message').values({
        id: v.id,
        key: v.key,
        kind: v.kind,
        author_email: v.author_email,
        bot: v.bot,
        date: v.date,
        received: v.received,
        speaks: v.speaks,
        component: 0,
      }),
    ),
    addDocument: statement<MessageDocument>()((v) =>
      db
        .insertInto('message_document')
        .values({ message_id: v.message_id, facts: textOfBytes(v.facts), posting: textOfBytes(v.posting) }),
    ),
    replaceDocument: statement<MessageDocument>()((v) =>
      db
        .updateTable('message_document')
        .set({ facts: textOfBytes(v.facts), posting: textOfBytes(v.posting) })
        .where('message_id', '=', v.message_id),
    ),
    replaceMessage: statement<Omit<MessageColumns, 'key'> & { id: number }>()((v) =>
      db
        .updateTable('message')
        .set({
          kind: v.kind,
          author_email: v.author_email,
          bot: v.bot,
          date: v.date,
          received: v.received,
          speaks: v.speaks,
        })
        .where('id', '=', v.id),
    ),
    componentOf: statement<{ id: number }>()((v) =>
      db.selectFrom('message').select(['component', 'key']).where('id', '=', v.id),
    ),
    setKey: statement<{ id: number; key: string }>()((v) =>
      db.updateTable('message').set({ key: v.key }).where('id', '=', v.id),
    ),
    postingFactsOf: statement<{ id: number }>()((v) =>
      db.selectFrom('message_document').select('posting').where('message_id', '=', v.id),
    ),
    setPostingFacts: statement<{ id: number; posting: string }>()((v) =>
      db.updateTable('message_document').set({ posting: v.posting }).where('message_id', '=', v.id),
    ),
    addRaw: statement<RawColumns>()((v) =>
      db.insertInto('raw').values({
        message_id: v.message_id,
        content_hash: v.content_hash,
        copy_hash: v.copy_hash,
        canonical: v.canonical,
        received: v.received,
        source_list: v.source_list,
        source_received: v.source_received,
        source_problems: v.source_problems,
        lists: v.lists,
        body: v.body,
      }),
    ),
    replaceRaw: statement<Omit<RawColumns, 'message_id' | 'canonical'> & { id: number }>()((v) =>
      db
        .updateTable('raw')
        .set({
          content_hash: v.content_hash,
          copy_hash: v.copy_hash,
          received: v.received,
          source_list: v.source_list,
          source_received: v.source_received,
          source_problems: v.source_problems,
          lists: v.lists,
          body: v.body,
        })
        .where('id', '=', v.id),
    ),
    rereadRaw: statement<Pick<RawColumns, 'content_hash' | 'received' | 'lists'> & { id: number }>()((v) =>
      db
        .updateTable('raw')
        .set({ content_hash: v.content_hash, received: v.received, lists: v.lists })
        .where('id', '=', v.id),
    ),
    rawsOf: statement<{ id: number }>()((v) =>
      db
        .selectFrom('raw')
        .select(['id', 'content_hash', 'copy_hash', 'received', 'canonical', 'lists', 'source_problems'])
        .where('message_id', '=', v.id)
        .orderBy('id'),
    ),
    clearCanonical: statement<{ id: number }>()((v) =>
      db.updateTable('raw').set({ canonical: 0 }).where('message_id', '=', v.id).where('canonical', '=', 1),
    ),
    setCanonical: statement<{ id: number }>()((v) =>
      db.updateTable('raw').set({ canonical: 1 }).where('id', '=', v.id),
    ),
    addCopy: statement<{ message_id: number; list: string; received: string | null; arrived_at: string }>()(
      (v) =>
        db.insertInto('copy').values({
          message_id: v.message_id,
          list: v.list,
          received: v.received,
          arrived_at: v.arrived_at,
        }),
    ),
    listsOf: statement<{ id: number }>()((v) =>
      db.selectFrom('copy').select('list').where('message_id', '=', v.id),
    ),
  };
}

export type MessageStatements = ReturnType<typeof messageStatements>;
