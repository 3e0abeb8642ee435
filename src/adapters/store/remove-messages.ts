import type { JoinFacts } from '../../digest/revision/revision.js';
import { messageStatements } from './message-statements.js';
import type { Db } from './schema.js';
import { type Runner, statement, statementIn } from './statement.js';
import { type JoinedMessage, NO_MAIL, type WrittenMessages } from './write-messages.js';

/** Takes messages out, by Message.id, with all that followed from them; answers with how many were here. */
export type RemoveMessages = (messageIds: readonly string[]) => Promise<number>;

/**
 * An archive took a mail out: spam, a secret, a wish. The message first becomes one that joins nothing, so that postings and series are
 * worked out again in the way of any other change; then its rows go. That it was told of stays in the ledger.
 */
export function createRemoval(
  db: Db,
  inTransaction: <T>(work: (on: Runner & Db) => Promise<T>) => Promise<T>,
  derive: (on: Runner, written: WrittenMessages) => Promise<unknown>,
): RemoveMessages {
  const s = messageStatements(db);
  const rowsOf = statementIn((keys: string[]) =>
    db
      .selectFrom('message')
      .innerJoin('message_document', 'message_document.message_id', 'message.id')
      .select(['id', 'component', 'facts'])
      .where('key', 'in', keys),
  );
  const setKind = statement<{ id: number; kind: string }>()((v) =>
    db.updateTable('message').set({ kind: v.kind }).where('id', '=', v.id),
  );
  const setFacts = statement<{ id: number; facts: string }>()((v) =>
    db.updateTable('message_document').set({ facts: v.facts }).where('message_id', '=', v.id),
  );
  return (messageIds) =>
    inTransaction(async (on) => {
      const rows = await rowsOf(on, [...new Set(messageIds)]);
      const joined: JoinedMessage[] = [];
      for (const { id, component, facts } of rows) {
        const left = withoutContent(JSON.parse(facts) as JoinFacts);
        await setKind(on, { id, kind: left.kind });
        await setFacts(on, { id, facts: JSON.stringify(left) });
        joined.push({ id, component, keys: [] });
      }
      if (rows.length === 0) return 0;
      await derive(on, { joined, changed: new Set(), counts: NO_MAIL });
      for (const { id } of rows) {
        await on.deleteFrom('copy_hash').where('message_id', '=', id).execute();
        // Those of older databases do not say whose they are.
        for (const { copy_hash } of await s.rawsOf(on, { id }))
          await on.deleteFrom('copy_hash').where('hash', '=', copy_hash).execute();
        for (const table of ['raw', 'copy', 'message_document', 'underived', 'derive_failure'] as const)
          await on.deleteFrom(table).where('message_id', '=', id).execute();
        await on.updateTable('message').set({ target_id: null }).where('target_id', '=', id).execute();
        await on.deleteFrom('message').where('id', '=', id).execute();
      }
      return rows.length;
    });
}

/** A mail that says nothing: a cover and a patch of it are no more, and it answers nobody. */
function withoutContent(facts: JoinFacts): JoinFacts {
  return {
    ...facts,
    // A mail of another kind that patches answer is taken for their letter.
    kind: 'reply',
    title: '',
    was: null,
    index: null,
    total: null,
    inReplyTo: null,
    references: [],
    hasDiff: false,
    patchId: null,
    changeId: null,
    supersedes: [],
    previousVersions: [],
    shortlog: [],
    trailers: [],
    claims: [],
  };
}
