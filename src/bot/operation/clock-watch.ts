import { CLOCK_TOLERANCE_MS } from '../../adapters/store/future-times.js';
import type { Store } from '../../adapters/store/store.js';
import type { ChatPlatform } from '../../digest/ports/chat-platform.js';
import type { Log } from '../../digest/ports/log.js';
import { count } from '../../digest/text/count.js';
import { MINUTE_MS, toIso } from '../../digest/time/iso.js';
import { platforms } from '../platforms.js';
import type { Health } from './http-server.js';

export interface ClockWatchSetting {
  readonly store: Pick<Store, 'correctTimes'>;
  readonly chats: () => Iterable<Pick<ChatPlatform, 'name' | 'time'>>;
  /** Milliseconds since 1970, by our own clock. */
  readonly now: () => number;
  readonly log: Log;
}

/** Looks after the clock: it may be set while covernote runs, or have been wrong before. */
export interface ClockWatch {
  /** Before each tick: after a start and whenever the clock went back, what it left in the future is corrected. */
  check(): Promise<void>;
  /** For /healthz. */
  health(): Health;
}

/** Slack's signed requests are refused when the clocks differ by more, and digests are noticeably off. */
const WRONG_MS = 5 * MINUTE_MS;

export function createClockWatch({ store, chats, now, log }: ClockWatchSetting): ClockWatch {
  /** The latest moment that was seen while all was well; null: the database has not been looked at yet. */
  let checkedMs: number | null = null;
  let behind = false;
  let last: { readonly at: string; readonly rows: number } | null = null;

  const apart = (): { chat: string; aheadMs: number } | null => {
    for (const chat of chats()) {
      const theirs = chat.time();
      if (theirs !== null && Math.abs(now() - theirs) > WRONG_MS)
        return { chat: platforms[chat.name].label, aheadMs: now() - theirs };
    }
    return null;
  };

  return {
    async check() {
      const nowMs = now();
      if (checkedMs !== null && nowMs >= checkedMs - CLOCK_TOLERANCE_MS) {
        checkedMs = Math.max(checkedMs, nowMs);
        return;
      }
      // A clock that is wrong now cannot correct anything: the next tick tries again.
      if (apart() !== null) return;
      const found = await store.correctTimes(nowMs);
      behind = found.behind;
      if (behind) return;
      checkedMs = nowMs;
      if (found.rows === 0) return;
      last = { at: toIso(nowMs), rows: found.rows };
      log.warn({ rows: found.rows, ...found.corrected }, 'clock.times_corrected');
    },
    health() {
      const off = apart();
      return {
        problems: [...(off === null ? [] : [differs(off.chat, off.aheadMs)]), ...(behind ? [BEHIND] : [])],
        facts: { clockCorrectedAt: last?.at ?? null, clockCorrectedRows: last?.rows ?? 0 },
      };
    },
  };
}

const BEHIND =
  'The clock of this computer is behind: mail was received later than it says it is now. Set it right (NTP).';

function differs(chat: string, aheadMs: number): string {
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return `The clock of this computer is ${inWords(Math.abs(aheadMs))} ${way} ${chat}'s: digests come at the wrong time. Set it right (NTP).`;
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 120) return count(minutes, 'minute');
  return minutes < 48 * 60
    ? count(Math.round(minutes / 60), 'hour')
    : count(Math.round(minutes / 1440), 'day');
}
