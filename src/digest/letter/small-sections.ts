import { parseChangelogHeader } from './changelog-header.js';
import { claim, lineAt, nextText, type Page } from './page.js';

/**
 * Claims what ends a mail and is not the letter: the signature (`-- `, or the damaged `---` over `2.24.0`), the
 * footers of list servers and what PGP adds. Only lines that no section has taken; sections may be below a signature.
 */
export const markTail = (page: Page): void => {
  for (let at = 0; at < page.lines.length; at += 1) {
    const line = lineAt(page, at);
    if (line.startsWith('-----BEGIN PGP SIGNATURE')) claimRest(page, at);
    else if (line.startsWith('-----BEGIN PGP SIGNED') || line.startsWith('Hash: SHA')) {
      claim(page, at, at + 1, 'signature');
    } else if (isFooter(page, at) || isSignature(page, at)) claimRest(page, at);
    else if (line === '--' && page.roles[at] === 'prose') page.roles[at] = 'ruler';
  }
  const last = page.roles.lastIndexOf('prose');
  if (last > 0 && GIT_VERSION.test(lineAt(page, last))) page.roles[last] = 'signature';
};

/** `2.43.0`, `2.49.0.rc1.451.g8f38331e32-goog`: what git signs with. */
const GIT_VERSION = /^\d+\.\d+(?:\.[\w.-]+)?(?: \(.{0,40}\))?$/;

const claimRest = (page: Page, from: number): void => {
  for (let at = from; at < page.lines.length; at += 1) {
    const role = page.roles[at];
    if (role === 'prose' || role === 'ruler' || role === 'link') page.roles[at] = 'signature';
  }
};

/** Longer than this is not a signature, but text that is below two dashes. */
const SIGNATURE_LINES = 12;

const isSignature = (page: Page, at: number): boolean => {
  const line = lineAt(page, at);
  if (line !== '--' && line !== '---') return false;
  const next = lineAt(page, at + 1).trim();
  // git ends a mail with its version; a list server turned the marker `-- ` into `---` (seeds 003, 004).
  if (GIT_VERSION.test(next)) return true;
  if (line === '---') return false;
  const left = proseBelow(page, at + 1, SIGNATURE_LINES + 1);
  // Some write their changelog below the two dashes.
  return left.length <= SIGNATURE_LINES && !left.some((text) => parseChangelogHeader(text)?.strong === true);
};

/** The prose lines from `from` on, at most so many: computed at every `--` of a text that may hold nothing else. */
const proseBelow = (page: Page, from: number, most: number): string[] => {
  const found: string[] = [];
  for (let at = from; at < page.lines.length && at < from + 10 * most && found.length < most; at += 1) {
    if (page.roles[at] === 'prose') found.push(lineAt(page, at));
  }
  return found;
};

const isFooter = (page: Page, at: number): boolean => {
  const line = lineAt(page, at);
  if (line.startsWith('To unsubscribe from this list: send')) return true;
  if (page.roles[at] !== 'ruler' || !line.startsWith('_____')) return false;
  // Mailman: a ruler, `NAME mailing list`, the address, a link.
  return /mailing list$/i.test(lineAt(page, at + 1));
};

/** Claims in-body headers: `From: Jane <j@example.org>`, `Subject: …`, `Date: …` as the first lines of the text. */
export const markHeaders = (page: Page): void => {
  let at = nextText(page, 0);
  while (/^(?:From|Subject|Date|To|Cc): \S/.test(lineAt(page, at))) {
    page.roles[at] = 'header';
    at += 1;
    while (page.roles[at] === 'prose' && (page.indents[at] ?? 0) > 0) {
      page.roles[at] = 'header';
      at += 1;
    }
  }
};

/** ` 1:  e0f2b878 ! 1:  8be39a1a title`, ` -:  ------- > 3:  01ab title`. */
const PAIR = /^\s{0,4}(?:\d{1,4}|-+):\s{1,4}(?:[0-9a-f]{7,40}|-{6,})\s[=!<>]\s{1,4}(?:\d{1,4}|-+):/;

/**
 * Claims range-diffs, interdiffs and diffs: what looks like a diffstat in there is none. A range-diff starts with its
 * heading or its first pair and continues through pairs and indented lines.
 */
export const markRangeDiffs = (page: Page): void => {
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose') continue;
    const line = lineAt(page, at);
    if (/^\s{0,4}(?:range-?diff|interdiff)\b.{0,80}:$/i.test(line) || PAIR.test(line)) {
      at = claimRangeDiff(page, at) - 1;
    } else if (/^\s{0,2}diff --git a\//.test(line)) at = claimDiff(page, at) - 1;
  }
};

const claimRangeDiff = (page: Page, start: number): number => {
  let end = start + 1;
  for (let at = start + 1; at < page.lines.length; at += 1) {
    if (page.roles[at] === 'blank') continue;
    const line = lineAt(page, at);
    if (!PAIR.test(line) && (page.indents[at] ?? 0) < 2 && !line.startsWith('diff --git')) break;
    end = at + 1;
  }
  claim(page, start, end, 'range-diff');
  return end;
};

const claimDiff = (page: Page, start: number): number => {
  let end = start + 1;
  while (end < page.lines.length && DIFF_LINE.test(lineAt(page, end))) end += 1;
  claim(page, start, end, 'range-diff');
  return end;
};

const DIFF_LINE =
  /^\s{0,2}(?:$|[-+ @\\]|diff |index |new file|deleted file|old mode|new mode|similarity|rename |copy |Binary)/;

const TRAILER =
  /^(?:[A-Z][a-z]+(?:-[a-zA-Z]+){0,4}-[Bb]y|Cc|CC|Fixes|Closes|Link|Bug-?[Ll]ink|Message-I[dD]|Change-I[dD]|Acked-by-and-\w+|Reported-and-\w+-by|Tested-by|Suggested-by)(?: ?\(.{0,40}\))?:\s/;

/** Claims `Signed-off-by: …` and its like; their values are read elsewhere. Lines indented under a `Cc:` go with it. */
export const markTrailers = (page: Page): void => {
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose' || (page.indents[at] ?? 0) > 1 || !TRAILER.test(lineAt(page, at).trim()))
      continue;
    page.roles[at] = 'trailer';
    while (page.roles[at + 1] === 'prose' && isTrailerTail(page, at + 1)) {
      at += 1;
      page.roles[at] = 'trailer';
    }
  }
};

/** A wrapped address, or a `[note]` below a trailer. */
const isTrailerTail = (page: Page, at: number): boolean => {
  const line = lineAt(page, at).trim();
  if (line.startsWith('[') && line.endsWith(']')) return true;
  return (page.indents[at] ?? 0) > 0 && line.includes('@') && line.endsWith('>');
};
