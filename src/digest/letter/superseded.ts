import { linksIn, messageIdOf } from './link.js';
import { lineAt, type Page } from './page.js';

const NOTE = /^(?:[-*•] )?(?:super[sc]ee?des?|obsoletes?|(replaces?)):(?:\s+(\S.*))?$/i;
/** Message-IDs in one note, a title or two among them; a note has no more lines. */
const MOST_LINES = 20;

/**
 * Reads and claims `Supersedes:`, `Obsoletes:` and `Replaces:`: the Message-IDs of what this posting replaces, written as ids or as links to
 * an archive, on the note's line or alone on those below it.
 */
export const readSuperseded = (page: Page): readonly string[] => {
  const found = new Set<string>();
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose' || (page.indents[at] ?? 0) > 3) continue;
    const note = NOTE.exec(lineAt(page, at).trim());
    if (note === null) continue;
    const ids = namedIn(note[2] ?? '');
    const end = endOfNote(page, at + 1, ids);
    // `Replaces: the spinlock` is a sentence, and so is `Supersedes:` above a list of ideas.
    if (ids.length === 0 && (note[1] !== undefined || note[2] === undefined)) continue;
    for (const id of ids) found.add(id);
    for (let line = at; line < end; line += 1) page.roles[line] = 'base';
  }
  return [...found];
};

/** Adds to `ids` what the lines below a note name as long as they hold nothing else; returns the first line that does. */
const endOfNote = (page: Page, start: number, ids: string[]): number => {
  let at = start;
  for (; at < start + MOST_LINES && page.roles[at] === 'prose'; at += 1) {
    const words = lineAt(page, at)
      .trim()
      .split(/[\s,]+/)
      .filter((word) => word !== '' && !/^[-*•]$/.test(word));
    const named = words.flatMap(namedIn);
    if (named.length === 0 || named.length < words.length) break;
    ids.push(...named);
  }
  return at;
};

const namedIn = (text: string): string[] => {
  const links = linksIn(text);
  if (links.length > 0) return links.flatMap((link) => messageIdOf(link) ?? []);
  return text.split(/[\s,;<>()[\]]+/).filter((word) => /^.+@./.test(word));
};
