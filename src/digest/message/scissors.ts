import { readBodyHeaders } from '../mail/body-headers.js';
import type { Mail } from '../mail/mail.js';
import type { Subject } from '../mail/subject/subject.js';
import type { FoundDiff } from './find-diff.js';

/** Longer lines are not scissors. */
const LONGEST_LINE = 200;

/** What git writes first into a patch's file; mbox writers put a `>` before it. */
const PASTED = /^>?From [0-9a-f]{40} Mon Sep 17 00:00:00 2001$/m;

/**
 * The patch that a mail holds below scissors, or pasted completely below the discussion: `git am --scissors` takes it from there, and many
 * post so in the middle of a discussion. Its text before the diff; null if nothing below is a whole patch. With its own `Subject:` it is
 * one; without, it is a new version of the single patch that it answers, if it is signed.
 */
export function cutAtScissors(mail: Mail, subject: Subject, found: FoundDiff): { text: string } | null {
  if (found.diff === null || found.attached || subject.forwarded) return null;
  if (!subject.reply && mail.inReplyTo.length === 0 && mail.references.length === 0) return null;
  const at = indexBelowScissors(mail.text, found.before.length);
  const below = at < 0 ? found.before : found.before.slice(at);
  const pasted = below.search(PASTED);
  if (at < 0 && pasted < 0) return null;
  const text = below.slice(Math.max(0, pasted));
  if (readBodyHeaders(text).subject !== null) return { text };
  if (!subject.patch || subject.index !== null || /^[>|]/m.test(text)) return null;
  return /^Signed-off-by: /im.test(text) ? { text } : null;
}

/**
 * Where the text below the last scissors line begins that is before `end`; -1 if there is none. Everything above is discussion:
 * `git am --scissors` drops it.
 */
function indexBelowScissors(text: string, end: number): number {
  let below = -1;
  for (const mark of ['>8', '8<', '%<', '>%', '✂']) {
    for (let at = text.indexOf(mark); at >= 0 && at < end; at = text.indexOf(mark, at + 1)) {
      const start = text.lastIndexOf('\n', at) + 1;
      const found = text.indexOf('\n', at);
      const lineEnd = found < 0 ? text.length : found;
      if (lineEnd < end && lineEnd - start < LONGEST_LINE && isScissors(text.slice(start, lineEnd)))
        below = Math.max(below, lineEnd + 1);
      // One look at each line.
      at = lineEnd;
    }
  }
  return below;
}

/** `-- >8 --`, `---8<---cut here---`: git's rule, a third of the line is dashes and scissors, with at least one of each. */
function isScissors(line: string): boolean {
  const text = line.trim();
  if (!/^(?:-|>8|8<|>%|%<|✂)/.test(text)) return false;
  const scissors = text.match(/>8|8<|>%|%<|✂/g)?.length ?? 0;
  const dashes = text.match(/-/g)?.length ?? 0;
  return scissors > 0 && dashes > 0 && (scissors * 2 + dashes) * 3 >= text.length;
}
