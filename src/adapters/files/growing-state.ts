import { basename } from 'node:path';
import type { GrowingCursor } from './growing-cursor.js';
import type { Past } from './growing-mbox.js';
import type { Visited } from './walk.js';

/** Clocks of file systems are coarse, and those of servers differ a little. */
const SLACK_MS = 10_000;

export type File = Extract<Visited, { kind: 'file' }>;

export type GrowingState = ReturnType<typeof createGrowingState>;

/** What was read: places in mboxes, and when the newest of the files that are read whole changed. */
export function createGrowingState(from: GrowingCursor) {
  const mboxes = new Map(Object.entries(from.mboxes));
  const recent = new Map(from.recent);
  let changed = from.changed;
  let leftAt = Number.POSITIVE_INFINITY;
  let { isFirst } = from;
  const { since } = from;
  return {
    get past(): Past {
      return { since, isFirst };
    },
    /** All that there was has been read. */
    endFirst(): void {
      isFirst = false;
    },
    placeOf: (key: string) => mboxes.get(key) ?? null,
    setPlace: (key: string, place: GrowingCursor['mboxes'][string]) => void mboxes.set(key, place),
    isChanged(file: File, now: number): boolean {
      const { ctimeMs } = file.stats;
      // A clock that was set back must not hide mail until it has caught up.
      if (ctimeMs < Math.min(changed, now) - SLACK_MS) return false;
      const before = recent.get(nameOf(file));
      return before === undefined || (!file.isDelivered && before !== ctimeMs);
    },
    markRead(file: File): void {
      recent.set(nameOf(file), file.stats.ctimeMs);
      changed = Math.max(changed, Math.min(file.stats.ctimeMs, leftAt));
    },
    /** It may be written to still: it is met again. */
    leave(file: File): void {
      leftAt = Math.min(leftAt, file.stats.ctimeMs);
    },
    text(): string {
      for (const [name, at] of recent) if (at < changed - 2 * SLACK_MS) recent.delete(name);
      const read = { mboxes: Object.fromEntries(mboxes), changed, recent: [...recent] };
      return JSON.stringify({ ...read, since, isFirst } satisfies GrowingCursor);
    },
  };
}

/** A Maildir's mail keeps its name up to the colon, wherever it is moved and whichever flags it gets. */
function nameOf(file: File): string {
  const name = basename(file.path);
  return file.isDelivered ? (name.split(':')[0] ?? name) : file.where;
}
