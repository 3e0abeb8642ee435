import { versionNumber } from '../text/bounded-number.js';
import type { Versioned, VersionName } from './version-name.js';

/** A version's name in an address: `v1`, `rfc-v2`, `v3-resent`. */
export function versionSlug({ version, rfc, resend }: Versioned): string {
  return `${rfc ? 'rfc-' : ''}v${version}${resend ? '-resent' : ''}`;
}

/** Reads it back; null if it is none. */
export function readVersionSlug(slug: string): VersionName | null {
  const found = /^(rfc-)?v(\d{1,4}(?:\.\d{1,3})?)(-resent)?$/i.exec(slug);
  const version = versionNumber(found?.[2]);
  if (found === null || version === null) return null;
  return { version, rfc: found[1] !== undefined, resend: found[3] !== undefined };
}
