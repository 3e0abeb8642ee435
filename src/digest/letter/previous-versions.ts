import type { RawEntry } from './changelog-version.js';
import { leadUpTo } from './context.js';
import type { PreviousVersion } from './letter.js';
import { isMailLink, linksIn, messageIdOf } from './link.js';
import { type Mention, mentionAfter, mentionIn } from './mention.js';
import { lineAt, type Page } from './page.js';

/** A place that names a mail: a link to an archive, or a Message-ID in angle brackets. */
interface Anchor {
  readonly line: number;
  readonly column: number;
  readonly url: string | null;
  readonly messageId: string | null;
  /** What follows it on its line. */
  readonly after: string;
}

/** `[2] https://…`: what `[2]` stands for elsewhere in the letter. */
interface Definition {
  readonly line: number;
  readonly anchor: Anchor;
}

/**
 * The earlier versions that the text names, as links or Message-IDs, in the letter's order. `current` is the letter's
 * own version: what is newer is no earlier version. Links to other work (`depends on`, QEMU's side, comments) are left out.
 */
export const readPreviousVersions = (
  page: Page,
  changelog: readonly RawEntry[],
  current: number,
): PreviousVersion[] => {
  const anchors = findAnchors(page);
  if (anchors.length === 0) return [];
  const definitions = findDefinitions(page, anchors);
  const found: { version: number | null; anchor: Anchor }[] = [];
  const add = (mention: Mention | null, anchor: Anchor) => {
    if (mention !== null && isEarlier(mention, current)) found.push({ version: mention.version, anchor });
  };
  for (const anchor of anchors) add(mentionOf(page, changelog, anchor), anchor);
  for (const { label, line, column } of findReferences(page, definitions)) {
    const definition = definitions.get(label);
    if (definition) add(mentionIn(leadUpTo(page, line, column)), definition.anchor);
  }
  return once(found);
};

/** An RFC counts for itself: `RFC v3` is earlier than v1. */
const isEarlier = ({ version, rfc, plain }: Mention, current: number): boolean =>
  version === null || rfc || version < current || (plain && version === current);

/** Each mail once, with a version where any of its mentions has one. */
const once = (found: readonly { version: number | null; anchor: Anchor }[]): PreviousVersion[] => {
  const byKey = new Map<string, PreviousVersion>();
  for (const { version, anchor } of found) {
    const { messageId, url } = anchor;
    const key = messageId ?? url ?? '';
    const known = byKey.get(key);
    byKey.set(key, { version: known?.version ?? version, messageId, url: known?.url ?? url });
  }
  return [...byKey.values()];
};

const mentionOf = (page: Page, changelog: readonly RawEntry[], anchor: Anchor): Mention | null => {
  const entry = entryAt(changelog, anchor.line);
  const heading = entry === undefined ? null : underHeading(page, entry, anchor);
  if (heading !== null) return heading;
  const before = leadUpTo(page, anchor.line, anchor.column).replace(/^\s*\[(?:\d{1,3}|[a-z*])\][:.]?/i, '');
  return mentionIn(before) ?? mentionAfter(anchor.after);
};

/** The entry that a line is in; entries are in the letter's order. */
const entryAt = (changelog: readonly RawEntry[], line: number): RawEntry | undefined => {
  let low = 0;
  let high = changelog.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changelog[middle]?.at ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const entry = changelog[low - 1];
  return entry !== undefined && line < entry.end ? entry : undefined;
};

/** A link on or right below an entry's heading, without words of its own: `v1 -> v2:` / `https://…` is where v1 was. */
const underHeading = (page: Page, { at, header }: RawEntry, anchor: Anchor): Mention | null => {
  const before = lineAt(page, anchor.line).slice(0, anchor.column);
  const named = header.since ?? (header.strong ? null : header.version);
  if (named === null || !(isBare(page, at, anchor.line, before) || isPatchLink(before, anchor))) return null;
  return { version: named.number > 0 ? named.number : null, rfc: named.rfc, plain: true };
};

const isBare = (page: Page, headAt: number, line: number, before: string): boolean => {
  if (line === headAt) return !/[a-z]{3,}[^:]*$/i.test(before);
  if (line > headAt + 2 || !/^[\s\-*•<([]*$/.test(before)) return false;
  return line === headAt + 1 || page.roles[headAt + 1] === 'blank' || page.roles[headAt + 1] === 'ruler';
};

/** `- Link: https://…` among the points of `v1 -> v2:`: the older version, if it is a mail that a tool made. */
const isPatchLink = (before: string, { messageId }: Anchor): boolean =>
  /^\W*links?\s*:\s*$/i.test(before) &&
  messageId !== null &&
  /^(?:\d{14}\.\d+-\d+-|cover\.\d+\.git\.|\d{8}-.*-v\d+-\d+-)/.test(messageId);

const findAnchors = (page: Page): Anchor[] => {
  const anchors: Anchor[] = [];
  for (let line = 0; line < page.lines.length; line += 1) {
    const text = lineAt(page, line);
    if (!isReadable(page, line) || !(text.includes('://') || text.includes('@'))) continue;
    let from = 0;
    for (const url of linksIn(text)) {
      const column = text.indexOf(url, from);
      from = column + url.length;
      if (isMailLink(url))
        anchors.push({ line, column, url, messageId: messageIdOf(url), after: text.slice(from) });
    }
    const id = page.roles[line] === 'trailer' ? null : bareId(text);
    if (id !== null) anchors.push({ line, column: id.column, url: null, messageId: id.id, after: '' });
  }
  return anchors;
};

const isReadable = (page: Page, line: number): boolean => {
  const role = page.roles[line];
  return role === 'prose' || role === 'changelog' || role === 'link' || role === 'trailer';
};

/** A Message-ID in angle brackets or behind `id:`; an address of a person has no such run of digits. */
const bareId = (text: string): { id: string; column: number } | null => {
  const match = /(?:<|\bid:)([\w.+=$-]{8,120}@[\w.-]{2,80})>?\s*\)?[.,]?$/.exec(text.slice(-240));
  const id = match?.[1];
  if (id === undefined || !/\d{6}/.test(id.slice(0, id.indexOf('@')))) return null;
  return { id, column: text.lastIndexOf(id) };
};

const DEFINITION = /^\s*(?:\[(\w{1,12})\]|\((\d{1,2})\)|(\d{1,2})[.:])[:.]?\s*\S/;

const findDefinitions = (page: Page, anchors: readonly Anchor[]): Map<string, Definition> => {
  const definitions = new Map<string, Definition>();
  const byLine = new Map<number, Anchor>();
  for (const anchor of anchors) if (!byLine.has(anchor.line)) byLine.set(anchor.line, anchor);
  for (let line = 0; line < page.lines.length; line += 1) {
    if (!isReadable(page, line)) continue;
    const match = DEFINITION.exec(lineAt(page, line));
    const label = match?.[1] ?? match?.[2] ?? match?.[3];
    // The link may be on the next line, after a title.
    const anchor =
      byLine.get(line) ?? (DEFINITION.test(lineAt(page, line + 1)) ? undefined : byLine.get(line + 1));
    if (label !== undefined && anchor !== undefined && !definitions.has(label))
      definitions.set(label, { line, anchor });
  }
  return definitions;
};

interface Reference {
  readonly label: string;
  readonly line: number;
  readonly column: number;
}

const findReferences = (page: Page, definitions: ReadonlyMap<string, Definition>): Reference[] => {
  const references: Reference[] = [];
  if (definitions.size === 0) return references;
  for (let line = 0; line < page.lines.length; line += 1) {
    const text = lineAt(page, line);
    if (!isReadable(page, line) || !text.includes('[')) continue;
    for (const match of text.matchAll(/\[(\w{1,12})\]/g)) {
      const label = match[1] ?? '';
      const definition = definitions.get(label);
      if (definition === undefined || definition.line === line) continue;
      references.push({ label, line, column: match.index });
    }
  }
  return references;
};
