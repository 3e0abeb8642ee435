import { lineAt, nextText, type Page } from './page.js';

/** How many lines git's text may take from its first to its last; what is longer was not written by git. */
const MOST_LINES = 40;

/**
 * Claims what `git request-pull` writes: from `The following changes since commit …` to the headline of the newest
 * change. It says where to pull, and nothing of what the changes do. Returns the first such place: `URL REF`; null if there is none.
 */
export const readPullRequest = (page: Page): string | null => {
  let from: string | null = null;
  for (let at = 0; at < page.lines.length; at += 1) {
    if (!lineAt(page, at).startsWith('The following changes since commit ')) continue;
    const end = endOfRequest(page, at);
    from ??= placeIn(page, at, end);
    for (let line = at; line < end; line += 1) if (page.roles[line] !== 'blank') page.roles[line] = 'base';
    at = end;
  }
  return from;
};

const PLACE = /^\s{1,8}(?:\w+:\/\/|[\w.-]+@)\S{1,200}(?: \S{1,200})?$/;

/** The line below `are available in the Git repository at:`. */
const placeIn = (page: Page, from: number, end: number): string | null => {
  for (let at = from; at < end; at += 1) {
    if (!/\bgit repository at:$/i.test(lineAt(page, at))) continue;
    const line = lineAt(page, nextText(page, at + 1));
    return PLACE.test(line) ? line.trim() : null;
  }
  return null;
};

/** Behind the headline under `for you to fetch changes up to SHA:`; just behind the first line if there is none. */
const endOfRequest = (page: Page, from: number): number => {
  const last = Math.min(page.lines.length, from + MOST_LINES);
  for (let at = from; at < last; at += 1) {
    if (!/\b(?:fetch|include) changes up to [0-9a-f]{7,64}:?$/.test(lineAt(page, at))) continue;
    for (let below = at + 1; below < last; below += 1) {
      const line = lineAt(page, below);
      if (line !== '') return line.startsWith(' ') ? below + 1 : below;
    }
    return at + 1;
  }
  return from + 1;
};
