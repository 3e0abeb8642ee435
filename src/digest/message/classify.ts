import type { Subject } from '../subject/types.js';
import type { Mail } from './mail.js';
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
  if (subject.forwarded || contents.bot || isNotice(subject)) return answers ? 'reply' : 'other';
  // 0/1 and 0/n too.
  if (subject.index === 0) return 'cover';
  if (contents.hasDiff) return 'patch';
  if (subject.pull || isPullRequest(contents.text)) return 'pull';
  if (subject.patch && subject.index !== null) return 'patch';
  if (isPatchset(subject) || ((subject.patch || !answers) && isListing(contents.text))) return 'cover';
  return answers ? 'reply' : 'other';
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
    / (?:removed from|added to) (?:the )?[\w.-]{1,60}(?: tree| branch)?$/.test(raw) ||
    /^(?:FAILED: )?patch "/i.test(raw) ||
    /^\[patch added to /i.test(raw)
  );
}

/** A pull request by its text: `git request-pull` writes these two lines. */
export function isPullRequest(text: string): boolean {
  const at = text.indexOf('The following changes since commit ');
  return at >= 0 && text.indexOf('vailable in the', at) >= 0;
}

/** Whether the text holds what git writes into cover letters: a diffstat's total or a shortlog. */
export function isListing(text: string): boolean {
  return hasLine(text, ' changed', isTotal) || hasLine(text, '):\n  ', isShortlogHeading);
}

/** Whether a line with `part` in it passes; the line is handed over without its end. */
function hasLine(text: string, part: string, passes: (line: string) => boolean): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const end = text.indexOf('\n', at);
    const line = text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end);
    if (line.length < 120 && passes(line)) return true;
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
