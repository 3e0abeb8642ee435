import { z } from 'zod';
import { UserError } from '../../digest/failure/failure.js';
import type { VersionName } from '../../digest/series/version-name.js';
import { readVersionSlug } from '../../digest/series/version-slug.js';

/** Arguments that several tools take. */

export const seriesInput = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe('A series: its id, a Message-ID or a link of any of its mails, or words of its title.');

export const pageInput = z.number().int().min(1).max(1_000).default(1).describe('The page of the answer.');

export const versionInput = (does: string) =>
  z.string().trim().max(40).optional().describe(`${does}, such as v3, RFC v2 or v3-resent.`);

/** `RFC v2`, `rfc-v2`, `v3 resent`. Throws UserError. */
export function readVersion(typed: string): VersionName {
  const name = readVersionSlug(typed.replaceAll(/\s+/g, '-'));
  if (name !== null) return name;
  throw new UserError('usage', `“${typed}” is not a version.`, 'Write v1, RFC v2 or v3-resent.');
}
