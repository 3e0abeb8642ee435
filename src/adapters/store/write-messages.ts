import type { PostingFacts } from '../../digest/message/posting-facts.js';
import { type MessageStatements, messageStatements } from './message-statements.js';
import type { PreparedMail } from './prepared-mail.js';
import { compressBody } from './raw-body.js';
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

interface RawRow {
  readonly id: number;
  readonly content_hash: string;
  readonly copy_hash: Buffer;
  readonly received: string | null;
  readonly canonical: number;
  readonly lists: string;
  readonly source_problems: string;
}

/** A copy of a mail as the rule for the one to show compares them. */
type Candidate = Pick<RawRow, 'content_hash' | 'copy_hash' | 'received' | 'source_problems'>;

/** The file ended in its middle: a whole copy says more, whenever it came. */
function isCut({ source_problems }: Candidate): boolean {
  return /"code":"(?:truncated|gzip-damaged|too-large)"/.test(source_problems);
}

/**
 * Which of several mails under one Message-ID is shown: a whole one before one that was cut; then the one that a list received first, so that nobody can replace a
 * mail by sending another under its id; those without a time come last; then by hash. The choice is the same whatever the
 * order in which they came to us.
 */
export function compareCopies(a: Candidate, b: Candidate): number {
  if (isCut(a) !== isCut(b)) return isCut(a) ? 1 : -1;
  if (a.received !== b.received) {
    if (a.received === null) return 1;
    if (b.received === null) return -1;
    return a.received < b.received ? -1 : 1;
  }
  if (a.content_hash !== b.content_hash) return a.content_hash < b.content_hash ? -1 : 1;
  return Buffer.compare(a.copy_hash, b.copy_hash);
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

/** '' where no list is known. */
function listsOfCopy({ lists }: PreparedMail): readonly string[] {
  return lists.length === 0 ? [''] : [...new Set(lists)];
}

/** Counts the lists on which the message is new. */
export async function addLists(
  s: MessageStatements,
  on: Runner,
  id: number,
  mail: PreparedMail,
  now: string,
): Promise<number> {
  const known = new Set((await s.listsOf(on, { id })).map((copy) => copy.list));
  const added = listsOfCopy(mail).filter((list) => !known.has(list));
  for (const list of added)
    await s.addCopy(on, { message_id: id, list, received: mail.received, arrived_at: now });
  return added.length;
}

async function addCopy(
  s: MessageStatements,
  on: Runner,
  id: number,
  mail: PreparedMail,
  now: string,
): Promise<{ replaced: boolean; listed: number; reused: boolean }> {
  const listed = await addLists(s, on, id, mail, now);
  const raws: RawRow[] = await s.rawsOf(on, { id });
  const same = raws.find((raw) => raw.content_hash === mail.contentHash);
  const incoming = candidateOf(mail);
  if (same !== undefined && compareCopies(same, incoming) <= 0) {
    await settle(s, on, id);
    return { replaced: false, listed, reused: false };
  }
  const others = raws.filter((raw) => raw !== same);
  const replaced = others.every((raw) => compareCopies(incoming, raw) < 0);
  if (same === undefined) await s.addRaw(on, { ...rawColumns(mail), message_id: id, canonical: 0 });
  else await s.replaceRaw(on, { ...rawColumns(mail), id: same.id });
  if (replaced) await makeCanonical(s, on, id, mail);
  await settle(s, on, id);
  const reused = same === undefined && !isCut(incoming) && others.some((raw) => !isCut(raw));
  return { replaced, listed, reused };
}

/** From now on the message is read from this copy, which is stored already. */
async function makeCanonical(
  s: MessageStatements,
  on: Runner,
  id: number,
  mail: PreparedMail,
): Promise<void> {
  const raw = (await s.rawsOf(on, { id })).find((row) => row.content_hash === mail.contentHash);
  if (raw === undefined) return;
  await s.clearCanonical(on, { id });
  await s.setCanonical(on, { id: raw.id });
  await s.replaceMessage(on, { ...columns(mail), id });
  await s.replaceDocument(on, { message_id: id, facts: mail.facts, posting: mail.posting });
}

/** Reads a message anew from the first of its raw mails; null where that one was not read, or is another message's by now. */
export async function rewriteMessage(
  s: MessageStatements,
  on: Runner,
  id: number,
  readings: readonly { readonly rawId: number; readonly mail: PreparedMail | null }[],
): Promise<JoinedMessage | null> {
  const first = (await s.rawsOf(on, { id })).sort(compareCopies)[0];
  const mail = readings.find((reading) => reading.rawId === first?.id)?.mail ?? null;
  const [row] = await s.componentOf(on, { id });
  if (first === undefined || mail === null || row === undefined) return null;
  if (mail.key !== row.key) {
    // A parser that learned something may see another id. One that is taken stays with whom it is.
    if ((await s.idsByKey(on, [mail.key])).length > 0) return null;
    await s.setKey(on, { id, key: mail.key });
  }
  await s.clearCanonical(on, { id });
  await s.setCanonical(on, { id: first.id });
  await s.replaceMessage(on, { ...columns(mail), id });
  await s.replaceDocument(on, { message_id: id, facts: mail.facts, posting: mail.posting });
  return { id, component: row.component, keys: mail.clusterKeys };
}

/**
 * Writes into what is told of the message the lists of all its copies, those of the copy that it was read from first, as it
 * named them. Replies have nothing told of them; their lists stand in `copy`.
 */
export async function settle(s: MessageStatements, on: Runner, id: number): Promise<void> {
  const before = (await s.postingFactsOf(on, { id }))[0]?.posting ?? null;
  if (before === null) return;
  const raws: RawRow[] = await s.rawsOf(on, { id });
  const own = JSON.parse(raws.find((raw) => raw.canonical === 1)?.lists ?? '[]') as string[];
  const all = (await s.listsOf(on, { id })).map((copy) => copy.list).filter((list) => list !== '');
  const lists = [...own, ...all.filter((list) => !own.includes(list)).sort()];
  const posting = JSON.stringify({ ...(JSON.parse(before) as PostingFacts), lists });
  if (posting !== before) await s.setPostingFacts(on, { id, posting });
}

function columns(mail: PreparedMail) {
  return {
    kind: mail.kind,
    author_email: mail.authorEmail,
    bot: mail.bot ? 1 : 0,
    date: mail.date,
    received: mail.received ?? mail.date,
  };
}

function candidateOf(mail: PreparedMail): Candidate {
  return {
    content_hash: mail.contentHash,
    copy_hash: Buffer.from(mail.copyHash),
    received: mail.received,
    source_problems: JSON.stringify(mail.source.problems),
  };
}

function rawColumns(mail: PreparedMail) {
  const body = mail.body ?? compressBody(mail.raw);
  return {
    ...candidateOf(mail),
    source_list: mail.source.list,
    source_received: mail.source.receivedAt,
    lists: JSON.stringify(mail.lists),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
}
