/** How a source fares. Times are ISO UTC; null is what is not known. */
export interface SourceStatus {
  readonly name: string;
  /** `new`: never read. `failing`: the last reading failed. `file`: read whole, not followed. */
  readonly state: 'new' | 'fine' | 'failing' | 'file';
  /** Seconds since it was last read to its end. */
  readonly lagSeconds: number | null;
  /** What was left to read when it last reported, in units of the source. */
  readonly behind: number | null;
  readonly lastSuccess: string | null;
  readonly lastAttempt: string | null;
  readonly lastMail: string | null;
  readonly nextAttempt: string | null;
  readonly failures: number;
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** '' where only time helps. */
    readonly remedy: string;
    readonly at: string;
  } | null;
  /** Over the last seven days. */
  readonly mailsPerDay: number;
  /** Mails that the source has and the database lacks, at the last `--audit`. */
  readonly holes: { readonly count: number; readonly at: string } | null;
  /** Mails that are not read any more: they ended or stalled reading twice. */
  readonly quarantined: number;
}

/** Mails in quarantine, whatever their source; oldest first. */
export interface QuarantineStatus {
  readonly count: number;
  /** The first 100. */
  readonly mails: readonly {
    /** Hex, of the mail as its source gave it. */
    readonly hash: string;
    readonly source: string;
    readonly where: string;
    /** It ended the process or the reader, stalled it, or covernote failed on it. */
    readonly reason: 'killed' | 'stalled' | 'failed';
    readonly detail: string;
    readonly at: string;
  }[];
}

/** What an audit of a source found. */
export interface SourceAudit {
  readonly name: string;
  /** Mails that the source lists; null where it cannot say. */
  readonly listed: number | null;
  /** The first 100 that are not here. */
  readonly missing: readonly string[];
  readonly holes: number | null;
  /** With `--fill`: how many of them are here now. */
  readonly filled: number | null;
  readonly problem: string | null;
}
