import type { ChangelogHeader } from './changelog-header.js';
import { isLinkLine, isUnderline } from './changelog-heading.js';
import { isBullet, lineAt, nextText, type Page } from './page.js';

/** How far a changelog entry reaches, as far as it has been read. */
export interface Extent {
  readonly headAt: number;
  readonly headIndent: number;
  readonly strong: boolean;
  /** Not included. */
  end: number;
  /** Nothing has ended it yet. */
  open: boolean;
  shape: 'none' | 'list' | 'indented' | 'paragraph';
  /** The indent of its points, or of its text. */
  margin: number;
  /** Blank lines are above the line that comes next. */
  gap: boolean;
  /** A colon or a ruler below it makes the first line a heading, so that text may follow after a blank line. */
  heading: boolean;
}

export const openExtent = (page: Page, headAt: number, header: ChangelogHeader): Extent => ({
  headAt,
  headIndent: page.indents[headAt] ?? 0,
  strong: header.strong,
  end: headAt + 1,
  open: true,
  shape: header.inline === '' ? 'none' : 'paragraph',
  margin: 0,
  gap: false,
  heading: header.colon,
});

/**
 * Takes the next line into an entry, or ends it there: at another section, a ruler, or a return to prose. Called with
 * every line below the heading in turn, so that a changelog of many entries is read in one pass.
 */
export const extend = (page: Page, extent: Extent, at: number): void => {
  if (!extent.open) return;
  const role = page.roles[at];
  if (role === 'blank') extent.gap = true;
  else if (at === extent.headAt + 1 && isUnderline(page, at, extent.strong)) extent.heading = true;
  else if (role === 'prose' && takes(page, extent, at)) {
    extent.gap = false;
    extent.end = at + 1;
  } else extent.open = false;
};

const takes = (page: Page, extent: Extent, at: number): boolean => {
  const line = lineAt(page, at);
  const indent = page.indents[at] ?? 0;
  const { shape, gap, headIndent } = extent;
  if (isGoodbye(line)) return false;
  // `Changes since v1:` / `https://…`, then a blank line and what changed.
  if (shape === 'none' && isLinkLine(line)) return true;
  if (isBullet(line)) {
    if (gap && shape === 'list' && indent < Math.min(extent.margin, headIndent)) return false;
    extent.margin = shape === 'list' ? Math.min(extent.margin, indent) : indent;
    extent.shape = 'list';
    return true;
  }
  if (shape === 'none') {
    if (gap && indent <= headIndent && !extent.heading) return false;
    extent.shape = indent > headIndent ? 'indented' : 'paragraph';
    extent.margin = indent;
    return true;
  }
  return !gap || staysIn(page, extent, at);
};

/** Whether a line without a bullet, below a blank one, still belongs to the entry. */
const staysIn = (page: Page, { shape, margin, headIndent }: Extent, at: number): boolean => {
  const indent = page.indents[at] ?? 0;
  if (shape === 'list' && (indent > margin || (margin > headIndent && indent > headIndent))) return true;
  if (shape === 'indented' && indent >= margin) return true;
  // `Patch 3:` over points of its own.
  const line = lineAt(page, at);
  if (!line.endsWith(':') || !/^\W{0,3}(?:patch|\d{1,3}\/\d|#\d|\[)/i.test(line)) return false;
  return isBullet(lineAt(page, nextText(page, at + 1)));
};

/** `Best regards,`, `Thanks`: the letter is over. */
const isGoodbye = (line: string): boolean =>
  line.length < 32 &&
  /^(?:(?:best|kind|warm|many) ?)?(?:best|regards|thanks|thank you|cheers|wishes)[,.!]?(?: \w+)?$/i.test(
    line,
  );
