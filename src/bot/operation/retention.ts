import type { Log } from '../../digest/ports/log.js';
import { toIso } from '../../digest/time/iso.js';
import { DAY_MS } from '../../digest/time/units.js';

export interface RetentionSetting {
  /** null: everything is kept. */
  readonly days: number | null;
  readonly dropBodies: (before: string) => Promise<number>;
  readonly log: Log;
}

/** Drops the raw bodies of mail that is older than so many days. What was understood of it, and what was delivered, stays. */
export async function retain({ days, dropBodies, log }: RetentionSetting, nowMs: number): Promise<number> {
  if (days === null) return 0;
  const dropped = await dropBodies(toIso(nowMs - days * DAY_MS));
  if (dropped > 0) log.info({ count: dropped, days }, 'retention.bodies_dropped');
  return dropped;
}
