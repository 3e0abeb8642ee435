import type { ChangelogEntry } from '../letter/letter.js';
import { withoutTail } from '../text/without-tail.js';
import { rankedChange } from './change-rank.js';
import { changelogItems } from './changelog-items.js';
import { LEADS, NEVER_LAST, SUBORDINATE } from './clause-words.js';

/** The part of a revision that `changedLine` needs. */
export interface ChangedRevision {
  readonly version: number;
  /** Newest first, as `parseLetter` gives it. */
  readonly changelog: readonly ChangelogEntry[];
}

/** The most characters of the line. */
export const MAX_CHANGED_CHARS = 140;
/** The most characters of one change if there are others. */
const MAX_ITEM_CHARS = 80;

/** The entries about versions after `since`, newest first. */
function entriesSince(revision: ChangedRevision, since: number | null): ChangelogEntry[] {
  const { changelog, version } = revision;
  const [newest] = changelog;
  if (newest === undefined) return [];
  const relevant = changelog.filter((entry) => {
    if (entry.version === null) return entry === newest;
    // `Changes since v1` in a letter of v3 that was not seen before: shown whatever came in between.
    if (since === null)
      return entry.version === version || (entry === newest && entry.version >= version - 1);
    return entry.version > since && entry.version <= version;
  });
  return relevant;
}

/** A shorter head of an item says too little. */
const MIN_CUT_CHARS = 16;
/** Words that a cut text must not end with. */
const CUT_TAIL = ' \t,;:.(["\'`–—-';

/** Without a bracket or a quote that a cut left open: `fix "the rac` is `fix`. */
function withoutOpen(text: string): string {
  let open = text.length;
  for (const [start, end] of ['()', '[]', '{}'] as const) {
    const at = text.lastIndexOf(start as string);
    if (at >= 0 && text.indexOf(end as string, at) < 0) open = Math.min(open, at);
  }
  for (const quote of ['"', '`']) {
    const parts = text.split(quote);
    if (parts.length % 2 === 0) open = Math.min(open, text.lastIndexOf(quote));
  }
  return withoutTail(text.slice(0, open), CUT_TAIL);
}

/** Words that cannot end a clause: `Jan Kara's and Jonathan Corbet's`, `the lock of the`. */
function endsOpen(text: string): boolean {
  const last = text.slice(text.lastIndexOf(' ') + 1).toLowerCase();
  return text.includes(' ') && (NEVER_LAST.has(last) || /['’]s$/.test(last) || OPEN.has(last));
}

const OPEN = new Set(['or', 'not', 'no', 'only', 'more', 'what']);

/** Cuts after a whole word and adds `…`. */
function cutWords(text: string, max: number): string {
  if (text.length <= max) return text;
  const space = text.lastIndexOf(' ', max - 2);
  if (space < max / 3) return '';
  let head = withoutOpen(withoutTail(text.slice(0, space), CUT_TAIL));
  // `with more of the …`
  for (let word = head.lastIndexOf(' '); word > MIN_CUT_CHARS && endsOpen(head); word = head.lastIndexOf(' '))
    head = withoutOpen(withoutTail(head.slice(0, word), CUT_TAIL));
  return head.length < MIN_CUT_CHARS ? '' : `${head} …`;
}

/** With these begins what the change itself follows. */
const LEADING = new Set([...SUBORDINATE, ...LEADS]);

/** An item short enough to be among others: cut before a clause where that leaves enough, else after a word. */
function shortItem(item: string, max: number): string {
  if (item.length <= max) return item;
  for (const mark of [
    '; ',
    '. ',
    ' (',
    ', which ',
    ' which ',
    ', so ',
    ' so that ',
    ', as ',
    ' because ',
    ' since ',
    ', and ',
    ' instead of ',
    ', ',
  ]) {
    const at = item.indexOf(mark);
    // `In the reader, take the lock`: a place, not a change.
    if (mark.startsWith(',') && LEADING.has(item.split(' ', 1)[0]?.toLowerCase() ?? '')) continue;
    // `patches 8, 9 and 10` is one.
    if (at < (mark === '. ' ? 8 : 20) || at > max || (mark === ', ' && /\d/.test(item.charAt(at + 2))))
      continue;
    const head = item.slice(0, at);
    if (withoutOpen(head) === head && !endsOpen(head)) return head;
  }
  return cutWords(item, max);
}

/** As many items as fit, joined; the rest is counted. */
function joinItems(items: readonly string[]): string {
  const more = (left: number) => (left > 0 ? `; +${left} more` : '');
  let line = '';
  let taken = 0;
  for (const [index, item] of items.entries()) {
    const short = shortItem(item, MAX_ITEM_CHARS);
    if (short === '') continue;
    const next = line === '' ? short : `${line}; ${short}`;
    const left = items.length - index - 1;
    if (line !== '' && next.length + more(left).length > MAX_CHANGED_CHARS) break;
    line = next;
    taken += 1;
  }
  // A single item gets the whole line.
  if (taken === 1) {
    const [only = ''] = items.filter((item) => shortItem(item, MAX_ITEM_CHARS) !== '');
    const rest = more(items.length - 1);
    return shortItem(only, MAX_CHANGED_CHARS - rest.length) + rest;
  }
  return line === '' ? '' : line + more(items.length - taken);
}

/**
 * One line, at most 140 characters, of what changed since the version that a reader saw last, in the author's words.
 *
 * The changes of each version after `sinceVersion` are listed, newest first: what the code now does, then how it is written and
 * how the patches are cut, then what every version brings (rebased, tags collected, typos); what does not fit is counted: `Fix the race; drop patch 3; +4 more`.
 * `sinceVersion` null: what the newest entry says. null if the letter has nothing but bookkeeping: comparing the versions says more.
 */
export function changedLine(revision: ChangedRevision, sinceVersion: number | null): string | null {
  const items: string[] = [];
  const known = new Set<string>();
  for (const entry of entriesSince(revision, sinceVersion)) {
    for (const item of changelogItems(entry.text)) {
      const key = item.toLowerCase();
      if (known.has(key)) continue;
      known.add(key);
      items.push(item);
    }
  }
  const ranked = items.map(rankedChange);
  if (ranked.every(({ rank }) => rank === BOOKKEEPING)) return null;
  ranked.sort((a, b) => a.rank - b.rank);
  const line = joinItems(ranked.flatMap(({ item, rank }) => (rank === BOOKKEEPING ? [] : [item])));
  const all = joinItems(ranked.map(({ item }) => item));
  // What every version brings is added where it costs none of the rest.
  if (all.startsWith(line) && !/\+\d+ more$/.test(all)) return all === '' ? null : all;
  return line === '' ? null : line;
}

/** The rank of what every new version contains. */
const BOOKKEEPING = 3;
