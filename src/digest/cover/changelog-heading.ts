import { type ChangelogHeader, parseChangelogHeader } from './changelog-header.js';
import { linksIn } from './link.js';
import { isBullet, lineAt, nextText, type Page } from './page.js';

/** What is known of the changelog above a line. */
interface Above {
  /** There is an entry above. */
  readonly any: boolean;
  /** The entry above, if no heading cuts it short, goes on here. */
  readonly inside: boolean;
  /** The line above is an entry's heading. */
  readonly touching: boolean;
}

/** What follows a line: the points of a list, deeper text, or neither. */
interface Below {
  readonly list: boolean;
  readonly deeper: boolean;
}

/** The changelog heading in this line of a letter of version `said`, if it stands where a heading can stand. */
export const acceptHeading = (page: Page, at: number, said: number, above: Above): ChangelogHeader | null => {
  const header = parseChangelogHeader(lineAt(page, at));
  if (header === null) return null;
  const free = above.inside || at === 0 || page.roles[at - 1] !== 'prose' || isBullet(lineAt(page, at));
  const below = lookBelow(page, at);
  if (header.form === 'list') return free && acceptList(page, at, header, below) ? header : null;
  if (header.strong) return acceptStrong(header, free, below) ? header : null;
  return free && acceptBare(header, said, above, below) ? header : null;
};

const lookBelow = (page: Page, at: number): Below => {
  const under = isUnderline(page, at + 1) ? at + 2 : at + 1;
  return {
    list: under === at + 2 || isBullet(lineAt(page, nextText(page, under))),
    deeper: page.roles[under] === 'prose' && (page.indents[under] ?? 0) > (page.indents[at] ?? 0),
  };
};

/** A ruler under a heading. `---` alone parts the message of a patch from its notes. */
export const isUnderline = (page: Page, at: number): boolean =>
  page.roles[at] === 'ruler' && lineAt(page, at).trim() !== '---';

/** `Changelog:`: the rest of the line, or what follows, is an entry or a list. */
const acceptList = (page: Page, at: number, header: ChangelogHeader, below: Below): boolean => {
  if (header.inline !== '') return parseChangelogHeader(header.inline) !== null;
  if (header.colon || below.list || below.deeper) return true;
  return parseChangelogHeader(lineAt(page, nextText(page, at + 1))) !== null;
};

const acceptStrong = (header: ChangelogHeader, free: boolean, below: Below): boolean => {
  if (free) return true;
  return header.colon ? header.inline === '' : below.list || below.deeper;
};

/** A version alone: `v2:`, `[v3]`, `v2 - text`. It must look like a heading in its place too. */
const acceptBare = (header: ChangelogHeader, said: number, above: Above, below: Below): boolean => {
  const number = header.version?.number ?? 0;
  if (said > 1 && number > said) return false;
  if (number === 0 && !above.any) return false;
  // `v4 -> v5:` / `v4: https://…` / `- what changed`: a link below a heading.
  if (isLinkLine(header.inline)) return below.list && !above.touching;
  if (header.inline !== '') return true;
  return below.list || below.deeper || (header.colon && above.any);
};

/** `v4: https://…`, or a link alone: it says where a version is, not what changed in it. */
export const isLinkLine = (line: string): boolean => {
  const first = linksIn(line)[0];
  if (first === undefined) return false;
  const at = line.indexOf(first);
  return line.slice(0, at).trim().length <= 24 && line.slice(at + first.length).trim().length <= 2;
};
