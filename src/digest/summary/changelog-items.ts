import { withoutTail } from '../text/without-tail.js';
import { sentencesOf } from './split-sentences.js';
import { withoutCredit } from './without-credit.js';

const MAX_CHARS = 12_000;
const MAX_ITEMS = 200;
const MAX_LINE_CHARS = 1_000;

/** `- `, `* `, `+ `, `o `, `• `, `1. `, `2) `, `3, `, `(3) `, `i) `, `-Fix`, `>> `: where a change starts. The length of the mark. */
function markLength(line: string): number {
  const found =
    /^(?:[-*+•·–>]{1,3}[ \t]+|o[ \t]+|\(?\d{1,2}(?:[.):,]\)?| -)[ \t]+|\(?(?:[a-h]|[ivx]{1,4})\)[ \t]+|[-*•·](?=[A-Za-z]))/.exec(
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
  return item;
}

const FULL_LINE_CHARS = 66;

function brokeEarly(line: string, next: string): boolean {
  const space = next.indexOf(' ');
  return line.length + 1 + (space < 0 ? next.length : space) <= FULL_LINE_CHARS && !/[,(–-]$/.test(line);
}

/** Gathers the lines of one change after the other. */
interface Gathered {
  readonly items: string[];
  parts: string[];
  /** The lines stand behind a mark. */
  listed: boolean;
}

/** `next`: whether more changes follow, which a text that ends in a colon announces. */
function flush(state: Gathered, next: boolean): void {
  const joined = state.parts.join(' ');
  state.parts = [];
  if (joined === '' || state.items.length >= MAX_ITEMS) return;
  if (next && (joined.endsWith(':') || QUOTED.test(joined))) return;
  for (const one of state.listed ? [joined] : sentencesOf(joined)) {
    const item = cleanItem(one);
    if (item !== null) state.items.push(item);
  }
}

/**
 * The changes that one changelog entry lists, in its order, each on one line: without marks, links and credits.
 * An entry without a list is split into its sentences. Reads the first 12,000 characters.
 */
export function changelogItems(text: string): string[] {
  const state: Gathered = { items: [], parts: [], listed: false };
  let blank = true;
  for (const raw of text.slice(0, MAX_CHARS).split('\n')) {
    const line = raw.trim().slice(0, MAX_LINE_CHARS);
    if (line === '' || isLink(line)) {
      flush(state, true);
      state.listed = false;
      blank = true;
      continue;
    }
    const mark = markLength(line);
    if (mark > 0) {
      flush(state, true);
      const rest = line.slice(mark).trim();
      state.listed = !isHeading(rest);
      if (state.listed) state.parts.push(rest);
    } else if (isHeading(line) && (blank || !state.listed)) {
      // `Fixes resulting from Jan's⏎reviews:` is a heading that was wrapped.
      if (!blank && /^[a-z].{0,40}:$/.test(line) && !/[.!?;:]$/.test(state.parts.join(' ')))
        state.parts.push(line);
      flush(state, true);
    } else {
      // A list without marks: a line that was not full before it broke was meant to end there.
      const last = state.parts[state.parts.length - 1];
      if (!state.listed && last !== undefined && brokeEarly(last, line)) flush(state, true);
      state.parts.push(line);
    }
    blank = false;
  }
  flush(state, false);
  return state.items;
}
