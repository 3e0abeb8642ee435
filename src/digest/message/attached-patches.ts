import { readBodyHeaders } from '../mail/body-headers.js';
import type { Address, Attachment } from '../mail/mail.js';
import { parseSubject } from '../mail/subject/parse-subject.js';
import type { Subject } from '../mail/subject/subject.js';
import type { Diff } from '../patch/diff.js';
import { parseDiff } from '../patch/parse-diff.js';
import { splitAtDiff } from '../patch/split-at-diff.js';
import { patchNumber, versionNumber } from '../text/bounded-number.js';

/** A patch that a file holds: what `git format-patch` writes, or a diff under such a name. */
export interface AttachedPatch {
  readonly title: string;
  /** null if the file does not say. */
  readonly author: Address | null;
  /** What its header says of its place, `[PATCH v3 2/5]`; null without a header. */
  readonly subject: Subject | null;
  /** The commit's message; '' without a header. */
  readonly text: string;
  readonly diff: Diff;
}

/** The patches of one version that a mail holds as files, in the order of their numbers; at least one. */
export interface AttachedPatches {
  readonly patches: readonly AttachedPatch[];
  /** The version in the names of the files, else in their headers; null if there is none. */
  readonly version: number | null;
  /** The names are those of `git format-patch -vN`: `v2-0001-title.patch`. */
  readonly formatted: boolean;
}

/** What a file's name says: `v12-0003-title.patch`, `0002-title.patch`, `title-v3.diff`. */
interface FileName {
  readonly version: number | null;
  readonly number: number | null;
  readonly title: string;
}

const EXTENSION = /\.(?:patch|diff|txt)$/i;
const FORMATTED = /^v(\d{1,3}(?:\.\d)?)[-_](\d{4})[-_]/i;
const NUMBERED = /^(\d{4})[-_]/;
/** `v3-title.patch`, `title_v3.patch`; the number at the end of `cgroup-v2.patch` is that of an interface. */
const VERSIONED = /^v(\d{1,3})[-_]|[-_.]v(\d{1,3})$/i;
const INTERFACES =
  /(?:^|[-_.])(?:abi|api|cgroups?|gic|ipsec|nfs|smb|tpm|usb|uapi|xfs|dma|kernel|linux)[-_.]?v\d{1,3}$/i;
/** What is sent for others to look at, or to put on top: PostgreSQL's builders leave such names alone, too. */
const ASIDE =
  /(?:^|[-_.])(?:no-?cfbot|fixup|squash|interdiff|range-?diff|incremental|delta|v\d{1,3}[-_.]?(?:to|vs)[-_.]?v\d{1,3})(?=[-_.]|$)/i;
const LONGEST_NAME = 300;
/** Files of one mail; the mail adapter keeps no more either. */
const MOST_FILES = 50;

/** The patches among a mail's files; null if none is one: a plain diff without a version in its name only shows something. */
export function readAttachedPatches(attachments: readonly Attachment[]): AttachedPatches | null {
  const found = attachments.slice(0, MOST_FILES).flatMap((file) => readFile(file) ?? []);
  const version = found.reduce<number | null>(
    (most, { name }) => (name.version === null ? most : Math.max(most ?? 0, name.version)),
    null,
  );
  // A script beside `v3-0001-x.patch`, or an older version sent along, is not part of v3.
  const chosen = found.filter(({ name }) => name.version === version);
  const [first] = chosen;
  if (first === undefined) return null;
  const byNumber = new Map<number | string, (typeof chosen)[number]>();
  // Two files of one number are one patch for two branches.
  for (const [at, one] of chosen.entries()) {
    const key = one.name.number ?? one.patch.subject?.index ?? `at ${at}`;
    if (!byNumber.has(key)) byNumber.set(key, one);
  }
  const patches = [...byNumber]
    .sort(([a], [b]) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0))
    .map(([, { patch }]) => patch);
  return {
    patches,
    version: version ?? versionOf(patches),
    formatted: version !== null && chosen.every(({ name }) => name.number !== null),
  };
}

/** All of what the files change, as one diff. */
export function joinDiffs(patches: readonly AttachedPatch[]): Diff | null {
  const [first] = patches;
  if (first === undefined || patches.length === 1) return first?.diff ?? null;
  return {
    files: patches.flatMap(({ diff }) => diff.files),
    insertions: patches.reduce((sum, { diff }) => sum + diff.insertions, 0),
    deletions: patches.reduce((sum, { diff }) => sum + diff.deletions, 0),
    patchId: null,
  };
}

function readFile({
  name: written,
  type,
  text,
}: Attachment): { name: FileName; patch: AttachedPatch } | null {
  if (type === 'message/rfc822') return null;
  const { before, diff: raw } = splitAtDiff(text);
  const name = readName(written ?? '');
  if (raw === '' || name === null) return null;
  const head = readBodyHeaders(before);
  const subject = head.subject === null ? null : parseSubject(head.subject);
  if (subject === null && name.version === null && name.number === null) return null;
  if (subject !== null && /^(?:fixup|squash|amend)!/.test(subject.title)) return null;
  const diff = parseDiff(raw);
  if (diff === null) return null;
  return {
    name,
    patch: {
      title: subject?.title || name.title,
      author: head.from,
      subject,
      text: head.subject === null ? '' : head.text,
      diff,
    },
  };
}

/** null for what is sent aside. */
function readName(written: string): FileName | null {
  const stem = written.slice(0, LONGEST_NAME).replace(EXTENSION, '').replace(EXTENSION, '');
  if (ASIDE.test(stem)) return null;
  const formatted = FORMATTED.exec(stem);
  const numbered = formatted === null ? NUMBERED.exec(stem) : null;
  const head = formatted ?? numbered;
  const rest = head === null ? stem : stem.slice(head[0].length);
  const versioned = head === null && !INTERFACES.test(stem) ? VERSIONED.exec(stem) : null;
  return {
    version: versionNumber(formatted?.[1] ?? versioned?.[1] ?? versioned?.[2]),
    number: patchNumber(formatted?.[2] ?? numbered?.[1]),
    title: rest.replace(/[-_]+/g, ' ').trim(),
  };
}

/** The version that the headers of all files agree on. */
function versionOf(patches: readonly AttachedPatch[]): number | null {
  const [first] = patches;
  const version = first?.subject?.versionInferred === false ? first.subject.version : null;
  return version !== null && patches.every(({ subject }) => subject?.version === version) ? version : null;
}
