/**
 * The numbers from a mail, or from a server's answer, that are used. Each is read here, and is null beyond its bound: unknown,
 * never cut down to something that was not written. No other number from outside may decide how often a loop runs or how long a list is.
 */

/** The number of digits that a double always holds exactly: 2^53 has 16. Longer runs are not even converted. */
const MAX_DIGITS = 15;

/**
 * Patches in a posting, and the number of one of them. The longest ever posted have some hundreds; four digits are what git, b4 and
 * patchwork write at most.
 */
const MAX_PATCHES = 9_999;

/** Patches that one sentence names one by one (`patches 1-30`); above it, it names none. */
export const MAX_NAMED_PATCHES = 200;

/** Versions of a series: the highest known is below 100. Changelogs rank by it (changelog-version.ts). */
const MAX_VERSION = 999;

/** Files in a diffstat: the kernel has 90,000. */
export const MAX_CHANGED_FILES = 999_999;

/** Lines in a diffstat: the kernel has 40 million. */
export const MAX_CHANGED_LINES = 99_999_999;

/** Lines of one hunk: more than the largest mail that is read can hold. */
export const MAX_HUNK_LINES = 999_999_999;

/** Article numbers of NNTP (RFC 3977, 6). Beyond 2^53 a loop over them would never advance. */
export const MAX_ARTICLE_NUMBER = 2_147_483_647;

/** UIDs of IMAP are unsigned 32-bit numbers (RFC 9051, 2.3.1.1). */
export const MAX_IMAP_UID = 4_294_967_295;

/** Epochs of an archive: linux-kernel's, the largest, has 18 after 25 years. */
export const MAX_EPOCH = 999;

/** Times are between 1970 and 2099: anything else from a source is a broken clock, and would hide every later mail. */
export const MAX_INSTANT_MS = Date.UTC(2100, 0, 1) - 1;

/** A number of digits alone, from 0 to `most`; null for every other text. */
export function wholeNumber(text: string | undefined, most: number): number | null {
  if (text === undefined || text.length > MAX_DIGITS || !/^\d+$/.test(text)) return null;
  const number = Number(text);
  return number <= most ? number : null;
}

/** The number of a patch, or of the patches of a posting; null if no posting can have that many. */
export function patchNumber(text: string | undefined): number | null {
  return wholeNumber(text, MAX_PATCHES);
}

/** `3`, `5.1`; null if no series can have a version that high. */
export function versionNumber(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,4}(?:\.\d{1,3})?$/.test(text)) return null;
  const version = Number(text);
  return Math.floor(version) <= MAX_VERSION ? version : null;
}

/** Milliseconds since 1970 of a date that a server wrote; null if it is none between 1970 and 2099. */
export function instantMs(text: string): number | null {
  const time = Date.parse(text);
  return time >= 0 && time <= MAX_INSTANT_MS ? time : null;
}
