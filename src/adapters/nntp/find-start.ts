import { DAY_MS } from '../../digest/time/iso.js';
import type { Group, NntpClient } from './client.js';

/** Mail is delayed, and clocks are wrong: this much more is read. */
const MARGIN_MS = 2 * DAY_MS;
const WINDOW = 40;
const WIDE_WINDOW = 4_000;
/** A group of a million articles takes 20 steps. */
const MAX_PROBES = 40;

/**
 * The number from which to read, so that mail received since a moment is not missed. Numbers are in order of arrival but the server
 * tells only what the mail's Date says, and that may lie: so the middle Date of a few neighbors is what counts.
 */
export async function findStart(client: NntpClient, group: Group, sinceMs: number): Promise<number> {
  let from = group.low;
  let to = group.high + 1;
  for (let probes = 0; probes < MAX_PROBES && to - from > WINDOW; probes++) {
    const middle = from + Math.floor((to - from) / 2);
    const date = await middleDate(client, middle, Math.min(to - 1, group.high));
    // There is nothing from there on, or it is unknown: search further back, which at worst reads more.
    if (date === null || date >= sinceMs - MARGIN_MS) to = middle;
    else from = middle;
  }
  return from;
}

/** The middle Date of the next few articles from a number on; null if there are none. */
async function middleDate(client: NntpClient, from: number, limit: number): Promise<number | null> {
  for (const width of [WINDOW, WIDE_WINDOW]) {
    const dates = await client.dates(from, Math.min(limit, from + width - 1));
    if (dates.length > 0) return dates.sort((a, b) => a - b)[Math.floor(dates.length / 2)] ?? null;
  }
  return null;
}
