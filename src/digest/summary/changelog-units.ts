import { isAct } from './change-rank.js';
import { NEVER_LAST, OBJECTS } from './clause-words.js';
import { STOP_WORDS } from './content-words.js';
import { sentencesOf } from './sentences.js';

/** The lines of a changelog entry, taken together to changes and headings. */

const MAX_CHARS = 12_000;
const MAX_ITEMS = 200;
const MAX_LINE_CHARS = 1_000;

/** `- `, `* `, `+ `, `o `, `• `, `1. `, `2) `, `3, `, `(3) `, `[3] `, `i) `, `-Fix`, `1)Fix`, `(*) `, `>> `, `=> `: where a change starts. The length of the mark. */
function markLength(line: string): number {
  const found =
    /^(?:[-*+•·–>]{1,3}[ \t]+|={1,3}>[ \t]+|o[ \t]+|\(?\d{1,2}(?:[.):,]\)?| -)[ \t]+|\[\d{1,2}\][ \t]+|\(?\d{1,2}\)(?=[A-Za-z])|\(\*\)[ \t]+|\(?(?:[a-h]|[ivx]{1,4})\)[ \t]+|[-*•·](?![A-Z]{3})(?=[A-Za-z]))/.exec(
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
    /^(?:\[PATCH\b[^\]]{0,40}\]|PATCH(?: [\w-]{1,12}){0,3} \d{1,3}\/\d{1,3}):?$/i.test(line) ||
    /^\[.{0,60}\]$/.test(line) ||
    QUOTED.test(line) ||
    /^patch(?:es)? ?#?\d[\d\s,&/-]{0,12}$/i.test(line) ||
    isVersionName(line)
  );
}

/** `v2`, `RFC v1`, `v3 -> v4`, `V2 to V3`, `version 2`: which version, not what changed. */
export function isVersionName(text: string): boolean {
  return /^(?:changes (?:in|since|from) )?(?:rfc[ -]?)?(?:v|version |rfc )\d{1,3}(?: ?(?:->|-->|=>|to|\.\.|-) ?(?:rfc[ -]?)?v?\d{1,3})?(?: changes)?$/i.test(
    text,
  );
}

/** A link alone, or a reference: `[1] …` with its link, or without one where `next` is it. */
function isLink(line: string, next: string): boolean {
  return (
    /^(?:(?:link|v\d{1,2}|lore|url)\b.{0,20})?[:\s<[(]{0,4}https?:\/\/\S+[>)\]]?$/i.test(line) ||
    /^https?:\/\//.test(line) ||
    (/^\[\d{1,2}\]:? /.test(line) && (line.includes('://') || /^<?https?:\/\//.test(next)))
  );
}

/** `mm: take the lock early`: the title of the patch whose changes are nested below. */
export const TITLE = /^[\w/.-]{2,40}: /;

const FULL_LINE_CHARS = 66;

function brokeEarly(line: string, next: string): boolean {
  const space = next.indexOf(' ');
  return line.length + 1 + (space < 0 ? next.length : space) <= FULL_LINE_CHARS && !/[,(–-]$/.test(line);
}

/** `… because kernel threads are`: no change ends so. */
function endsOpen(line: string): boolean {
  const last = line.slice(line.lastIndexOf(' ') + 1).toLowerCase();
  return NEVER_LAST.has(last) && !OBJECTS.has(last);
}

const firstWord = (line: string) => line.split(' ', 1)[0] ?? '';

/** A full stop behind a line that ends a sentence without one: `… (Ada)⏎Other callers don't, so …`. */
function stopped(line: string, next: string): string {
  const word = firstWord(next);
  const starts = /^[A-Z][a-z']+$/.test(word) && (STOP_WORDS.has(word.toLowerCase()) || isAct(next));
  const ends = /[\w)\]'"`]$/.test(line) && !endsOpen(line);
  return starts && ends && brokeEarly(line, next) ? `${line}.` : line;
}

/** A change, or the heading of some, as it was written; `indent`: the column of its mark. */
export interface Unit {
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
  /** A list without marks: one of its lines ended early. */
  byLines: boolean;
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

/** `- `: a change continues below its first word. */
const MARK_COLUMNS = 2;

/** Whether an unmarked line continues the change above it, although that did not fill its line: `…, so that we⏎only copy once`. */
function goesOn({ parts, indent }: Gathered, raw: string, line: string): boolean {
  const [first = ''] = parts;
  if (endsOpen(parts.at(-1) ?? '')) return true;
  const alike = /^[A-Z]/.test(first) === /^[A-Z]/.test(line);
  // Below the title of a patch are its changes.
  if (columnOf(raw) > indent) return !TITLE.test(first) && !(alike && isAct(line));
  return /^[A-Z][a-z]/.test(first) && /^[a-z]/.test(line) && !isAct(line);
}

/** Whether a change begins here in a list without marks. */
function startsChange(state: Gathered, raw: string, line: string): boolean {
  const last = state.parts.at(-1);
  if (state.listed || last === undefined || goesOn(state, raw, line)) return false;
  if (brokeEarly(last, line)) return true;
  // Prose seldom breaks in front of an order that has a capital.
  if (/^[A-Z]/.test(line) && /^[A-Z]/.test(state.parts[0] ?? '') && isAct(line)) return true;
  return state.byLines && last.length < FULL_LINE_CHARS && !/[,(–-]$/.test(last) && isAct(line);
}

function columnOf(raw: string): number {
  return raw.length - raw.trimStart().length;
}

/** The changes of an entry and their headings, in its order. */
export function unitsOf(text: string): readonly Unit[] {
  const state: Gathered = { units: [], parts: [], listed: false, indent: 0, firstColumn: 0, byLines: false };
  let blank = true;
  const lines = text.slice(0, MAX_CHARS).split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim().slice(0, MAX_LINE_CHARS);
    if (line === '' || isLink(line, (lines[at + 1] ?? '').trim())) {
      flush(state);
      state.listed = false;
      state.byLines = false;
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
      if (startsChange(state, raw, line)) {
        state.byLines = true;
        flush(state);
      }
      const last = state.parts.pop();
      if (last !== undefined) state.parts.push(state.listed ? stopped(last, line) : last);
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
