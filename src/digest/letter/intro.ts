import { linksIn } from './link.js';
import { lineAt, nextText, type Page } from './page.js';

/** Claims lines that only say where something is: a link alone, `Link: https://…`, `[1] title https://…`. */
export const markLinks = (page: Page): void => {
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose') continue;
    if (isReference(page, at)) {
      page.roles[at] = 'link';
      // `[1] A long title` / `    https://…`
      if (page.roles[at + 1] === 'prose' && isLinkOnly(lineAt(page, at + 1))) page.roles[at + 1] = 'link';
    } else if (isLinkOnly(lineAt(page, at))) page.roles[at] = 'link';
  }
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] === 'prose' && isLabel(page, at)) page.roles[at] = 'link';
  }
};

/** A line of its own that only leads to what a section took: `Previous version:`, `The talk is here.`, `Diffstat`. */
const isLabel = (page: Page, at: number): boolean => {
  const line = lineAt(page, at);
  if (line.length > 100 || (at > 0 && page.roles[at - 1] === 'prose')) return false;
  if (!/(?::|\bhere[.:]?)$/.test(line) && !HEADINGS.test(line)) return false;
  let next = nextText(page, at + 1);
  if (page.roles[next] === 'ruler') next = nextText(page, next + 1);
  const role = page.roles[next];
  return role === 'link' || role === 'changelog' || role === 'shortlog' || role === 'diffstat';
};

const HEADINGS = /^\W*(?:[IVX]{1,4}\.\s)?(?:links?|references?|diffstat|change ?logs?|patch list)\W*$/i;

const isLinkOnly = (line: string): boolean => {
  const first = linksIn(line)[0];
  if (first === undefined) return false;
  const at = line.indexOf(first);
  const label = line.slice(0, at).trim();
  const rest = line.slice(at + first.length).trim();
  if (rest.length > 8) return false;
  return (
    label === '' ||
    (label.length <= 40 && /^(?:[-*+•]\s*)?(?:\W*|[\w\s.,()'#/-]*(?:->|[:=])\s*<?)$/.test(label))
  );
};

/** `[1] …`, `[2]: …` with a link on it or on the next line, or with a colon where a copy has lost the link (seed 002). */
const isReference = (page: Page, at: number): boolean => {
  const line = lineAt(page, at);
  if (!/^\s*\[[\w-]{1,12}\][:.]?\s+\S/.test(line)) return false;
  return (
    linksIn(line).length > 0 ||
    linksIn(lineAt(page, at + 1)).length > 0 ||
    /^\[\d{1,2}\] .{0,200}:$/.test(line)
  );
};

/** What is left when every section has taken its lines: the author's prose, paragraphs kept. */
export const readIntro = (page: Page): string => {
  const out: string[] = [];
  for (let at = 0; at < page.lines.length; at += 1) {
    const role = page.roles[at];
    // A link on a line of its own in the middle of a sentence ends no paragraph.
    const inside = role === 'link' && page.roles[at - 1] === 'prose' && page.roles[at + 1] === 'prose';
    if (role === 'prose') out.push(lineAt(page, at));
    else if (!inside && out.length > 0 && out.at(-1) !== '') out.push('');
  }
  return out.join('\n').trim();
};
