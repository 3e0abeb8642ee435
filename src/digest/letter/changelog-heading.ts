import { type ChangelogHeader, parseChangelogHeader } from './changelog-header.js';
import { linksIn } from './link.js';
import { isBullet, lineAt, nextText, type Page } from './page.js';

/** What is known of the changelog above a line. */
interface Above {
  /** There is an entry above. */
  readonly any: boolean;
  /** The entry above, if no heading cuts it short, continues here. */
  readonly inside: boolean;
  /** The line above is an entry's heading. */
  readonly touching: boolean;
}

/** What follows a line. */
interface Below {
  /** The points of a list. */
  readonly list: boolean;
  readonly deeper: boolean;
  /** Text, not just a link, on the very next line. */
  readonly text: boolean;
}

/** The changelog heading in this line of a letter of version `letterVersion`, if it is where a heading can be. */
export const acceptHeading = (
  page: Page,
  at: number,
  letterVersion: number,
  above: Above,
): ChangelogHeader | null => {
  const header = parseChangelogHeader(lineAt(page, at));
  if (header === null || isRelease(header, letterVersion)) return null;
  // `Fixes in this version:` of a first posting is about what it patches.
  if (letterVersion < 2 && /\bin this \w+:?\s*$/i.test(lineAt(page, at))) return null;
  const led = header.colon && isLead(lineAt(page, at - 1));
  const free =
    above.inside || at === 0 || led || page.roles[at - 1] !== 'prose' || isBullet(lineAt(page, at));
  const below = lookBelow(page, at, header.strong);
  if (header.form === 'list') return free && acceptList(page, at, header, below) ? header : null;
  if (header.strong) return acceptStrong(header, free, below) && !goesOn(page, at) ? header : null;
  return free && acceptBare(header, letterVersion, above, below) ? header : null;
};

/** `What is different from what was posted before:`, right above the first entry. */
const isLead = (line: string): boolean => line.endsWith(':') && line.length < 80;

/** `v6.8` is a kernel; `v3.1` in a v4 letter is a version. */
const isRelease = ({ version, since }: ChangelogHeader, letterVersion: number): boolean =>
  [version, since].some(
    (one) => one !== null && !Number.isInteger(one.number) && one.number > letterVersion + 1,
  );

const lookBelow = (page: Page, at: number, strong: boolean): Below => {
  const under = isUnderline(page, at + 1, strong) ? at + 2 : at + 1;
  const indent = page.indents[at] ?? 0;
  const next = nextText(page, under);
  // A point below a point is its neighbor, unless it is indented more.
  const inner = !isBullet(lineAt(page, at)) || (page.indents[next] ?? 0) > indent;
  return {
    list: under === at + 2 || (inner && isBullet(lineAt(page, next))),
    deeper: page.roles[under] === 'prose' && (page.indents[under] ?? 0) > indent,
    text: page.roles[under] === 'prose' && !isLinkLine(lineAt(page, under)),
  };
};

/** A ruler under a heading; under a weak one `---` may rather part the message of a patch from its notes. */
export const isUnderline = (page: Page, at: number, strong: boolean): boolean =>
  page.roles[at] === 'ruler' && (strong || lineAt(page, at).trim() !== '---');

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

/** A line this long was broken for its length. */
const WRAPPED = 40;

/**
 * The end of a sentence that began above: `… comes with a set of major` / `improvements compared to v4.0:`. One that says
 * `changes` or `since` is a heading even there: `… lots of` / `bug fixes since v1:`.
 */
const goesOn = (page: Page, at: number): boolean => {
  const [above, line] = [lineAt(page, at - 1), lineAt(page, at)];
  if (at === 0 || page.roles[at - 1] !== 'prose' || above.length < WRAPPED) return false;
  if (!/^[a-z]/.test(line) || /^v(?:er|\d)|chang|since/i.test(line)) return false;
  return /[a-z,]$/i.test(above) && page.indents[at - 1] === page.indents[at];
};

/** A version alone: `v2:`, `[v3]`, `v2 - text`. It must look like a heading in its place too. */
const acceptBare = (header: ChangelogHeader, letterVersion: number, above: Above, below: Below): boolean => {
  const number = header.version?.number ?? 0;
  if (letterVersion > 1 && number > letterVersion) return false;
  if (number === 0 && !above.any) return false;
  // `v4 -> v5:` / `v4: https://…` / `- what changed`: a link below a heading.
  if (isLinkLine(header.inline)) return below.list && !above.touching;
  if (header.inline !== '') return true;
  if (below.list || below.deeper || (header.colon && above.any)) return true;
  return header.colon && below.text && number > 1;
};

/** `v4: https://…`, or a link alone: it says where a version is, not what changed in it. */
export const isLinkLine = (line: string): boolean => {
  const first = linksIn(line)[0];
  if (first === undefined) return false;
  const at = line.indexOf(first);
  return line.slice(0, at).trim().length <= 24 && line.slice(at + first.length).trim().length <= 2;
};
