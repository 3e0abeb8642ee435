import { sentencesOf } from './split-sentences.js';

const MAX_CHARS = 12_000;
const MAX_ITEMS = 200;

/** `- `, `* `, `+ `, `o `, `• `, `1. `, `2) `, `(3) `, `-Fix`, `>> `: where a change starts. The length of the mark. */
function markLength(line: string): number {
  const found = /^(?:[-*+•·–>]{1,3}[ \t]+|o[ \t]+|\(?\d{1,2}(?:[.):]\)?| -)[ \t]+|[-*•·](?=[A-Za-z]))/.exec(
    line,
  );
  return found === null ? 0 : found[0].length;
}

/** A heading among the changes: `patch 3:`, `[PATCH v2 1/3]`, `KVM: x86:`. */
function isHeading(line: string): boolean {
  return (
    line.endsWith(':') ||
    /^\[?PATCH\b.{0,40}\]?:?$/i.test(line) ||
    /^\[.{0,60}\]$/.test(line) ||
    /^patch(?:es)? ?#?\d[\d\s,&/-]{0,12}$/i.test(line)
  );
}

function isLink(line: string): boolean {
  return (
    /^(?:(?:link|v\d{1,2}|lore|url)\b.{0,20})?[:\s<[(]{0,4}https?:\/\/\S+[>)\]]?$/i.test(line) ||
    /^(?:https?:\/\/|\[\d\] )/.test(line)
  );
}

/** What is said of who asked for it: `(Paolo)`, `[Sean Christopherson]`, `as suggested by Ada`, `per Bob's comments`. */
function withoutCredit(item: string): string {
  return item
    .replace(/ ?\[[^[\]]{0,60}\]/g, '')
    .replace(
      / ?\((?:[A-Z][\w.'-]{1,20}(?:(?:,| and| &|\/)? ?[A-Z][\w.'-]{1,20}){0,4}|(?:thanks|suggested|reported|spotted|noted|found|requested|pointed|per|as|from|patch|patches|by|comment|see|https?:)\b[^()]{0,80}|\d[\d\s,/-]{0,10}|#\d{1,3})\)/gi,
      (mark) =>
        /^ ?\([A-Z]/.test(mark) ||
        /^ ?\((?:thanks|suggested|reported|spotted|noted|found|requested|pointed|per|as|from|patch|by|comment|see|http|\d|#)/i.test(
          mark,
        )
          ? /^ ?\([A-Z_0-9]{3,}\)/.test(mark)
            ? mark
            : ''
          : mark,
    )
    .replace(
      /,? ?(?:as )?(?:suggested|requested|pointed out|reported|recommended|proposed|spotted|noted|noticed|commented|discussed)(?: earlier)? (?:by|with)(?: [A-Z][\w.'@-]{1,30}){1,4}(?: and(?: [A-Z][\w.'-]{1,20}){1,3})?\.?$/,
      '',
    )
    .replace(
      /,? (?:per|following|based on|after|thanks to) (?:[A-Z][\w.'’-]{1,20} ?){1,3}(?:'s|’s|s')? ?(?:comments?|feedback|suggestions?|review|request|advice)?\.?$/,
      '',
    );
}

function cleanItem(raw: string): string | null {
  let item = raw.replace(/\s+/g, ' ').trim();
  item = item.replace(/ ?<?https?:\/\/\S+/g, '');
  item = withoutCredit(item)
    .replace(
      /^(?:\[?patch(?:es)?\]? ?#?\d{1,2}(?:[-/, &]{1,3}#?\d{1,2}){0,4}|p\d{1,2}|\d{1,2}\/\d{1,2}) ?[:\]-]+ /i,
      '',
    )
    .replace(/[\s:;,.–—-]+$/, '')
    .trim();
  return item.length < 4 || !/[a-z]{2}/i.test(item) || /^link to\b|^v\d{1,2}$/i.test(item) ? null : item;
}

const FULL_LINE_CHARS = 66;

function brokeEarly(line: string, next: string): boolean {
  const space = next.indexOf(' ');
  return line.length + 1 + (space < 0 ? next.length : space) <= FULL_LINE_CHARS && !/[,(–-]$/.test(line);
}

/**
 * The changes that one changelog entry lists, in its order, each on one line: without marks, links and credits.
 * An entry without a list is split into its sentences. Reads the first 12,000 characters.
 */
export function changelogItems(text: string): string[] {
  const items: string[] = [];
  let parts: string[] = [];
  let listed = false;
  const flush = () => {
    const joined = parts.join(' ');
    parts = [];
    if (joined === '' || items.length >= MAX_ITEMS) return;
    const texts = listed ? [joined] : sentencesOf(joined);
    for (const one of texts) {
      const item = cleanItem(one);
      if (item !== null) items.push(item);
    }
  };
  let blank = true;
  for (const raw of text.slice(0, MAX_CHARS).split('\n')) {
    const line = raw.trim().slice(0, 1_000);
    if (line === '' || isLink(line)) {
      flush();
      listed = false;
      blank = true;
      continue;
    }
    const mark = markLength(line);
    if (mark > 0) {
      flush();
      listed = true;
      const rest = line.slice(mark).trim();
      if (!isHeading(rest)) parts.push(rest);
      else listed = false;
    } else if (isHeading(line) && (blank || !listed)) flush();
    // A list without marks: a line that was not full before it broke was meant to end there.
    else if (!listed && parts.length > 0 && brokeEarly(parts[parts.length - 1] as string, line)) {
      flush();
      parts.push(line);
    } else parts.push(line);
    blank = false;
  }
  flush();
  return items;
}
