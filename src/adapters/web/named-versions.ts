import { UserError } from '../../digest/failure/failure.js';
import type { VersionName } from '../../digest/series/version-name.js';
import { readVersionSlug } from '../../digest/series/version-slug.js';

/** `v1..v3`. Throws UserError. */
export function readPair(pair: string): readonly VersionName[] {
  const [from = '', to = '', ...more] = pair.split('..');
  if (more.length > 0) throw notAVersion(pair);
  return [readName(from), readName(to)];
}

/** `rfc-v2`. Throws UserError. */
export function readName(slug: string): VersionName {
  const name = readVersionSlug(slug);
  if (name === null) throw notAVersion(slug);
  return name;
}

function notAVersion(text: string): UserError {
  return new UserError('usage', `“${text.slice(0, 40)}” is not a version.`, 'Write v1, rfc-v2 or v3-resent.');
}
