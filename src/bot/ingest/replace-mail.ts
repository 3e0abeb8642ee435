import type { CopyRow } from '../../adapters/store/mail-rows.js';
import { keptMails, messagesById, messagesByKey } from '../../adapters/store/mail-rows.js';
import type { MailOrigin, PreparedMail } from '../../adapters/store/prepared-mail.js';
import { expandOrNull } from '../../adapters/store/raw-body.js';
import type { Db } from '../../adapters/store/schema.js';
import { addLists, type HeldMessage, readHeld, show, writeHeld } from './held-messages.js';
import type { KeptMail, RereadMail } from './mail-store.js';
import { compareCopies } from './message-copies.js';
import type { JoinedMessage, WrittenMail } from './write-mail.js';

/** All kept mails of the next messages after that one, in their order; empty at the end. */
export async function readKept(on: Db, after: number, messages: number): Promise<KeptMail[]> {
  return (await keptMails(on, after, messages)).map((row) => ({
    rowId: row.message_id,
    rawId: row.id,
    raw: expandOrNull(row.body),
    origin: {
      list: row.source_list,
      receivedAt: row.source_received,
      problems: JSON.parse(row.source_problems) as MailOrigin['problems'],
    },
    where: row.key,
  }));
}

/** Stores what was read again of messages, in the transaction that it is given. Those that were removed since are left out. */
export async function replaceMail(on: Db, mails: readonly RereadMail[], now: string): Promise<WrittenMail> {
  const rows = await messagesById(on, new Set(mails.map(({ rowId }) => rowId)));
  const held = await readHeld(on, rows);
  const newKeys = new Set(mails.flatMap(({ mail }) => mail?.key ?? []));
  const taken = new Set((await messagesByKey(on, newKeys)).map(({ key }) => key));
  const copies: CopyRow[] = [];
  const readings = new Map<number, PreparedMail>();
  const changed = new Set<number>();
  for (const { rowId, rawId, mail } of mails) {
    const message = held.get(rowId);
    const at = message?.raws.findIndex((raw) => raw.id === rawId) ?? -1;
    const raw = message?.raws[at];
    if (message === undefined || raw === undefined) continue;
    changed.add(rowId);
    message.isTouched = true;
    if (mail === null) continue;
    readings.set(rawId, mail);
    const { contentHash, received, lists } = mail;
    message.raws[at] = { ...raw, contentHash, received, lists, change: { kind: 'reread', mail } };
    copies.push(...addLists(message, mail, now));
  }
  const joined: JoinedMessage[] = [];
  for (const id of changed) {
    const message = held.get(id);
    const replaced = message === undefined ? null : showFirst(message, readings, taken);
    if (replaced !== null) joined.push(replaced);
  }
  await writeHeld(on, [...held.values()], copies);
  return { joined, changed };
}

/** Reads a message again from the first of its raw mails; null if that one was not read, or is another message's by now. */
function showFirst(
  message: HeldMessage,
  readings: ReadonlyMap<number, PreparedMail>,
  taken: Set<string>,
): JoinedMessage | null {
  const [first] = [...message.raws].sort(compareCopies);
  const mail = readings.get(first?.id ?? -1);
  if (first === undefined || mail === undefined) return null;
  if (mail.key !== message.key) {
    // A newer parser may read a different id. An id that is already used stays with its message.
    if (taken.has(mail.key)) return null;
    taken.delete(message.key);
    taken.add(mail.key);
    message.key = mail.key;
  }
  show(message, mail, first);
  return { id: message.id, component: message.component, keys: mail.clusterKeys };
}
