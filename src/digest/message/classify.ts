import type { Subject } from '../subject/types.js';
import type { Mail } from './mail.js';
import type { MessageKind } from './message.js';

/** What the text of a mail holds, as far as its kind depends on it. */
export interface Contents {
  readonly hasDiff: boolean;
  /** Shortlog or diffstat: the text is a cover letter's or a pull request's. */
  readonly hasListing: boolean;
  readonly pullRequest: boolean;
  readonly bot: boolean;
}

/**
 * What a mail is. A reply is known by its marker or by what it answers; a reply with a diff stays a reply, but
 * an unmarked diff in a thread is a patch. 0/N is a cover whatever else it holds. Notices of bots are replies
 * where they answer something: their subjects look like patches, they are none.
 */
export function classify(mail: Mail, subject: Subject, contents: Contents): MessageKind {
  const answers = mail.inReplyTo.length > 0 || mail.references.length > 0;
  if (subject.reply) return 'reply';
  if (subject.forwarded || contents.bot || isNotice(subject)) return answers ? 'reply' : 'other';
  // 0/1 and 0/n too.
  if (subject.index === 0) return 'cover';
  if (contents.hasDiff) return 'patch';
  if (subject.pull || contents.pullRequest) return 'pull';
  if (subject.patch && subject.index !== null) return 'patch';
  if (isPatchset(subject) || (contents.hasListing && (subject.patch || !answers))) return 'cover';
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

/** Whether the text holds what git writes into cover letters: a diffstat's total or a shortlog's heading with patches below. */
export function isListing(text: string): boolean {
  return (
    /^ {0,2}\d{1,6} files? changed(?:, \d{1,8} \w{9}s?\([+-]\)){0,2}[ \t]*$/m.test(text) || hasShortlog(text)
  );
}

function hasShortlog(text: string): boolean {
  const heading = /^\S[^\n:]{0,80} \(\d{1,4}\):\n {2}\S/m.exec(text);
  return heading !== null;
}
