import type { Subject } from '../mail/subject/subject.js';

/**
 * What a program or a maintainer sends about patches that are posted, applied or released elsewhere: it looks like a patch but is not one.
 * `text` is the mail's own, before its diff.
 */
export function isNotice(subject: Subject, text: string): boolean {
  if (subject.commitNotice || isStateNotice(subject.raw) || isDigest(subject.raw)) return true;
  return !subject.patch && (isAnnouncement(subject) || isTreeMail(subject.raw) || isCommitMail(text));
}

/** `[tip: x86/urgent] x`, `[merged] x.patch removed from -mm tree`, `Patch "x" has been added to the 6.1-stable tree`. */
function isStateNotice(raw: string): boolean {
  return (
    /^\[tip: ?[\w/.-]+\]/.test(raw) ||
    / \S{1,200}\.patch (?:removed from|added to) /.test(` ${raw}`) ||
    /^(?:FAILED: )?patch "/i.test(raw) ||
    /^\[patch added to /i.test(raw)
  );
}

/** `Demo Digest, Vol 1, Issue 2` (Mailman), `[demo] Digest Number 12` (Yahoo, groups.io), `DEMO Digest - 1 Jan 2024 (#2024-1)` (LISTSERV). */
function isDigest(raw: string): boolean {
  return (
    /\bDigest, Vol \d{1,5}, Issue \d{1,5}\b/i.test(raw) ||
    /\bDigest Number \d{1,6}\b/i.test(raw) ||
    /\bDigest - .{5,60}\(#\d{4}-\d{1,4}\)/i.test(raw) ||
    /\bDigest #\d{1,6}$/i.test(raw)
  );
}

/** `[ANNOUNCE] nftables 1.1.3 release`, `Linux 6.9.1`, `What's cooking in git.git`: they list commits, and even carry a diff. */
function isAnnouncement({ prefixes, title, raw }: Subject): boolean {
  if (prefixes.some((prefix) => /^(?:announce(?:ment)?|ann|release)$/i.test(prefix))) return true;
  if (/^(?:\[[^\]]{1,30}\] ?)?ann(?:ounce(?:ment|d)?)?\b ?:/i.test(raw)) return true;
  return /^linux v?\d{1,2}\.\d{1,3}[\w.-]{0,20}$/i.test(title) || /^what's cooking in /i.test(title);
}

/** `linux-next: Tree for Nov 25`, `linux-next: manual merge of the x tree with the y tree`, `next-20240501 build: …`. */
function isTreeMail(raw: string): boolean {
  return (
    /^linux-next: /i.test(raw) ||
    /^next[/-]\S{0,20}20\d{6}\b/i.test(raw) ||
    /^\S{1,40}(?:\/\S{1,40})? build: \d/.test(raw)
  );
}

/** Only the beginning of a mail shows that a program wrote it. */
const HEAD_LENGTH = 2_000;

/** A mail that a hook sends for each commit that was pushed. Their forms: see docs/projects.md. */
function isCommitMail(text: string): boolean {
  const head = text.slice(0, HEAD_LENGTH).trimStart();
  return COMMIT_MAILS.some((form) => form.every((line) => line.test(head)));
}

/** For each form, lines of which all must be there. */
const COMMIT_MAILS: readonly (readonly RegExp[])[] = [
  // Buildroot, cgit's hook.
  [/^commit: https?:\/\//m, /^branch: https?:\/\//m],
  // git's own post-receive-email, and git-multimail: OpenEmbedded, sourceware.
  [/^This is an automated email from the git hooks\/post-receive script\./m],
  [/^The (?:branch|annotated tag|unannotated tag), \S{1,200} has been (?:created|updated|deleted)/m],
  // GCC, glibc, binutils.
  [/^https:\/\/\S{1,100}[/;](?:g:|h=)[0-9a-f]{6,40}\s/, /^commit (?:\S{1,60}: ?)?[0-9a-f]{12,64}$/m],
  // GitHub: BlueZ, QEMU, LTP.
  [/^ {0,4}Branch: refs\//m, /^ {0,4}Home: {1,10}https:\/\/github\.com\//m],
  // linux-kernel's commits, of all that Linus pulls.
  [/^Gitweb: {1,12}https?:\/\//m, /^Commit: {1,12}[0-9a-f]{40}$/m, /^(?:Parent|Refname): {1,12}\S/m],
  // Xen's patchbot, and people who pipe `git show` into mail.
  [/^commit [0-9a-f]{40}\n(?:Merge: .{1,100}\n)?Author: {1,10}.{1,200}\n(?:AuthorDate|Commit): /],
  // FFmpeg.
  [/^\S{1,60} \| branch: \S{1,100} \| /, /^> https?:\/\//m],
  // FreeBSD.
  [/^The branch \S{1,200} has been updated by \S/, /^URL: https?:\/\//m],
  // Subversion: FreeBSD, Apache.
  [/^(?:New )?Revision: \d/m, /^Author: \S/m, /^(?:Modified|Added|Deleted|Log|Changed paths):/m],
  // PostgreSQL.
  [/^Branch\n-{4,}\n/m, /^Details\n-{4,}\nhttps?:\/\//m],
  // Mesa, X.Org: one commit, or the commits of a push.
  [/^Module: {1,10}\S/m, /^Branch: {1,10}\S/m, /^Commit: {1,10}[0-9a-f]{40}$/m],
  [/^New commits:\ncommit [0-9a-f]{40}\n/m],
  // Gerrit: coreboot, OpenBMC.
  [/^Change subject: \S/m, /https?:\/\/\S{1,200}\/\+\/\d{1,9}\b/],
  // OpenWrt.
  [/^\S{1,60} pushed (?:a|\d{1,5}) (?:new )?commits? to \S{1,100}, branch \S{1,100}:$/m],
];
