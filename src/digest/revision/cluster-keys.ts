import { createHash } from 'node:crypto';
import { emailKey } from '../mail/person-key.js';
import { DAY_MS } from '../time/iso.js';
import type { JoinFacts } from './revision.js';

/** References kept of one mail: the first (the thread's root) and the newest; a hostile mail may name thousands. */
const NEWEST_REFERENCES = 9;
/** Two mails of one posting in different threads are at most this far apart. */
export const UNTHREADED_WINDOW_MS = DAY_MS;

/**
 * Keys of a message: two messages that could be one posting, or of which one answers the other, share a key,
 * directly or through others. `id:<Message-ID>` for itself and what it answers to; for covers and patches of a
 * counted posting also `by:<sender and N>@<day>` for its day and the next, so that mails close in time share a key if the threading is
 * broken or missing.
 */
export function clusterKeys(facts: JoinFacts): readonly string[] {
  const keys = new Set([idKey(facts.id)]);
  for (const id of [...namedIds(facts), ...claimedIds(facts)]) keys.add(idKey(id));
  for (const key of postingKeys(facts)) keys.add(key);
  return [...keys];
}

/** Message-IDs that a mail answers to, bounded: In-Reply-To, the first reference, then the newest ones. */
export function namedIds(facts: JoinFacts): readonly string[] {
  const { references } = facts;
  const kept =
    references.length > NEWEST_REFERENCES + 1
      ? [...references.slice(0, 1), ...references.slice(-NEWEST_REFERENCES)]
      : references;
  const ids = facts.inReplyTo === null ? kept : [facts.inReplyTo, ...kept];
  return ids.filter((id) => id.includes('@'));
}

/** One notice is about the patches of one posting: a hostile one that names a hundred threads must not join them. */
const CLAIMED_IDS = 8;

/** Message-IDs of the patches that a notice says were applied or dropped, or that a program reports on. */
export function claimedIds(facts: JoinFacts): readonly string[] {
  const ids = [
    ...facts.claims.flatMap((claim) => claim.patches.map((patch) => patch.messageId ?? '')),
    ...(facts.report?.about ?? []),
  ];
  return [...new Set(ids)].filter((id) => id.includes('@')).slice(0, CLAIMED_IDS);
}

function postingKeys(facts: JoinFacts): readonly string[] {
  const counted = (facts.kind === 'patch' || facts.kind === 'cover') && facts.total !== null;
  if (!counted || (facts.index === null && facts.total === 1)) return [];
  const stem = `by:${emailKey(facts.senderEmail)}|${facts.total}`;
  const time = timeOf(facts);
  if (time === null) return [`${stem}@undated`];
  const day = Math.floor(time / UNTHREADED_WINDOW_MS);
  return [`${stem}@${day}`, `${stem}@${day + 1}`];
}

/** When a mail was written, else when it was received, in ms since 1970; null if neither is known. */
export function timeOf(facts: JoinFacts): number | null {
  const stamp = facts.date ?? facts.received;
  if (stamp === null) return null;
  const time = Date.parse(stamp);
  return Number.isNaN(time) ? null : time;
}

/** Ids may be kilobytes long: such ones are kept as a hash, so that an index can hold them. */
function idKey(id: string): string {
  return id.length <= 300 ? `id:${id}` : `id:sha256:${createHash('sha256').update(id).digest('hex')}`;
}
