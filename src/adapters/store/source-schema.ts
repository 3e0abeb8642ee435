/** The tables of live sources. Times are ISO text in UTC. */
export interface SourceTables {
  source: SourceTable;
  source_day: { name: string; day: string; mails: number };
  tracker_evidence: TrackerEvidenceTable;
}

/** One row for each source that was ever followed, under its name without a password. */
export interface SourceTable {
  name: string;
  /** Opaque: the source's own. */
  cursor: string | null;
  last_attempt: string | null;
  /** When it was last read to its end. */
  last_success: string | null;
  /** When it last gave a mail. */
  last_mail: string | null;
  next_attempt: string | null;
  /** What was left to read when last heard of, in units of the source; null if it does not tell. */
  behind: number | null;
  /** In a row. */
  failures: number;
  error_code: string | null;
  error: string | null;
  error_remedy: string | null;
  error_at: string | null;
  /** Mails that it had and we had not, when that was last looked at. */
  holes: number | null;
  audited_at: string | null;
}

export interface TrackerEvidenceTable {
  /** Message.id of the mail that it is about, which need not be here. */
  message_key: string;
  tracker: string;
  kind: 'state' | 'check';
  /** Of a check; '' for a state. */
  context: string;
  /** The state, or the check's result. */
  word: string;
  describes: string;
  url: string | null;
  said_by: string | null;
  at: string;
}
