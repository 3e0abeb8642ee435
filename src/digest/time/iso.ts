/** Milliseconds since 1970 as the ISO text that this project keeps: UTC, seconds, `Z`. */
export function toIso(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** The latest of some times in that form; null if none is known. */
export function latestOf(times: readonly (string | null | undefined)[]): string | null {
  return times.reduce<string | null>(
    (last, time) => (time != null && (last === null || time > last) ? time : last),
    null,
  );
}

/** How much later one time is than another, in milliseconds; null if either is unknown. */
export function gapMs(later: string | null, earlier: string | null): number | null {
  return later === null || earlier === null ? null : Date.parse(later) - Date.parse(earlier);
}

/** Lengths of time in milliseconds. A day is always 24 hours. */
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `2026-11-16 18:00 UTC`: an ISO UTC time for people, where no zone is known. */
export function minuteText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
