import type { Problem } from '../mail/mail.js';
import { MOST_REVISIONS } from '../text/limits.js';
import type { RevisionRecord } from './record.js';

/** What the bounds in `limits.ts` left out of a series, in words for its card. `unread`: replies with content that were not read. */
export function describeCuts(revisions: readonly RevisionRecord[], unread: number): Problem[] {
  const problems: Problem[] = [];
  const number = (n: number): string => n.toLocaleString('en-US');
  if (unread > 0) {
    const detail = `Reviews and decisions in ${number(unread)} more replies are not counted.`;
    problems.push({ code: 'replies-not-read', detail });
  }
  for (const revision of revisions) {
    if (revision.uncounted === undefined) continue;
    const detail = `${number(revision.uncounted)} more review tags of v${revision.version} are not counted.`;
    problems.push({ code: 'tags-not-counted', detail });
  }
  if (revisions.length >= MOST_REVISIONS) {
    const detail = `Only ${MOST_REVISIONS} versions are shown together: any others are series of their own.`;
    problems.push({ code: 'versions-apart', detail });
  }
  return problems;
}
