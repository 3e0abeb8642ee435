import type { Address } from '../mail/mail.js';
import { samePerson } from '../mail/same-person.js';
import type { Subject } from '../mail/subject/subject.js';
import { sameTitle } from '../mail/subject/with-body-subject.js';
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
    patches: patches.map(({ title, author, diff }) => {
      const { name, email } = author ?? sender;
      return { title, author: name || email, patchId: diff.patchId };
    }),
  };
}
