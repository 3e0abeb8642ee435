import type { ComparedChangelog, ComparedPair, ComparedPatch, Comparison } from '../series/comparison.js';
import { versionName } from '../series/version-name.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { authorsLines } from './authors-lines.js';
import { code, facts, heading, linked, list, more, note } from './blocks.js';
import type { Block, Span, View } from './view.js';
import { dotted, patchesText, sizeText } from './words.js';

const PATCHES_SHOWN = 30;
/** Patches that stayed as they were. */
const KEPT_SHOWN = 10;
const CHANGES_SHOWN = 25;

/** How much is shown of what changed in each patch. */
export type CompareDetail = 'folded' | 'whole';

/** Lines of one patch in a chat: those that differ, without those around them. */
const LINES_FOLDED = 10;
/** Patches of which a chat shows what changed. */
const PATCHES_FOLDED = 10;

/** What became of a series between two of its postings, with the author's words beside it. */
export function compareView(comparison: Comparison, detail: CompareDetail = 'folded'): View {
  const { from, to, series } = comparison;
  const names = `${versionName(from)} → ${versionName(to)}`;
  const moved = new Set(comparison.reordered.map((pair) => pair.newer.place));
  const kept = (title: string, pairs: readonly ComparedPair[], most: number) =>
    patchSection(
      title,
      pairs.map((pair) => [...number(pair.newer), ...patchSpans(pair.newer), ...movedFrom(pair, moved)]),
      most,
    );
  const blocks: Block[] = [
    heading(1, linked(`${to.title} `, to.url), { text: names, style: 'dim' }),
    facts(factRows(comparison)),
    ...unsureNotes(comparison),
    ...patchSection('Added', comparison.added.map(listed), PATCHES_SHOWN),
    ...patchSection('Dropped', comparison.dropped.map(listed), PATCHES_SHOWN),
    ...patchSection(
      'Retitled',
      comparison.retitled.map((pair) => retitled(pair, moved)),
      PATCHES_SHOWN,
    ),
    ...kept('Changed', comparison.changed, PATCHES_SHOWN),
    ...kept('Unchanged', comparison.unchanged, KEPT_SHOWN),
    ...kept('Same title, content not known', comparison.unknown, KEPT_SHOWN),
    ...comparison.changelog.flatMap(changelogBlocks),
    ...differences([...comparison.changed, ...comparison.retitled], detail),
  ];
  return { fallback: `${shorten(series.title, 200)}, ${names}: ${inShort(comparison)}.`, blocks };
}

/** What changed in each patch, by its place in the newer posting. */
function differences(pairs: readonly ComparedPair[], detail: CompareDetail): Block[] {
  const known = pairs
    .filter((pair) => pair.difference !== null)
    .sort((a, b) => a.newer.place - b.newer.place);
  const shown = detail === 'whole' ? known : known.slice(0, PATCHES_FOLDED);
  const left = known.length - shown.length;
  const blocks = shown.flatMap((pair) => differenceBlocks(pair, detail));
  const rest = left === 0 ? [] : [note(`${count(left, 'more patch', 'more patches')} changed.`)];
  return blocks.length === 0 ? [] : [heading(2, 'What changed in the patches'), ...blocks, ...rest];
}

function differenceBlocks({ newer, difference }: ComparedPair, detail: CompareDetail): Block[] {
  const title = heading(3, ...number(newer), ...patchSpans(newer));
  if (difference === null) return [];
  if (difference.rewritten) return [title, note('Rewritten: too much differs to show it line by line.')];
  if (difference.lines.length === 0) return [title, note('Only white space, tags or line numbers differ.')];
  if (detail === 'whole') return [title, code(difference.lines)];
  const lines = withoutContext(difference.lines);
  const differing = lines.filter((line) => !line.startsWith('@@')).length;
  const folded = lines.slice(0, LINES_FOLDED);
  const left = differing - folded.filter((line) => !line.startsWith('@@')).length;
  return [title, code(folded), ...more(left, ' lines')];
}

/** The lines that differ, each group under the function in which it is. */
function withoutContext(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let place: string | null = null;
  for (const line of lines) {
    const heading = /^(?:[ +-]?(@@ .*)|. ## (.*) ##)$/.exec(line);
    if (heading !== null) place = heading[1] ?? `@@ ${heading[2]}`;
    if (heading !== null ? !/^[+-]/.test(line) : line.startsWith(' ')) continue;
    if (heading === null && place !== null) kept.push(place);
    if (heading === null) {
      place = null;
      kept.push(line);
    }
  }
  return kept;
}

/** `2 added, 3 dropped, 1 retitled, 10 changed, 9 unchanged, 2 moved`. */
export function inShort(comparison: Comparison): string {
  const parts: [number, string][] = [
    [comparison.added.length, 'added'],
    [comparison.dropped.length, 'dropped'],
    [comparison.retitled.length, 'retitled'],
    [comparison.changed.length, 'changed'],
    [comparison.unchanged.length, 'unchanged'],
    [comparison.unknown.length, 'with the same title, content not known'],
    [comparison.reordered.length, 'moved'],
  ];
  const counts = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  return counts.length === 0 ? 'no patch is known' : counts.join(', ');
}

function factRows(comparison: Comparison): { label: string; spans: readonly Span[] }[] {
  const { from, to } = comparison;
  const rows = [
    { label: 'In short', spans: [{ text: inShort(comparison) }] },
    { label: 'Patches', spans: beforeAfter({ text: patchesText(from) }, { text: patchesText(to) }) },
    {
      label: 'Size',
      spans: beforeAfter(
        { text: sizeText(from.size) ?? 'not known' },
        { text: sizeText(to.size) ?? 'not known' },
      ),
    },
    { label: 'Sent', spans: beforeAfter(day(from.date), day(to.date)) },
  ];
  if (from.title === to.title) return rows;
  return [...rows, { label: 'Title', spans: [{ text: `was “${shorten(from.title, 160)}”` }] }];
}

function beforeAfter(before: Span, after: Span): Span[] {
  return [before, { text: ' → ', style: 'dim' }, after];
}

function day(date: string | null): Span {
  return date === null ? { text: 'undated' } : { at: date, form: 'date' };
}

/** A patch that is neither here nor in the cover's list may be what looks added or dropped. */
function unsureNotes({ from, to }: Comparison): Block[] {
  return [from, to]
    .filter((one) => one.known < one.total)
    .map((one) =>
      note(
        `Of ${versionName(one)} only ${one.known} of ${count(one.total, 'patch', 'patches')} are known here: what looks ${
          one === from ? 'added' : 'dropped'
        } may be one of the others.`,
      ),
    );
}

function section(title: string, items: readonly (readonly Span[])[], most: number): Block[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  return [heading(3, title), list(items.slice(0, most)), ...more(left)];
}

function patchSection(title: string, items: readonly (readonly Span[])[], most: number): Block[] {
  return section(`${title} (${items.length})`, items, most);
}

function number({ index, place }: ComparedPatch): Span[] {
  return [{ text: `${index ?? place}. `, style: 'dim' }];
}

function patchSpans({ title, url }: ComparedPatch): Span[] {
  return [linked(title, url)];
}

function listed(patch: ComparedPatch): Span[] {
  return [...number(patch), ...patchSpans(patch)];
}

const CONTENT = {
  same: 'content unchanged',
  changed: 'content changed too',
  unknown: 'content not known',
} as const;

function retitled(pair: ComparedPair, moved: ReadonlySet<number>): Span[] {
  return [
    ...number(pair.newer),
    ...dotted([
      ...patchSpans(pair.newer),
      `was “${shorten(pair.older.title, 160)}”`,
      { text: CONTENT[pair.content], style: 'dim' },
    ]),
    ...movedFrom(pair, moved),
  ];
}

function movedFrom(pair: ComparedPair, moved: ReadonlySet<number>): Span[] {
  if (!moved.has(pair.newer.place)) return [];
  return [{ text: ` · moved from ${pair.older.index ?? pair.older.place}`, style: 'dim' }];
}

function changelogBlocks(entry: ComparedChangelog): Block[] {
  const name = versionName({ ...entry, resend: false });
  const about = entry.patch === null ? '' : `, patch ${entry.patch.index ?? entry.patch.place}`;
  const lines = authorsLines(entry.text).map((line) => [{ text: line }]);
  return section(`The author on ${name}${about}`, lines, CHANGES_SHOWN);
}
