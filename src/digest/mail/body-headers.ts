import { parseAddress } from './author.js';
import type { Address } from './mail.js';

/** A patch's text and the headers at its top, which override the mail's own, as in git. */
export interface BodyHeaders {
  /** null if the text names no author. */
  readonly from: Address | null;
  /** The value of an in-body `Subject:`, unfolded; null if there is none. */
  readonly subject: string | null;
  /** The text without those headers and the blank lines that follow. */
  readonly text: string;
}

/** The first line of pasted `git format-patch` output. */
const PATCH_START = /^>?From [0-9a-f]{40} /;
/** Headers that git reads or skips at the top of a text. */
const READ = /^(?:from|subject|date|content-type|content-transfer-encoding|mime-version):/i;
/** Pasted with the complete patch. */
const PASTED = /^[!-9;-~]{1,60}:/;
/** `6.6-stable review patch.  If anyone has any objections, please let me know.` and a ruler, above the patch itself. */
const STABLE_REVIEW = /^\s{0,20}[\w.-]{1,30}(?: [\w.-]{1,30})? review patch\.[^\n]{0,120}\n{1,3}-{8,40}\n/;
/** No real mail has more of them. */
const MOST_LINES = 40;

/**
 * Git's rule for people who post another's patch: `From:` on the first non-blank lines names the author, and `Subject:` the title.
 * Mercurial writes `# User`. Only for covers and patches; a reply that begins like this quotes the mail that it answers.
 */
export function readBodyHeaders(text: string): BodyHeaders {
  const above = STABLE_REVIEW.exec(text)?.[0].length ?? 0;
  return above === 0 ? readHeaders(text) : readHeaders(text.slice(above));
}

function readHeaders(text: string): BodyHeaders {
  const start = indexOfText(text);
  if (text.startsWith('# HG changeset patch', start)) return readMercurial(text, start);
  const pasted = PATCH_START.test(text.slice(start, start + 60));
  const first = pasted ? endOfLine(text, start) + 1 : start;
  if (!pasted && !/^(?:from|subject):/i.test(text.slice(first, first + 8)))
    return { from: null, subject: null, text };
  const { fields, end } = readFields(text, first, pasted ? PASTED : READ);
  const value = fields.get('from');
  const from = value === undefined ? null : parseAddress(value);
  const subject = fields.get('subject') ?? null;
  // `From: the beginning …` and `Subject: to change` open sentences: a header names someone, or ends before a blank line.
  if (
    from === null &&
    (subject === null || value !== undefined || text.slice(end).trimStart() === text.slice(end))
  )
    return { from: null, subject: null, text };
  return {
    from,
    subject: subject === '' ? null : subject,
    text: text.slice(end + indexOfText(text.slice(end))),
  };
}

/** The header lines from `at` on, folds joined; `end` is where the first other line begins. */
function readFields(text: string, start: number, form: RegExp): { fields: Map<string, string>; end: number } {
  const fields = new Map<string, string>();
  let at = start;
  for (let line = 0; line < MOST_LINES && at < text.length; line += 1) {
    const head = text.slice(at, at + 80);
    if (!form.test(head)) break;
    const colon = text.indexOf(':', at);
    const name = text.slice(at, colon).toLowerCase();
    let end = endOfLine(text, at);
    let value = text.slice(colon + 1, Math.min(end, colon + 2_000)).trim();
    // A long name pushes the address onto the next line, indented or not.
    while (
      goesOn(text, end + 1) ||
      (name === 'from' &&
        !value.includes('@') &&
        /^\s{0,8}[^\s:]{0,80}<?[^\s<>]+@/.test(text.slice(end + 1, end + 200)))
    ) {
      const next = endOfLine(text, end + 1);
      value = `${value} ${text.slice(end + 1, next).trim()}`.slice(0, 2_000);
      end = next;
    }
    if (!fields.has(name)) fields.set(name, value);
    at = Math.min(text.length, end + 1);
  }
  return { fields, end: at };
}

/** A fold: blanks, then text. */
function goesOn(text: string, at: number): boolean {
  return /^[ \t]{1,20}\S/.test(text.slice(at, at + 22));
}

/** `# HG changeset patch` over `# User Jane Doe <j@example.org>` and more of them; the title is repeated below. */
function readMercurial(text: string, start: number): BodyHeaders {
  let from: Address | null = null;
  let at = start;
  for (let line = 0; line < MOST_LINES && text.startsWith('#', at); line += 1) {
    const end = endOfLine(text, at);
    if (text.startsWith('# User ', at)) from ??= parseAddress(text.slice(at + '# User '.length, end));
    at = Math.min(text.length, end + 1);
  }
  const rest = text.slice(at);
  return { from, subject: null, text: rest.slice(indexOfText(rest)) };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Where the first non-blank line begins. */
function indexOfText(text: string): number {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}
