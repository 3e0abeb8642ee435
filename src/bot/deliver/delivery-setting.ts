import type { Outbox } from '../../adapters/store/chat/outbox.js';
import type { Locks } from '../../adapters/store/engine/locks.js';
import type { PartContent } from '../../digest/plan/part-content.js';
import type { ChatPlatform } from '../../digest/ports/chat-platform.js';
import type { Log } from '../../digest/ports/log.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../digest/time/iso.js';
import type { RetryPolicy } from '../../digest/time/retry-delay.js';
import type { Action } from '../../digest/view/action.js';
import type { View } from '../../digest/view/view.js';
import type { DeliveryMetrics } from '../operation/metrics.js';

export interface DeliverySetting {
  readonly outbox: Outbox;
  readonly platforms: readonly ChatPlatform[];
  /** What a part shows. Pure. */
  readonly show: (content: PartContent) => { readonly view: View; readonly actions: readonly Action[] };
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends early, quietly, when the signal is given. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: DeliveryMetrics;
  /** Held while posted messages are edited: of two processes the slower one would show what was there before. */
  readonly locks?: Locks;
  /** Messages under way at a time; three quarters for first tries, the rest for what failed before. */
  readonly concurrency?: number;
}

/**
 * Between two tries to send or edit. A chat that asks for more than an hour is tried again then: no retry is scheduled further
 * ahead.
 */
export const RETRIES: RetryPolicy = {
  firstMs: 2 * SECOND_MS,
  longestMs: 15 * MINUTE_MS,
  longestRequestedMs: HOUR_MS,
  spread: [1, 1.5],
};
