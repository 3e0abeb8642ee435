import type { Problem } from '../mail/mail.js';
import { patchNumber } from '../text/bounded-number.js';
import type { ShortlogEntry } from './letter.js';
import { claim, lineAt, nextText, type Page } from './page.js';
import { readPatchList } from './patch-list.js';

/** A line that was wrapped is longer. */
const SHORTEST_WRAPPED = 50;
/** Of a title that goes on for longer the rest is left out. */
const LONGEST_TITLE = 500;

/** The author's patches as `git shortlog` lists them, with the number that it says. */
interface Block {
  readonly author: string;
  readonly declared: number;
  readonly titles: readonly string[];
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

interface Shortlog {
  readonly entries: readonly ShortlogEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads and claims the shortlog: `Author Name (N):` and N titles, indented, wrapped ones more so.
 * `total` is N of the subject's 0/N, null if it says none. A numbered list of titles replaces a missing shortlog.
 */
export const readShortlog = (page: Page, total: number | null): Shortlog => {
  const found = findBlocks(page, total);
  const blocks = chooseBlocks(found, total);
  for (const block of found) claim(page, block.start, block.end, 'shortlog');
  if (blocks.length === 0) {
    const titles = readPatchList(page, total);
    return { entries: titles.map((title) => ({ author: '', title })), problems: [] };
  }
  const entries = blocks.flatMap((block) => block.titles.map((title) => ({ author: block.author, title })));
  return { entries, problems: checkCounts(blocks, total) };
};

const checkCounts = (blocks: readonly Block[], total: number | null): Problem[] => {
  const problems: Problem[] = [];
  const sum = sumOf(blocks);
  if (total !== null && sum !== total) {
    problems.push({
      code: 'shortlog-sum',
      detail: `the shortlog counts ${sum} patches, the subject says ${total}`,
    });
  }
  for (const block of blocks) {
    if (block.titles.length === block.declared) continue;
    const detail = `${block.author} (${block.declared}) has ${block.titles.length} titles in the shortlog`;
    problems.push({ code: 'shortlog-count', detail });
  }
  return problems;
};

const findBlocks = (page: Page, total: number | null): Block[] => {
  const blocks: Block[] = [];
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose') continue;
    const head = parseHead(lineAt(page, at));
    if (head === null) continue;
    const block = readBlock(page, at, head, total);
    if (block === null) continue;
    blocks.push(block);
    at = block.end - 1;
  }
  return blocks;
};

interface Head {
  readonly author: string;
  readonly declared: number;
}

/** `Jane Doe (3):`; names may hold parentheses of their own. */
const parseHead = (line: string): Head | null => {
  if (!line.endsWith('):') || line.length > 120) return null;
  const open = line.lastIndexOf('(');
  const digits = line.slice(open + 1, -2);
  const declared = patchNumber(digits);
  if (declared === null) return null;
  const author = line.slice(0, open).trim();
  return author === '' ? null : { author, declared };
};

const readBlock = (page: Page, start: number, head: Head, total: number | null): Block | null => {
  const first = nextText(page, start + 1);
  if (first >= page.lines.length || first > start + 2) return null;
  const headIndent = page.indents[start] ?? 0;
  const titleIndent = page.indents[first] ?? 0;
  // A copy may have lost all indentation (seed 002): then a line is a title.
  const flat = titleIndent <= headIndent;
  const titles: string[] = [];
  let at = first;
  for (; at < page.lines.length; at += 1) {
    const line = lineAt(page, at);
    if (page.roles[at] === 'blank') {
      if (!goesOn(page, at, titleIndent, titles.length, head.declared, flat)) break;
      continue;
    }
    if (page.roles[at] !== 'prose' || parseHead(line) !== null) break;
    if (flat && titles.length === head.declared) break;
    const indent = page.indents[at] ?? 0;
    if (flat || indent === titleIndent) titles.push(line.trim());
    else titles.push(joinTail(titles.pop() ?? '', line.trim()));
  }
  if (titles.length === 0 || (flat && titles.length !== head.declared)) return null;
  if (head.declared === 1 && titles.length !== total && isWrapped(titles))
    titles.splice(0, titles.length, titles.reduce(joinTail));
  return { ...head, titles, start, end: at };
};

/** A commit without a title of its own: its message, wrapped by the author; not several titles, which are short or begin with a prefix. */
const isWrapped = (lines: readonly string[]): boolean =>
  lines.length > 1 &&
  lines
    .slice(1)
    .every(
      (line, at) =>
        (lines[at] ?? '').length > SHORTEST_WRAPPED &&
        /^\p{Ll}/u.test(line) &&
        !/^[\w./,-]{1,40}: /.test(line),
    );

const joinTail = (title: string, tail: string): string =>
  title === '' ? tail : `${title} ${tail}`.slice(0, LONGEST_TITLE);

/** A blank line ends a block, unless titles are wanting and the next line is one (mail that was spaced out). */
const goesOn = (
  page: Page,
  at: number,
  indent: number,
  have: number,
  declared: number,
  flat: boolean,
): boolean => {
  if (flat || have >= declared) return false;
  const next = at + 1;
  if (page.roles[next] !== 'prose' || (page.indents[next] ?? 0) !== indent) return false;
  const line = lineAt(page, next);
  return parseHead(line) === null && !line.includes(' | ');
};

/**
 * Blocks that belong together: all where they add up, else the last few that do (some letters hold their shortlog
 * twice, or an older one), else the last group.
 */
const chooseBlocks = (blocks: readonly Block[], total: number | null): readonly Block[] => {
  if (blocks.length < 2 || total === null || sumOf(blocks) === total) return blocks;
  for (let from = blocks.length - 1; from >= 0; from -= 1) {
    const some = blocks.slice(from);
    if (sumOf(some) === total) return some;
    if (sumOf(some) > total) break;
  }
  const groups = groupBlocks(blocks);
  return groups.findLast((group) => sumOf(group) === total) ?? groups.at(-1) ?? [];
};

const sumOf = (blocks: readonly Block[]): number => blocks.reduce((so, block) => so + block.declared, 0);

const groupBlocks = (blocks: readonly Block[]): Block[][] => {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && block.start - last.end <= 2) group.push(block);
    else groups.push([block]);
  }
  return groups;
};
