import type { ChangelogHeader } from './changelog-header.js';
import { acceptHeading, isLinkLine, isUnderline } from './changelog-heading.js';
import { resolveVersions } from './changelog-version.js';
import { isBullet, lineAt, nextText, type Page } from './page.js';
import type { ChangelogEntry } from './types.js';

/** A heading and the lines below it that belong to it. */
export interface RawEntry {
  readonly header: ChangelogHeader;
  readonly at: number;
  /** Not included. */
  readonly end: number;
  readonly text: string;
}

interface Changelog {
  /** Newest first. */
  readonly entries: readonly ChangelogEntry[];
  readonly bodyVersion: number | null;
  /** In the letter's order, for the links that stand in them. */
  readonly raw: readonly RawEntry[];
}

/** Reads and claims the changelog of a letter of version `said`: every entry with its whole text. */
export const readChangelog = (page: Page, said: number): Changelog => {
  const raw: RawEntry[] = [];
  let open: RawEntry | null = null;
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose') continue;
    const above = {
      any: open !== null,
      inside: open !== null && at < open.end,
      touching: open !== null && at === open.at + 1 && open.header.inline === '',
    };
    const header: ChangelogHeader | null = acceptHeading(page, at, said, above);
    if (header === null) continue;
    if (open !== null) raw.push(finish(page, open, at));
    open = { header, at, end: naturalEnd(page, at, header), text: '' };
  }
  if (open !== null) raw.push(finish(page, open, null));
  for (const entry of raw) {
    for (let at = entry.at; at < entry.end; at += 1) {
      if (page.roles[at] === 'prose' || page.roles[at] === 'ruler') page.roles[at] = 'changelog';
    }
  }
  return { ...resolveVersions(raw, said), raw };
};

/** Text between two entries that is no longer than this belongs to the former. */
const GAP_LINES = 14;

const finish = (page: Page, open: RawEntry, next: number | null): RawEntry => {
  let end = open.end;
  if (next !== null) {
    if (end > next) end = next;
    else if (
      next - end <= GAP_LINES &&
      page.roles.slice(end, next).every((role) => role === 'prose' || role === 'blank')
    )
      end = next;
  }
  return { ...open, end, text: textOf(page, open, end) };
};

const textOf = (page: Page, open: RawEntry, end: number): string => {
  const lines: string[] = [];
  for (let at = open.at + 1; at < end; at += 1) {
    // `v4: https://…` right below `v4 -> v5:` says where v4 is, not what changed.
    const opening = lines.every((line) => line === '');
    if (page.roles[at] !== 'ruler' && !(opening && isLinkLine(lineAt(page, at))))
      lines.push(lineAt(page, at));
  }
  while (lines.length > 0 && (lines.at(-1) === '' || isLinkLine(lines.at(-1) ?? ''))) lines.pop();
  const margin = Math.min(...lines.filter((line) => line !== '').map(marginOf));
  return `${isLinkLine(open.header.inline) ? '' : open.header.inline}\n${lines.map((line) => line.slice(margin)).join('\n')}`.trim();
};

const marginOf = (line: string): number => line.length - line.trimStart().length;

type Shape = 'none' | 'list' | 'indented' | 'paragraph';

/** Where an entry ends when no other heading cuts it short: at another section, a ruler, or a return to prose. */
const naturalEnd = (page: Page, headAt: number, header: ChangelogHeader): number => {
  const headIndent = page.indents[headAt] ?? 0;
  let shape: Shape = header.inline === '' ? 'none' : 'paragraph';
  let margin = 0;
  let end = headAt + 1;
  let gap = false;
  let heading = header.colon;
  for (let at = headAt + 1; at < page.lines.length; at += 1) {
    const role = page.roles[at];
    if (role === 'blank') {
      gap = true;
      continue;
    }
    if (at === headAt + 1 && isUnderline(page, at, header.strong)) {
      heading = true;
      continue;
    }
    if (role !== 'prose') break;
    const line = lineAt(page, at);
    const indent = page.indents[at] ?? 0;
    if (shape === 'none' && isLinkLine(line)) {
      // `Changes since v1:` / `https://…`, then a blank line and what changed.
    } else if (isBullet(line)) {
      if (shape !== 'list') margin = indent;
      if (gap && shape === 'list' && indent < Math.min(margin, headIndent)) break;
      margin = Math.min(margin, indent);
      shape = 'list';
    } else if (shape === 'none') {
      if (gap && indent <= headIndent && !heading) break;
      shape = indent > headIndent ? 'indented' : 'paragraph';
      margin = indent;
    } else if (gap && !staysIn(page, at, shape, margin, headIndent)) break;
    gap = false;
    end = at + 1;
  }
  return end;
};

/** Whether a line without a bullet, below a blank one, still belongs to the entry. */
const staysIn = (page: Page, at: number, shape: Shape, margin: number, headIndent: number): boolean => {
  const indent = page.indents[at] ?? 0;
  if (shape === 'list' && indent > margin) return true;
  if (shape === 'indented' && indent >= margin) return true;
  if (shape === 'list' && margin > headIndent && indent > headIndent) return true;
  // `Patch 3:` over points of its own.
  const next = lineAt(page, nextText(page, at + 1));
  return (
    /^\W*(?:patch|\d+\/\d+|#\d|\[)/i.test(lineAt(page, at)) &&
    lineAt(page, at).endsWith(':') &&
    isBullet(next)
  );
};
