import type { PostingFacts } from '../../digest/series/posting-facts.js';
import type { MessageStatements } from './message-statements.js';
import type { PreparedMail } from './prepared-mail.js';
import { compressBody } from './raw-body.js';
import type { Runner } from './statement.js';
import type { JoinedMessage } from './write-messages.js';

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
function compareCopies(a: Candidate, b: Candidate): number {
  if (isCut(a) !== isCut(b)) return isCut(a) ? 1 : -1;
  if (a.received !== b.received) {
    if (a.received === null) return 1;
    if (b.received === null) return -1;
    return a.received < b.received ? -1 : 1;
  }
  if (a.content_hash !== b.content_hash) return a.content_hash < b.content_hash ? -1 : 1;
  return Buffer.compare(a.copy_hash, b.copy_hash);
}

/** '' where no list is known. */
export function listsOfCopy({ lists }: PreparedMail): readonly string[] {
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

/** A further mail under an id that is here; `listed`: on how many lists it is new. */
export async function addCopy(
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

export function columns(mail: PreparedMail) {
  return {
    kind: mail.kind,
    author_email: mail.authorEmail,
    bot: mail.bot ? 1 : 0,
    speaks: mail.speaks ? 1 : 0,
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

export function rawColumns(mail: PreparedMail) {
  const body = mail.body ?? compressBody(mail.raw);
  return {
    ...candidateOf(mail),
    source_list: mail.source.list,
    source_received: mail.source.receivedAt,
    lists: JSON.stringify(mail.lists),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
}
