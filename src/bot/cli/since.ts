import { UserError } from '../../digest/failure/failure.js';
import { parseMoment } from '../../digest/time/parse-moment.js';

/** `--since` of commands that read lists: ISO UTC, null for `all`. Throws UserError where it is no moment. */
export function sinceOf(text: string, nowMs: number, zone: string): string | null {
  if (text === 'all') return null;
  const since = parseMoment(text, nowMs, zone);
  if (since !== null) return since;
  throw new UserError('usage', `--since can’t be “${text}”.`, 'Write 90d, 2026-01-01 or all.');
}
