import type { Problem } from '../mail/mail.js';
import { MAX_CHANGED_FILES, MAX_CHANGED_LINES, wholeNumber } from '../text/bounded-number.js';
import { parseRow, splitRename } from './diffstat-row.js';
import type { Diffstat, DiffstatRow } from './letter.js';
import { claim, lineAt, type Page } from './page.js';

interface Found {
  readonly diffstat: Diffstat;
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

interface DiffstatRead {
  readonly diffstat: Diffstat | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads and claims the diffstat: rows, a line of totals, then the files made, deleted and renamed.
 * Of several the first behind the shortlog counts, else the last. Quoted ones were never prose.
 */
export const readDiffstat = (page: Page): DiffstatRead => {
  const found: Found[] = [];
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose') continue;
    const totals = parseTotals(page, at);
    if (totals === null) continue;
    const one = readAround(page, at, totals);
    claim(page, one.start, one.end, 'diffstat');
    found.push(one);
    at = one.end - 1;
  }
  const shortlogEnd = page.roles.lastIndexOf('shortlog');
  const after = shortlogEnd < 0 ? undefined : found.find((one) => one.start > shortlogEnd);
  const diffstat = (after ?? found.at(-1))?.diffstat ?? null;
  return { diffstat, problems: diffstat === null ? [] : checkSums(diffstat) };
};

const checkSums = (diffstat: Diffstat): Problem[] => {
  const { rows, files, insertions, deletions } = diffstat;
  // `git diff --shortstat` has no rows, and is right.
  if (rows.length === 0) return [];
  if (rows.length !== files) {
    const detail = `the diffstat has ${rows.length} rows, its total says ${files}`;
    return [{ code: 'diffstat-rows', detail }];
  }
  let sum = 0;
  for (const row of rows) {
    if (row.changes === null) return [];
    sum += row.changes;
  }
  if (sum === insertions + deletions) return [];
  const detail = `the rows of the diffstat change ${sum} lines, its total says ${insertions + deletions}`;
  return [{ code: 'diffstat-sum', detail }];
};

interface Totals {
  readonly files: number;
  readonly insertions: number;
  readonly deletions: number;
  /** How many lines they take: 2 where a mailer wrapped them. */
  readonly lines: number;
}

const TOTALS =
  /^ ?(\d{1,6}) files? changed(?:, (\d{1,8}) insertions?\(\+\))?(?:, (\d{1,8}) deletions?\(-\))?[,.]?$/;

const parseTotals = (page: Page, at: number): Totals | null => {
  const line = lineAt(page, at).trim();
  const first = line.charCodeAt(0);
  if (first < 48 || first > 57 || !line.includes(' changed')) return null;
  const wrapped = `${line} ${lineAt(page, at + 1).trim()}`;
  const whole = TOTALS.exec(line);
  // `31 files changed, 1093 insertions(+), 354` / `deletions(-)`
  const match = whole && !line.endsWith(',') ? whole : (TOTALS.exec(wrapped) ?? whole);
  if (match === null) return null;
  const files = wholeNumber(match[1], MAX_CHANGED_FILES);
  const insertions = wholeNumber(match[2] ?? '0', MAX_CHANGED_LINES);
  const deletions = wholeNumber(match[3] ?? '0', MAX_CHANGED_LINES);
  if (files === null || insertions === null || deletions === null) return null;
  return { files, insertions, deletions, lines: match === whole ? 1 : 2 };
};

const readAround = (page: Page, at: number, totals: Totals): Found => {
  const { rows, start } = readRowsAbove(page, at);
  const modes = readModes(page, at + totals.lines);
  const { files, insertions, deletions } = totals;
  return {
    diffstat: { files, insertions, deletions, rows: completePaths(rows, modes.paths) },
    start,
    end: modes.end,
  };
};

/** Goes up from the totals as long as there are rows, or the halves of a row that a mailer broke. */
const readRowsAbove = (page: Page, totalsAt: number): { rows: DiffstatRow[]; start: number } => {
  const rows: DiffstatRow[] = [];
  let start = totalsAt;
  let below = '';
  for (let at = totalsAt - 1; at >= 0; at -= 1) {
    if (page.roles[at] === 'blank') {
      if (start - at > 1) break;
      continue;
    }
    if (page.roles[at] !== 'prose' && page.roles[at] !== 'ruler') break;
    const line = lineAt(page, at);
    const row = parseRow(line) ?? (below === '' ? null : parseRow(`${line.trim()} ${below}`));
    if (row === null && !isRowPart(line, below)) break;
    if (row !== null) rows.push(row);
    below = row === null ? `${line.trim()} ${below}`.trim() : '';
    if (row !== null) start = at;
  }
  return { rows: rows.reverse(), start };
};

/** A row's bar, or its amount, alone on a line: what is above them is the rest of the row. */
const isRowPart = (line: string, below: string): boolean => {
  if (below.length > 200) return false;
  return /^\s*(?:\|\s*)?(?:\d{1,7}(?: *[+-]*)?|[+-]+|Bin|Bin \d+ -> \d+ bytes)$/.test(line);
};

const MODE =
  /^ ?(?:create mode \d{6}|delete mode \d{6}|mode change \d{6} => \d{6}|rename|copy|rewrite) ?(.*)$/;

/** ` create mode 100644 a/b.c`, ` rename {a => b}/c.h (84%)` …: the paths in full, which rows may have shortened. */
const readModes = (page: Page, from: number): { paths: string[]; end: number } => {
  const paths: string[] = [];
  let at = from;
  for (; at < page.lines.length; at += 1) {
    const match = MODE.exec(lineAt(page, at).trim());
    if (match === null || page.roles[at] !== 'prose') break;
    let path = match[1] ?? '';
    // A mailer broke the line before a long path.
    if (path === '' && page.roles[at + 1] === 'prose') {
      at += 1;
      path = lineAt(page, at).trim();
    }
    paths.push(path.replace(/ \(\d{1,3}%\)$/, ''));
  }
  return { paths, end: at };
};

/** Rows that git shortened get their path from the lines below the totals, where just one of them fits. */
const completePaths = (rows: readonly DiffstatRow[], full: readonly string[]): DiffstatRow[] => {
  if (full.length === 0) return [...rows];
  const known = full.map(splitRename);
  return rows.map((row) => {
    if (!row.shortened && row.oldPath === null) return row;
    const tail = row.path.slice(row.path.indexOf('/'));
    const fits = known.filter(({ path }) => (row.shortened ? path.endsWith(tail) : path === row.path));
    const only = fits[0];
    if (fits.length !== 1 || only === undefined) return row;
    return { ...row, path: only.path, oldPath: only.oldPath ?? row.oldPath, shortened: false };
  });
};
