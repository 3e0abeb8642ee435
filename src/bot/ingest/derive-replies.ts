import { answerableMessages, messagesWithFacts, placesOf } from '../../adapters/store/derivation-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { DueMessage } from '../../adapters/store/underived.js';
import { claimedIds, namedIds } from '../../digest/revision/cluster-keys.js';
import type { JoinFacts } from '../../digest/revision/revision.js';
import { layThreads } from '../../digest/revision/thread.js';
import { namesByTitle } from '../../digest/state/claim-places.js';
import { speaks } from '../../digest/state/speaks.js';
import type { Draft } from './derive-revisions.js';

/** A reply that says nothing of a posting: only that it is there counts. */
export interface QuietReply {
  readonly targetId: number;
  readonly homeId: number;
  readonly seriesId: number;
  readonly facts: JoinFacts;
}

export interface PlacedReplies {
  /** What is still to be joined with its whole cluster. */
  readonly rest: readonly DueMessage[];
  readonly quiet: readonly QuietReply[];
}

interface Answered {
  readonly id: number;
  readonly revision_id: number | null;
  readonly target_id: number | null;
  readonly series_id: number | null;
  /** The revision that `target_id` is in. */
  readonly homeId: number | null;
  readonly facts: JoinFacts;
}

/**
 * Places replies without reading their threads again: most mails are replies, and one that no stored mail named before changes no posting.
 * It is about the mail that it answers, or what that mail is about. Everything else is left in `rest`.
 */
export async function placeReplies(on: Db, due: readonly DueMessage[], draft: Draft): Promise<PlacedReplies> {
  const replies = await simpleReplies(on, due);
  if (replies.size === 0) return { rest: due, quiet: [] };
  const answered = await readAnswered(on, [...replies.values()]);
  const quiet: QuietReply[] = [];
  const rest: DueMessage[] = [];
  for (const one of due) {
    const reply = replies.get(one.message_id);
    // Its cluster was put together since it came: it is counted already.
    if (reply?.isPlaced === true) continue;
    const place = reply === undefined ? null : findPlace(reply.facts, answered);
    if (reply === undefined || place === null) {
      rest.push(one);
      continue;
    }
    answered.set(reply.key, { id: one.message_id, revision_id: null, ...place, facts: reply.facts });
    const { target_id: targetId, homeId, series_id: seriesId } = place;
    if (targetId === null) continue;
    const { key, facts } = reply;
    draft.memberships.set(one.message_id, { key, facts, revisionId: null, targetId, homeId });
    if (seriesId === null || homeId === null || speaks(reply.facts)) draft.touched.add(targetId);
    else quiet.push({ targetId, homeId, seriesId, facts: reply.facts });
  }
  return { rest, quiet };
}

interface Reply {
  readonly key: string;
  readonly facts: JoinFacts;
  readonly isPlaced: boolean;
}

async function simpleReplies(on: Db, due: readonly DueMessage[]): Promise<Map<number, Reply>> {
  const ids = due.filter(({ why, unnamed }) => why === 'new' && unnamed === 1).map((one) => one.message_id);
  const found = new Map<number, Reply>();
  for (const { id, key, target_id, facts: text } of await messagesWithFacts(on, ids)) {
    const facts = JSON.parse(text) as JoinFacts;
    // Ids without an @ are not cluster keys, so a mail may be named without our knowing it.
    const named = facts.inReplyTo === null || facts.inReplyTo.includes('@');
    if (facts.kind === 'reply' && key.includes('@') && named)
      found.set(id, { key, facts, isPlaced: target_id !== null });
  }
  return found;
}

/** By Message.id; what waits to be derived itself is there with `null`. */
async function readAnswered(on: Db, replies: readonly Reply[]): Promise<Map<string, Answered | null>> {
  const keys = [...new Set(replies.flatMap(({ facts }) => [...namedIds(facts)]))];
  const rows = await answerableMessages(on, keys);
  const targets = [...new Set(rows.flatMap((row) => row.target_id ?? []))];
  const homes = new Map((await placesOf(on, targets)).map((row) => [row.id, row.revision_id]));
  const found = new Map<string, Answered | null>();
  for (const { key, facts, waits, ...row } of rows) {
    const homeId = homes.get(row.target_id ?? -1) ?? null;
    found.set(key, waits === null ? { ...row, homeId, facts: JSON.parse(facts) as JoinFacts } : null);
  }
  return found;
}

interface Place {
  readonly target_id: number | null;
  readonly homeId: number | null;
  readonly series_id: number | null;
}

const NOWHERE: Place = { target_id: null, homeId: null, series_id: null };

/** null if it takes the whole cluster to know. */
function findPlace(reply: JoinFacts, answered: ReadonlyMap<string, Answered | null>): Place | null {
  const named: JoinFacts[] = [];
  for (const id of namedIds(reply)) {
    const known = answered.get(id);
    if (known === null) return null;
    if (known !== undefined && id !== reply.id) named.push(known.facts);
  }
  const parent = layThreads([reply, ...named]).parentOf(reply);
  const above = parent === null ? undefined : answered.get(parent.id);
  // A notice may be about what it links to, even if it answers nothing that is.
  const mayClaim = claimedIds(reply).length > 0 || namesByTitle(reply);
  if (above === undefined || above === null) return mayClaim ? null : NOWHERE;
  if (above.revision_id !== null)
    return { target_id: above.id, homeId: above.revision_id, series_id: above.series_id };
  // Only its thread tells whether a notice is about the patch above it, or about one that it names: answers to that are about no posting.
  if (claimedIds(above.facts).length > 0 || namesByTitle(above.facts)) return null;
  if (above.target_id === null) return mayClaim ? null : NOWHERE;
  return { target_id: above.target_id, homeId: above.homeId, series_id: above.series_id };
}
