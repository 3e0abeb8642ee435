import type { ChangelogEntry } from '../cover/types.js';
import { changelogItems } from './changelog-items.js';
import { findPhrases, phraseTable, tokens } from './phrases.js';

/** What `changedLine` needs of a revision. */
export interface ChangedRevision {
  readonly version: number;
  /** Newest first, as `parseLetter` gives it. */
  readonly changelog: readonly ChangelogEntry[];
}

/** The line holds no more characters than this. */
export const MAX_CHANGED_CHARS = 140;
/** One change takes no more than this while others wait. */
const MAX_ITEM_CHARS = 80;

const CHORE = 1;
/** What every new version does: told last. */
const CHORES = phraseTable([
  [
    CHORE,
    `rebase, rebased, rebasing, re-based, rebases, resend, resent, repost, tags, tag, r-b, r-bs, rb, rbs, a-b, a-bs, t-b, r-b's, acks, ack, acked-by, acked-bys, reviewed-by, reviewed-bys, reviewed-by's, acked-by's, tested-by, tested-bys, suggested-by, reported-by, fixes|link|cc tag|tags
    pick|picked|picks|collect|collected|collects up, collected, r-o-b, rev-by, ack-by, trailers, typo, typos, nit, nits, commit message|messages|log|logs|description|descriptions|title|titles|subject|subjects|msg|msgs, cover letter, coverletter, changelog|changelogs, patch description|descriptions|title|titles|message|messages
    no change|changes|functional, unchanged, comment|comments update|updates|updated|improvements|fixes|tweaks, whitespace, indentation, checkpatch, formatting, style, minor, cosmetic, nitpicks, wording, spelling, grammar, kernel-doc, signed-off-by, s-o-b, sob, review|reviewer|reviewers comments|comment|feedback|remarks, address|addressed|addressing|incorporate|incorporated|apply|applied _ comments|feedback|comment|suggestions, address|addressed|addressing comments|feedback|review|nits, cc, cc'd, update|updated|fix|fixed|improve|improved|clarify|clarified|reword|reworded|rewrote comments|comment|patches|patch|documentation|docs, reword, reworded, rephrase, rephrased, email, mail, suggestions from|by, feedback from, comments from, minor|small|trivial|some fixes|changes|cleanups|tweaks`,
  ],
]);

function isChore(item: string): boolean {
  return findPhrases(CHORES, tokens(item)) !== 0;
}

/** The entries that tell of versions after `since`, newest first. */
function entriesSince(revision: ChangedRevision, since: number | null): ChangelogEntry[] {
  const { changelog, version } = revision;
  const [newest] = changelog;
  if (newest === undefined) return [];
  const told = changelog.filter((entry) => {
    if (entry.version === null) return entry === newest;
    // `Changes since v1` in a letter of v3 that was not seen before: told whatever came between.
    if (since === null)
      return entry.version === version || (entry === newest && entry.version >= version - 1);
    return entry.version > since && entry.version <= version;
  });
  return told;
}

/** Cut after a whole word, `…` behind. */
function cutWords(text: string, max: number): string {
  if (text.length <= max) return text;
  const space = text.lastIndexOf(' ', max - 2);
  if (space < max / 3) return '';
  return `${text.slice(0, space).replace(/[\s,;:(–—-]+$/, '')} …`;
}

/** An item short enough to stand among others: cut before a clause where that leaves enough, else after a word. */
function shortItem(item: string, max: number): string {
  if (item.length <= max) return item;
  for (const mark of [
    '; ',
    '. ',
    ' (',
    ', which ',
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
    if (at >= 20 && at <= max) return item.slice(0, at);
  }
  return cutWords(item, max);
}

/** As many items as fit, joined; what is left is counted. */
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
  // One alone has the whole line to itself.
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
 * The changes of each version after `sinceVersion` are told, newest first; those that every version brings (rebased,
 * tags collected, typos) come last; what does not fit is counted: `Fix the race; drop patch 3; +4 more`.
 * `sinceVersion` null: what the newest entry tells. null where the letter tells nothing.
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
  const ordered = [...items.filter((item) => !isChore(item)), ...items.filter(isChore)];
  const line = joinItems(ordered);
  return line === '' ? null : line;
}
