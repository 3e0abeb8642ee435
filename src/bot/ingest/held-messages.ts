import {
  addCopies,
  addDocuments,
  addMessages,
  addRaws,
  type CopyRow,
  type DocumentRow,
  documentsOf,
  listsOf,
  rawsOf,
  replaceDocuments,
  replaceMessages,
  replaceRaws,
  rereadRaws,
  setCanonical,
  setPostings,
} from '../../adapters/store/mail-rows.js';
import type { MailOrigin, PreparedMail } from '../../adapters/store/prepared-mail.js';
import { compressBody } from '../../adapters/store/raw-body.js';
import type { Db } from '../../adapters/store/schema.js';
import { isCut, listsOfCopy, type MailCopy, withAllLists } from './message-copies.js';

/** A message while a batch is written: what the database holds of it, and what changes. */
export interface HeldMessage {
  readonly id: number;
  /** Message.id. */
  key: string;
  /** null if the message is new. */
  readonly component: number | null;
  readonly isNew: boolean;
  readonly raws: HeldRaw[];
  readonly lists: Set<string>;
  /** The mail that it is read from from now on; null if that is as it was. */
  shown: PreparedMail | null;
  /** Another copy came, so that its lists may have changed. */
  isTouched: boolean;
}

export interface HeldRaw extends MailCopy {
  /** null if it is new. */
  readonly id: number | null;
  readonly lists: readonly string[];
  readonly isCanonical: boolean;
  /** What is to be written in its place: a mail with its body, or only what another reading of it found. */
  readonly change: { readonly kind: 'mail' | 'reread'; readonly mail: PreparedMail } | null;
  readonly wasCanonical: boolean;
}

/** What the database holds of messages, by id. */
export async function readHeld(
  on: Db,
  messages: readonly { readonly id: number; readonly key: string; readonly component: number }[],
): Promise<Map<number, HeldMessage>> {
  const held = new Map(
    messages.map(({ id, key, component }): [number, HeldMessage] => [
      id,
      { id, key, component, isNew: false, raws: [], lists: new Set(), shown: null, isTouched: false },
    ]),
  );
  if (held.size === 0) return held;
  for (const row of await rawsOf(on, held.keys()))
    held.get(row.message_id)?.raws.push({
      id: row.id,
      contentHash: row.content_hash,
      copyHash: row.copy_hash,
      received: row.received,
      isCut: isCut(JSON.parse(row.source_problems) as MailOrigin['problems']),
      lists: JSON.parse(row.lists) as string[],
      isCanonical: row.canonical === 1,
      wasCanonical: row.canonical === 1,
      change: null,
    });
  for (const row of await listsOf(on, held.keys())) held.get(row.message_id)?.lists.add(row.list);
  return held;
}

/** Adds the lists that a copy came over; returns those on which the message is new. */
export function addLists(held: HeldMessage, mail: PreparedMail, now: string): CopyRow[] {
  const added = listsOfCopy(mail).filter((list) => !held.lists.has(list));
  for (const list of added) held.lists.add(list);
  return added.map((list) => ({ message_id: held.id, list, received: mail.received, arrived_at: now }));
}

/** From now on the message is read from this mail, which is one of its raw ones. */
export function show(held: HeldMessage, mail: PreparedMail, raw: HeldRaw): void {
  held.shown = mail;
  for (const [i, one] of held.raws.entries()) held.raws[i] = { ...one, isCanonical: one === raw };
}

/** Writes what changed of messages, and the lists on which they are new. */
export async function writeHeld(
  on: Db,
  messages: readonly HeldMessage[],
  copies: readonly CopyRow[],
): Promise<void> {
  const fresh = messages.filter(({ isNew }) => isNew);
  const known = messages.filter(({ isNew }) => !isNew);
  await addMessages(on, fresh.flatMap(messageRow));
  await replaceMessages(on, known.flatMap(messageRow));
  await addDocuments(on, fresh.flatMap(documentRow));
  await replaceDocuments(on, known.flatMap(documentRow));
  await settleLists(
    on,
    known.filter(({ shown, isTouched }) => shown === null && isTouched),
  );
  await writeRaws(on, messages);
  await addCopies(on, copies);
}

async function writeRaws(on: Db, messages: readonly HeldMessage[]): Promise<void> {
  const raws = messages.flatMap(({ id, raws }) => raws.map((raw) => ({ message: id, raw })));
  const added = raws.flatMap(({ message, raw }) =>
    raw.id === null && raw.change !== null ? [rawRow(message, raw, raw.change.mail)] : [],
  );
  const replaced = raws.flatMap(({ message, raw }) =>
    raw.id !== null && raw.change?.kind === 'mail'
      ? [{ id: raw.id, ...rawRow(message, raw, raw.change.mail) }]
      : [],
  );
  const reread = raws.flatMap(({ raw: { id, contentHash, received, lists, change } }) =>
    id !== null && change?.kind === 'reread'
      ? [{ id, content_hash: contentHash, received, lists: JSON.stringify(lists) }]
      : [],
  );
  const canonical = raws.flatMap(({ raw: { id, isCanonical, wasCanonical } }) =>
    id !== null && isCanonical !== wasCanonical ? [{ id, canonical: isCanonical ? 1 : 0 }] : [],
  );
  await addRaws(on, added);
  await replaceRaws(on, replaced);
  await rereadRaws(on, reread);
  await setCanonical(on, canonical);
}

/** Of messages that are read from the same mail as before, but came over another list. */
async function settleLists(on: Db, messages: readonly HeldMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const stored = await documentsOf(
    on,
    messages.map(({ id }) => id),
  );
  const before = new Map(stored.map((row) => [row.message_id, row.posting]));
  const changed = messages.flatMap((held) => {
    const posting = before.get(held.id) ?? null;
    const settled = posting === null ? null : withAllLists(posting, ownLists(held), held.lists);
    return settled === posting ? [] : [{ message_id: held.id, posting: settled }];
  });
  await setPostings(on, changed);
}

const ownLists = ({ raws }: HeldMessage): readonly string[] =>
  raws.find(({ isCanonical }) => isCanonical)?.lists ?? [];

function messageRow({ id, key, shown }: HeldMessage) {
  if (shown === null) return [];
  return [
    {
      id,
      key,
      kind: shown.kind,
      author_email: shown.authorEmail,
      bot: shown.bot ? 1 : 0,
      speaks: shown.speaks ? 1 : 0,
      date: shown.date,
      received: shown.received ?? shown.date,
    },
  ];
}

function documentRow(held: HeldMessage): DocumentRow[] {
  const { id, shown, isTouched } = held;
  if (shown === null) return [];
  const { facts, posting } = shown;
  if (posting === null || !isTouched) return [{ message_id: id, facts, posting }];
  const text = Buffer.from(posting).toString();
  return [{ message_id: id, facts, posting: withAllLists(text, ownLists(held), held.lists) }];
}

function rawRow(message: number, raw: HeldRaw, mail: PreparedMail) {
  return {
    message_id: message,
    content_hash: raw.contentHash,
    copy_hash: raw.copyHash,
    canonical: raw.isCanonical ? 1 : 0,
    received: raw.received,
    source_list: mail.source.list,
    source_received: mail.source.receivedAt,
    source_problems: JSON.stringify(mail.source.problems),
    lists: JSON.stringify(raw.lists),
    body: mail.body ?? compressBody(mail.raw),
  };
}
