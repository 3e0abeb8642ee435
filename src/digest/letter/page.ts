/** What a line of a letter is. Every line has one role; `prose` is what no section took. */
export type Role =
  | 'prose'
  | 'blank'
  | 'header'
  | 'quote'
  | 'ruler'
  | 'changelog'
  | 'shortlog'
  | 'diffstat'
  | 'range-diff'
  | 'trailer'
  | 'link'
  | 'base'
  | 'signature';

/** The lines of a letter and what each of them is; the section files claim lines by setting roles. */
export interface Page {
  /** Without trailing white space, cut at LINE_LIMIT. */
  readonly lines: readonly string[];
  /** Columns of white space before each line, a tab reaching to the next multiple of eight. */
  readonly indents: readonly number[];
  readonly roles: Role[];
  /** The text was longer than LINES_LIMIT lines or TEXT_LIMIT characters; the rest was not read. */
  readonly cut: boolean;
}

/** No one writes longer lines than this; patterns never see more of one. */
const LINE_LIMIT = 4_000;
const LINES_LIMIT = 10_000;
const TEXT_LIMIT = 2_000_000;

/** Splits the text of a letter into lines and marks those that are blank, quoted or a ruler. */
export const openPage = (text: string): Page => {
  const all = text.slice(0, TEXT_LIMIT).split('\n', LINES_LIMIT + 1);
  const cut = text.length > TEXT_LIMIT || all.length > LINES_LIMIT;
  if (all.length > LINES_LIMIT) all.length = LINES_LIMIT;
  const lines: string[] = [];
  const indents: number[] = [];
  const roles: Role[] = [];
  for (const whole of all) {
    const line = (whole.length > LINE_LIMIT ? whole.slice(0, LINE_LIMIT) : whole).trimEnd();
    lines.push(line);
    indents.push(indentOf(line));
    roles.push(firstRole(line));
    if (roles[lines.length - 2] === 'prose' && isNotesHeading(lines.at(-2) ?? '', indents.at(-1) ?? 0))
      roles[lines.length - 2] = 'ruler';
  }
  return { lines, indents, roles, cut };
};

/** Gives the lines from `start` up to `end` (not included) a role. */
export const claim = (page: Page, start: number, end: number, role: Role): void => {
  for (let at = start; at < end; at += 1) if (page.roles[at] !== 'blank') page.roles[at] = role;
};

export const lineAt = (page: Page, at: number): string => page.lines[at] ?? '';

/** The line number of the next line that is not blank, from `at` on; the number of lines if there is none. */
export const nextText = (page: Page, at: number): number => {
  let next = at;
  while (next < page.lines.length && page.roles[next] === 'blank') next += 1;
  return next;
};

const indentOf = (line: string): number => {
  let columns = 0;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charCodeAt(at);
    if (char === 9) columns += 8 - (columns % 8);
    else if (char === 32 || char === 160) columns += 1;
    else break;
  }
  return columns;
};

const firstRole = (line: string): Role => {
  if (line === '') return 'blank';
  if (line.startsWith('>')) return 'quote';
  return isRuler(line) ? 'ruler' : 'prose';
};

/**
 * What `git format-patch --notes` writes over notes, which it indents by four columns. People write `Notes:` over what they want to be read,
 * and indent nothing.
 */
const isNotesHeading = (line: string, nextIndent: number): boolean =>
  nextIndent >= 4 && line.startsWith('Notes') && /^Notes(?: \([\w./ -]{1,60}\))?:$/.test(line);

const RULER_MARKS = new Set(Array.from('-=_*~#+', (mark) => mark.charCodeAt(0)));

/** `---`, `=====`, `* * *`: three marks or more and nothing else. */
const isRuler = (line: string): boolean => {
  let mark = 0;
  let marks = 0;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charCodeAt(at);
    if (char === 32 || char === 9) continue;
    if (marks === 0) {
      if (!RULER_MARKS.has(char)) return false;
      mark = char;
    } else if (char !== mark) return false;
    marks += 1;
  }
  return marks >= 3;
};

const BULLET = /^\s*(?:[-*+•‣◦·–—]+|o|\(?(?:\d{1,2}|[a-zA-Z])[.):]\)?|\[\d{1,2}\])\s+\S/;

/** `- x`, `* x`, `1. x`, `a) x`, `o x`: a point of a list. */
export const isBullet = (line: string): boolean => BULLET.test(line);
