import type { Address, Mail } from '../mail/mail.js';
import { samePerson } from '../mail/same-person.js';
import type { Subject } from '../mail/subject/subject.js';
import { parseTrailers } from '../trailer/parse-trailers.js';
import type { MessageKind } from './message.js';
import { isNotice } from './notices.js';

/** What the kind of a mail depends on in addition to its headers. */
export interface Contents {
  /** The text, or what is before its diff. */
  readonly text: string;
  readonly hasDiff: boolean;
  /** The diff is in an attachment. */
  readonly attached: boolean;
  /** The diff is in files, as `mayPostFiles` expects of a new version. */
  readonly inFiles: boolean;
  /** A patch below scissors, with its own subject. */
  readonly cutOut: boolean;
  readonly bot: boolean;
  readonly sender: Address;
}

/**
 * What a mail is. A reply is known by its marker or by what it answers; a reply with a diff stays a reply unless it is a whole patch
 * (`postsPatch`), but an unmarked diff in a thread is a patch. 0/N is a cover whatever else it holds. Notices are replies if they answer
 * something: their subjects only look like patches.
 */
export function classify(mail: Mail, subject: Subject, contents: Contents): MessageKind {
  const { text, hasDiff } = contents;
  if (contents.cutOut) return 'patch';
  if (subject.reply)
    return !contents.bot && (contents.inFiles || postsPatch(subject, contents)) ? 'patch' : 'reply';
  const answers = mail.inReplyTo.length > 0 || mail.references.length > 0;
  const tagged = subject.patch && hasDiff;
  // The kernel test robot posts its own patches.
  if (subject.forwarded || isNotice(subject, text) || (contents.bot && !tagged))
    return answers ? 'reply' : 'other';
  if (answers && !hasDiff && isAnswer(subject, contents)) return 'reply';
  // 0/1 and 0/n too.
  if (subject.index === 0) return 'cover';
  // `[PULL 01/23] x` is a patch of a pull request; tip's requests carry the whole diff.
  if (subject.index === null && (subject.pull || (!subject.patch && isPullRequest(text)))) return 'pull';
  if (hasDiff && (subject.patch || !isOnlyShown(subject, contents))) return 'patch';
  if (subject.pull || isPullRequest(text)) return 'pull';
  if (subject.patch && (subject.index !== null || isSignedPatch(contents))) return 'patch';
  if (isPatchset(subject) || (subject.patch ? isListing(text) : !answers && isLetter(text))) return 'cover';
  return answers ? 'reply' : 'other';
}

/**
 * `Re: [PATCH v2] x` that is nevertheless a patch: its whole diff in the text, no quote above it, and what only a patch has:
 * its sender's Signed-off-by, a diffstat or a ChangeLog. A sketch of a reviewer has none of them.
 */
function postsPatch(subject: Subject, contents: Contents): boolean {
  if (!subject.patch || subject.index === 0 || !contents.hasDiff || contents.attached) return false;
  const { text } = contents;
  if (/^\s{0,3}[>|]/m.test(text) || / (?:wrote|writes|schrieb|écrit) ?:\s*$/m.test(text)) return false;
  return isSigned(contents) || (/^---\s*$/m.test(text) && isListing(text)) || /^\t\* \S.{0,200}:/m.test(text);
}

/** The sender's own Signed-off-by: a review has other tags. */
function isSigned({ text, sender }: Contents): boolean {
  if (!/signed-off-by:/i.test(text)) return false;
  return parseTrailers(text, 'letter').some(
    (trailer) => trailer.kind === 'Signed-off-by' && samePerson(trailer, sender),
  );
}

/** An empty commit, or one whose diff was too large for the list: signed, and cut from its notes as git does. */
function isSignedPatch(contents: Contents): boolean {
  return isSigned(contents) && /^---?\s*$/m.test(contents.text);
}

/** `#syz test: …` hands the diff to a bot; a question or a bug report shows what was tried. */
function isOnlyShown(subject: Subject, contents: Contents): boolean {
  const { text } = contents;
  if (text.startsWith('#syz test') || text.includes('\n#syz test')) return true;
  const asks =
    subject.title.endsWith('?') ||
    subject.prefixes.some((prefix) => /^(?:bug|query|question|regression|issue|help)\b/i.test(prefix));
  return asks && !isSigned(contents);
}

/** Whether a tagged mail without a diff answers another, without a `Re:` (b4 handles such reviews too). */
function isAnswer(subject: Subject, contents: Contents): boolean {
  const { text } = contents;
  if (!subject.patch || isListing(text)) return false;
  if (/^\s{0,20}>/.test(text) || text.includes('wrote:\n>') || text.includes('wrote:\n\n>')) return true;
  // A cover may quote what was said of an earlier version.
  if (subject.index !== 0 && QUOTED_PATCH.test(text)) return true;
  const trailers = parseTrailers(text, 'reply');
  // A cover may have tags from earlier versions; a letter with only tags is a review.
  if (subject.index === 0) return trailers.length > 0 && text.trim().length < 300;
  return trailers.length > 0 && !isSigned(contents);
}

/** What only a patch has, quoted: an answer below a greeting. */
const QUOTED_PATCH = /^>[> ]{0,20}(?:---\s*$|diff --git |@@ -\d|Signed-off-by: |\d{1,6} files? changed)/m;

/** `[RFC][PATCHES] x`, `[PATCHSET v2] x`: the letter of a series, without a counter. */
function isPatchset(subject: Subject): boolean {
  return (
    subject.patch &&
    subject.index === null &&
    /^(?:\[[^\]]{0,60}\] ?)?\[[^\]]{0,60}\bpatch(?:es|set)\b/i.test(subject.raw)
  );
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

/** The same of a mail without any tag, where a list of commits alone may be that of a tree or a release. */
function isLetter(text: string): boolean {
  return hasLine(text, ' changed', isTotal);
}

/** Whether a line with `part` in it passes; each such line is checked once. */
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
