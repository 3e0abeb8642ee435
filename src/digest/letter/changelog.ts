import { type Extent, extend, openExtent } from './changelog-extent.js';
import type { ChangelogHeader } from './changelog-header.js';
import { acceptHeading, isLinkLine } from './changelog-heading.js';
import { type RawEntry, resolveVersions } from './changelog-version.js';
import type { ChangelogEntry } from './letter.js';
import { lineAt, type Page } from './page.js';

interface OpenEntry {
  readonly header: ChangelogHeader;
  readonly extent: Extent;
}

interface Changelog {
  /** Newest first. */
  readonly entries: readonly ChangelogEntry[];
  readonly bodyVersion: number | null;
  /** In the letter's order, for the links that are in them. */
  readonly raw: readonly RawEntry[];
}

/** Reads and claims the changelog of a letter of version `letterVersion`: every entry with its whole text. */
export const readChangelog = (page: Page, letterVersion: number): Changelog => {
  const raw: RawEntry[] = [];
  let open: OpenEntry | null = null;
  for (let at = 0; at < page.lines.length; at += 1) {
    if (open !== null) extend(page, open.extent, at);
    if (page.roles[at] !== 'prose') continue;
    const above = {
      any: open !== null,
      inside: open !== null && at < open.extent.end,
      touching: open !== null && at === open.extent.headAt + 1 && open.header.inline === '',
    };
    const header: ChangelogHeader | null = acceptHeading(page, at, letterVersion, above);
    if (header === null) continue;
    if (open !== null) raw.push(finish(page, open, at));
    open = { header, extent: openExtent(page, at, header) };
  }
  if (open !== null) raw.push(finish(page, open, null));
  for (const entry of raw) {
    for (let at = entry.at; at < entry.end; at += 1) {
      if (page.roles[at] === 'prose' || page.roles[at] === 'ruler') page.roles[at] = 'changelog';
    }
  }
  return { ...resolveVersions(raw, letterVersion), raw };
};

/** Text between two entries that is no longer than this belongs to the former. */
const GAP_LINES = 14;

const finish = (page: Page, { header, extent }: OpenEntry, next: number | null): RawEntry => {
  let end = extent.end;
  if (next !== null && end > next) end = next;
  else if (next !== null && next - end <= GAP_LINES) {
    const between = page.roles.slice(end, next);
    if (between.every((role) => role === 'prose' || role === 'blank')) end = next;
  }
  const at = extent.headAt;
  return { header, at, end, text: textOf(page, header, at + 1, end) };
};

const textOf = (page: Page, header: ChangelogHeader, start: number, end: number): string => {
  const lines: string[] = [];
  let opening = true;
  for (let at = start; at < end; at += 1) {
    const line = lineAt(page, at);
    // `v4: https://…` right below `v4 -> v5:` says where v4 is, not what changed.
    if (page.roles[at] === 'ruler' || (opening && isLinkLine(line))) continue;
    if (line !== '') opening = false;
    lines.push(line);
  }
  while (lines.length > 0 && (lines.at(-1) === '' || isLinkLine(lines.at(-1) ?? ''))) lines.pop();
  const margin = lines.reduce(
    (least, line) => (line === '' ? least : Math.min(least, marginOf(line))),
    1_000,
  );
  const inline = isLinkLine(header.inline) ? '' : header.inline;
  return `${inline}\n${lines.map((line) => line.slice(margin)).join('\n')}`.trim();
};

const marginOf = (line: string): number => line.length - line.trimStart().length;
