import type { Address, Mail } from '../../mail/mail.js';
import type { Subject } from '../../mail/subject/subject.js';
import type { StateClaim } from '../claim.js';
import { claim } from './make-claim.js';
import { readAddress } from './named-patch.js';
import { type PushedCommit, readPushedCommits } from './pushed-commits.js';

/** Only the beginning of a mail shows that a program wrote it. */
const HEAD_LENGTH = 2_000;

/** Branches whose commits are in: the main one, a release's, a stable one's. Others are someone's, or a CI system's. */
const KEPT =
  /^(?:master|main|trunk|next|staging|devel|(?:releases?|stable)\/\S+|(?:gcc|gdb|binutils|stable|releases?)[-_]\S+|\d{4}\.\d{2}\.x|v?\d+(?:\.\d+){1,3}(?:\.[xy])?|dunfell|kirkstone|mickledore|nanbield|scarthgap|styhead|walnascar|whinlatter)$/;

interface Pushed {
  readonly tree: string;
  readonly branch: string;
}

/**
 * What hooks and hosts mail when commits were pushed: GitHub, Gerrit, cgit's and git's own hooks, GCC's and glibc's, Xen's patchbot,
 * FFmpeg's and linux-kernel's: one claim for each commit, naming its patch by title and author.
 */
export function readCommitNotice(mail: Mail, subject: Subject): StateClaim[] {
  if (subject.reply || (subject.patch && !subject.commitNotice)) return [];
  const head = mail.text.slice(0, HEAD_LENGTH);
  const where =
    readGerrit(mail.text) ?? FORMS.reduce<Pushed | null>((found, form) => found ?? form(head, subject), null);
  if (where === null || !KEPT.test(where.branch)) return [];
  const by = pusherOf(mail);
  const says = where.tree === 'torvalds/linux' ? 'merged' : 'applied';
  return commitsOf(mail, subject).map(({ title, author, commit }) =>
    claim('commit', says, by, 0.95, title, { ...where, patches: [{ index: null, title, commit, author }] }),
  );
}

/** Hosts that send a notice under the name of the author of the newest commit: who pushed it is not known. */
const SENT_AS_AUTHOR = new Set(['noreply@github.com', 'git@videolan.org']);

function pusherOf({ from }: Mail): Address {
  return from === null || SENT_AS_AUTHOR.has(from.email.toLowerCase()) ? { name: '', email: '' } : from;
}

/** The place that a form gives for the commits; null if the mail has another form. */
type Form = (head: string, subject: Subject) => Pushed | null;

const FORMS: readonly Form[] = [
  // GitHub: BlueZ, QEMU, LTP.
  (head) => {
    const branch = /^ {0,4}Branch: refs\/heads\/(\S{1,100})$/m.exec(head)?.[1];
    const tree = /^ {0,4}Home: {1,10}https:\/\/github\.com\/([\w.-]{1,60}\/[\w.-]{1,60})$/m.exec(head)?.[1];
    return place(tree, branch);
  },
  // Buildroot, cgit's hook.
  (head) => {
    const url = /^branch: https?:\/\/(\S{1,200})$/m.exec(head)?.[1] ?? '';
    const [path = '', branch] = url.split('?id=refs/heads/');
    return place(path.split('/commit')[0]?.split('/').filter(Boolean).at(-1), branch);
  },
  // git-multimail and post-receive-email: OpenEmbedded.
  (head) => {
    const branch =
      /\bpushed (?:a|\d{1,5}) (?:new )?commits? to branch (\S{1,100})$/m.exec(head)?.[1] ??
      /^The branch, (\S{1,100}) has been (?:created|updated)/m.exec(head)?.[1];
    const tree =
      /^in repository (\S{1,100})$/m.exec(head)?.[1] ?? /\bthe project "([^"]{1,100})"/.exec(head)?.[1];
    return place(tree?.replace(/\.$/, ''), branch);
  },
  // GCC, glibc, binutils: `[gcc r15-1234] x`, `[glibc/release/2.39/master] x`.
  (head, { raw }) => {
    if (!/^https:\/\/\S{1,100}[/;](?:g:|h=)[0-9a-f]{6,40}\s/.test(head.trimStart())) return null;
    const [, tree, rest = ''] = /^\[([\w-]{1,30})(?:[ /(]([^\]]{0,100}?))?\)?\]/.exec(raw) ?? [];
    const branch = /^(?:r\d{1,3}-\d{1,6})?$/.test(rest) ? 'master' : rest.replace(/\/master$/, '');
    return place(tree, branch);
  },
  // linux-kernel's commits, of all that Linus pulls.
  (head) => {
    const tree = /^Gitweb: {1,12}https?:\/\/git\.kernel\.org\/(torvalds|linus)\/c?\S{0,60}/m.test(head)
      ? 'torvalds/linux'
      : undefined;
    return place(tree, /^Refname: {1,12}refs\/heads\/(\S{1,100})$/m.exec(head)?.[1]);
  },
  // Xen's patchbot: `[xen master] x`.
  (head, { raw }) => {
    if (!/^commit [0-9a-f]{40}\n(?:Merge: .{1,100}\n)?Author: /.test(head)) return null;
    const [, tree, branch] = /^\[([\w-]{1,30}) (\S{1,60})\]/.exec(raw) ?? [];
    return place(tree, branch);
  },
  // FFmpeg: `ffmpeg | branch: master | Ada Quill <…> | …`.
  (head) => {
    const [, tree, branch] = /^(\S{1,60}) \| branch: (\S{1,100}) \| /.exec(head.trimStart()) ?? [];
    return place(tree, branch);
  },
];

function place(tree: string | undefined, branch: string | undefined): Pushed | null {
  return tree === undefined || tree === '' || branch === undefined ? null : { tree, branch };
}

/** Gerrit's footer, at the end of the mail: OpenBMC. */
function readGerrit(text: string): Pushed | null {
  const tail = text.slice(-HEAD_LENGTH);
  if (!/^Gerrit-MessageType: merged$/m.test(tail)) return null;
  return place(footer(tail, 'Project'), footer(tail, 'Branch'));
}

function footer(tail: string, name: string): string | undefined {
  const head = `Gerrit-${name}: `;
  return tail
    .split('\n')
    .find((line) => line.startsWith(head))
    ?.slice(head.length)
    .trim();
}

function commitsOf(mail: Mail, subject: Subject): readonly PushedCommit[] {
  const listed = readPushedCommits(mail.text);
  if (listed.length > 0) return listed;
  const author = soleAuthor(mail.text);
  // `Change in openbmc/x[master]: title`
  const title = subject.title.replace(/^change in \S{1,100}\[\S{1,60}\]: /i, '');
  const commit =
    /^commit: \S{1,200}\?id=([0-9a-f]{7,64})$/m.exec(mail.text.slice(0, HEAD_LENGTH))?.[1] ?? null;
  return author === null || title === '' ? [] : [{ title, author, commit }];
}

/** Who wrote the one commit of a notice without an `Author:`: Gerrit's owner, FFmpeg's heading, else the first to sign it off. */
function soleAuthor(text: string): Address | null {
  const heading = / \| branch: \S{1,100} \| (.{1,200}?) \| /.exec(text.slice(0, 500))?.[1];
  const owner = footer(text.slice(-HEAD_LENGTH), 'Owner');
  const signed = /^Signed-off-by: (.{1,200})$/m.exec(text)?.[1];
  return readAddress(heading ?? owner ?? signed ?? null);
}
