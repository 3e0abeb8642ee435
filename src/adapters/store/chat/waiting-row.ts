/** A message that is to be sent, as the outbox is given it. */
export interface Waiting {
  /** null for a word to one person, outside of any digest. */
  readonly slot: number | null;
  readonly destination: number;
  readonly part: number;
  readonly key: string;
  /** PartContent as JSON. */
  readonly content: string;
  /** ISO UTC. */
  readonly now: string;
}

/** Its row: nobody has tried it yet. */
export function waitingRow({ slot, destination, part, key, content, now }: Waiting) {
  return {
    slot_id: slot,
    destination_id: destination,
    part,
    post_key: key,
    content,
    state: 'waiting' as const,
    attempts: 0,
    not_before: now,
    lease_until: null,
    first_tried_at: null,
    sent_at: null,
    message_id: null,
    problem: null,
    edit_wanted: 0,
  };
}
