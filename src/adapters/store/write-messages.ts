import { addCopy, columns, listsOfCopy, rawColumns } from './message-copies.js';
import { type MessageStatements, messageStatements } from './message-statements.js';
import type { PreparedMail } from './prepared-mail.js';
import type { Db } from './schema.js';
import { executeText, type Runner } from './statement.js';

/** What a batch did to the messages: what must be derived again. */
export interface WrittenMessages {
  /** New to us, or now read from another copy: joined anew. */
  readonly joined: readonly JoinedMessage[];
  /** Only their lists changed. */
  readonly changed: ReadonlySet<number>;
  readonly counts: MessageCounts;
}

export interface MessageCounts {
  /** Messages that were not here. */
  readonly fresh: number;
  /** Mails of messages that were here. */
  readonly known: number;
  /** Lists on which a known message was not known to have come. */
  readonly copies: number;
  /** `PreparedMail.where` of mails under the Message-ID of another one, both whole. */
  readonly reused: readonly string[];
}

/** Nothing came in: something else is the reason to derive. */
export const NO_MAIL: MessageCounts = { fresh: 0, known: 0, copies: 0, reused: [] };

export interface JoinedMessage {
  readonly id: number;
  /** null where it is new. */
  readonly component: number | null;
  readonly keys: readonly number[];
}

export function createMessageWriter(db: Db) {
  const statements = messageStatements(db);
  return {
    statements,
    /** Stores a batch in the transaction that it is given. Mail that is here already changes nothing. */
    write: (on: Runner, mails: readonly PreparedMail[], now: string) =>
      writeMessages(statements, on, mails, now),
  };
}

async function writeMessages(
  s: MessageStatements,
  on: Runner,
  mails: readonly PreparedMail[],
  now: string,
): Promise<WrittenMessages> {
  const known = new Map(
    (await s.idsByKey(on, [...new Set(mails.map((m) => m.key))])).map((r) => [r.key, r.id]),
  );
  const hashes = mails.map((mail) => Buffer.from(mail.copyHash));
  const stored = new Set((await s.copyHashes(on, hashes)).map(({ hash }) => hash.toString('latin1')));
  // Ids are given here: an insert that answers with one takes SQLite five times as long.
  let next = (await lastIdGiven(s, on)) + 1;
  const joined = new Map<number, JoinedMessage>();
  const changed = new Set<number>();
  const counts = { fresh: 0, known: 0, copies: 0, reused: [] as string[] };
  for (const [at, mail] of mails.entries()) {
    const hash = hashes[at] ?? Buffer.from(mail.copyHash);
    const name = hash.toString('latin1');
    if (stored.has(name)) {
      counts.known++;
      continue;
    }
    stored.add(name);
    const id = known.get(mail.key);
    await s.addCopyHash(on, { hash, message_id: id ?? next });
    if (id === undefined) {
      const fresh = next++;
      await addMessage(s, on, fresh, mail, now);
      known.set(mail.key, fresh);
      joined.set(fresh, { id: fresh, component: null, keys: mail.clusterKeys });
      counts.fresh++;
      continue;
    }
    const { replaced, listed, reused } = await addCopy(s, on, id, mail, now);
    if (reused) counts.reused.push(mail.where);
    counts.known++;
    counts.copies += listed;
    if (replaced) {
      const component = joined.get(id)?.component ?? (await s.componentOf(on, { id }))[0]?.component ?? null;
      const before = joined.get(id);
      const keys = [...(before?.keys ?? []), ...mail.clusterKeys];
      // A message of this very batch has no component yet.
      joined.set(id, { id, component: before === undefined ? component : before.component, keys });
    }
    changed.add(id);
  }
  return { joined: [...joined.values()], changed, counts };
}

/** No id is given twice, though its message was taken out: somebody may still hold it. */
async function lastIdGiven(s: MessageStatements, on: Runner): Promise<number> {
  const last = (await s.lastMessage(on, {}))[0]?.id ?? 0;
  const [given] = await executeText<{ seq: number }>(on, LAST_GIVEN, []);
  return Math.max(last, given?.seq ?? 0);
}

/** SQLite's own note of a table with `autoincrement`. */
const LAST_GIVEN = "select seq from sqlite_sequence where name = 'message'";

async function addMessage(
  s: MessageStatements,
  on: Runner,
  id: number,
  mail: PreparedMail,
  now: string,
): Promise<void> {
  await s.addMessage(on, { ...columns(mail), id, key: mail.key });
  await s.addDocument(on, { message_id: id, facts: mail.facts, posting: mail.posting });
  await s.addRaw(on, { ...rawColumns(mail), message_id: id, canonical: 1 });
  for (const list of listsOfCopy(mail))
    await s.addCopy(on, { message_id: id, list, received: mail.received, arrived_at: now });
}
