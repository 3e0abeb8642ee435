import {
  addCopyHashes,
  type CopyRow,
  lastMessageId,
  messagesByKey,
  storedCopies,
} from '../../adapters/store/mail-rows.js';
import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { Db } from '../../adapters/store/schema.js';
import { addLists, type HeldMessage, type HeldRaw, readHeld, show, writeHeld } from './held-messages.js';
import type { MessageCounts } from './mail-store.js';
import { compareCopies, copyOf } from './message-copies.js';

/** What a batch did to the messages: what must be derived again. */
export interface WrittenMail {
  /** New to us, or now read from another copy: joined again. */
  readonly joined: readonly JoinedMessage[];
  /** Only their lists changed. */
  readonly changed: ReadonlySet<number>;
}

/** Nothing came in. */
export const NO_MAIL: MessageCounts = { fresh: 0, known: 0, copies: 0, reused: [] };

export interface JoinedMessage {
  readonly id: number;
  /** null if it is new. */
  readonly component: number | null;
  readonly keys: readonly number[];
}

/** Stores a batch in the transaction that it is given. Mail that is here already changes nothing. */
export async function writeMail(
  on: Db,
  mails: readonly PreparedMail[],
  now: string,
): Promise<WrittenMail & { readonly counts: MessageCounts }> {
  const stored = await storedCopies(
    on,
    mails.map((mail) => mail.copyHash),
  );
  const known = await messagesByKey(on, new Set(mails.map((mail) => mail.key)));
  const held = new Map([...(await readHeld(on, known)).values()].map((one) => [one.key, one]));
  let last = await lastMessageId(on);
  const joined = new Map<number, JoinedMessage>();
  const changed = new Set<number>();
  const copies: CopyRow[] = [];
  const hashes: { hash: Uint8Array; message_id: number }[] = [];
  const counts = { fresh: 0, known: 0, copies: 0, reused: [] as string[] };
  for (const mail of mails) {
    const name = Buffer.from(mail.copyHash).toString('hex');
    if (stored.has(name)) {
      counts.known++;
      continue;
    }
    stored.add(name);
    const message = held.get(mail.key);
    if (message === undefined) {
      const fresh = newMessage(++last, mail);
      held.set(mail.key, fresh);
      hashes.push({ hash: mail.copyHash, message_id: fresh.id });
      copies.push(...addLists(fresh, mail, now));
      joined.set(fresh.id, { id: fresh.id, component: null, keys: mail.clusterKeys });
      counts.fresh++;
      continue;
    }
    const { id, component } = message;
    hashes.push({ hash: mail.copyHash, message_id: id });
    const added = addLists(message, mail, now);
    copies.push(...added);
    const { replaced, reused } = addCopy(message, mail);
    if (reused) counts.reused.push(mail.where);
    counts.known++;
    counts.copies += added.length;
    if (replaced)
      joined.set(id, { id, component, keys: [...(joined.get(id)?.keys ?? []), ...mail.clusterKeys] });
    changed.add(id);
  }
  await writeHeld(on, [...held.values()], copies);
  await addCopyHashes(on, hashes);
  return { joined: [...joined.values()], changed, counts };
}

function newMessage(id: number, mail: PreparedMail): HeldMessage {
  return {
    id,
    key: mail.key,
    component: null,
    isNew: true,
    raws: [{ ...rawOf(mail), isCanonical: true }],
    lists: new Set(),
    shown: mail,
    isTouched: false,
  };
}

function rawOf(mail: PreparedMail): HeldRaw {
  const change = { kind: 'mail', mail } as const;
  return { ...copyOf(mail), id: null, lists: mail.lists, isCanonical: false, wasCanonical: false, change };
}

/** A further mail under an id that is here. `replaced`: the message is read from it now; `reused`: it is another mail, both whole. */
function addCopy(message: HeldMessage, mail: PreparedMail): { replaced: boolean; reused: boolean } {
  message.isTouched = true;
  const { raws } = message;
  const incoming = rawOf(mail);
  const same = raws.find((raw) => raw.contentHash === mail.contentHash);
  if (same !== undefined && compareCopies(same, incoming) <= 0) return { replaced: false, reused: false };
  const others = raws.filter((raw) => raw !== same);
  const replaced = others.every((raw) => compareCopies(incoming, raw) < 0);
  const { id = null, isCanonical = false, wasCanonical = false } = same ?? {};
  const raw: HeldRaw = { ...incoming, id, isCanonical, wasCanonical };
  if (same === undefined) raws.push(raw);
  else raws[raws.indexOf(same)] = raw;
  if (replaced) show(message, mail, raw);
  const reused = same === undefined && !incoming.isCut && others.some((one) => !one.isCut);
  return { replaced, reused };
}
