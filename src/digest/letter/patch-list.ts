import { patchNumber } from '../text/bounded-number.js';
import { claim, lineAt, type Page } from './page.js';

const NUMBERED = /^\s{0,8}\[[^\]]{0,60}?(?<!\d)(\d{1,3})\/(\d{1,3})(?!\d)[^\]]{0,30}\]:?\s+(\S.*)$/;
const LINE_LIMIT = 300;

/**
 * The titles of a list that a letter holds in place of a shortlog: `[PATCH 1/3] title` or `[1/3] title`, each n of N once
 * and in order. Claims them; empty if a single one is wanting, since prose quotes such lines too. It names no authors.
 */
export const readPatchList = (page: Page, total: number | null): string[] => {
  if (total === null || total < 2) return [];
  const found: { line: number; end: number; title: string }[] = [];
  for (let line = 0; line < page.lines.length && found.length < total; line += 1) {
    const text = lineAt(page, line);
    const match = page.roles[line] === 'prose' && text.length <= LINE_LIMIT ? NUMBERED.exec(text) : null;
    if (match === null || patchNumber(match[1]) !== found.length + 1 || patchNumber(match[2]) !== total)
      continue;
    const tail = tailBelow(page, line);
    found.push({ line, end: line + (tail === '' ? 1 : 2), title: `${match[3]} ${tail}`.trim() });
  }
  if (found.length !== total) return [];
  for (const { line, end } of found) claim(page, line, end, 'shortlog');
  return found.map(({ title }) => title);
};

/** The rest of a wrapped title: one deeper line that begins nothing of its own. */
const tailBelow = (page: Page, line: number): string => {
  const deeper = (page.indents[line + 1] ?? 0) > (page.indents[line] ?? 0);
  const next = lineAt(page, line + 1).trim();
  return page.roles[line + 1] === 'prose' && deeper && /^[\w"'(]/.test(next) && !next.includes(' | ')
    ? next
    : '';
};
