/** A message that is to be sent, as the outbox is given it. */
export interface Waiting {
  /** null for a notice to one person, outside any digest. */
  readonly slot: number | null;
  readonly destination: number;
  readonly part: number;
  /** The message (outbox.id) in whose thread it goes; absent: in none. */
  readonly under?: number | null;
  readonly key: string;
  /** PartContent as JSON. */
  readonly content: string;
  /** ISO UTC. */
  readonly now: string;
}

/** Its row: no one has tried it yet. */
export function waitingRow({ slot, destination, part, under = null, key, content, now }: Waiting) {
  return {
    slot_id: slot,
    destination_id: destination,
    part,
    under_id: under,
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
