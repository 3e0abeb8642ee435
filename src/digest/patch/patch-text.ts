import type { DiffFile } from './diff.js';
import { walkDiff } from './parse-diff.js';
import { splitAtDiff } from './split-at-diff.js';

/** The text of one patch: what two versions of it are compared by. */
export interface PatchText {
  /** The commit message, a line each, without tags and without what is below `---`. */
  readonly message: readonly string[];
  readonly files: readonly FileText[];
}

interface FileText {
  readonly file: DiffFile;
  readonly hunks: readonly Hunk[];
}

interface Hunk {
  /** What git names behind the second `@@`: the function; '' if it names none. */
  readonly section: string;
  /** Each with its sign: a blank, `+` or `-`. */
  readonly lines: readonly string[];
}

/** Lines of one patch past this are left out: reviewers do not read patches that long, and comparing it would take seconds. */
const MOST_LINES = 20_000;
const MOST_MESSAGE_LINES = 400;

/** Reads a patch's mail text (or the attachment that holds it); null if it holds no diff. */
export function readPatchText(text: string): PatchText | null {
  const { before, diff } = splitAtDiff(text);
  if (diff === '') return null;
  const files: FileText[] = [];
  let hunks: { section: string; lines: string[] }[] = [];
  let left = MOST_LINES;
  walkDiff(diff, {
    lines(part) {
      const hunk = hunks.at(-1);
      if (hunk === undefined || left <= 0) return;
      for (const line of hunkLines(part).slice(0, left)) {
        hunk.lines.push(line);
        left--;
      }
    },
    hunk(header) {
      hunks.push({ section: /^@@ [^@]{1,60} @@ ?(.{0,200})/.exec(header)?.[1]?.trimEnd() ?? '', lines: [] });
    },
    closed(file) {
      files.push({ file, hunks });
      hunks = [];
    },
    blobs: () => undefined,
    endFile: () => undefined,
  });
  return { message: messageLines(before), files };
}

/** An empty line is context whose blank a mail program cut off. */
function hunkLines(part: string): string[] {
  const lines = part.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r$/, '')).map((line) => (line === '' ? ' ' : line));
}

/** What `git am` would take for the message, less the lines that people collect from version to version. */
function messageLines(before: string): string[] {
  const lines = before.split('\n', MOST_MESSAGE_LINES).map((line) => line.trimEnd());
  const scissors = lines.findIndex((line) => /^-{2,10} ?>8 ?-{2,10}$|^-{2,10} ?8< ?-{2,10}$/.test(line));
  const from = scissors + 1;
  const cut = lines.findIndex((line, at) => at >= from && line === '---');
  const own = lines.slice(from, cut < 0 ? lines.length : cut);
  while (/^(?:From|Date|Subject): |^$/.test(own[0] ?? '-')) own.shift();
  return withoutTags(own);
}

/** Tags end a message; a line of prose that looks like one is in front of other prose. */
function withoutTags(lines: readonly string[]): string[] {
  let end = lines.length;
  while (end > 0 && (lines[end - 1] === '' || isTagLine(lines[end - 1] ?? ''))) end--;
  return lines.slice(0, end);
}

/** `Reviewed-by: …`, `[jane: fixed the typo]`, and a tag's value that continues in the next line. */
function isTagLine(line: string): boolean {
  return /^(?:[A-Z][A-Za-z-]{1,40}: \S|\[[\w .-]{1,40}: |\s+\S)/.test(line);
}
