import type { Letter } from '../letter/letter.js';
import { parseLetter } from '../letter/parse-letter.js';
import type { Address } from '../mail/mail.js';
import { samePerson } from '../mail/same-person.js';
import type { Subject } from '../mail/subject/subject.js';
import { sameTitle } from '../mail/subject/with-body-subject.js';
import { isReviewKind } from '../trailer/kinds.js';
import { parseTrailers } from '../trailer/parse-trailers.js';
import type { Trailer } from '../trailer/trailer.js';
import type { AttachedPatches } from './attached-patches.js';
import type { PostedFiles } from './message.js';

/**
 * Whether a reply with patches as files may be a new version: its files or their headers say a version, or it is the sender's own commit under the
 * title that it answers. Whether it is one, the thread decides (`revision/part.ts`): a reviewer may send files of that form, too.
 */
export function mayPostFiles(subject: Subject, files: AttachedPatches, sender: Address): boolean {
  if (subject.forwarded || subject.pull) return false;
  const [first, second] = files.patches;
  if (first === undefined) return false;
  // Below a letter, a single file has to say which patch it is.
  if (subject.index === 0 && second === undefined && first.subject?.index == null) return false;
  // `v1-0001-x.patch` below v2: an older one, sent along.
  if (files.version !== null) return subject.versionInferred || files.version >= subject.version;
  if (!subject.patch || second !== undefined || first.author === null || first.subject === null) return false;
  return samePerson(first.author, sender) && sameTitle(first.subject, subject);
}

/** The subject of a posting whose patches are files: their names may say its version, and what its own counter counts is what it answers. */
export function withFiles(outer: Subject, { patches, version }: AttachedPatches): Subject {
  const isNewer = version !== null && (outer.versionInferred || (outer.reply && version > outer.version));
  const subject = isNewer ? { ...outer, version, versionInferred: false } : outer;
  const [first, second] = patches;
  if (first === undefined) return subject;
  if (second !== undefined)
    return outer.reply ? { ...subject, index: null, total: null, countersInferred: false } : subject;
  if (outer.reply && outer.index === 0 && first.subject !== null)
    return { ...subject, title: first.title, index: first.subject.index, total: first.subject.total };
  return subject;
}

/** What joining needs of them; a file without an author is its sender's. */
export function postedFiles({ patches, formatted }: AttachedPatches, sender: Address): PostedFiles {
  return {
    formatted,
    patches: patches.map(({ title, author, text, diff }) => {
      const { name, email } = author ?? sender;
      const trailers = reviewsIn(text);
      const patch = { title, author: name || email, patchId: diff.patchId };
      return trailers.length === 0 ? patch : { ...patch, trailers };
    }),
  };
}

/** What is stored of one commit: no one collects more tags. */
const MOST_REVIEWS = 30;

function reviewsIn(text: string): readonly Trailer[] {
  if (!/-by:/i.test(text)) return [];
  return parseTrailers(text, 'letter')
    .filter(({ kind }) => isReviewKind(kind))
    .slice(0, MOST_REVIEWS);
}

/**
 * The letter of an answer that posts patches as files: that of the first commit, with what the conversation above the files says of this
 * version's changes (`Changes in v3:`). Nothing else in it is the patch's.
 */
export function withChangesAbove(
  letter: Letter,
  above: string,
  { version, versionInferred }: Subject,
): Letter {
  const { changelog, bodyVersion } = parseLetter(above, { version, total: null, kind: 'patch' });
  const newest = changelog[0]?.version ?? null;
  if (newest === null || (newest !== version && !(versionInferred && newest > version))) return letter;
  return {
    ...letter,
    changelog: letter.changelog.length > 0 ? letter.changelog : changelog,
    bodyVersion: letter.bodyVersion ?? bodyVersion,
  };
}
