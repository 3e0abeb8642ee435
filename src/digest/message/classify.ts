import type { Mail } from '../mail/mail.js';
import type { Subject } from '../mail/subject/subject.js';
import { parseTrailers } from '../trailer/parse-trailers.js';
import type { MessageKind } from './message.js';

/** What the kind of a mail depends on besides its headers. */
export interface Contents {
  /** The text, or what stands before its diff. */
  readonly text: string;
  readonly hasDiff: boolean;
  readonly bot: boolean;
}

/**
 * What a mail is. A reply is known by its marker or by what it answers; a reply with a diff stays a reply, but
 * an unmarked diff in a thread is a patch. 0/N is a cover whatever else it holds. Notices of bots are replies
 * where they answer something: their subjects look like patches, they are none.
 */
export function classify(mail: Mail, subject: Subject, contents: Contents): MessageKind {
  if (subject.reply) return 'reply';
  const answers = mail.inReplyTo.length > 0 || mail.references.length > 0;
  const tagged = subject.patch && contents.hasDiff;
  // The kernel test robot posts patches of its own.
  if (subject.forwarded || isNotice(subject) || (contents.bot && !tagged)) return answers ? 'reply' : 'other';
  if (answers && !contents.hasDiff && isAnswer(subject, contents.text)) return 'reply';
  // 0/1 and 0/n too.
  if (subject.index === 0) return 'cover';
  if (contents.hasDiff && (subject.patch || !asksForTest(contents.text))) return 'patch';
  if (subject.pull || isPullRequest(contents.text)) return 'pull';
  if (subject.patch && subject.index !== null) return 'patch';
  if (isPatchset(subject) || ((subject.patch || !answers) && isListing(contents.text))) return 'cover';
  return answers ? 'reply' : 'other';
}

/** Whether a tagged mail without a diff answers another, though no `Re:` says so (b4 met such reviews). */
function isAnswer(subject: Subject, text: string): boolean {
  if (!subject.patch || isListing(text)) return false;
  if (/^\s{0,20}>/.test(text) || text.includes('wrote:\n>') || text.includes('wrote:\n\n>')) return true;
  const trailers = parseTrailers(text, 'reply');
  // A cover may well hold tags that earlier versions earned; a letter of tags alone is a review.
  return subject.index === 0 ? trailers.length > 0 && text.trim().length < 300 : trailers.length > 0;
}

/** `[RFC][PATCHES] x`, `[PATCHSET v2] x`: the letter of a series, though it does not count. */
function isPatchset(subject: Subject): boolean {
  return (
    subject.patch &&
    subject.index === null &&
    /^(?:\[[^\]]{0,60}\] ?)?\[[^\]]{0,60}\bpatch(?:es|set)\b/i.test(subject.raw)
  );
}

/** `[tip: x86/urgent] x`, `[merged] x.patch removed from -mm tree`, `Patch "x" has been added to the 6.1-stable tree`. */
function isNotice(subject: Subject): boolean {
  const raw = subject.raw;
  return (
    /^\[tip: ?[\w/.-]+\]/.test(raw) ||
    / \S{1,200}\.patch (?:removed from|added to) /.test(` ${raw}`) ||
    /^(?:FAILED: )?patch "/i.test(raw) ||
    /^\[patch added to /i.test(raw)
  );
}

/** `#syz test: …` hands the diff to a bot; nobody is asked to take it. */
function asksForTest(text: string): boolean {
  return text.startsWith('#syz test') || text.includes('\n#syz test');
}

/** A pull request by its text: `git request-pull` writes these two lines. */
function isPullRequest(text: string): boolean {
  const at = text.indexOf('The following changes since commit ');
  return at >= 0 && text.indexOf('vailable in the', at) >= 0;
}

/** Whether the text holds what git writes into cover letters: a diffstat's total or a shortlog. */
function isListing(text: string): boolean {
  return hasLine(text, ' changed', isTotal) || hasLine(text, '):\n  ', isShortlogHeading);
}

/** Whether a line with `part` in it passes; each such line is looked at once. */
function hasLine(text: string, part: string, passes: (line: string) => boolean): boolean {
  let at = text.indexOf(part);
  while (at >= 0) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(text.lastIndexOf('\n', at) + 1, end);
    if (line.length < 120 && passes(line)) return true;
    at = text.indexOf(part, end);
  }
  return false;
}

/** `5 files changed, 18 insertions(+), 8 deletions(-)`. */
function isTotal(line: string): boolean {
  return /^ {0,2}\d{1,6} files? changed(?:, \d{1,8} \w{8,10}\([+-]\)){0,2}\s*$/.test(line);
}

/** `Jane Doe (3):`. */
function isShortlogHeading(line: string): boolean {
  return /^\S[^:]{0,80} \(\d{1,4}\):$/.test(line);
}
