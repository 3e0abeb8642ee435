import { withoutTail } from '../text/without-tail.js';
import { changeRank, isAct } from './change-rank.js';
import { isVersionName, TITLE, type Unit, unitsOf } from './changelog-units.js';
import { NEVER_LAST } from './clause-words.js';
import { STOP_WORDS, stem } from './content-words.js';
import { DOING } from './cues.js';
import { areNames, withoutCredit } from './without-credit.js';

const PATCH_MARK =
  /^(?:\[?patch(?:es)?\]? ?#?\d{1,2}(?:[-/, &]{1,3}#?\d{1,2}){0,4}|p\d{1,2}|\d{1,2}\/\d{1,2}) ?[:\]-]+ /i;

/** `[PATCH v2 07/28]` in a sentence. */
const PATCH_NAME = /\[PATCH[^\][]{0,40} 0{0,3}(\d{1,3})\/\d{1,3}\]/gi;
/** `recheck it in [PATCH 7/9]`, `add [PATCH 7/9]` need the name; behind a sentence it only says where. */
function patchName(name: string, number: string, at: number, text: string): string {
  const before = text.slice(0, at).trimEnd();
  const last = before.slice(before.lastIndexOf(' ') + 1);
  return NEVER_LAST.has(last.toLowerCase()) || isAct(last) ? `patch ${number}` : name;
}

/** Who is behind a change, alone: `Suggested by: Ada`, `Big thanks to all who tested it`. */
const CREDIT_ALONE =
  /^(?:(?:suggested|reported|reviewed|tested|requested|proposed|spotted|noted|noticed|acked|found|pointed out)[ -]by\b:?(?: \S+){0,5}|(?:(?:big|many|special) )?thanks(?: to (?:(?:all|everyone)\b|.{1,120}\b(?:for|who)\b|\S+(?: \S+){0,2}$)|(?! to\b)\b).{0,200})$/i;

function cleanItem(raw: string): string | null {
  const text = raw
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?\(https?:\/\/[^\s()]{1,300}\)/g, '')
    .replace(/ ?<?https?:\/\/\S+/g, '')
    .replace(PATCH_NAME, patchName);
  if (CREDIT_ALONE.test(text)) return null;
  const own = withoutCredit(text)
    .replace(PATCH_MARK, '')
    .replace(/^[ :;,]{1,4}/, '');
  const item = withoutTail(own, ' :;,.–—-([').trim();
  if (item.length < 4 || !/[a-z]{2}/i.test(item) || /^link to\b/i.test(item) || isVersionName(item))
    return null;
  // `Note that …`, `Note: …`
  if (/^note(?: that\b|:)/i.test(item)) return null;
  // `Patch 3 only:`
  if (STOP_WORDS.has(item.toLowerCase())) return null;
  // `Ada, Bob`: those whose comments follow.
  if (item.includes(', ') && areNames(item)) return null;
  return item;
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
    // `- Fix a leak:` with a link below.
    const alone = listed && end === at + 1 && acts(own);
    const headed = (heading && !alone) || (end > at + 1 && (TITLE.test(own) || namesPart(units, at, end)));
    if (!headed && item !== null) items.push(item);
    // A change that is complete in itself goes without what explains it; who asked for the changes is no change.
    const isComplete = listed && !headed && item !== null && changeRank(own) < 3;
    at = isComplete ? end : at + 1;
  }
  return items;
}

/** `Clock driver` over changes that begin with what is done: whose changes they are. */
function namesPart(units: readonly Unit[], at: number, end: number): boolean {
  const { text } = units[at] as Unit;
  return (
    text.split(' ').length <= MAX_PART_WORDS &&
    !/[.!?]$/.test(text) &&
    !tellsChange(text) &&
    units.slice(at + 1, end).some((child) => isAct(child.text))
  );
}
const MAX_PART_WORDS = 6;

/** `Add a cache`, `Lock taken early`, `No more waits`: not a name alone. */
function tellsChange(text: string): boolean {
  return isAct(text) || / \w{2,}ed\b|^(?:no|new|misc|more)\b/i.test(text);
}
