import { structuredPatch } from 'diff';
import type { DiffFile } from './diff.js';
import type { PatchText } from './patch-text.js';

/** How two versions of one patch differ, as `git range-diff` shows it. */
export interface PatchDifference {
  /**
   * `@@ path: function` begins a part; every other line has two signs: what became of it between the versions, then what the
   * patch does with it. Context has a blank.
   */
  readonly lines: readonly string[];
  /** The texts differ in more lines than are compared: `lines` is empty. */
  readonly rewritten: boolean;
}

const CONTEXT = 3;
/** Lines that may differ: the time to compare grows with them. */
const MOST_DIFFERENT = 1_500;

/** Compares two versions of one patch: the changes of each file, then the commit messages. */
export function rangeDiff(older: PatchText, newer: PatchText): PatchDifference {
  const [before, after] = [normalLines(older), normalLines(newer)];
  const patch = structuredPatch('', '', joined(before), joined(after), '', '', {
    context: CONTEXT,
    maxEditLength: MOST_DIFFERENT,
  });
  if (patch === undefined) return { lines: [], rewritten: true };
  const lines = patch.hunks.flatMap(({ newStart, lines }) => {
    // Headings in the hunk itself speak for what is below them.
    const heading = headingBefore(after, newStart - 1);
    const shown = lines.filter((line) => !line.startsWith('\\'));
    return isHeading(shown[0]?.slice(1) ?? '') ? shown : [...(heading === null ? [] : [heading]), ...shown];
  });
  return { lines, rewritten: false };
}

/** A patch as `git range-diff` writes it before it compares: no line numbers, each hunk under its path and function. */
function normalLines({ files, message }: PatchText): string[] {
  const lines: string[] = [];
  for (const { file, hunks } of files) {
    lines.push(` ## ${fileName(file)} ##`);
    for (const { section, lines: own } of hunks)
      lines.push(`@@${section === '' ? '' : ` ${file.path}: ${section}`}`, ...own);
  }
  if (message.length > 0) lines.push(' ## Commit message ##', ...message.map((line) => `    ${line}`));
  return lines;
}

function fileName({ path, oldPath, kind }: DiffFile): string {
  if (oldPath !== null && oldPath !== path) return `${oldPath} => ${path}`;
  return kind === 'add' ? `${path} (new)` : kind === 'delete' ? `${path} (deleted)` : path;
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function isHeading(line: string): boolean {
  return /^ ## .* ##$/.test(line) || /^@@ /.test(line);
}

/** The nearest heading above a line, as `@@ …`. */
function headingBefore(lines: readonly string[], at: number): string | null {
  for (let above = Math.min(at, lines.length) - 1; above >= 0; above--) {
    const line = lines[above] ?? '';
    if (/^@@ /.test(line)) return line;
    const name = /^ ## (.*) ##$/.exec(line)?.[1];
    if (name !== undefined) return `@@ ${name}`;
  }
  return null;
}
