import type { Attachment } from '../mail/mail.js';
import type { Diff } from '../patch/diff.js';
import { parseDiff } from '../patch/parse-diff.js';
import { splitAtDiff } from '../patch/split-at-diff.js';
import { type AttachedPatches, joinDiffs, readAttachedPatches } from './attached-patches.js';

/** A mail's diff and the text before it. */
export interface FoundDiff {
  readonly before: string;
  readonly diff: Diff | null;
  /** It is in an attachment, and `before` is the whole text. */
  readonly attached: boolean;
  /** The patches that are attached as files; null if the diff is in the text, or shown only. */
  readonly files: AttachedPatches | null;
}

/** The diff in the text, else of the attached patches, else in the first attachment that has one; and the text before it. */
export function findDiff(text: string, attachments: readonly Attachment[]): FoundDiff {
  const split = splitAtDiff(text);
  if (split.diff !== '')
    return { before: split.before, diff: parseDiff(split.diff), attached: false, files: null };
  const isEmpty = text.trim() === '';
  const files = attachments.length === 0 ? null : readAttachedPatches(attachments);
  if (files !== null) {
    const before = isEmpty ? (files.patches[0]?.text ?? '') : text;
    return { before, diff: joinDiffs(files.patches), attached: true, files };
  }
  // Several mails in one are a digest or a bundle, and none of them is this one.
  const mails = attachments.filter(({ type }) => type === 'message/rfc822').length;
  for (const attachment of attachments) {
    if (mails > 1 && attachment.type === 'message/rfc822') continue;
    const attached = splitAtDiff(attachment.text);
    if (attached.diff === '') continue;
    // `git format-patch --attach` leaves the letter in the body; a patch sent as a file alone holds it itself.
    const before = isEmpty ? withoutHeaders(attached.before) : text;
    return { before, diff: parseDiff(attached.diff), attached: true, files: null };
  }
  return { before: text, diff: null, attached: false, files: null };
}

/** A whole mail as an attachment: its headers are not a letter. */
function withoutHeaders(text: string): string {
  if (!/^From [0-9a-f]{40} /.test(text)) return text;
  const end = text.indexOf('\n\n');
  return end < 0 ? text : text.slice(end + 2);
}
