import { versionNumber } from '../text/bounded-number.js';

/** A posting as people name it: `v3`, `RFC v2`, `v5.1`, `RESEND v13`. */
export interface VersionName {
  readonly version: number;
  readonly rfc: boolean;
  readonly resend: boolean;
}

/** What the name of a posting is made from. */
export interface Versioned {
  readonly version: number;
  readonly rfc: boolean;
  readonly resend: boolean;
}

/** A version by its name, also the first: `v1`, `RFC v2`, `v3 (resent)`. */
export function versionName(revision: Versioned): string {
  return `${revision.rfc ? 'RFC ' : ''}v${revision.version}${revision.resend ? ' (resent)' : ''}`;
}

const MOST_NAMES = 2;

/**
 * Removes up to two names of versions from the end of a query: `foll_pin RFC v2 v5.1` asks for `foll_pin`, and names
 * RFC v2 and v5.1. Words alone are a question without names, and so are names alone.
 */
export function splitVersions(question: string): { query: string; names: readonly VersionName[] } {
  const words = question.trim().split(/\s+/);
  const names: VersionName[] = [];
  let end = words.length;
  while (names.length < MOST_NAMES) {
    const named = nameBefore(words, end);
    // At least one word must be left to look for.
    if (named === null || named.start === 0) break;
    names.unshift(named.name);
    end = named.start;
  }
  return { query: words.slice(0, end).join(' '), names };
}

/** The name that ends before a word; null if there is none. */
function nameBefore(words: readonly string[], end: number): { name: VersionName; start: number } | null {
  const word = end > 0 ? (words[end - 1] ?? '') : '';
  const found = /^(rfc-?)?v(\d{1,4}(?:\.\d{1,3})?)$/i.exec(word);
  const version = versionNumber(found?.[2]);
  if (found === null || version === null) return null;
  let rfc = found[1] !== undefined;
  let resend = false;
  let start = end - 1;
  for (; start > 0; start--) {
    const mark = (words[start - 1] ?? '').toLowerCase();
    if (mark === 'rfc') rfc = true;
    else if (mark === 'resend' || mark === 'resent') resend = true;
    else break;
  }
  return { name: { version, rfc, resend }, start };
}

/**
 * The posting that a name means, of postings oldest first; null if there is none. A version that was sent again is
 * its first sending under its own name, unless the resend does not say so: then the last. `v4` means RFC v4 if there is no other v4.
 */
export function findVersion<T extends Versioned>(postings: readonly T[], name: VersionName): T | null {
  const numbered = postings.filter((one) => one.version === name.version);
  const staged = numbered.filter((one) => one.rfc === name.rfc);
  const fitting = staged.length > 0 || name.rfc ? staged : numbered;
  if (name.resend)
    return fitting.length > 1 ? (fitting.at(-1) ?? null) : (fitting.find((one) => one.resend) ?? null);
  return fitting.findLast((one) => !one.resend) ?? fitting.at(-1) ?? null;
}

/** The two postings to compare if none is named: the newest, and the newest of another version before it. */
export function newestTwo<T extends Versioned>(postings: readonly T[]): readonly [T, T] | null {
  const newer = postings.at(-1);
  return newer === undefined ? null : pairWith(postings, newer);
}

/** A posting and what to compare it with if only one is named: the newest; for the newest, the version before. */
export function pairWith<T extends Versioned>(postings: readonly T[], named: T): readonly [T, T] | null {
  const newest = postings.at(-1);
  if (newest !== undefined && newest !== named) return [named, newest];
  const before = postings.slice(0, postings.indexOf(named));
  const other =
    before.findLast((one) => one.version !== named.version || one.rfc !== named.rfc) ?? before.at(-1);
  return other === undefined ? null : [other, named];
}
