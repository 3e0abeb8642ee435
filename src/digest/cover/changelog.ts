import { type ChangelogHeader, parseChangelogHeader } from './changelog-header.js';
import { resolveVersions } from './changelog-version.js';
import { linksIn } from './link.js';
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
    const place: Place = {
      after: open !== null,
      inside: open !== null && at < open.end,
      under: open !== null && at === open.at + 1 && open.header.inline === '',
    };
    const header: ChangelogHeader | null = headerAt(page, at, said, place);
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
    const line = lineAt(page, at);
    if (page.roles[at] === 'ruler' || (lines.every((one) => one === '') && isLinkLine(line))) continue;
    lines.push(line);
  }
  const margin = Math.min(
    ...lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length),
  );
  const body = lines.map((line) => line.slice(margin)).join('\n');
  return `${open.header.inline}\n${body}`.trim();
};

/** `v4: https://…`, or a link alone: it says where a version is, not what changed in it. */
const isLinkLine = (line: string): boolean => {
  const links = linksIn(line);
  const first = links[0];
  return (
    first !== undefined &&
    line.slice(0, line.indexOf(first)).trim().length <= 24 &&
    line.trim().endsWith(first)
  );
};

/** What is known of the changelog above a line. */
interface Place {
  /** There is an entry above. */
  readonly after: boolean;
  /** The entry above, cut short by nothing else, goes on here. */
  readonly inside: boolean;
  /** The line above is an entry's heading. */
  readonly under: boolean;
}

/** The heading in this line, if it stands where a heading can stand. */
const headerAt = (page: Page, at: number, said: number, place: Place): ChangelogHeader | null => {
  const header = parseChangelogHeader(lineAt(page, at));
  if (header === null) return null;
  const before = at === 0 ? 'blank' : page.roles[at - 1];
  const free = place.inside || before !== 'prose' || isBullet(lineAt(page, at));
  const next = at + 1;
  const listFollows =
    isBullet(lineAt(page, next)) ||
    page.roles[next] === 'ruler' ||
    isBullet(lineAt(page, nextText(page, next)));
  const deeper = page.roles[next] === 'prose' && (page.indents[next] ?? 0) > (page.indents[at] ?? 0);
  if (header.form === 'list') {
    if (!free || (header.inline !== '' && parseChangelogHeader(header.inline) === null)) return null;
    if (
      !header.colon &&
      !listFollows &&
      !deeper &&
      parseChangelogHeader(lineAt(page, nextText(page, next))) === null
    )
      return null;
    return header;
  }
  if (header.strong) return acceptStrong(header, free, listFollows || deeper);
  return free ? acceptBare(header, said, place, listFollows, deeper) : null;
};

const acceptStrong = (header: ChangelogHeader, free: boolean, followed: boolean): ChangelogHeader | null => {
  if (header.colon) return header.inline === '' || free ? header : null;
  return free || followed ? header : null;
};

/** A version alone: `v2:`, `[v3]`, `v2 - text`. It must look like a heading in its place too. */
const acceptBare = (
  header: ChangelogHeader,
  said: number,
  place: Place,
  listFollows: boolean,
  deeper: boolean,
): ChangelogHeader | null => {
  const number = header.version?.number ?? 0;
  if (said > 1 && number > said) return null;
  if (number === 0 && !place.after) return null;
  // `v4 -> v5:` / `v4: https://…` / `- what changed`: a link below a heading.
  if (isLinkLine(header.inline)) return listFollows && !place.under ? header : null;
  if (header.colon) return header.inline !== '' || listFollows || deeper || place.after ? header : null;
  if (header.inline !== '') return header;
  return listFollows || deeper ? header : null;
};

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
    if (role === 'ruler' && at === headAt + 1) {
      heading = true;
      continue;
    }
    if (role !== 'prose') break;
    const line = lineAt(page, at);
    const indent = page.indents[at] ?? 0;
    if (isBullet(line)) {
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
