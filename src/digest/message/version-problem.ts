import type { Problem } from '../mail/mail.js';

/** The problem of a letter that claims another version than its subject leaves unsaid (the seeds' `v2:` below no v2). */
export function versionProblem(
  bodyVersion: number | null,
  version: number,
  inferred: boolean,
): Problem | null {
  if (bodyVersion === null || !inferred || bodyVersion === version) return null;
  return {
    code: 'version-in-body',
    detail: `the subject names no version, the text speaks of v${bodyVersion}`,
  };
}
