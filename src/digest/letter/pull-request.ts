import { lineAt, type Page } from './page.js';

/** How many lines git's text may take from its first to its last; what is longer was not written by git. */
const MOST_LINES = 40;

/**
 * Claims what `git request-pull` writes: from `The following changes since commit …` to the headline of the newest
 * change. It says where to pull, and nothing of what the changes do.
 */
export const markPullRequest = (page: Page): void => {
  for (let at = 0; at < page.lines.length; at += 1) {
    if (!lineAt(page, at).startsWith('The following changes since commit ')) continue;
    const end = endOfRequest(page, at);
    for (let line = at; line < end; line += 1) if (page.roles[line] !== 'blank') page.roles[line] = 'base';
    at = end;
  }
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
