import {
  documentsOf,
  messagesByKey,
  removeMessages,
  silenceMessages,
} from '../../adapters/store/mail-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts } from '../../digest/revision/revision.js';
import type { WrittenMail } from './write-mail.js';

/**
 * An archive removed mails: spam, a secret, a request. The messages first become ones that join nothing, so that postings and series are
 * computed again as for any other change; then their rows are deleted. The ledger keeps that they were posted. Returns how many were
 * stored.
 */
export async function removeMail(
  on: Db,
  keys: readonly string[],
  derive: (on: Db, written: WrittenMail) => Promise<void>,
): Promise<number> {
  const rows = await messagesByKey(on, new Set(keys));
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const left = (await documentsOf(on, ids)).map(({ message_id, facts }) => ({
    message_id,
    facts: JSON.stringify(withoutContent(JSON.parse(facts) as JoinFacts)),
  }));
  await silenceMessages(on, 'reply', left);
  const joined = rows.map(({ id, component }) => ({ id, component, keys: [] }));
  await derive(on, { joined, changed: new Set() });
  await removeMessages(on, ids);
  return rows.length;
}

/** A mail that says nothing: it is no longer a cover or patch, and answers no other. */
function withoutContent({ files: _, ...facts }: JoinFacts): JoinFacts {
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
    inAnswer: false,
  };
}
