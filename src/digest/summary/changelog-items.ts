import { withoutTail } from '../text/without-tail.js';
import { changeRank } from './change-rank.js';
import { stem } from './content-words.js';
import { DOING } from './cues.js';
import { sentencesOf } from './sentences.js';
import { areNames, withoutCredit } from './without-credit.js';

const MAX_CHARS = 12_000;
const MAX_ITEMS = 200;
const MAX_LINE_CHARS = 1_000;

/** `- `, `* `, `+ `, `o `, `• `, `1. `, `2) `, `3, `, `(3) `, `i) `, `-Fix`, `>> `: where a change starts. The length of the mark. */
function markLength(line: string): number {
  const found =
    /^(?:[-*+•·–>]{1,3}[ \t]+|o[ \t]+|\(?\d{1,2}(?:[.):,]\)?| -)[ \t]+|\(?(?:[a-h]|[ivx]{1,4})\)[ \t]+|[-*•·](?![A-Z]{3})(?=[A-Za-z]))/.exec(
      line,
    );
  return found === null ? 0 : found[0].length;
}

/** `"mm: Allow to offline pages"`: the title of the patch whose changes follow. */
const QUOTED = /^"[^"]{1,160}"$/;

/** A heading among the changes: `patch 3:`, `[PATCH v2 1/3]`, `KVM: x86:`, `v3 -> v4`. */
function isHeading(line: string): boolean {
  return (
    line.endsWith(':') ||
    /^\[?PATCH\b.{0,40}\]?:?$/i.test(line) ||
    /^\[.{0,60}\]$/.test(line) ||
    QUOTED.test(line) ||
    /^patch(?:es)? ?#?\d[\d\s,&/-]{0,12}$/i.test(line) ||
    isVersionName(line)
  );
}

/** `v2`, `RFC v1`, `v3 -> v4`, `V2 to V3`, `version 2`: which version, not what changed. */
function isVersionName(text: string): boolean {
  return /^(?:changes (?:in|since|from) )?(?:rfc[ -]?)?(?:v|version |rfc )\d{1,3}(?: ?(?:->|-->|=>|to|\.\.|-) ?(?:rfc[ -]?)?v?\d{1,3})?(?: changes)?$/i.test(
    text,
  );
}

function isLink(line: string): boolean {
  return (
    /^(?:(?:link|v\d{1,2}|lore|url)\b.{0,20})?[:\s<[(]{0,4}https?:\/\/\S+[>)\]]?$/i.test(line) ||
    /^(?:https?:\/\/|\[\d\] )/.test(line)
  );
}

const PATCH_MARK =
  /^(?:\[?patch(?:es)?\]? ?#?\d{1,2}(?:[-/, &]{1,3}#?\d{1,2}){0,4}|p\d{1,2}|\d{1,2}\/\d{1,2}) ?[:\]-]+ /i;

function cleanItem(raw: string): string | null {
  const text = raw
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?<?https?:\/\/\S+/g, '');
  const item = withoutTail(withoutCredit(text).replace(PATCH_MARK, ''), ' :;,.–—-([').trim();
  if (item.length < 4 || !/[a-z]{2}/i.test(item) || /^link to\b/i.test(item) || isVersionName(item))
    return null;
  // `Ada, Bob`: those whose comments follow.
  if (item.includes(', ') && areNames(item)) return null;
  return item;
}

const FULL_LINE_CHARS = 66;

function brokeEarly(line: string, next: string): boolean {
  const space = next.indexOf(' ');
  return line.length + 1 + (space < 0 ? next.length : space) <= FULL_LINE_CHARS && !/[,(–-]$/.test(line);
}

/** A change, or the heading of some, as it was written; `indent`: the column of its mark. */
interface Unit {
  readonly text: string;
  readonly indent: number;
  readonly heading: boolean;
  /** It has a list mark in front. */
  readonly listed: boolean;
}

interface Gathered {
  readonly units: Unit[];
  parts: string[];
  listed: boolean;
  indent: number;
  /** The column of the first change's mark by that of its second line; 0 if it has none. */
  firstColumn: number;
}

function flush(state: Gathered): void {
  const { parts, listed, indent, units } = state;
  const joined = parts.join(' ');
  state.parts = [];
  if (joined === '' || units.length >= MAX_ITEMS) return;
  if (listed || isHeading(joined)) {
    units.push({ text: joined, indent, heading: isHeading(joined), listed });
    return;
  }
  for (const text of sentencesOf(joined)) units.push({ text, indent, heading: isHeading(text), listed });
}

/** `- `: a change goes on below its first word. */
const MARK_COLUMNS = 2;

function columnOf(raw: string): number {
  return raw.length - raw.trimStart().length;
}

/** The changes of an entry and their headings, in its order. */
function unitsOf(text: string): readonly Unit[] {
  const state: Gathered = { units: [], parts: [], listed: false, indent: 0, firstColumn: 0 };
  let blank = true;
  for (const raw of text.slice(0, MAX_CHARS).split('\n')) {
    const line = raw.trim().slice(0, MAX_LINE_CHARS);
    if (line === '' || isLink(line)) {
      flush(state);
      state.listed = false;
      blank = true;
      continue;
    }
    const mark = markLength(line);
    if (mark > 0) {
      flush(state);
      state.listed = true;
      state.indent = columnOf(raw) + (line.startsWith('--') || line.startsWith('>>') ? 1 : 0);
      const rest = line.slice(mark).trim();
      state.parts.push(rest);
      if (isHeading(rest)) {
        flush(state);
        state.listed = false;
      }
    } else if (isHeading(line) && (blank || !state.listed)) {
      // `Fixes resulting from Jan's⏎reviews:` is a heading that was wrapped.
      const wrapped = !blank && /^[a-z].{0,40}:$/.test(line) && !/[.!?;:]$/.test(state.parts.join(' '));
      if (!wrapped) flush(state);
      if (!wrapped) state.indent = columnOf(raw);
      state.parts.push(line);
      flush(state);
      state.listed = false;
    } else {
      // A list without marks: a line that was not full before it broke was meant to end there.
      const last = state.parts[state.parts.length - 1];
      if (!state.listed && last !== undefined && brokeEarly(last, line)) flush(state);
      if (state.parts.length === 0) {
        state.listed = false;
        state.indent = columnOf(raw);
      } else if (state.units.length === 0 && state.parts.length === 1 && state.listed)
        state.firstColumn = Math.max(0, columnOf(raw) - MARK_COLUMNS);
      state.parts.push(line);
    }
    blank = false;
  }
  flush(state);
  return aligned(state.units, state.firstColumn);
}

/** An entry's first line has lost its indentation: it is aligned with the others. */
function aligned(units: readonly Unit[], firstColumn: number): readonly Unit[] {
  const [first, ...others] = units;
  if (first === undefined || !first.listed || first.indent > 0 || others.length === 0) return units;
  if (firstColumn > 0 && others.some(({ listed, indent }) => listed && indent === firstColumn))
    return [{ ...first, indent: firstColumn }, ...others];
  if (first.text.endsWith(':') || TITLE.test(first.text) || others.some(({ listed }) => !listed))
    return units;
  return [{ ...first, indent: Math.min(...others.map(({ indent }) => indent)) }, ...others];
}

/** The end of the units nested below the one at `at`. */
function endOfChildren(units: readonly Unit[], at: number): number {
  const { indent, heading, listed } = units[at] as Unit;
  let end = at + 1;
  for (; end < units.length; end += 1) {
    const child = units[end] as Unit;
    const below = child.indent > indent || (heading && !listed && child.listed && child.indent === indent);
    if (!below) break;
  }
  return end;
}

/** `Remove the following patches:` says what becomes of its children; `Patch 3:`, `Ada's comments:` only whose they are. */
function acts(text: string): boolean {
  const [first = ''] = text.split(' ', 1);
  return text.endsWith(':') && DOING.has(stem(first.toLowerCase())) && !CREDITS.test(text);
}

const CREDITS = /\b(?:reviews?|comments?|feedback|suggest\w*|requests?|remarks)\b/i;

/** The most children that are named of a parent. */
const MAX_CHILDREN = 4;

/**
 * The changes that one changelog entry lists, in its order, each on one line: without marks, links and credits. What is nested below
 * `Drop these patches:` stays with it; what explains a change in full is left out.
 *
 * An entry without a list is split into its sentences. Reads the first 12,000 characters.
 */
export function changelogItems(text: string): string[] {
  const units = unitsOf(text);
  const items: string[] = [];
  for (let at = 0; at < units.length; ) {
    const { text: own, heading, listed } = units[at] as Unit;
    const end = endOfChildren(units, at);
    const item = cleanItem(own);
    if (end > at + 1 && acts(own) && item !== null) {
      const children = units.slice(at + 1, end).flatMap((child) => cleanItem(child.text) ?? []);
      const more = children.length > MAX_CHILDREN ? ` and ${children.length - MAX_CHILDREN} more` : '';
      items.push(`${item}: ${children.slice(0, MAX_CHILDREN).join(', ')}${more}`);
      at = end;
      continue;
    }
    const headed = heading || (end > at + 1 && TITLE.test(own));
    if (!headed && item !== null) items.push(item);
    // A change that is complete in itself goes without what explains it; who asked for the changes is no change.
    const isComplete = listed && !headed && item !== null && changeRank(own) < 3;
    at = isComplete ? end : at + 1;
  }
  return items;
}

/** `mm: take the lock early`: the title of the patch whose changes are nested below. */
const TITLE = /^[\w/.-]{2,40}: /;
