/** What the supervisor requests of a reader: a number of mails from an iteration on, also stored in the database if `ingest` is set. */
export interface Job {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly ingest: boolean;
}

/** Something that must not happen. */
export interface Finding {
  /** The mail that it happened on; null if it took several. */
  readonly iteration: number | null;
  readonly code: string;
  readonly detail: string;
}

/** What became of a job: every mail is accounted for. */
export interface Report {
  readonly mails: number;
  readonly bytes: number;
  readonly ingested: {
    readonly read: number;
    readonly new: number;
    readonly known: number;
    readonly skipped: number;
  };
  readonly rendered: number;
  /** How many mails each mutation made. */
  readonly mutations: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}
