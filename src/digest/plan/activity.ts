import type { SeriesRecord, StandingVerdict } from '../series/record.js';
import type { StateEvidence } from '../state/outcome.js';

/** One series with its mail received in a window of time: what a digest is built from. */
export interface SeriesActivity {
  readonly series: SeriesRecord;
  /** Ids (RevisionRecord.id) of the revisions whose first member was received in the window. */
  readonly arrived: readonly string[];
  /** Replies received in the window, bots left out. */
  readonly replies: {
    readonly count: number;
    readonly people: number;
    readonly messageIds: readonly string[];
  };
  /** Another revision of it was reported before, so it is not a new series, whichever version arrived; absent: no. */
  readonly reportedBefore?: boolean;
  /** What it waits for, in words, even if no mail was received; absent: it is not here for that. */
  readonly waits?: string;
  /** What programs found that is worth a message; absent: nothing, or not relevant here. */
  readonly verdicts?: readonly StandingVerdict[];
  /** The evidence of state whose mail was received in the window. */
  readonly evidence: readonly StateEvidence[];
}
