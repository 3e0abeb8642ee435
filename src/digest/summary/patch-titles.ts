import { withoutTail } from '../text/without-tail.js';
import { contentWords } from './content-words.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from './read-letter.js';

/** `mm/gup: `, `KVM: x86: `, `[IPV4] `: where a patch belongs, not what it does. */
const AREA = /^(?:\[[^\]]{1,40}\] ?|[^\s:]{1,60}: |[A-Za-z0-9_./,-]{1,30} [A-Za-z0-9_./,-]{1,30}: )/;
const MAX_AREAS = 4;
const MAX_TITLES = 200;
/** Of one group so many are named. */
const MAX_NAMED = 3;

/** A title without the areas in front of it. */
function withoutArea(title: string): string {
  let rest = title.slice(0, 200).trim();
  for (let round = 0; round < MAX_AREAS; round += 1) {
    const area = AREA.exec(rest)?.[0];
    if (area === undefined || area.length >= rest.length) break;
    rest = rest.slice(area.length);
  }
  return withoutTail(rest, ' .;,');
}

/** Titles that begin alike, and how many patches have them. */
interface Group {
  readonly titles: string[];
  count: number;
}

function startOf(title: string): string {
  return title.toLowerCase().split(' ', 2).join(' ');
}

function commonWords(titles: readonly string[]): number {
  const split = titles.map((title) => title.split(' '));
  const [first = []] = split;
  let words = 0;
  while (
    words < first.length - 1 &&
    split.every((other) => other[words]?.toLowerCase() === first[words]?.toLowerCase())
  )
    words += 1;
  return words;
}

/** `add test for zones, nodes and 3 more`. */
function groupText({ titles, count }: Group): string {
  const [first = ''] = titles;
  if (titles.length === 1) return count === 1 ? first : `${first} (${count} patches)`;
  const common = commonWords(titles);
  const lead = first.split(' ').slice(0, common).join(' ');
  const ends = titles.slice(0, MAX_NAMED).map((title) => title.split(' ').slice(common).join(' '));
  const more = count - ends.length;
  return more > 0 ? `${lead} ${ends.join(', ')} and ${more} more` : `${lead} ${ends.join(', ')}`;
}

/** What begins with such a word is more than one thing by which titles differ: `build in fc42`, `build when compiling on fc42`. */
const JOINS = new Set(
  'in on at to for from by with when if where while as of into and & using via without'.split(' '),
);

/** Whether `add test for zones, nodes` says the same as the titles do, one of which may be the start of another. */
function areAlike(titles: readonly string[]): boolean {
  if (titles.length === 1) return true;
  const common = commonWords(titles);
  const ends = titles.map((title) => title.toLowerCase().split(' ').slice(common));
  if (ends.some(([word = '']) => JOINS.has(word))) return false;
  // In order, what continues a text follows it directly.
  const sorted = ends.map((end) => `${end.join(' ')} `).sort();
  return sorted.every((end, at) => sorted[at + 1]?.startsWith(end) !== true);
}

/** The titles by their keys, in their order. */
function collect(titles: readonly string[], keyOf: (title: string) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const title of titles) {
    const group = groups.get(keyOf(title));
    if (group === undefined) groups.set(keyOf(title), { titles: [title], count: 1 });
    else {
      group.count += 1;
      if (!group.titles.some((known) => known.toLowerCase() === title.toLowerCase()))
        group.titles.push(title);
    }
  }
  return [...groups.values()];
}

function groupsOf(titles: readonly string[]): Group[] {
  const bare = titles.map(withoutArea).filter((title) => title !== '');
  const alike = new Map(
    collect(bare, startOf).map((group) => [startOf(group.titles[0] ?? ''), areAlike(group.titles)]),
  );
  return collect(bare, (title) =>
    alike.get(startOf(title)) === true ? startOf(title) : title.toLowerCase(),
  );
}

const countWords = (text: string) => text.split(' ').length;

function repeats(title: string, known: ReadonlySet<string>): boolean {
  return contentWords(title).every((word) => known.has(word));
}

/**
 * What the patches' titles say, for a letter that says nothing: `7 patches: split the lock per node; convert foo, bar and 3 more`.
 *
 * Titles that begin alike are grouped; those that most patches share come first. null if there are fewer than two, or if they say no more
 * than `above`, the title of the series.
 */
export function titlesSummary(titles: readonly string[], above = ''): string | null {
  if (titles.length < 2) return null;
  const groups = groupsOf(titles.slice(0, MAX_TITLES));
  const known = new Set(contentWords(above));
  if (groups.every((group) => group.titles.every((title) => repeats(title, known)))) return null;
  const large = groups.filter(({ count }) => count > 2).sort((a, b) => b.count - a.count);
  const ordered = [...large, ...groups.filter(({ count }) => count <= 2)];
  let text = `${titles.length} patches:`;
  let left = titles.length;
  for (const [index, group] of ordered.entries()) {
    const own = groupText(group);
    const next = index === 0 ? `${text} ${own}` : `${text}; ${own}`;
    // `; +12 more` must fit behind it.
    if (index > 0 && (countWords(next) > MAX_SUMMARY_WORDS - 2 || next.length > MAX_SUMMARY_CHARS - 12))
      break;
    text = next;
    left -= group.count;
  }
  if (text.length > MAX_SUMMARY_CHARS - 12)
    text = `${withoutTail(text.slice(0, MAX_SUMMARY_CHARS - 14), ' ,;')}…`;
  return left > 0 ? `${text}; +${left} more` : text;
}
