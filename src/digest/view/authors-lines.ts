const MAX_CHARS = 12_000;
const MAX_LINE_CHARS = 400;

/** A line that holds less than this together with the next word was meant to end where it ends. */
const FULL_LINE_CHARS = 66;

/**
 * What an author lists, an item a line and in their own words: marks are removed, wrapped lines are joined. Headings such as `Patch 3:` are
 * kept. Reads the first 12,000 characters.
 */
export function authorsLines(text: string): readonly string[] {
  const items: string[] = [];
  let open = false;
  let marked = false;
  let before = '';
  for (const raw of text.slice(0, MAX_CHARS).split('\n')) {
    const line = raw.trim().slice(0, MAX_LINE_CHARS);
    const mark = /^(?:[-*+•·>]{1,2}\s+|o\s+|\(?\d{1,2}[.)]\s+|[-*•·](?=[A-Za-z]))/.exec(line);
    const words = line.slice(mark?.[0].length ?? 0);
    const goesOn = open && mark === null && (marked || !endedEarly(before, words));
    if (words === '') open = false;
    else {
      if (goesOn) items[items.length - 1] += ` ${words}`;
      else {
        items.push(words);
        marked = mark !== null;
      }
      // What follows a heading is a new item; so is what follows a blank line.
      open = !words.endsWith(':');
      before = line;
    }
  }
  return items;
}

function endedEarly(line: string, next: string): boolean {
  const space = next.indexOf(' ');
  return line.length + 1 + (space < 0 ? next.length : space) <= FULL_LINE_CHARS;
}
