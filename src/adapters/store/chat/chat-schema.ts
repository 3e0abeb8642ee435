import type { Generated } from 'kysely';

/** The tables behind follows, schedules and deliveries. Times are ISO text in UTC with seconds, flags 0 or 1, documents JSON. */
export interface ChatTables {
  destination: DestinationTable;
  follow: FollowTable;
  slot: SlotTable;
  outbox: OutboxTable;
  ledger: LedgerTable;
  mention: MentionTable;
  mute: MuteTable;
  thread: ThreadTable;
  /** `address`: the platform's id of the person. */
  person_address: { platform: string; tenant: string; address: string; email: string; made_at: string };
  snooze: SnoozeTable;
  undo: { id: string; destination_id: number; document: string; made_by: string; expires_at: string };
  anchor: { hash: string; message_key: string };
  seen_event: { platform: string; event: string; at: string };
  installation: { platform: string; tenant: string; document: string; made_at: string };
}

export interface DestinationTable {
  id: Generated<number>;
  platform: string;
  tenant: string;
  address: string;
  kind: 'channel' | 'person';
  /** `#kvm`; '' if the platform does not tell. */
  name: string;
  zone: string;
  /** Schedule; null: digests only on request. */
  schedule: string | null;
  /** What an empty digest does: nothing, or one line. */
  empty: 'skip' | 'say';
  silent: number;
  /** Layout; `{}`: as it is by default. */
  layout: Generated<string>;
  /** `broken`: three slots in a row were refused; a person has to fix it. */
  state: 'active' | 'paused' | 'broken';
  /** Everything up to this seq was considered for a slot. */
  cursor_seq: number;
  /** The same for immediate posts; what they skip is left to the digest. */
  now_seq: Generated<number>;
  /** How many digests were planned: a plan based on an older count has lost the race. */
  plans: Generated<number>;
  /** The due moment of the last slot that was planned or skipped; slots at or before it are past. */
  last_due: string;
  /** Slots in a row whose first part was refused. */
  failed_slots: number;
  /** Who set it up: the platform's id, to notify them when it breaks. */
  set_by: string;
  set_by_name: string;
  made_at: string;
}

/** A series that a place wants to see nothing of. */
interface MuteTable {
  destination_id: number;
  /** Message.id of the revision that was named: whichever series has it is muted. */
  message_key: string;
  title: string;
  made_by: string;
  made_by_name: string;
  made_at: string;
}

/** The message whose thread gets all immediate news about a series, at one destination. */
interface ThreadTable {
  destination_id: number;
  /** RevisionRecord.id of a revision that was named in it: news of whichever series has it goes there. */
  message_key: string;
  outbox_id: number;
}

/** A series that a person or a place wants to see later. */
interface SnoozeTable {
  platform: string;
  tenant: string;
  /** Of a channel, or the id of a person. */
  address: string;
  /** Message.id of the revision that was named. */
  message_key: string;
  title: string;
  /** See plan/snooze.ts. */
  ends_with: string;
  /** ISO; null if it has no date. */
  until: string | null;
  /** How many postings and replies the series had then. */
  revisions: number;
  replies: number;
  made_at: string;
}

interface FollowTable {
  id: Generated<number>;
  destination_id: number;
  /** Follow. */
  tree: string;
  /** formatFollow's text: two that say the same are one. */
  words: string;
  /** Only what arrived after this seq concerns it. */
  since_seq: number;
  /** And only what was received from this time on: the first follows of a place reach back a day. */
  reaches_back_to: string | null;
  made_by: string;
  made_by_name: string;
  made_at: string;
}

export interface SlotTable {
  id: Generated<number>;
  destination_id: number;
  /** ISO; for `now` the time of the request. */
  due: string;
  /** `now`: posted immediately; its parts are separate messages, each in the thread of its series. */
  kind: 'scheduled' | 'asked' | 'now';
  /** `stale`: some part could not be sent in time; its items went back. */
  state: 'open' | 'sent' | 'empty' | 'stale' | 'refused';
  /** Digest, with everything that its parts leave out. */
  digest: string;
  /** The destination's cursor before it: the search for what went stale starts there. */
  from_seq: number;
  /** After this no more of it is sent. */
  stale_at: string;
  made_at: string;
  ended_at: string | null;
  /** What went wrong last, in words; null if nothing did. */
  problem: string | null;
}

export interface OutboxTable {
  id: Generated<number>;
  /** Null for a notice that belongs to no digest. */
  slot_id: number | null;
  destination_id: number;
  /** In a digest 0 is the headline; the others go under it, in order. */
  part: number;
  /** The message (outbox.id) in whose thread it goes, once that is posted; null: in none. */
  under_id: number | null;
  /** Post.key. */
  post_key: string;
  /** PartContent. */
  content: string;
  /** `sending`: claimed by a process until `lease_until`; found so after a crash it is `unclear`. */
  state: 'waiting' | 'sending' | 'unclear' | 'sent' | 'refused' | 'stale';
  attempts: number;
  not_before: string;
  lease_until: string | null;
  /** When it was first tried, by the platform's clock where it tells its time: from there on the platform may hold it. */
  first_tried_at: string | null;
  sent_at: string | null;
  /** The platform's id of the posted message. */
  message_id: string | null;
  problem: string | null;
  /** An edit that is due: the content changed after it was sent. */
  edit_wanted: number;
}

/** What was delivered where: a revision is where any of its covers and patches is. */
interface LedgerTable {
  destination_id: number;
  /** Message.id of a cover or patch. */
  message_key: string;
  /** The part that reported it; removed when that part goes stale unsent. */
  outbox_id: number | null;
  at: string;
}

/** The last mention of a revision at a destination: for Discussed and Applied, and for edits. */
interface MentionTable {
  destination_id: number;
  /** RevisionRecord.id of the revision that was named. */
  message_key: string;
  /** Events up to this seq were reported. */
  last_seq: number;
  /** What last_seq was before `outbox_id`: it counts again when that part goes stale unsent. */
  prior_seq: number;
  outbox_id: number | null;
  at: string;
}
