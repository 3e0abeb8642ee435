import { oneLine, shorten } from '../text/inert.js';

/** A patchwork instance's statement about a patch, a cover or a series. */
export interface TrackerEvidence {
  /** The mail that it is about. */
  readonly messageId: string;
  /** `https://HOST/project/NAME`: where the statement is from. */
  readonly tracker: string;
  readonly what:
    | {
        readonly kind: 'state' /** The tracker's own term: `accepted`, `changes-requested` … */;
        readonly state: string;
      }
    | {
        readonly kind: 'check';
        readonly context: string;
        readonly result: 'pending' | 'success' | 'warning' | 'fail';
        readonly describes: string;
        readonly url: string | null;
      };
  /** Who set it there; null if unknown. */
  readonly by: string | null;
  /** ISO UTC. */
  readonly at: string;
}

/** The host of a tracker, for people. */
export function trackerHost(tracker: string): string {
  return URL.canParse(tracker) ? new URL(tracker).host : shorten(oneLine(tracker), 60);
}
