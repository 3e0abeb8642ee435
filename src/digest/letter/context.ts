import { linksIn } from './link.js';
import { lineAt, type Page } from './page.js';

/** How many lines above a finding, in the same paragraph, are checked. */
const LINES_ABOVE = 2;

/**
 * The words that lead to a place in a letter: the rest of its sentence before it, up to the link or the `[n]` before
 * that. Where a line begins with the place, the sentence may end in the paragraph above: `It was posted here:`.
 */
export const leadUpTo = (page: Page, line: number, column: number): string => {
  const own = cutLead(lineAt(page, line).slice(0, column));
  if (own.whole) return own.text;
  if (own.text.replace(/^[\s\-*•<([{#.\d)\]:]+/, '') !== '') return joinAbove(page, line, own.text);
  const above = labelAbove(page, line, own.text.includes('['));
  return above === null ? '' : joinAbove(page, above, lineAt(page, above).replace(/[.:]\s*$/, ''));
};

const joinAbove = (page: Page, line: number, text: string): string => {
  let words = text;
  const own = cutLead(words);
  if (own.whole) return own.text;
  for (let at = line - 1; at >= 0 && at >= line - LINES_ABOVE; at -= 1) {
    const role = page.roles[at];
    if (role === 'blank' || role === 'ruler' || role === 'quote' || isPoint(lineAt(page, at + 1))) break;
    const above = cutLead(`${lineAt(page, at)} `);
    words = `${above.text} ${words.trim()}`;
    if (above.whole) break;
  }
  return words;
};

/** A line that begins something new, and does not continue the one above: a point, `[1] …`, `v2: …`. */
const isPoint = (line: string): boolean =>
  /^\s*(?:(?:[-*•]|\[[\w-]{1,8}\]:?|\(?\d{1,2}[.)])\s|(?:rfc ?)?v\d{1,3}\b.{0,20}:)/i.test(line);

/** Cuts at the last end of a sentence, link or reference; `whole` says that there was one. */
const cutLead = (text: string): { text: string; whole: boolean } => {
  let from = -1;
  for (const mark of ['. ', '! ', '? ', '; ', '] ', '],', '])']) {
    const at = text.lastIndexOf(mark);
    // `[v2] https://…`, `[PATCH v2] …`: not the end of a reference.
    if (mark[0] === ']' && !/\[\d{1,2}$/.test(text.slice(0, at))) continue;
    if (at >= 0) from = Math.max(from, at + mark.length);
  }
  const link = linksIn(text).at(-1);
  if (link !== undefined) from = Math.max(from, text.lastIndexOf(link) + link.length);
  // `[3] v2: https://…`: the number of the reference itself.
  return from < 0 ? { text, whole: false } : { text: text.slice(from), whole: true };
};

/** The line that a link on a separate line belongs to: the nearest one above that is not such a link itself. */
const labelAbove = (page: Page, line: number, numbered: boolean): number | null => {
  let blanks = 0;
  let links = 0;
  for (let at = line - 1; at >= 0 && line - at <= 12; at -= 1) {
    const text = lineAt(page, at);
    if (text === '') {
      blanks += 1;
      if (blanks > 2) return null;
      continue;
    }
    const role = page.roles[at];
    if (role === 'ruler' || role === 'quote' || role === 'shortlog' || role === 'diffstat') return null;
    if (linksIn(text).length > 0) {
      // Several links may be below one label, if it is plural: `Previous versions:`.
      if (!/^[\s\-*•<([]*https?:/.test(text)) return null;
      links += 1;
      continue;
    }
    const several = /\b(?:versions|postings|revisions|rounds|links|series|patchsets|rfcs|previous)\b/i.test(
      text,
    );
    if (links > 0 && !several) return null;
    // `[3] https://…` is the list of references, unless a label is right above.
    if (numbered && (blanks > 0 || !(text.endsWith(':') || text.length < 40))) return null;
    return blanks === 0 || /(?:[:.]|here|at|in)$/.test(text) ? at : null;
  }
  return null;
};
